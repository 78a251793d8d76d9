package live

import (
	"parley/desk"
	"parley/store"
)

// fact is what an event is to a visitor: whose it is, and where that what it tells
// is found. The zero fact tells visitors nothing.
type fact struct {
	customer desk.ID
	site     desk.ID // of the conversation; zero when it is about the customer
	number   desk.Number
	seq      uint64 // the message; 0 for none
	starts   bool   // the customer was not known before
}

// toCustomers are the events whose message, if there is one, is not for customers,
// but that change what a visitor sees of a conversation. Without a message for
// customers, what is not named here is the team's.
var toCustomers = map[desk.EventType]bool{
	desk.ConversationUnassigned: true, desk.ConversationRead: true, desk.ConversationSeen: true, desk.ConversationRated: true,
}

// conversationFact is what an event of a conversation is to its visitor. m is its
// message if that was read: what is not for customers is then left out at once.
func conversationFact(e *desk.Event, c *desk.Conversation, m *desk.Message) fact {
	f := fact{customer: c.Customer, site: c.Site, number: c.Number}
	switch {
	case toCustomers[e.Type]:
		return f
	case e.Type == desk.ConversationCarded: // cards are for the team
		return fact{}
	case e.Seq > 0 && (m == nil || m.ShownToCustomer()):
		f.seq = e.Seq
		return f
	}
	return fact{}
}

// customerFact is what an event of a customer is to their visitors.
func customerFact(e *desk.Event) fact {
	switch e.Type {
	case desk.CustomerCreated, desk.CustomerUpdated, desk.CustomerBlocked, desk.CustomerUnblocked:
		return fact{customer: e.Subject, starts: e.Type == desk.CustomerCreated}
	}
	return fact{}
}

// recentFacts is how many facts the hub remembers for visitors who come back.
const recentFacts = 8192

// recent is the facts of the newest events, one for each, so that a sequence says
// where a fact is. It is guarded by Hub.mu.
type recent struct {
	facts []fact
	head  uint64 // the sequence of the newest
}

// floor is the sequence after which every fact is remembered.
func (r *recent) floor() uint64 { return r.head - uint64(len(r.facts)) }

// add remembers the facts of the next events.
func (r *recent) add(facts []fact) {
	if len(r.facts)+len(facts) > 2*recentFacts {
		r.facts = append(make([]fact, 0, 2*recentFacts), r.facts[len(r.facts)-recentFacts:]...)
	}
	r.facts = append(r.facts, facts...)
	r.head += uint64(len(facts))
}

// cut forgets everything and goes on after a sequence.
func (r *recent) cut(head uint64) { r.facts, r.head = nil, head }

// after calls tell with the facts after a sequence that is not below the floor.
func (r *recent) after(sequence uint64, tell func(sequence uint64, f *fact)) {
	floor := r.floor()
	for i := int(min(sequence, r.head) - floor); i < len(r.facts); i++ {
		tell(floor+uint64(i)+1, &r.facts[i])
	}
}

// past reads what the newest events up to a sequence are to visitors.
func past(tx *store.Tx, head uint64) ([]fact, error) {
	from := max(tx.Floor(), head-min(head, recentFacts))
	entries, err := tx.Journal(from, int(head-min(from, head)))
	if err != nil {
		return nil, err
	}
	facts := make([]fact, len(entries))
	known := make(map[desk.Number]desk.Conversation)
	for i := range entries {
		e := &entries[i].Event
		if e.Number == 0 {
			facts[i] = customerFact(e)
			continue
		}
		c, found := known[e.Number]
		if !found {
			c, err = tx.Conversation(e.Number)
			if _, removed := tx.Removed(e.Number); removed {
				continue // nobody is told anything of it
			}
			if err != nil {
				return nil, err
			}
			known[e.Number] = c
		}
		facts[i] = conversationFact(e, &c, nil)
	}
	return facts, nil
}
