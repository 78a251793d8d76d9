package wire

import (
	"slices"

	"parley/desk"
	"parley/store"
)

// ConversationOf builds a conversation's shape, with its customer as it is now.
func ConversationOf(tx *store.Tx, c *desk.Conversation) (Conversation, error) {
	customer, err := tx.CustomerBrief(c.Customer)
	if err != nil {
		return Conversation{}, err
	}
	return FromConversation(c, &customer), nil
}

// ConversationsOf builds the shapes of a page.
func ConversationsOf(tx *store.Tx, page []desk.Conversation) ([]Conversation, error) {
	out := make([]Conversation, 0, len(page))
	for i := range page {
		shape, err := ConversationOf(tx, &page[i])
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return out, nil
}

// FromConversation builds a conversation's shape from what is in hand.
func FromConversation(c *desk.Conversation, customer *desk.Customer) Conversation {
	shape := Conversation{
		Number: c.Number, Rev: c.Rev,
		Customer: CustomerRef{ID: customer.ID, Rev: customer.Rev, Name: customer.Name, Email: customer.Email, Blocked: customer.Blocked != nil, Language: customer.Language},
		Channel:  c.Channel, State: c.State.String(), Archived: c.Archived, Lead: c.Lead.String(), AgentID: idOrNil(c.Agent), TeamID: idOrNil(c.Team),
		Views: c.Views(), Tags: nonNil(c.Tags), LastSeq: c.Messages, Unread: c.Unread,
		OpenedAt: c.OpenedAt, ActiveAt: c.ActiveAt,
	}
	if c.State == desk.Open {
		shape.WaitingSince = timeOrNil(c.WaitingSince)
	}
	shape.CustomerDelivered, shape.CustomerRead = c.CustomerDelivered, c.CustomerRead
	shape.CategoryID, shape.SiteID = idOrNil(c.Category), idOrNil(c.Site)
	if c.Rating != nil {
		shape.Rating = &Rating{Score: int(c.Rating.Score), Comment: c.Rating.Comment, At: c.Rating.At}
	}
	if c.Last.Kind != 0 {
		shape.Last = &Preview{Kind: c.Last.Kind.String(), AuthorID: idOrNil(c.Last.Author), Text: c.Last.Text, Files: c.Last.Files, At: c.Last.At}
	}
	return shape
}

// MessageOf builds a message's shape with its attachments.
func MessageOf(tx *store.Tx, m *desk.Message) (Message, error) {
	shape := Message{
		Number: m.Number, Seq: m.Seq, Kind: m.Kind.String(), Author: FromActor(m.Author),
		ClientID: idOrNil(m.ClientID), Text: m.Text, At: m.At, Attachments: []Attachment{},
	}
	if m.Line != nil {
		shape.Event = fromLine(m.Line)
	}
	shape.Choices, shape.Sources = m.Choices, fromSources(m.Sources)
	var err error
	if shape.Cards, err = cardsOf(tx, m); err != nil {
		return Message{}, err
	}
	for _, id := range m.Attachments {
		a, err := tx.Attachment(id)
		if err != nil {
			return Message{}, err
		}
		shape.Attachments = append(shape.Attachments, FromAttachment(&a))
	}
	return shape, nil
}

func fromLine(l *desk.EventLine) *EventLine {
	return &EventLine{
		Type: string(l.Type), From: idOrNil(l.From), To: idOrNil(l.To), Added: l.Added, Removed: l.Removed, Reason: l.Reason,
	}
}

// cardsOf are the cards that are there for a message's links.
func cardsOf(tx *store.Tx, m *desk.Message) ([]LinkCard, error) {
	var shapes []LinkCard
	for _, address := range m.Links() {
		card, found, err := tx.LinkCard(address)
		if err != nil {
			return nil, err
		}
		if found && !card.IsEmpty() {
			shapes = append(shapes, LinkCard{URL: card.URL, Title: card.Title, Description: card.Description, Site: card.Site})
		}
	}
	return shapes, nil
}

func fromSources(sources []desk.Source) []Source {
	var shapes []Source
	for i := range sources {
		s := &sources[i]
		shapes = append(shapes, Source{Kind: s.Kind.String(), ID: idOrNil(s.ID), Number: s.Number, Seq: s.Seq})
	}
	return shapes
}

// MessagesOf builds the shapes of a piece of a thread.
func MessagesOf(tx *store.Tx, messages []desk.Message) ([]Message, error) {
	out := make([]Message, 0, len(messages))
	for i := range messages {
		shape, err := MessageOf(tx, &messages[i])
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return out, nil
}

// FromActor builds an actor's shape.
func FromActor(a desk.Actor) Actor { return Actor{Kind: a.Kind.String(), ID: idOrNil(a.ID)} }

// FromAttachment builds an attachment's shape.
func FromAttachment(a *desk.Attachment) Attachment {
	return Attachment{ID: a.ID, Name: a.Name, Size: a.Size, Type: a.Type, Width: a.Width, Height: a.Height, Inline: ShownInPlace(a.Type)}
}

// ShownInPlace reports whether the page may show a media type itself. Anything
// else is only ever downloaded.
func ShownInPlace(mediaType string) bool {
	return slices.Contains(shownInPlace, mediaType)
}

var shownInPlace = []string{
	"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg",
}

// FromCustomer builds a customer's shape.
func FromCustomer(c *desk.Customer) Customer {
	shape := Customer{
		ID: c.ID, Rev: c.Rev, External: c.External, Name: c.Name, Email: c.Email, Phone: c.Phone, Language: c.Language,
		Attributes: c.Attributes, Tags: nonNil(c.Tags), Notes: c.Notes, CreatedAt: c.CreatedAt,
	}
	if shape.Attributes == nil {
		shape.Attributes = map[string]string{}
	}
	if c.Blocked != nil {
		shape.Blocked = &Block{By: idOrNil(c.Blocked.By), At: c.Blocked.At, Reason: c.Blocked.Reason, Until: timeOrNil(c.Blocked.Until)}
	}
	shape.Verified, shape.Browser, shape.Zone = c.Verified, c.Browser, c.Zone
	if c.Consent != nil {
		shape.Consent = &Consent{Version: c.Consent.Version, At: c.Consent.At, Language: c.Consent.Language}
	}
	if c.Page.URL != "" {
		shape.Page = &Page{URL: c.Page.URL, Title: c.Page.Title, At: c.Page.At}
	}
	return shape
}

// FromNote builds a customer note's shape.
func FromNote(n *desk.CustomerNote) CustomerNote {
	return CustomerNote{Seq: n.Seq, Author: idOrNil(n.Author), Text: n.Text, At: n.At}
}

// FromDeed builds the shape of an entry of a customer's history.
func FromDeed(d *desk.Deed) Deed {
	return Deed{Seq: d.Seq, Type: string(d.Type), Actor: FromActor(d.Actor), At: d.At, Fields: nonNil(d.Fields)}
}

// FromAgent builds an agent's shape.
func FromAgent(a *desk.Agent) Agent {
	return Agent{ID: a.ID, Rev: a.Rev, Name: a.Name, Email: a.Email, Role: a.Role.String(), Active: a.Active, Language: a.Language, Photo: PhotoPath(a.Photo)}
}

// PhotoPath is where the photo of a mark is for everybody; empty for none. It says
// nothing of whose it is.
func PhotoPath(mark string) string {
	if mark == "" {
		return ""
	}
	return "/widget/photos/" + mark + ".jpg"
}

// FromReply builds a saved reply's shape.
func FromReply(r *desk.Reply) Reply {
	return Reply{
		ID: r.ID, Rev: r.Rev, Mine: !r.Owner.IsZero(), Title: r.Title, Shortcut: r.Shortcut, Category: r.Category,
		Language: r.Language, Text: r.Text, Enabled: r.Enabled, Uses: r.Uses, UsedAt: timeOrNil(r.UsedAt), UpdatedAt: r.UpdatedAt,
	}
}

// TeamOf builds the team's shape.
func TeamOf(tx *store.Tx) (Team, error) {
	t, err := tx.Team()
	return Team{Rev: t.Rev, Name: t.Name, BotName: t.BotName, BotOn: t.BotOn, Language: t.Language, Cards: t.Cards, Samples: tx.Samples()}, err
}

// CountsOf builds the counts of the views. The journal's head is their rev: they
// cannot change without it.
func CountsOf(tx *store.Tx) Counts { return Counts{Rev: tx.Head(), Counts: tx.Counts()} }

func idOrNil(id desk.ID) *desk.ID {
	if id.IsZero() {
		return nil
	}
	return &id
}

func timeOrNil(t desk.Time) *desk.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
