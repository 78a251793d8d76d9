package app

import (
	"parley/desk"
	"parley/store"
)

// checkPlace refuses a conversation that a change of a customer was not made from:
// one that is not there, or another customer's. 0 stands for none.
func checkPlace(tx *store.Tx, customer desk.ID, n desk.Number) error {
	if n == 0 {
		return nil
	}
	c, err := tx.Conversation(n)
	if err != nil {
		return err
	}
	if c.Customer != customer {
		return desk.Refuse(desk.CodeInvalid, "number", "This conversation is another customer's.")
	}
	return nil
}

// tellBlock says in a thread what the events did to a customer's block: in the
// conversation that it was done from, or in their newest one. That is one line for
// one act; a line in each of their conversations would tell it as often as they wrote.
func tellBlock(tx *store.Tx, customer *desk.Customer, events []desk.Event, n desk.Number) error {
	for i := range events {
		e := &events[i]
		if e.Type != desk.CustomerBlocked && e.Type != desk.CustomerUnblocked {
			continue
		}
		if n == 0 {
			newest, err := tx.CustomerConversations(customer.ID, 0, 1)
			if err != nil || len(newest) == 0 {
				return err
			}
			n = newest[0]
		}
		c, err := tx.Conversation(n)
		if err != nil {
			return err
		}
		turn := c.TellUnblocked(e.Actor, e.At)
		if e.Type == desk.CustomerBlocked {
			turn = c.TellBlocked(e.Actor, customer.Blocked.Reason, e.At)
		}
		if err := tx.SaveTurn(&c, &turn); err != nil {
			return err
		}
	}
	return nil
}
