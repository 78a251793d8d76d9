package app

import (
	"crypto/sha256"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// What the ways in need of visitors.
type (
	Visitor     = store.Visitor
	VisitorSeed = store.VisitorSeed
)

// tokenOverlap is how long a token still opens after another has taken its place,
// so that other tabs and answers that were lost are not shut out.
const tokenOverlap desk.Time = 24 * 60 * 60 * 1000

// visitorSeenEvery is how exactly a visitor's last sign of life is kept.
const visitorSeenEvery desk.Time = 6 * 60 * 60 * 1000

// Visitor finds who a token stands for, and their site. Refused: CodeUnauthorized
// for a token that does not hold, CodeNotFound while its site is switched off.
func (a *App) Visitor(hash [sha256.Size]byte) (Visitor, desk.Site, error) {
	var site desk.Site
	visitor, err := view(a, func(tx *store.Tx) (v Visitor, err error) {
		if v, err = tx.Visitor(hash); err == nil && !v.Alive(a.Now()) {
			err = desk.Refuse(desk.CodeUnauthorized, "", "This token has ended; begin anew.")
		}
		if err == nil {
			site, err = openSite(tx.Site(v.Site))
		}
		return v, err
	})
	return visitor, site, err
}

// NewVisitor lets a browser in.
type NewVisitor struct {
	SiteKey string
	Visitor Visitor
	At      desk.Time
}

// NewVisitor lets a browser in under the hash of its token, as nobody in
// particular.
func (a *App) NewVisitor(siteKey string, hash [sha256.Size]byte, seed VisitorSeed) (wire.Visitor, error) {
	now := a.Now()
	if err := checkSeed(&seed, now); err != nil {
		return wire.Visitor{}, err
	}
	return run(a, &NewVisitor{SiteKey: siteKey, At: now, Visitor: Visitor{
		Hash: hash, Customer: NewID(), CreatedAt: now, SeenAt: now, Seed: seed,
	}})
}

// Apply implements command.
func (cmd *NewVisitor) Apply(tx *store.Tx) (wire.Visitor, error) {
	site, err := openSite(tx.SiteByKey(cmd.SiteKey))
	if err != nil {
		return wire.Visitor{}, err
	}
	visitor := cmd.Visitor
	visitor.Site = site.ID
	c := blankCustomer(&visitor, cmd.At)
	return wire.VisitorOf(&c, cmd.At), tx.AddVisitor(&visitor)
}

// checkSeed cleans what a browser tells of itself.
func checkSeed(seed *VisitorSeed, now desk.Time) (err error) {
	if seed.Language != "" {
		if seed.Language, err = desk.CleanName("language", seed.Language, desk.MaxLanguageRunes); err != nil {
			return err
		}
	}
	if seed.Zone, err = desk.CleanZone(seed.Zone); err != nil {
		return err
	}
	page, err := desk.CleanPage(seed.Page, now)
	seed.Page = page.Brief()
	return err
}

// blankCustomer is the customer that a visitor becomes with the first thing they
// say.
func blankCustomer(v *Visitor, now desk.Time) desk.Customer {
	return desk.Customer{
		ID: v.Customer, CreatedAt: now, Language: v.Seed.Language, Zone: v.Seed.Zone, Browser: v.Seed.Browser, Page: v.Seed.Page,
	}
}

// visitorCustomer reads a visitor's customer. fresh says that there is no row yet.
func visitorCustomer(tx *store.Tx, v *Visitor, now desk.Time) (c desk.Customer, fresh bool, err error) {
	c, err = tx.Customer(v.Customer)
	if desk.IsNotFound(err) {
		return blankCustomer(v, now), true, nil
	}
	return c, false, err
}

// ownConversation reads a conversation that is the visitor's own, of the site that
// they are on; any other does not exist.
func ownConversation(tx *store.Tx, v *Visitor, n desk.Number) (desk.Conversation, error) {
	c, err := tx.Conversation(n)
	if err == nil && (c.Customer != v.Customer || c.Site != v.Site) {
		err = desk.NotFound("conversation")
	}
	if err != nil {
		return desk.Conversation{}, err
	}
	return c, nil
}

// NumberOf reads the handle under which visitors know a conversation.
func (a *App) NumberOf(handle string) (desk.Number, error) {
	n, ok := a.handles.Number(handle)
	if !ok {
		return 0, desk.NotFound("conversation")
	}
	return n, nil
}

// RotateVisitor puts a token in the place of another.
type RotateVisitor struct {
	Old, New [sha256.Size]byte
	At       desk.Time
}

// RotateVisitor puts a token in the place of another, which goes on for a day.
func (a *App) RotateVisitor(old, next [sha256.Size]byte) error {
	_, err := run(a, &RotateVisitor{Old: old, New: next, At: a.Now()})
	return err
}

// Apply implements command.
func (cmd *RotateVisitor) Apply(tx *store.Tx) (struct{}, error) {
	old, err := tx.Visitor(cmd.Old)
	if err != nil {
		return struct{}{}, err
	}
	next := old
	next.First = old.Chain()
	next.Hash, next.CreatedAt, next.SeenAt, next.EndsAt = cmd.New, cmd.At, cmd.At, 0
	if old.EndsAt.IsZero() {
		old.EndsAt = cmd.At + tokenOverlap
		if err := tx.SaveVisitor(&old); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, tx.AddVisitor(&next)
}

// EndVisitor ends a token.
type EndVisitor struct{ Hash [sha256.Size]byte }

// EndVisitor ends a token, with those that its browser has had before and since and
// that still open for a while; one that has ended already stays so.
func (a *App) EndVisitor(hash [sha256.Size]byte) error {
	_, err := run(a, &EndVisitor{hash})
	return err
}

func (cmd *EndVisitor) small() {}

// Apply implements command.
func (cmd *EndVisitor) Apply(tx *store.Tx) (struct{}, error) {
	v, err := tx.Visitor(cmd.Hash)
	if err != nil {
		return struct{}{}, nil //nolint:nilerr // it has ended
	}
	return struct{}{}, tx.EndVisitors(&v)
}

// SeeVisitor keeps a visitor's sign of life.
type SeeVisitor struct {
	Hash [sha256.Size]byte
	At   desk.Time
}

// SeeVisitor keeps a visitor's sign of life, when the last one is old enough.
func (a *App) SeeVisitor(v *Visitor) error {
	now := a.Now()
	if now-v.SeenAt < visitorSeenEvery {
		return nil
	}
	_, err := run(a, &SeeVisitor{v.Hash, now})
	return err
}

// Apply implements command.
func (cmd *SeeVisitor) Apply(tx *store.Tx) (struct{}, error) {
	v, err := tx.Visitor(cmd.Hash)
	if err != nil {
		return struct{}{}, err
	}
	v.SeenAt = max(v.SeenAt, cmd.At)
	return struct{}{}, tx.SaveVisitor(&v)
}
