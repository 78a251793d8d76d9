package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// VisitorPosted is the answer to a visitor's message.
type VisitorPosted struct {
	Conversation wire.VisitorConversation `json:"conversation"`
	Message      wire.VisitorMessage      `json:"message"`
}

// AppendJSON appends the answer.
func (p VisitorPosted) AppendJSON(b []byte) []byte {
	b = p.Conversation.AppendJSON(append(b, `{"conversation":`...))
	b = p.Message.AppendJSON(append(b, `,"message":`...))
	return append(b, '}')
}

// VisitorMessage is a visitor's message: into a conversation of theirs, or (Number
// 0) as the first of a new one.
type VisitorMessage struct {
	Visitor Visitor
	Number  desk.Number
	Draft   desk.Draft
	Page    desk.Page // where they are; may be empty
	Handles *wire.Handles
	At      desk.Time
}

// VisitorSays stores a visitor's message, once: the same client id again gives the
// same answer. Refused: CodeBlocked; CodeNotFound for a conversation that is not
// theirs; CodeConsent and CodeEmpty while the site asks for more before a first
// message; CodeConflict for a client id that was used for something else; and as
// desk.Draft.Check and the attachments ask.
func (a *App) VisitorSays(cmd VisitorMessage) (VisitorPosted, error) {
	cmd.At, cmd.Handles = a.Now(), a.handles
	if err := cmd.Draft.Check(); err != nil {
		return VisitorPosted{}, err
	}
	var err error
	if cmd.Page, err = desk.CleanPage(cmd.Page, cmd.At); err != nil {
		return VisitorPosted{}, err
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *VisitorMessage) Apply(tx *store.Tx) (VisitorPosted, error) {
	site, err := openSite(tx.Site(cmd.Visitor.Site))
	if err != nil {
		return VisitorPosted{}, err
	}
	customer, fresh, err := visitorCustomer(tx, &cmd.Visitor, cmd.At)
	if err != nil {
		return VisitorPosted{}, err
	}
	if customer.IsBlocked(cmd.At) {
		return VisitorPosted{}, blocked()
	}
	sender := desk.CustomerActor(customer.ID)
	if c, m, found, err := findSent(tx, sender, cmd.Number, &cmd.Draft); found || err != nil {
		if err == nil && c.Site != site.ID {
			err = usedFor("message")
		}
		if err != nil {
			return VisitorPosted{}, err
		}
		return cmd.posted(tx, &c, &m)
	}
	before, err := cmd.before(tx, &site, &customer)
	if err != nil {
		return VisitorPosted{}, err
	}
	if err := cmd.mayAttach(tx, &site, sender); err != nil {
		return VisitorPosted{}, err
	}
	before, turn, err := cmd.turn(tx, before, &site, &customer)
	if err != nil {
		return VisitorPosted{}, err
	}
	if err := cmd.saveCustomer(tx, &customer, fresh); err != nil {
		return VisitorPosted{}, err
	}
	if err := saveWithFiles(tx, before, &turn); err != nil {
		return VisitorPosted{}, err
	}
	return cmd.posted(tx, &turn.Conversation, &turn.Messages[0])
}

// before is the conversation that the message goes into; nil for a new one, if the
// visitor may start one.
func (cmd *VisitorMessage) before(tx *store.Tx, site *desk.Site, customer *desk.Customer) (*desk.Conversation, error) {
	if cmd.Number == 0 {
		return nil, site.Welcomes(customer)
	}
	before, err := ownConversation(tx, &cmd.Visitor, cmd.Number)
	return &before, err
}

// turn lets the desk decide what the message makes of the conversation; old is that
// as it is, nil for a new one.
func (cmd *VisitorMessage) turn(tx *store.Tx, before *desk.Conversation, site *desk.Site, customer *desk.Customer) (old *desk.Conversation, turn desk.Turn, err error) {
	if before != nil {
		return receive(tx, before, &cmd.Draft, cmd.At, anyLater)
	}
	botOn, err := botLeads(tx, site.ID, cmd.At)
	if err != nil {
		return nil, desk.Turn{}, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return nil, desk.Turn{}, err
	}
	turn = desk.Start(number, customer.ID, desk.ChannelWidget, &cmd.Draft, botOn, cmd.At)
	turn.Conversation.Site = site.ID
	return nil, turn, nil
}

// mayAttach refuses files that cannot go with the message.
func (cmd *VisitorMessage) mayAttach(tx *store.Tx, site *desk.Site, sender desk.Actor) error {
	if len(cmd.Draft.Attachments) > 0 && !site.Files {
		return desk.Refuse(desk.CodeForbidden, "attachments", "This site takes no files.")
	}
	return usable(tx, sender, cmd.Draft.Attachments)
}

// saveCustomer makes the customer of somebody who says something for the first
// time, and keeps where they are.
func (cmd *VisitorMessage) saveCustomer(tx *store.Tx, c *desk.Customer, fresh bool) error {
	next, events := c.Visit(cmd.Page, "", cmd.At)
	if fresh {
		return tx.SaveCustomer(nil, &next, []desk.Event{customerCreated(&next, cmd.At)})
	}
	return tx.SaveCustomer(c, &next, events)
}

func (cmd *VisitorMessage) posted(tx *store.Tx, c *desk.Conversation, m *desk.Message) (VisitorPosted, error) {
	conversation, err := wire.VisitorConversationOf(tx, cmd.Handles, c)
	if err != nil {
		return VisitorPosted{}, err
	}
	message, err := wire.VisitorMessageOf(tx, cmd.Handles, m)
	return VisitorPosted{conversation, message}, err
}
