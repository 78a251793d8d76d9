package app

import (
	"crypto/sha256"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Identity is what a website has signed of one of its visitors. The signature, the
// audience and the time have been checked.
type Identity struct {
	desk.Vouched
	JTI     string
	Expires desk.Time
}

// Identify lets in a browser for whom a website has vouched.
type Identify struct {
	SiteKey  string
	Identity Identity
	Visitor  Visitor            // Customer is the id of a new one
	Old      *[sha256.Size]byte // the token that the browser has had so far
	At       desk.Time
}

// Identify lets in a browser for whom a website has vouched, under the hash of a
// new token. The customer is the one whom the website knows by this id, and no
// other: what the browser was before, unproved, stays apart, and its token ends.
//
// Refused: CodeUnauthorized for an identity that was used already.
func (a *App) Identify(cmd Identify) (wire.Visitor, error) {
	cmd.At = a.Now()
	if err := checkSeed(&cmd.Visitor.Seed, cmd.At); err != nil {
		return wire.Visitor{}, err
	}
	cmd.Visitor.Customer, cmd.Visitor.CreatedAt, cmd.Visitor.SeenAt = NewID(), cmd.At, cmd.At
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *Identify) Apply(tx *store.Tx) (wire.Visitor, error) {
	site, err := openSite(tx.SiteByKey(cmd.SiteKey))
	if err != nil {
		return wire.Visitor{}, err
	}
	before, next, events, err := cmd.vouch(tx)
	if err != nil {
		return wire.Visitor{}, err
	}
	if err := tx.UseIdentity(site.ID, cmd.Identity.JTI, cmd.Identity.Expires); err != nil {
		return wire.Visitor{}, err
	}
	if err := tx.SaveCustomer(before, &next, events); err != nil {
		return wire.Visitor{}, err
	}
	visitor := cmd.Visitor
	visitor.Customer, visitor.Site = next.ID, site.ID
	if err := cmd.retire(tx, &visitor); err != nil {
		return wire.Visitor{}, err
	}
	return wire.VisitorOf(&next, cmd.At), tx.AddVisitor(&visitor)
}

// vouch finds or makes the customer whom the website knows by this id.
func (cmd *Identify) vouch(tx *store.Tx) (before *desk.Customer, next desk.Customer, events []desk.Event, err error) {
	found, err := tx.CustomerByExternal(cmd.Identity.External)
	if err == nil {
		next, events, err = found.Vouch(&cmd.Identity.Vouched, cmd.At)
		return &found, next, events, err
	}
	if !desk.IsNotFound(err) {
		return nil, desk.Customer{}, nil, err
	}
	blank := blankCustomer(&cmd.Visitor, cmd.At)
	blank.External = cmd.Identity.External
	next, _, err = blank.Vouch(&cmd.Identity.Vouched, cmd.At)
	made := desk.Event{Type: desk.CustomerCreated, Subject: next.ID, Actor: desk.Actor{Kind: desk.ActorSystem}, At: cmd.At}
	return nil, next, []desk.Event{made}, err
}

// retire ends the token that the browser has had: at once if it stood for
// somebody else, after the overlap if for the same.
func (cmd *Identify) retire(tx *store.Tx, now *Visitor) error {
	if cmd.Old == nil {
		return nil
	}
	old, err := tx.Visitor(*cmd.Old)
	switch {
	case desk.CodeOf(err) == desk.CodeUnauthorized:
		return nil
	case err != nil:
		return err
	case old.Customer != now.Customer || old.Site != now.Site:
		return tx.EndVisitor(&old)
	case !old.EndsAt.IsZero():
		now.First = old.Chain()
		return nil
	}
	now.First = old.Chain()
	old.EndsAt = cmd.At + tokenOverlap
	return tx.SaveVisitor(&old)
}
