package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) visitorConversationRoutes() {
	operation(s, Route{http.MethodGet, "/conversations", desk.ActionVisit, "visitor-conversations", "The visitor's conversations, the newest first.", 0}, s.visitorConversations)
	operation(s, Route{http.MethodPost, "/conversations", desk.ActionVisit, "start-conversation", "Start a conversation, once for each client_id.", 0}, s.startConversation)
	operation(s, Route{http.MethodGet, "/conversations/:handle/messages", desk.ActionVisit, "visitor-messages", "A piece of a thread.", 0}, s.visitorMessages)
	operation(s, Route{http.MethodPost, "/conversations/:handle/messages", desk.ActionVisit, "visitor-says", "Send a message, once for each client_id.", 0}, s.visitorSays)
	operation(s, Route{http.MethodPost, "/conversations/:handle/read", desk.ActionVisit, "visitor-read", "Say that everything up to a seq was seen.", 0}, s.visitorRead)
	operation(s, Route{http.MethodPost, "/conversations/:handle/handover", desk.ActionVisit, "visitor-handover", "Ask for a person.", 0}, s.visitorHandover)
	operation(s, Route{http.MethodPost, "/conversations/:handle/rating", desk.ActionVisit, "visitor-rating", "Say what one thinks of a resolved conversation.", 0}, s.visitorRating)
}

// visitorList is a visitor's conversations.
type visitorList struct {
	Conversations []wire.VisitorConversation `json:"conversations" nullable:"false"`
}

func (s *Server) visitorConversations(_ context.Context, who *caller, _ *struct{}) (*body[visitorList], error) {
	state, err := s.app.VisitorState(&who.visitor)
	return &body[visitorList]{visitorList{state.Conversations}}, err
}

// SayBody is a visitor's message on its way in.
type SayBody struct {
	ClientID    desk.ID   `json:"client_id" doc:"A UUID made by the sender; the same one with each retry."`
	Text        string    `json:"text" doc:"At most 32 KiB."`
	Attachments []desk.ID `json:"attachments,omitempty" nullable:"false" doc:"Complete attachments of the sender; at most 10."`
	Page        *PageBody `json:"page,omitempty" doc:"Where the visitor is."`
}

// say stores a visitor's message.
func (s *Server) say(who *caller, n desk.Number, b *SayBody) (*body[app.VisitorPosted], error) {
	if err := allowVisitor(s.limits.say, who, 1); err != nil {
		return nil, err
	}
	posted, err := s.app.VisitorSays(app.VisitorMessage{
		Visitor: who.visitor, Number: n, Page: b.Page.page(),
		Draft: desk.Draft{ClientID: b.ClientID, Text: b.Text, Attachments: b.Attachments},
	})
	return &body[app.VisitorPosted]{posted}, err
}

type startInput struct{ Body SayBody }

func (s *Server) startConversation(_ context.Context, who *caller, in *startInput) (*body[app.VisitorPosted], error) {
	return s.say(who, 0, &in.Body)
}

// HandleInput names a conversation as visitors know it.
type HandleInput struct {
	Handle string `path:"handle" maxLength:"64"`
}

type sayInput struct {
	HandleInput
	Body SayBody
}

func (s *Server) visitorSays(_ context.Context, who *caller, in *sayInput) (*body[app.VisitorPosted], error) {
	n, err := s.app.NumberOf(in.Handle)
	if err != nil {
		return nil, err
	}
	return s.say(who, n, &in.Body)
}

type visitorMessagesInput struct {
	HandleInput
	Before optional[uint64] `query:"before" doc:"Only those before this seq."`
	After  optional[uint64] `query:"after" doc:"Only those after this seq; 0 begins at the first."`
	Limit  uint64           `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) visitorMessages(_ context.Context, who *caller, in *visitorMessagesInput) (*body[app.VisitorThread], error) {
	n, err := s.app.NumberOf(in.Handle)
	if err != nil {
		return nil, err
	}
	thread, err := s.app.VisitorMessages(&who.visitor, app.MessageQuery{
		Number: n, Before: in.Before.given(), After: in.After.given(), Limit: in.Limit,
	})
	return &body[app.VisitorThread]{thread}, err
}

// visitorChanged is the answer to every verb of visitors.
type visitorChanged struct {
	Conversation wire.VisitorConversation `json:"conversation"`
}

func (s *Server) changeAsVisitor(who *caller, handle string, cmd app.ChangeAsVisitor) (*body[visitorChanged], error) {
	n, err := s.app.NumberOf(handle)
	if err != nil {
		return nil, err
	}
	cmd.Visitor, cmd.Number = who.visitor, n
	conversation, err := s.app.ChangeAsVisitor(cmd)
	return &body[visitorChanged]{visitorChanged{conversation}}, err
}

type visitorReadInput struct {
	HandleInput
	Body struct {
		Seq uint64 `json:"seq"`
	}
}

func (s *Server) visitorRead(_ context.Context, who *caller, in *visitorReadInput) (*body[visitorChanged], error) {
	return s.changeAsVisitor(who, in.Handle, app.ChangeAsVisitor{Verb: app.VisitorSeen, Seq: in.Body.Seq})
}

func (s *Server) visitorHandover(_ context.Context, who *caller, in *HandleInput) (*body[visitorChanged], error) {
	return s.changeAsVisitor(who, in.Handle, app.ChangeAsVisitor{Verb: app.VisitorHandover, Online: s.somebodyIsThere()})
}

type ratingInput struct {
	HandleInput
	Body struct {
		Score   int    `json:"score" minimum:"1" maximum:"5"`
		Comment string `json:"comment,omitempty" doc:"At most 2 KiB."`
	}
}

func (s *Server) visitorRating(_ context.Context, who *caller, in *ratingInput) (*body[visitorChanged], error) {
	return s.changeAsVisitor(who, in.Handle, app.ChangeAsVisitor{Verb: app.VisitorRating, Score: in.Body.Score, Comment: in.Body.Comment})
}
