package app

import (
	"slices"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Posted is the answer to a message: the conversation after it, and the message
// as it is stored.
type Posted struct {
	Conversation wire.Conversation `json:"conversation"`
	Message      wire.Message      `json:"message"`
}

// PostMessage is an agent's message or note.
type PostMessage struct {
	By     desk.ID // the acting agent
	Number desk.Number
	Draft  desk.Draft
	// SeenSeq is the newest message that the agent had seen; nil sends in any case.
	SeenSeq *uint64
	At      desk.Time
}

// Post stores an agent's message or note, once: the same client id again gives
// the same answer. Refused: CodeCollision when another agent replied after
// SeenSeq, CodeConflict when the client id was used for something else,
// CodeArchived, and as desk.Draft.Check and the attachments ask.
func (a *App) Post(cmd PostMessage) (Posted, error) {
	if err := cmd.Draft.Check(); err != nil {
		return Posted{}, err
	}
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *PostMessage) Apply(tx *store.Tx) (Posted, error) {
	by, err := allow(tx, cmd.By, desk.ActionReply)
	if err != nil {
		return Posted{}, err
	}
	sender := desk.AgentActor(by.ID)
	before, err := tx.Conversation(cmd.Number)
	if err != nil {
		return Posted{}, err
	}
	if again, found, err := sentBefore(tx, sender, cmd.Number, &cmd.Draft); found || err != nil {
		return again, err
	}
	if err := cmd.collides(tx, &before); err != nil {
		return Posted{}, err
	}
	last, botOn, err := leads(tx, &before, cmd.At)
	if err != nil {
		return Posted{}, err
	}
	turn, err := before.Post(&by, &cmd.Draft, last, botOn, cmd.At)
	if err != nil {
		return Posted{}, err
	}
	if !cmd.Draft.Note {
		if err := keepWait(tx, &before, cmd.At); err != nil {
			return Posted{}, err
		}
	}
	posted, err := savePosted(tx, &before, &turn, sender)
	if err != nil {
		return Posted{}, err
	}
	return posted, tx.SaveDraft(by.ID, &store.Draft{Number: cmd.Number, Note: cmd.Draft.Note})
}

// collides refuses a reply that was written without knowing another agent's.
func (cmd *PostMessage) collides(tx *store.Tx, c *desk.Conversation) error {
	if cmd.SeenSeq == nil || cmd.Draft.Note || *cmd.SeenSeq >= c.Messages {
		return nil
	}
	from := max(*cmd.SeenSeq+1, c.Messages-min(c.Messages, desk.MaxMessagesSeenBehind))
	newer, err := tx.Messages(c, from, c.Messages)
	if err != nil {
		return err
	}
	for i := range newer {
		if newer[i].Kind == desk.KindAgent && newer[i].Author.ID != cmd.By {
			return desk.Refuse(desk.CodeCollision, "seen_seq", "Another agent replied while you were writing; read it, then send without seen_seq.")
		}
	}
	return nil
}

// ReceiveMessage is a customer's message: into a conversation of theirs, or
// (Number 0) as the first of a new one.
type ReceiveMessage struct {
	Customer desk.ID
	Number   desk.Number
	Channel  string
	Draft    desk.Draft
	At       desk.Time
}

// Receive stores a customer's message, once. It answers CodeNotFound for a
// conversation of somebody else, and CodeBlocked for a blocked customer.
func (a *App) Receive(cmd ReceiveMessage) (Posted, error) {
	if err := cmd.Draft.Check(); err != nil {
		return Posted{}, err
	}
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ReceiveMessage) Apply(tx *store.Tx) (Posted, error) {
	customer, err := tx.Customer(cmd.Customer)
	if err != nil {
		return Posted{}, err
	}
	if customer.IsBlocked(cmd.At) {
		return Posted{}, blocked()
	}
	sender := desk.CustomerActor(customer.ID)
	if again, found, err := sentBefore(tx, sender, cmd.Number, &cmd.Draft); found || err != nil {
		return again, err
	}
	if cmd.Number == 0 {
		return cmd.start(tx, sender)
	}
	before, err := tx.Conversation(cmd.Number)
	if err == nil && before.Customer != customer.ID {
		err = desk.NotFound("conversation")
	}
	if err != nil {
		return Posted{}, err
	}
	if err := usable(tx, sender, cmd.Draft.Attachments); err != nil {
		return Posted{}, err
	}
	old, turn, err := receive(tx, &before, &cmd.Draft, cmd.At, anyLater)
	if err != nil {
		return Posted{}, err
	}
	return savePosted(tx, old, &turn, sender)
}

func (cmd *ReceiveMessage) start(tx *store.Tx, sender desk.Actor) (Posted, error) {
	botOn, err := botLeads(tx, desk.ID{}, cmd.At)
	if err != nil {
		return Posted{}, err
	}
	if err := usable(tx, sender, cmd.Draft.Attachments); err != nil {
		return Posted{}, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return Posted{}, err
	}
	turn := desk.Start(number, cmd.Customer, cmd.Channel, &cmd.Draft, botOn, cmd.At)
	return savePosted(tx, nil, &turn, sender)
}

// sentBefore finds the answer to a message that its sender has already sent.
// number 0 stands for a new conversation, whatever its number became.
func sentBefore(tx *store.Tx, sender desk.Actor, number desk.Number, d *desk.Draft) (Posted, bool, error) {
	c, m, found, err := findSent(tx, sender, number, d)
	if !found || err != nil {
		return Posted{}, found, err
	}
	posted, err := postedOf(tx, &c, &m)
	return posted, true, err
}

// findSent finds a message that its sender has already sent, and refuses a client
// id that was used for another.
func findSent(tx *store.Tx, sender desk.Actor, number desk.Number, d *desk.Draft) (c desk.Conversation, m desk.Message, found bool, err error) {
	n, seq, found := tx.Sent(d.ClientID, sender)
	if !found {
		return c, m, false, nil
	}
	if c, err = tx.Conversation(n); err != nil {
		return c, m, true, err
	}
	if m, err = tx.Message(&c, seq); err != nil {
		return c, m, true, err
	}
	other := (number != 0 && number != n && !movedFrom(tx, sender, number, &c)) || (number == 0 && seq != 1)
	if other || !d.SameAs(&m) {
		err = usedFor("message")
	}
	return c, m, true, err
}

// usedFor refuses a client id that its sender has used for something else.
func usedFor(what string) error {
	return desk.Refuse(desk.CodeConflict, "client_id", "This client id was used for another "+what+"; make a new one.")
}

// usable refuses attachments that are not the sender's, not whole, or in a
// message already.
func usable(tx *store.Tx, sender desk.Actor, ids []desk.ID) error {
	for i, id := range ids {
		a, err := tx.Attachment(id)
		switch {
		case err != nil:
			return err
		case a.Owner != sender:
			return desk.NotFound("attachment")
		case !a.Complete:
			return desk.Refuse(desk.CodeUnfinished, "attachments", "An attachment is still being uploaded; complete it first.")
		case a.Number != 0 || slices.Contains(ids[:i], id):
			return desk.Refuse(desk.CodeUsedElsewhere, "attachments", "An attachment is in a message already; upload it again.")
		}
	}
	return nil
}

// savePosted saves a turn whose first message is the one that was posted, and
// ties the attachments to it.
func savePosted(tx *store.Tx, before *desk.Conversation, turn *desk.Turn, sender desk.Actor) (Posted, error) {
	m := &turn.Messages[0]
	if before != nil {
		if err := usable(tx, sender, m.Attachments); err != nil {
			return Posted{}, err
		}
	}
	if err := saveWithFiles(tx, before, turn); err != nil {
		return Posted{}, err
	}
	return postedOf(tx, &turn.Conversation, m)
}

// saveWithFiles saves a turn and ties its first message's attachments to it.
func saveWithFiles(tx *store.Tx, before *desk.Conversation, turn *desk.Turn) error {
	if err := tx.SaveTurn(before, turn); err != nil {
		return err
	}
	m := &turn.Messages[0]
	for _, id := range m.Attachments {
		a, err := tx.Attachment(id)
		if err != nil {
			return err
		}
		a.Number, a.Seq = m.Number, m.Seq
		if err := tx.SaveAttachment(&a); err != nil {
			return err
		}
	}
	return nil
}

func postedOf(tx *store.Tx, c *desk.Conversation, m *desk.Message) (Posted, error) {
	conversation, err := wire.ConversationOf(tx, c)
	if err != nil {
		return Posted{}, err
	}
	message, err := wire.MessageOf(tx, m)
	return Posted{conversation, message}, err
}
