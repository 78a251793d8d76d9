package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) conversationRoutes() {
	operation(s, Route{http.MethodGet, "/conversations", desk.ActionRead, "list-conversations", "A page of a view.", 0}, s.listConversations)
	operation(s, Route{http.MethodPost, "/conversations", desk.ActionReply, "begin-conversation", "Start a conversation with a customer.", 0}, s.beginConversation)
	operation(s, Route{http.MethodGet, "/conversations/:number", desk.ActionRead, "open-conversation", "A conversation with its newest messages.", 0}, s.openConversation)
	operation(s, Route{http.MethodGet, "/conversations/:number/messages", desk.ActionRead, "list-messages", "A piece of a thread.", 0}, s.listMessages)
	operation(s, Route{http.MethodPost, "/conversations/:number/messages", desk.ActionReply, "post-message", "Send a reply or a note, once for each client_id.", 0}, s.postMessage)
	operation(s, Route{http.MethodPost, "/conversations/:number/assign", app.VerbAssign.Action(), "assign", "Give the lead to an agent.", 0}, s.assign)
	operation(s, Route{http.MethodPost, "/conversations/:number/resolve", app.VerbResolve.Action(), "resolve", "Close, perhaps as something: the customer's problem is solved.", 0}, s.resolve)
	operation(s, Route{http.MethodPost, "/conversations/:number/tags", app.VerbSetTags.Action(), "tag", "Replace the tags.", 0}, s.tag)
	for _, v := range []struct {
		verb  app.Verb
		about string
	}{
		{app.VerbUnassign, "Take the lead away; it waits for the team."},
		{app.VerbTakeover, "Take the lead oneself; the bot falls silent."},
		{app.VerbReopen, "Make a resolved or archived one active again."},
		{app.VerbArchive, "Put away; an open one is resolved first."},
		{app.VerbUnarchive, "Take out of the archive; it stays resolved."},
		{app.VerbRead, "Say that the team has seen every message."},
		{app.VerbUnread, "Bring back to somebody's attention."},
	} {
		operation(s, Route{http.MethodPost, "/conversations/:number/" + string(v.verb), v.verb.Action(), string(v.verb), v.about, 0}, s.verb(v.verb))
	}
	operation(s, Route{http.MethodPost, "/conversations/bulk", desk.ActionReply, "change-many", "Do a verb to several conversations; each stands for itself.", 0}, s.changeMany)
	operation(s, Route{http.MethodGet, "/views", desk.ActionRead, "views", "How many conversations each view holds.", 0}, s.views)
}

