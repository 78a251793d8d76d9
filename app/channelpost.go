package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// ChannelAPI is the channel of what comes with a token that names no other.
const ChannelAPI = "api"

// Limits on what another system calls things, and its channel.
const (
	maxMessageExternal = 200
	maxChannelName     = 100
)

// ChannelConversation is a conversation as the system sees it that brought it:
// what its customer sees, and by what they are known.
type ChannelConversation struct {
	Number       desk.Number              `json:"number"`
	Customer     ChannelCustomer          `json:"customer"`
	Conversation wire.VisitorConversation `json:"conversation"`
}

// ChannelCustomer is the customer of a conversation that another system brought.
type ChannelCustomer struct {
	ID       desk.ID `json:"id"`
	External string  `json:"external_id"`
	Blocked  bool    `json:"blocked" doc:"What they send is refused."`
}

// ChannelPosted is the answer to a message from another system.
type ChannelPosted struct {
	ChannelConversation
	Message wire.VisitorMessage `json:"message"`
}

// ChannelMessage is a customer's message that another system brings: into a
// conversation that it brought, or (Number 0) as the first of a new one.
type ChannelMessage struct {
	Token    desk.ID
	Number   desk.Number
	External string // what the system calls the message
	Channel  string // of a new conversation
	// Customer is who wrote it, for a new conversation. One with the same External is
	// the same person, and is changed as the message says.
	Customer CreateCustomer
	Draft    desk.Draft // without a client id
	Handles  *wire.Handles
	At       desk.Time
}

// ChannelSays stores a customer's message from another system, once: the same
// external id again gives the same answer. Refused: CodeConflict when the external
// id was used for something else, CodeBlocked, CodeNotFound for a conversation that
// the token did not bring, and as desk.Draft.Check and the attachments ask.
func (a *App) ChannelSays(cmd ChannelMessage) (ChannelPosted, error) {
	cmd.At, cmd.Handles = a.Now(), a.handles
	cmd.Customer.ID, cmd.Customer.At, cmd.Customer.By = NewID(), cmd.At, desk.ID{}
	if err := cmd.check(); err != nil {
		return ChannelPosted{}, err
	}
	return run(a, &cmd)
}

// check refuses what no channel could mean.
func (cmd *ChannelMessage) check() error {
	draft := cmd.Draft
	draft.ClientID = desk.ID{1} // the external id stands in its place
	for _, text := range []struct {
		field, value string
		most         int
		needed       bool
	}{
		{"external_id", cmd.External, maxMessageExternal, true},
		{"customer.external_id", cmd.Customer.External, maxExternal, cmd.Number == 0},
		{"channel", cmd.Channel, maxChannelName, cmd.Number == 0},
	} {
		if err := desk.CheckText(text.field, text.value, text.most); err != nil {
			return err
		}
		if text.needed && text.value == "" {
			return desk.Refuse(desk.CodeEmpty, text.field, "Say what your own system calls it, and the same with each retry.")
		}
	}
	return draft.Check()
}

// Apply implements command.
func (cmd *ChannelMessage) Apply(tx *store.Tx) (ChannelPosted, error) {
	token, err := tx.ChannelToken(cmd.Token)
	if err != nil {
		if desk.IsNotFound(err) {
			err = noChannel()
		}
		return ChannelPosted{}, err
	}
	if again, found, err := cmd.sentBefore(tx); found || err != nil {
		return again, err
	}
	if err := usable(tx, token.Owner(), cmd.Draft.Attachments); err != nil {
		return ChannelPosted{}, err
	}
	before, turn, err := cmd.turn(tx)
	if err != nil {
		return ChannelPosted{}, err
	}
	if err := saveWithFiles(tx, before, &turn); err != nil {
		return ChannelPosted{}, err
	}
	m := &turn.Messages[0]
	if err := tx.SaveChannelSent(cmd.Token, cmd.External, m.Number, m.Seq); err != nil {
		return ChannelPosted{}, err
	}
	return cmd.posted(tx, &turn.Conversation, m)
}

// sentBefore finds the answer to a message that came before.
func (cmd *ChannelMessage) sentBefore(tx *store.Tx) (ChannelPosted, bool, error) {
	n, seq, found := tx.ChannelSent(cmd.Token, cmd.External)
	if !found {
		return ChannelPosted{}, false, nil
	}
	c, err := tx.Conversation(n)
	if err != nil {
		return ChannelPosted{}, true, err
	}
	m, err := tx.Message(&c, seq)
	if err != nil {
		return ChannelPosted{}, true, err
	}
	moved := movedFrom(tx, desk.CustomerActor(c.Customer), cmd.Number, &c)
	same := cmd.Draft.SameAs(&m) && (cmd.Number == n || moved || (cmd.Number == 0 && seq == 1))
	if same && cmd.Number == 0 {
		customer, err := tx.Customer(c.Customer)
		if err != nil {
			return ChannelPosted{}, true, err
		}
		same = customer.External == cmd.Customer.External
	}
	if !same {
		return ChannelPosted{}, true, desk.Refuse(desk.CodeConflict, "external_id", "This external id was used for another message.")
	}
	posted, err := cmd.posted(tx, &c, &m)
	return posted, true, err
}

// turn lets the desk decide what the message makes of the conversation.
func (cmd *ChannelMessage) turn(tx *store.Tx) (*desk.Conversation, desk.Turn, error) {
	if cmd.Number == 0 {
		turn, err := cmd.start(tx)
		return nil, turn, err
	}
	before, err := channelConversation(tx, cmd.Token, cmd.Number)
	if err != nil {
		return nil, desk.Turn{}, err
	}
	customer, err := tx.Customer(before.Customer)
	if err != nil {
		return nil, desk.Turn{}, err
	}
	if customer.IsBlocked(cmd.At) {
		return nil, desk.Turn{}, blocked()
	}
	ofToken := func(n desk.Number) bool { return tx.OfChannel(cmd.Token, n) }
	return receive(tx, &before, &cmd.Draft, cmd.At, ofToken)
}

// start begins a conversation, with a customer who is known or is made.
func (cmd *ChannelMessage) start(tx *store.Tx) (desk.Turn, error) {
	known, err := tx.CustomerByExternal(cmd.Customer.External)
	switch {
	case err == nil && known.IsBlocked(cmd.At):
		return desk.Turn{}, blocked()
	case err != nil && !desk.IsNotFound(err):
		return desk.Turn{}, err
	}
	botOn, err := botLeads(tx, desk.ID{}, cmd.At)
	if err != nil {
		return desk.Turn{}, err
	}
	customer, err := cmd.Customer.Apply(tx)
	if err != nil {
		return desk.Turn{}, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return desk.Turn{}, err
	}
	return desk.Start(number, customer.ID, cmd.Channel, &cmd.Draft, botOn, cmd.At), nil
}

func (cmd *ChannelMessage) posted(tx *store.Tx, c *desk.Conversation, m *desk.Message) (ChannelPosted, error) {
	shape, err := channelShape(tx, cmd.Handles, c, cmd.At)
	if err != nil {
		return ChannelPosted{}, err
	}
	message, err := wire.VisitorMessageOf(tx, cmd.Handles, m)
	return ChannelPosted{shape, message}, err
}
