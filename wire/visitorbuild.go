package wire

import (
	"strconv"
	"strings"

	"parley/desk"
	"parley/store"
)

// VisitorOf builds what a visitor sees of themselves at a moment.
func VisitorOf(c *desk.Customer, now desk.Time) Visitor {
	shape := Visitor{
		ID: c.ID, Name: c.Name, Email: c.Email, Phone: c.Phone, Language: c.Language,
		Verified: c.Verified, Blocked: c.IsBlocked(now),
	}
	if c.Consent != nil {
		shape.Consent = &VisitorConsent{Version: c.Consent.Version}
	}
	return shape
}

// VisitorConversationOf builds a conversation's shape for its visitor.
func VisitorConversationOf(tx *store.Tx, handles *Handles, c *desk.Conversation) (VisitorConversation, error) {
	shape := VisitorConversation{
		Handle: handles.Of(c.Number), Rev: c.Rev, State: c.State.String(), Lead: c.Lead.String(),
		Unread: c.CustomerUnread, AgentRead: c.TeamRead, CustomerRead: c.CustomerRead,
		OpenedAt: c.OpenedAt, ActiveAt: c.OpenedAt,
	}
	if c.Lead == desk.LeadAgent {
		person, err := agentPerson(tx, c.Agent)
		if err != nil {
			return VisitorConversation{}, err
		}
		shape.Agent = &person
	}
	last, err := lastShown(tx, c)
	if err != nil {
		return VisitorConversation{}, err
	}
	if last.Kind != 0 {
		shape.Last = &VisitorPreview{Kind: last.Kind.String(), Text: last.Text, Files: last.Files, At: last.At}
		shape.ActiveAt = last.At
	}
	if c.Rating != nil {
		shape.Rating = &Rating{Score: int(c.Rating.Score), Comment: c.Rating.Comment, At: c.Rating.At}
	}
	shape.AskRating, err = asksRating(tx, c)
	return shape, err
}

// agentPerson is what visitors see of an agent; empty for one who is gone.
func agentPerson(tx *store.Tx, id desk.ID) (VisitorPerson, error) {
	agent, err := tx.Agent(id)
	if desk.IsNotFound(err) {
		return VisitorPerson{}, nil
	}
	return VisitorPerson{agent.FirstName(), PhotoPath(agent.Photo)}, err
}

// lookBack is how many messages are read at a time to get past the team's notes.
const lookBack = 16

// lastShown is the newest message in short that the customer may see. The row has
// it, unless that is a note.
func lastShown(tx *store.Tx, c *desk.Conversation) (desk.Preview, error) {
	if c.Last.Kind != desk.KindNote {
		return c.Last, nil
	}
	for to := c.Messages; to > 0; to -= min(to, lookBack) {
		messages, err := tx.Messages(c, to-min(to, lookBack)+1, to)
		if err != nil {
			return desk.Preview{}, err
		}
		for i := len(messages) - 1; i >= 0; i-- {
			m := &messages[i]
			if m.Kind == desk.KindCustomer || m.Kind == desk.KindAgent || m.Kind == desk.KindBot {
				return desk.PreviewOf(m.Kind, m.Author.ID, m.Text, len(m.Attachments), m.At), nil
			}
		}
	}
	return desk.Preview{}, nil
}

// asksRating tells whether the visitor is to be asked what they think: the site
// wants to know, nothing was said yet, and what it was resolved as is worth it.
func asksRating(tx *store.Tx, c *desk.Conversation) (bool, error) {
	if c.Rating != nil || c.State != desk.Resolved || c.Site.IsZero() {
		return false, nil
	}
	site, err := tx.Site(c.Site)
	if err != nil || !site.MayRate(c) || c.Category.IsZero() {
		return err == nil && site.MayRate(c), desk.OrGone(err)
	}
	category, err := tx.Category(c.Category)
	if err != nil {
		return true, desk.OrGone(err)
	}
	return category.AskRating, nil
}

// VisitorMessageOf builds a message's shape for the visitor. It is only for what
// desk.Message.ShownToCustomer says may be shown.
func VisitorMessageOf(tx *store.Tx, handles *Handles, m *desk.Message) (VisitorMessage, error) {
	shape := VisitorMessage{
		ID:  handles.Of(m.Number) + "-" + strconv.FormatUint(m.Seq, 10),
		Seq: m.Seq, Kind: m.Kind.String(), Text: m.Text, At: m.At, Attachments: []Attachment{}, Choices: m.Choices,
	}
	if err := shape.name(tx, m); err != nil {
		return VisitorMessage{}, err
	}
	for _, id := range m.Attachments {
		a, err := tx.Attachment(id)
		if err != nil {
			return VisitorMessage{}, err
		}
		shape.Attachments = append(shape.Attachments, FromAttachment(&a))
	}
	return shape, nil
}

// name adds who says it, or what happened to whom.
func (m *VisitorMessage) name(tx *store.Tx, from *desk.Message) error {
	switch from.Kind {
	case desk.KindCustomer:
		m.ClientID = idOrNil(from.ClientID)
	case desk.KindAgent:
		person, err := agentPerson(tx, from.Author.ID)
		m.Author = &person
		return err
	case desk.KindBot:
		team, err := tx.Team()
		m.Author = &VisitorPerson{Name: team.BotName}
		return err
	case desk.KindEvent:
		_, what, _ := strings.Cut(string(from.Line.Type), ".")
		m.Event = &VisitorEvent{Type: what}
		if from.Line.Type == desk.ConversationHandedOver {
			m.Event.By = from.Author.Kind.String()
		}
		if from.Line.Type == desk.ConversationAssigned {
			person, err := agentPerson(tx, from.Line.To)
			m.Event.Name = person.Name
			return err
		}
	}
	return nil
}

// VisitorMessagesOf builds the shapes of those messages that may be shown.
func VisitorMessagesOf(tx *store.Tx, handles *Handles, messages []desk.Message) ([]VisitorMessage, error) {
	out := make([]VisitorMessage, 0, len(messages))
	for i := range messages {
		if !messages[i].ShownToCustomer() {
			continue
		}
		shape, err := VisitorMessageOf(tx, handles, &messages[i])
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return out, nil
}
