package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Introduce is what a visitor, or the page that they are on, says of them.
type Introduce struct {
	Visitor Visitor
	Change  desk.CustomerChange // without tags
	Page    desk.Page
	Consent *string // the version of the notice that they agree to
	At      desk.Time
}

// Introduce keeps what a visitor says of themselves. Where they are and what
// language they read makes no customer of somebody who has said nothing else.
//
// Refused: CodeBlocked, CodeForbidden for what a website has vouched for,
// CodeConflict for a notice that is not the site's present one.
func (a *App) Introduce(cmd Introduce) (wire.Visitor, error) {
	cmd.At = a.Now()
	var err error
	if cmd.Page, err = desk.CleanPage(cmd.Page, cmd.At); err != nil {
		return wire.Visitor{}, err
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *Introduce) Apply(tx *store.Tx) (wire.Visitor, error) {
	before, fresh, err := visitorCustomer(tx, &cmd.Visitor, cmd.At)
	if err != nil {
		return wire.Visitor{}, err
	}
	if before.IsBlocked(cmd.At) {
		return wire.Visitor{}, blocked()
	}
	next, events, err := cmd.rule(tx, &before)
	if err != nil {
		return wire.Visitor{}, err
	}
	switch {
	case fresh && cmd.saysNothing():
		err = cmd.seed(tx, &next)
	case fresh:
		err = tx.SaveCustomer(nil, &next, []desk.Event{customerCreated(&next, cmd.At)})
	default:
		err = tx.SaveCustomer(&before, &next, events)
	}
	return wire.VisitorOf(&next, cmd.At), err
}

// rule does what was asked, one after the other.
func (cmd *Introduce) rule(tx *store.Tx, before *desk.Customer) (next desk.Customer, events []desk.Event, err error) {
	if next, events, err = before.Introduce(&cmd.Change, cmd.At); err != nil {
		return next, nil, err
	}
	if cmd.Consent != nil {
		site, err := openSite(tx.Site(cmd.Visitor.Site))
		if err != nil {
			return next, nil, err
		}
		if *cmd.Consent != site.Consent.Version {
			return next, nil, desk.Refuse(desk.CodeConflict, "consent", "The notice has changed since; show the new one.")
		}
		agreed, more := next.Agree(*cmd.Consent, cmd.At)
		next, events = agreed, append(events, more...)
	}
	visited, more := next.Visit(cmd.Page, "", cmd.At)
	return visited, append(events, more...), nil
}

// saysNothing reports whether the visitor has told nothing by which to know them.
func (cmd *Introduce) saysNothing() bool {
	c := &cmd.Change
	return c.Name == nil && c.Email == nil && c.Phone == nil && len(c.Attributes) == 0 && cmd.Consent == nil
}

// seed keeps what is known of somebody who is no customer yet.
func (cmd *Introduce) seed(tx *store.Tx, c *desk.Customer) error {
	v, err := tx.Visitor(cmd.Visitor.Hash)
	if err != nil {
		return err
	}
	v.Seed.Language, v.Seed.Page = c.Language, c.Page.Brief()
	return tx.SaveVisitor(&v)
}

func customerCreated(c *desk.Customer, now desk.Time) desk.Event {
	return desk.Event{Type: desk.CustomerCreated, Subject: c.ID, Actor: desk.CustomerActor(c.ID), At: now}
}

// blocked refuses what a blocked customer sends.
func blocked() error { return desk.Refuse(desk.CodeBlocked, "", "This customer is blocked.") }
