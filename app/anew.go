package app

import (
	"parley/desk"
	"parley/store"
)

// laterLooked is how many of a customer's newest conversations are looked through for
// one that a message goes into in place of an old one.
const laterLooked = 20

// goesInto is the conversation that a customer's message into before goes into at a
// moment: that one, the one that they have started in its place since, or nil for a
// new one. Of later ones only those count that mayJoin allows.
func goesInto(tx *store.Tx, before *desk.Conversation, at desk.Time, mayJoin func(desk.Number) bool) (*desk.Conversation, error) {
	resolver, err := tx.Resolver()
	if err != nil || !resolver.StartsAnew(before, at) {
		return before, err
	}
	numbers, err := tx.CustomerConversations(before.Customer, 0, laterLooked)
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		if n <= before.Number {
			break
		}
		c, err := tx.Conversation(n)
		if err != nil {
			return nil, err
		}
		if inPlaceOf(&c, before) && mayJoin(n) && !resolver.StartsAnew(&c, at) {
			return &c, nil
		}
	}
	return nil, nil
}

// inPlaceOf reports whether a conversation may be the one that a customer goes on with
// in place of another: a later one of theirs that came the same way.
func inPlaceOf(c, before *desk.Conversation) bool {
	return c.Number > before.Number && c.Customer == before.Customer && c.Channel == before.Channel && c.Site == before.Site
}

// receive lets the desk decide what a customer's message into a conversation makes of
// it. old is the conversation as it is, nil when a new one is started in its place.
func receive(tx *store.Tx, before *desk.Conversation, draft *desk.Draft, at desk.Time, mayJoin func(desk.Number) bool) (old *desk.Conversation, turn desk.Turn, err error) {
	old, err = goesInto(tx, before, at, mayJoin)
	if err != nil {
		return nil, desk.Turn{}, err
	}
	if old != nil {
		last, botOn, err := leads(tx, old, at)
		return old, old.Receive(draft, last, botOn, at), err
	}
	botOn, err := botLeads(tx, before.Site, at)
	if err != nil {
		return nil, desk.Turn{}, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return nil, desk.Turn{}, err
	}
	turn = desk.Start(number, before.Customer, before.Channel, draft, botOn, at)
	turn.Conversation.Site = before.Site
	return nil, turn, nil
}

// anyLater lets a message go into whichever later conversation there is.
func anyLater(desk.Number) bool { return true }

// movedFrom reports whether a message that a customer sent into a conversation may
// stand in another one, which goes on in its place.
func movedFrom(tx *store.Tx, sender desk.Actor, number desk.Number, c *desk.Conversation) bool {
	if number == 0 || number == c.Number || sender.Kind != desk.ActorCustomer {
		return false
	}
	before, err := tx.Conversation(number)
	return err == nil && inPlaceOf(c, &before)
}