type listInput struct {
	View         desk.View `query:"view" default:"inbox" enum:"inbox,unassigned,assigned,resolved,unresolved,jetbot,archive"`
	Agent        desk.ID   `query:"agent" doc:"Only with this agent."`
	Team         desk.ID   `query:"team" doc:"Only those that are assigned to this team."`
	Tag          string    `query:"tag" maxLength:"160" doc:"Only with this tag."`
	Unread       bool      `query:"unread" doc:"Only with unread messages."`
	HideResolved bool      `query:"hide_resolved" doc:"Leave out what is resolved and not archived."`
	Channel      string    `query:"channel" maxLength:"60" doc:"Only those that came this way."`
	Language     string    `query:"language" maxLength:"35" doc:"Only of customers who speak it, as their language is written."`
	Since        moment    `query:"since" doc:"Only those active from this moment on (RFC 3339)."`
	Until        moment    `query:"until" doc:"Only those active before this moment (RFC 3339)."`
	Sort         string    `query:"sort" default:"newest" enum:"newest,oldest,waiting" doc:"waiting lists only conversations in which the customer waits."`
	FromEnd      bool      `query:"from_end" doc:"Begin at the end of the list and go backwards: its last row comes first. A cursor goes on in the direction that gave it."`
	Cursor       string    `query:"cursor" maxLength:"64"`
	Limit        int       `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) listConversations(_ context.Context, _ *caller, in *listInput) (*body[app.ConversationPage], error) {
	page, err := s.app.ListJSON(app.ListQuery{
		View: in.View, Agent: in.Agent, Team: in.Team, Tag: in.Tag, Unread: in.Unread, HideResolved: in.HideResolved,
		Channel: in.Channel, Language: in.Language, Since: in.Since.Time, Until: in.Until.Time,
		Sort: app.Sort(in.Sort), FromEnd: in.FromEnd, Cursor: in.Cursor, Limit: in.Limit,
	})
	return &body[app.ConversationPage]{page}, err
}

type NumberInput struct {
	Number desk.Number `path:"number" minimum:"1"`
}

func (s *Server) openConversation(_ context.Context, _ *caller, in *NumberInput) (*body[app.Thread], error) {
	thread, err := s.app.Open(in.Number)
	return &body[app.Thread]{thread}, err
}

type messagesInput struct {
	NumberInput
	Before optional[uint64] `query:"before" doc:"Only those before this seq."`
	After  optional[uint64] `query:"after" doc:"Only those after this seq; 0 begins at the first."`
	Around optional[uint64] `query:"around" doc:"Those around this seq."`
	At     moment           `query:"at" doc:"Those around the first one at or after this moment (RFC 3339), or the newest."`
	Limit  uint64           `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) listMessages(_ context.Context, _ *caller, in *messagesInput) (*body[app.MessagePage], error) {
	page, err := s.app.Messages(app.MessageQuery{
		Number: in.Number, Before: in.Before.given(), After: in.After.given(), Around: in.Around.given(), At: in.At.given(), Limit: in.Limit,
	})
	return &body[app.MessagePage]{page}, err
}

// DraftBody is a message on its way in.
type DraftBody struct {
	ClientID    desk.ID   `json:"client_id" doc:"A UUID made by the sender; the same one with each retry."`
	Text        string    `json:"text" doc:"At most 32 KiB."`
	Note        bool      `json:"note,omitempty" doc:"For the team only."`
	Attachments []desk.ID `json:"attachments,omitempty" nullable:"false" doc:"Complete attachments of the sender; at most 10."`
}

func (d *DraftBody) draft() desk.Draft {
	return desk.Draft{ClientID: d.ClientID, Text: d.Text, Note: d.Note, Attachments: d.Attachments}
}

type postInput struct {
	NumberInput
	Body struct {
		DraftBody
		SeenSeq *uint64 `json:"seen_seq,omitempty" doc:"The newest message that the sender had seen. When another agent has replied after it, the answer is the problem collision. Absent sends in any case."`
	}
}

func (s *Server) postMessage(_ context.Context, who *caller, in *postInput) (*body[app.Posted], error) {
	posted, err := s.app.Post(app.PostMessage{By: who.agent.ID, Number: in.Number, Draft: in.Body.draft(), SeenSeq: in.Body.SeenSeq})
	return &body[app.Posted]{posted}, err
}

type beginInput struct {
	Body struct {
		DraftBody
		CustomerID *desk.ID      `json:"customer_id,omitempty" doc:"With whom; absent with customer."`
		Customer   *CustomerBody `json:"customer,omitempty" doc:"Somebody new, who is made with the conversation."`
		AgentID    *desk.ID      `json:"agent_id,omitempty" doc:"Who leads it; absent: the sender."`
	}
}

func (s *Server) beginConversation(_ context.Context, who *caller, in *beginInput) (*body[app.Posted], error) {
	cmd := app.BeginConversation{By: who.agent.ID, Draft: in.Body.draft()}
	if in.Body.CustomerID != nil {
		cmd.Customer = *in.Body.CustomerID
	}
	if in.Body.Customer != nil {
		change := in.Body.Customer.change()
		cmd.New = &change
	}
	if in.Body.AgentID != nil {
		cmd.Lead = *in.Body.AgentID
	}
	posted, err := s.app.Begin(cmd)
	return &body[app.Posted]{posted}, err
}

