package desk

import "fmt"

// Past is a conversation that happened elsewhere and comes in whole.
type Past struct {
	Number             Number
	Customer           ID
	Channel            string
	Resolved, Archived bool
	Agent              ID // the leading agent, or the one who led it
	Team               ID // the team that it is assigned to
	Bot                bool
	Tags               []string
	Unread             *uint64 // nil: the customer's messages after the last agent's, while it is open
	Messages           []Message

	ResolvedAt        Time    // zero: when the last message was said
	TeamRead          *uint64 // nil: up to the last agent's message
	CustomerDelivered uint64
	CustomerRead      uint64
	CustomerUnread    *uint64 // nil: every message of agents and the bot
	Rating            *Rating
	Category          ID
	Site              ID
	Misses            uint8
}

// Turn makes the conversation as it would stand had it happened here, with one
// event for all of it. Messages are numbered; their order and times are kept.
func (p *Past) Turn(by Actor, now Time) (Turn, error) {
	tags, err := CleanTags(p.Tags)
	if err != nil {
		return Turn{}, err
	}
	if len(p.Messages) == 0 {
		return Turn{}, Refuse(CodeEmpty, "messages", "A conversation has at least one message.")
	}
	c := Conversation{
		Number: p.Number, Customer: p.Customer, Channel: p.Channel, State: Open, Tags: tags,
		Agent: p.Agent, Team: p.Team, Messages: uint64(len(p.Messages)), OpenedAt: p.Messages[0].At, ActiveAt: p.Messages[0].At,
		CustomerDelivered: p.CustomerDelivered, CustomerRead: p.CustomerRead,
		Rating: p.Rating, Category: p.Category, Site: p.Site, Misses: p.Misses,
	}
	switch {
	case !p.Agent.IsZero():
		c.Lead = LeadAgent
	case p.Bot:
		c.Lead = LeadBot
	}
	for i := range p.Messages {
		m := &p.Messages[i]
		m.Number, m.Seq = p.Number, uint64(i)+1
		if err := c.recall(m); err != nil {
			return Turn{}, fmt.Errorf("message %d: %w", i+1, err)
		}
	}
	if p.Resolved || p.Archived {
		c.State, c.Archived, c.ResolvedAt, c.Unread = Resolved, p.Archived, c.ActiveAt, 0
		if !p.ResolvedAt.IsZero() {
			c.ResolvedAt = p.ResolvedAt
		}
	}
	for _, mark := range []struct{ told, into *uint64 }{
		{p.Unread, &c.Unread}, {p.TeamRead, &c.TeamRead}, {p.CustomerUnread, &c.CustomerUnread},
	} {
		if mark.told != nil {
			*mark.into = *mark.told
		}
	}
	event := Event{Type: ConversationImported, Number: p.Number, Actor: by, At: now}
	return Turn{Conversation: c, Messages: p.Messages, Events: []Event{event}}, nil
}

// recall takes up what a past message means for the state.
func (c *Conversation) recall(m *Message) error {
	if err := CheckText("text", m.Text, MaxTextBytes); err != nil {
		return err
	}
	switch m.Kind {
	case KindCustomer:
		c.Unread++
		if c.WaitingSince.IsZero() {
			c.WaitingSince = m.At
		}
	case KindAgent:
		c.CustomerUnread++
		c.Unread, c.WaitingSince, c.TeamRead = 0, 0, m.Seq
	case KindBot:
		c.CustomerUnread++
		if m.Author.Kind == ActorSystem { // see Remind
			return nil
		}
		c.WaitingSince = 0
	case KindEvent:
		return nil
	case KindNote:
	}
	c.ActiveAt = max(c.ActiveAt, m.At)
	c.Last = PreviewOf(m.Kind, m.Author.ID, m.Text, len(m.Attachments), m.At)
	return nil
}
