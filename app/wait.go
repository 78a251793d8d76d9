package app

import (
	"parley/desk"
	"parley/store"
)

// keepWait keeps how long a visitor waited, if it is a person's first answer that they get
// now. Only websites count: who writes through another system waits at another pace. One
// who came while the team was away does not, since nothing is promised then. What it costs
// does not grow with what is kept: a piece of the thread and a row of at most
// desk.MaxWaits.
func keepWait(tx *store.Tx, c *desk.Conversation, now desk.Time) error {
	if c.Site.IsZero() || c.WaitingSince.IsZero() {
		return nil
	}
	tail, err := tx.Messages(c, c.Messages-min(c.Messages, desk.WaitTail)+1, c.Messages)
	if err != nil {
		return err
	}
	wait, first := c.FirstWait(tail, now)
	if !first {
		return nil
	}
	hours, err := tx.Hours()
	if err != nil || !hours.Schedule().Open(c.WaitingSince) {
		return err
	}
	waits, err := tx.Waits()
	if err != nil {
		return err
	}
	return tx.SaveWaits(waits.With(wait))
}

// usualWait is within how many minutes visitors are told that they will be answered; zero
// while nothing is known or the team is away.
func usualWait(tx *store.Tx, open bool, now desk.Time) (int, error) {
	if !open {
		return 0, nil
	}
	waits, err := tx.Waits()
	return waits.Usual(now), err
}