// changed is the answer to every verb.
type changed struct {
	Conversation wire.Conversation `json:"conversation"`
}

func (s *Server) change(cmd app.ChangeConversation) (*body[changed], error) {
	conversation, err := s.app.Change(cmd)
	return &body[changed]{changed{conversation}}, err
}

// verb makes the handler of a verb that takes nothing but the conversation.
func (s *Server) verb(verb app.Verb) func(context.Context, *caller, *NumberInput) (*body[changed], error) {
	return func(_ context.Context, who *caller, in *NumberInput) (*body[changed], error) {
		return s.change(app.ChangeConversation{Verb: verb, By: who.agent.ID, Number: in.Number})
	}
}

type assignInput struct {
	NumberInput
	Body struct {
		AgentID desk.ID `json:"agent_id"`
	}
}

func (s *Server) assign(_ context.Context, who *caller, in *assignInput) (*body[changed], error) {
	return s.change(app.ChangeConversation{Verb: app.VerbAssign, By: who.agent.ID, Number: in.Number, To: in.Body.AgentID})
}

type resolveInput struct {
	NumberInput
	Body *struct {
		CategoryID *desk.ID `json:"category_id,omitempty" doc:"What it is resolved as; its closing message is said to the customer."`
	}
}

func (s *Server) resolve(_ context.Context, who *caller, in *resolveInput) (*body[changed], error) {
	cmd := app.ChangeConversation{Verb: app.VerbResolve, By: who.agent.ID, Number: in.Number}
	if in.Body != nil && in.Body.CategoryID != nil {
		cmd.Category = *in.Body.CategoryID
	}
	return s.change(cmd)
}

type tagInput struct {
	NumberInput
	Body struct {
		Tags []string `json:"tags" nullable:"false"`
	}
}

func (s *Server) tag(_ context.Context, who *caller, in *tagInput) (*body[changed], error) {
	return s.change(app.ChangeConversation{Verb: app.VerbSetTags, By: who.agent.ID, Number: in.Number, Tags: in.Body.Tags})
}

type bulkInput struct {
	Body struct {
		Verb    app.Verb      `json:"verb" enum:"assign,unassign,team,resolve,reopen,archive,unarchive,read,unread,tags,tag,untag" doc:"tags replaces the tags, tag adds to them, untag takes some away."`
		Numbers []desk.Number `json:"numbers" nullable:"false" minItems:"1" doc:"At most 200."`
		AgentID *desk.ID      `json:"agent_id,omitempty" doc:"For assign."`
		TeamID  *desk.ID      `json:"team_id,omitempty" doc:"For team; absent takes them out of their teams."`
		Tags    []string      `json:"tags,omitempty" nullable:"false" doc:"For tags, tag and untag."`

		CategoryID *desk.ID `json:"category_id,omitempty" doc:"For resolve: what they are resolved as."`
	}
}

func (s *Server) changeMany(_ context.Context, who *caller, in *bulkInput) (*body[app.BulkResult], error) {
	cmd := app.ChangeConversation{Verb: in.Body.Verb, By: who.agent.ID, Tags: in.Body.Tags}
	to := in.Body.AgentID
	if cmd.Verb == app.VerbTeam {
		to = in.Body.TeamID
	}
	if to != nil {
		cmd.To = *to
	}
	if cmd.Verb == app.VerbResolve && in.Body.CategoryID != nil {
		cmd.Category = *in.Body.CategoryID
	}
	result, err := s.app.ChangeMany(cmd, in.Body.Numbers)
	return &body[app.BulkResult]{result}, err
}

func (s *Server) views(_ context.Context, _ *caller, _ *struct{}) (*body[wire.Counts], error) {
	counts, err := s.app.Counts()
	return &body[wire.Counts]{counts}, err
}
