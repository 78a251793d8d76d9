package wire

import (
	"strconv"

	"parley/desk"
)

// The shapes that visitors get. They hold nothing of the team but first names and
// photos, and nothing that was not said to the customer.

// Visitor is what a visitor sees of themselves.
type Visitor struct {
	ID       desk.ID         `json:"id"`
	Name     string          `json:"name"`
	Email    string          `json:"email"`
	Phone    string          `json:"phone"`
	Language string          `json:"language"`
	Verified bool            `json:"verified" doc:"The website has vouched for who they are."`
	Blocked  bool            `json:"blocked" doc:"What they send is refused."`
	Consent  *VisitorConsent `json:"consent,omitempty" doc:"What they agreed to; absent until then."`
}

// VisitorConsent is the version of the notice that a visitor agreed to.
type VisitorConsent struct {
	Version string `json:"version"`
}

// VisitorConversation is a conversation as its visitor sees it.
type VisitorConversation struct {
	Handle       string          `json:"handle" doc:"The conversation's name for this visitor."`
	Rev          uint64          `json:"rev" doc:"Rises with every change; of two copies the higher one is newer."`
	State        string          `json:"state" enum:"open,resolved"`
	Lead         string          `json:"lead" enum:"nobody,bot,agent"`
	Agent        *VisitorPerson  `json:"agent,omitempty" doc:"Who leads it, while an agent does."`
	Last         *VisitorPreview `json:"last,omitempty"`
	Unread       uint64          `json:"unread" doc:"Messages of agents and the bot that the visitor has not seen."`
	AgentRead    uint64          `json:"agent_read" doc:"The seq up to which the team has read."`
	CustomerRead uint64          `json:"customer_read" doc:"The seq up to which the visitor has seen it."`
	OpenedAt     desk.Time       `json:"opened_at"`
	ActiveAt     desk.Time       `json:"active_at" doc:"Its newest message that the visitor may see."`
	Rating       *Rating         `json:"rating,omitempty"`
	AskRating    bool            `json:"ask_rating" doc:"Whether to ask what they think of it."`
}

// VisitorPerson is what visitors see of an agent or the bot.
type VisitorPerson struct {
	Name  string `json:"name"`
	Photo string `json:"photo,omitempty" doc:"Where their photo is on this server; absent where there is none."`
}

// VisitorPreview is a message in short.
type VisitorPreview struct {
	Kind  string    `json:"kind" enum:"customer,agent,bot"`
	Text  string    `json:"text" doc:"At most 140 characters, one line."`
	Files uint64    `json:"files"`
	At    desk.Time `json:"at"`
}

// VisitorMessage is one entry of a thread as the visitor sees it.
type VisitorMessage struct {
	ID          string         `json:"id" doc:"The conversation's handle, a hyphen and the seq."`
	Seq         uint64         `json:"seq" doc:"Rises in its conversation, with gaps."`
	ClientID    *desk.ID       `json:"client_id,omitempty" doc:"The id that the visitor gave it; of their own messages alone."`
	Kind        string         `json:"kind" enum:"customer,agent,bot,event"`
	Author      *VisitorPerson `json:"author,omitempty" doc:"Absent for the visitor's own."`
	Text        string         `json:"text"`
	At          desk.Time      `json:"at"`
	Attachments []Attachment   `json:"attachments" nullable:"false"`
	Choices     []string       `json:"choices,omitempty" nullable:"false" doc:"Quick answers that the bot offers."`
	Event       *VisitorEvent  `json:"event,omitempty" doc:"For the kind event only."`
}

// VisitorEvent is what an event line tells a visitor.
type VisitorEvent struct {
	Type string `json:"type" enum:"handed_over,assigned,resolved,reopened"`
	Name string `json:"name,omitempty" doc:"Assigned: who it is now."`
	By   string `json:"by,omitempty" enum:"customer,agent,bot,system" doc:"Handed over: who wanted it."`
}

