package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// VisitorVerb is something that a visitor does to a conversation of theirs without
// saying anything.
type VisitorVerb string

// The verbs.
const (
	VisitorSeen      VisitorVerb = "read"      // they have seen everything up to Seq
	VisitorDelivered VisitorVerb = "delivered" // a device of theirs has everything up to Seq
	VisitorHandover  VisitorVerb = "handover"  // they want a person
	VisitorRating    VisitorVerb = "rating"
)

// visitorRules are the desk's rules behind the verbs.
var visitorRules = map[VisitorVerb]func(tx *store.Tx, c *desk.Conversation, cmd *ChangeAsVisitor) (desk.Turn, error){
	VisitorSeen: seen,
	VisitorDelivered: func(_ *store.Tx, c *desk.Conversation, cmd *ChangeAsVisitor) (desk.Turn, error) {
		return c.Delivered(cmd.Seq, cmd.At), nil
	},
	VisitorHandover: func(tx *store.Tx, c *desk.Conversation, cmd *ChangeAsVisitor) (desk.Turn, error) {
		said, err := farewell(tx, c, cmd.Online, cmd.At)
		return c.HandOver(desk.CustomerActor(c.Customer), said, cmd.At), err
	},
	VisitorRating: rate,
}

// ChangeAsVisitor is the command behind every verb of visitors.
type ChangeAsVisitor struct {
	Verb    VisitorVerb
	Visitor Visitor
	Number  desk.Number
	Seq     uint64
	Score   int
	Comment string
	Online  bool // handover: somebody of the team is there
	Handles *wire.Handles
	At      desk.Time
}

// ChangeAsVisitor does a visitor's verb. Saying it twice changes nothing; the
// answer is always the present state. Refused: CodeNotFound for a conversation
// that is not theirs, CodeBlocked, and as the desk's rule says.
func (a *App) ChangeAsVisitor(cmd ChangeAsVisitor) (wire.VisitorConversation, error) {
	cmd.At, cmd.Handles = a.Now(), a.handles
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ChangeAsVisitor) Apply(tx *store.Tx) (wire.VisitorConversation, error) {
	rule, known := visitorRules[cmd.Verb]
	if !known {
		return wire.VisitorConversation{}, desk.NotFound("verb")
	}
	before, err := ownConversation(tx, &cmd.Visitor, cmd.Number)
	if err != nil {
		return wire.VisitorConversation{}, err
	}
	customer, err := tx.Customer(cmd.Visitor.Customer)
	if err == nil && customer.IsBlocked(cmd.At) {
		err = blocked()
	}
	if err != nil {
		return wire.VisitorConversation{}, err
	}
	turn, err := rule(tx, &before, cmd)
	if err != nil {
		return wire.VisitorConversation{}, err
	}
	if err := tx.SaveTurn(&before, &turn); err != nil {
		return wire.VisitorConversation{}, err
	}
	return wire.VisitorConversationOf(tx, cmd.Handles, &turn.Conversation)
}

// maxCounted bounds how many messages are looked at to count the unseen ones.
const maxCounted = 500

// seen counts what the visitor has not seen: usually nothing.
func seen(tx *store.Tx, c *desk.Conversation, cmd *ChangeAsVisitor) (desk.Turn, error) {
	unread := uint64(0)
	if cmd.Seq < c.Messages && cmd.Seq > c.CustomerRead {
		later, err := tx.Messages(c, max(cmd.Seq+1, c.Messages-min(c.Messages, maxCounted)+1), c.Messages)
		if err != nil {
			return desk.Turn{}, err
		}
		for i := range later {
			if later[i].Kind == desk.KindAgent || later[i].Kind == desk.KindBot {
				unread++
			}
		}
	}
	return c.Seen(cmd.Seq, unread, cmd.At), nil
}

func rate(tx *store.Tx, c *desk.Conversation, cmd *ChangeAsVisitor) (desk.Turn, error) {
	site, err := openSite(tx.Site(c.Site))
	if err != nil {
		return desk.Turn{}, err
	}
	if !site.Rating {
		return desk.Turn{}, desk.Refuse(desk.CodeForbidden, "", "This site asks for no ratings.")
	}
	return c.Rate(cmd.Score, cmd.Comment, cmd.At)
}
