package interchange

import "parley/desk"

// Line is one line: a conversation, or something else that the inbox consists of.
type Line struct {
	Record // of a conversation: its customer

	Channel      string    `json:"channel,omitempty"`
	Status       string    `json:"status,omitempty"`        // open, resolved or archived
	Agent        *string   `json:"agent"`                   // the assigned agent's e-mail, or null
	AssignedTeam string    `json:"assigned_team,omitempty"` // the name of the team that it is assigned to
	Bot          bool      `json:"bot"`                     // only the bot has answered so far
	Tags         []string  `json:"tags,omitempty"`
	Unread       *uint64   `json:"unread,omitempty"` // absent: counted from the messages
	Messages     []Message `json:"messages,omitempty"`

	ResolvedAt        desk.Time `json:"resolved_at,omitempty"` // absent: the last message's
	TeamRead          *uint64   `json:"team_read,omitempty"`   // up to which message; absent: the team's last
	CustomerDelivered uint64    `json:"customer_delivered,omitempty"`
	CustomerRead      uint64    `json:"customer_read,omitempty"`
	CustomerUnread    *uint64   `json:"customer_unread,omitempty"` // absent: counted from the messages
	Rating            *Rating   `json:"rating,omitempty"`
	Category          desk.ID   `json:"category,omitzero"`
	Site              desk.ID   `json:"site,omitzero"`
	Misses            uint8     `json:"misses,omitempty"`
}

// IsConversation tells a conversation from everything else: only a conversation
// has a status or messages.
func (l *Line) IsConversation() bool {
	return l.Status != "" || l.Messages != nil || (l.Customer == nil && l.Record.kinds() == 0)
}

// Rating is what the customer thinks of the conversation.
type Rating struct {
	Score   uint8     `json:"score"`
	Comment string    `json:"comment,omitempty"`
	At      desk.Time `json:"at"`
}

// Message is an entry of the conversation.
type Message struct {
	From  string    `json:"from"` // customer, agent, bot, note or event
	Text  string    `json:"text"`
	At    desk.Time `json:"at"`
	Agent string    `json:"agent,omitempty"` // the author's e-mail where it is not the assigned agent
	Event string    `json:"event,omitempty"` // for from "event": such as conversation.resolved
	By    string    `json:"by,omitempty"`    // for from "event": customer, agent, bot or system
	Was   string    `json:"was,omitempty"`   // for assigned: the agent before; for teams: the name of the team
	Now   string    `json:"now,omitempty"`   // for assigned: the agent after; for teams: the name of the team

	Added   []string `json:"added,omitempty"`   // for tagged: the tags that came
	Removed []string `json:"removed,omitempty"` // for tagged: the tags that went
	Reason  string   `json:"reason,omitempty"`  // for blocked: why

	Attachments []File   `json:"attachments,omitempty"`
	Choices     []string `json:"choices,omitempty"` // for from "bot": quick answers
	Sources     []Origin `json:"sources,omitempty"` // for from "bot": where it found what it says
}

// IsOfTeams reports whether the message is an event line that tells of teams.
func (m *Message) IsOfTeams() bool {
	kind := desk.EventType(m.Event)
	return kind == desk.ConversationTeamAssigned || kind == desk.ConversationTeamUnassigned
}

// TellsOfTeams gives the names of the teams in an event line that tells of them.
func (m *Message) TellsOfTeams() (names []string) {
	if !m.IsOfTeams() {
		return nil
	}
	for _, name := range []string{m.Was, m.Now} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// File is an attachment. Its bytes lie beside the lines, under their SHA-256.
type File struct {
	ID     desk.ID `json:"id,omitzero"` // absent: made from the line
	Name   string  `json:"name"`
	Size   uint64  `json:"size"` // bytes
	Type   string  `json:"type,omitempty"`
	SHA256 string  `json:"sha256"`
	Width  uint64  `json:"width,omitempty"` // pixels, for pictures
	Height uint64  `json:"height,omitempty"`
}

// Origin is where the bot found what it says.
type Origin struct {
	Kind   string      `json:"kind"` // knowledge or message
	ID     desk.ID     `json:"id,omitzero"`
	Number desk.Number `json:"number,omitempty"`
	Seq    uint64      `json:"seq,omitempty"`
}