// AppendJSON appends the visitor.
func (v *Visitor) AppendJSON(b []byte) []byte {
	b = appendID(append(b, `{"id":`...), &v.ID)
	b = appendText(append(b, `,"name":`...), v.Name)
	b = appendText(append(b, `,"email":`...), v.Email)
	b = appendText(append(b, `,"phone":`...), v.Phone)
	b = appendText(append(b, `,"language":`...), v.Language)
	b = strconv.AppendBool(append(b, `,"verified":`...), v.Verified)
	b = strconv.AppendBool(append(b, `,"blocked":`...), v.Blocked)
	if v.Consent != nil {
		b = append(appendText(append(b, `,"consent":{"version":`...), v.Consent.Version), '}')
	}
	return append(b, '}')
}

// AppendJSON appends the conversation.
func (c *VisitorConversation) AppendJSON(b []byte) []byte {
	b = appendText(append(b, `{"handle":`...), c.Handle)
	b = strconv.AppendUint(append(b, `,"rev":`...), c.Rev, 10)
	b = appendText(append(b, `,"state":`...), c.State)
	b = appendText(append(b, `,"lead":`...), c.Lead)
	if c.Agent != nil {
		b = c.Agent.appendJSON(append(b, `,"agent":`...))
	}
	if c.Last != nil {
		b = appendText(append(b, `,"last":{"kind":`...), c.Last.Kind)
		b = appendText(append(b, `,"text":`...), c.Last.Text)
		b = strconv.AppendUint(append(b, `,"files":`...), c.Last.Files, 10)
		b = append(appendTime(append(b, `,"at":`...), c.Last.At), '}')
	}
	b = strconv.AppendUint(append(b, `,"unread":`...), c.Unread, 10)
	b = strconv.AppendUint(append(b, `,"agent_read":`...), c.AgentRead, 10)
	b = strconv.AppendUint(append(b, `,"customer_read":`...), c.CustomerRead, 10)
	b = appendTime(append(b, `,"opened_at":`...), c.OpenedAt)
	b = appendTime(append(b, `,"active_at":`...), c.ActiveAt)
	if c.Rating != nil {
		b = c.Rating.appendJSON(append(b, `,"rating":`...))
	}
	b = strconv.AppendBool(append(b, `,"ask_rating":`...), c.AskRating)
	return append(b, '}')
}

func (p *VisitorPerson) appendJSON(b []byte) []byte {
	b = appendText(append(b, `{"name":`...), p.Name)
	if p.Photo != "" {
		b = appendText(append(b, `,"photo":`...), p.Photo)
	}
	return append(b, '}')
}

// AppendJSON appends the message.
func (m *VisitorMessage) AppendJSON(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), m.ID)
	b = strconv.AppendUint(append(b, `,"seq":`...), m.Seq, 10)
	if m.ClientID != nil {
		b = appendID(append(b, `,"client_id":`...), m.ClientID)
	}
	b = appendText(append(b, `,"kind":`...), m.Kind)
	if m.Author != nil {
		b = m.Author.appendJSON(append(b, `,"author":`...))
	}
	b = appendText(append(b, `,"text":`...), m.Text)
	b = appendTime(append(b, `,"at":`...), m.At)
	b = append(b, `,"attachments":[`...)
	for i := range m.Attachments {
		b = m.Attachments[i].appendJSON(comma(b, i))
	}
	b = append(b, ']')
	if len(m.Choices) > 0 {
		b = appendTexts(append(b, `,"choices":`...), m.Choices)
	}
	if m.Event != nil {
		b = appendText(append(b, `,"event":{"type":`...), m.Event.Type)
		if m.Event.Name != "" {
			b = appendText(append(b, `,"name":`...), m.Event.Name)
		}
		if m.Event.By != "" {
			b = appendText(append(b, `,"by":`...), m.Event.By)
		}
		b = append(b, '}')
	}
	return append(b, '}')
}

// AppendVisitorConversations appends a list.
func AppendVisitorConversations(b []byte, list []VisitorConversation) []byte {
	b = append(b, '[')
	for i := range list {
		b = list[i].AppendJSON(comma(b, i))
	}
	return append(b, ']')
}

// AppendVisitorMessages appends a piece of a thread.
func AppendVisitorMessages(b []byte, list []VisitorMessage) []byte {
	b = append(b, '[')
	for i := range list {
		b = list[i].AppendJSON(comma(b, i))
	}
	return append(b, ']')
}
