package app

import (
	"parley/desk"
	"parley/store"
)

// BeginConversation is a conversation that an agent starts, with a customer who is
// known or with one who is made.
type BeginConversation struct {
	By       desk.ID
	Customer desk.ID              // zero: one who is made
	New      *desk.CustomerChange // who is made; nil for one who is known
	Lead     desk.ID              // the agent who leads it; zero: the one who starts it
	Draft    desk.Draft
	newID    desk.ID // of the customer who is made
	At       desk.Time
}

// Begin starts a conversation, once for each client id: neither the message nor a
// customer who is made for it comes twice. Refused: CodeInvalid without a customer,
// with two, and for an agent who can't lead; CodeEmpty for one who is made of nothing.
func (a *App) Begin(cmd BeginConversation) (Posted, error) {
	if err := cmd.Draft.Check(); err != nil {
		return Posted{}, err
	}
	if cmd.Customer.IsZero() == (cmd.New == nil) {
		return Posted{}, desk.Refuse(desk.CodeInvalid, "customer_id", "Name a customer or say who they are; one of the two.")
	}
	cmd.newID, cmd.At = NewID(), a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *BeginConversation) Apply(tx *store.Tx) (Posted, error) {
	by, err := allow(tx, cmd.By, desk.ActionReply)
	if err != nil {
		return Posted{}, err
	}
	sender := desk.AgentActor(by.ID)
	if again, found, err := sentBefore(tx, sender, 0, &cmd.Draft); found || err != nil {
		if err == nil && cmd.New == nil && again.Conversation.Customer.ID != cmd.Customer {
			err = usedFor("message")
		}
		return again, err
	}
	if err := usable(tx, sender, cmd.Draft.Attachments); err != nil {
		return Posted{}, err
	}
	lead := by
	if !cmd.Lead.IsZero() {
		if lead, err = tx.Agent(cmd.Lead); err != nil {
			return Posted{}, err
		}
	}
	customer, err := cmd.customer(tx)
	if err != nil {
		return Posted{}, err
	}
	site, err := lastSite(tx, customer)
	if err != nil {
		return Posted{}, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return Posted{}, err
	}
	turn, err := desk.Begin(number, customer, desk.ChannelDesk, &by, &lead, &cmd.Draft, cmd.At)
	if err != nil {
		return Posted{}, err
	}
	turn.Conversation.Site = site
	return savePosted(tx, nil, &turn, sender)
}

// customer is with whom: the one who is named, or made now.
func (cmd *BeginConversation) customer(tx *store.Tx) (desk.ID, error) {
	if cmd.New == nil {
		_, err := tx.Customer(cmd.Customer)
		return cmd.Customer, err
	}
	made := CreateCustomer{By: cmd.By, ID: cmd.newID, Change: *cmd.New, At: cmd.At}
	shape, err := made.Apply(tx)
	if err == nil && shape.Name == "" && shape.Email == "" && shape.Phone == "" {
		err = desk.Refuse(desk.CodeEmpty, "name", "Write a name, an e-mail address or a phone number.")
	}
	return cmd.newID, err
}

// lastSite is the website on which a customer wrote last, whose chat window shows
// them what the team begins; zero when they have written on none lately.
func lastSite(tx *store.Tx, customer desk.ID) (desk.ID, error) {
	const lately = 20 // of their newest conversations
	numbers, err := tx.CustomerConversations(customer, 0, lately)
	if err != nil {
		return desk.ID{}, err
	}
	for _, n := range numbers {
		c, err := tx.Conversation(n)
		if err != nil || !c.Site.IsZero() {
			return c.Site, err
		}
	}
	return desk.ID{}, nil
}
