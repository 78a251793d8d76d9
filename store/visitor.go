package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"parley/desk"
)

// Buckets: visitors, customer_visitors, identities. A visitor's token is kept by
// its hash, so that a copy of the store opens no door.

// Visitor is a browser with a token for one customer on one site. The customer's
// row is made with the first thing that they say; until then what the browser
// tells of itself is kept here.
type Visitor struct {
	Hash      [sha256.Size]byte // of the token
	Customer  desk.ID
	Site      desk.ID
	CreatedAt desk.Time
	SeenAt    desk.Time
	EndsAt    desk.Time // another token has taken its place, and it ends here; zero for the newest
	Seed      VisitorSeed
	First     desk.ID // names the token that this browser began with; zero in that one
}

// Chain names the tokens that one browser has had, one after the other: half of the
// hash of the first, which finds no token.
func (v *Visitor) Chain() desk.ID {
	if v.First.IsZero() {
		return desk.ID(v.Hash[:len(desk.ID{})])
	}
	return v.First
}

// VisitorSeed is what a browser tells of itself before the customer has a row.
type VisitorSeed struct {
	Language, Zone, Browser string
	Page                    desk.Page
}

// How many milliseconds without a request end a token: 90 days, and a week where its
// visitor has never said anything, of whom there are the most.
const (
	VisitorIdle  = 90 * 24 * 60 * 60 * 1000
	StrangerIdle = 7 * 24 * 60 * 60 * 1000
)

// maxTokens is how many tokens one customer may have on one site: browsers, and
// tokens whose place another has taken.
const maxTokens = 20

// Alive reports whether the token still holds at a moment.
func (v *Visitor) Alive(now desk.Time) bool {
	return now-v.SeenAt < VisitorIdle && (v.EndsAt.IsZero() || now < v.EndsAt)
}

// Visitor finds a visitor by the hash of the token.
func (tx *Tx) Visitor(hash [sha256.Size]byte) (Visitor, error) {
	row := tx.bucket(bucketVisitors).Get(hash[:])
	if row == nil {
		return Visitor{}, desk.Refuse(desk.CodeUnauthorized, "", "This token is not known; begin anew.")
	}
	v, err := decodeVisitor(row)
	if err != nil {
		return v, fmt.Errorf("store: visitor: %w", err)
	}
	v.Hash = hash
	return v, nil
}

func decodeVisitor(b []byte) (Visitor, error) {
	r := newReader(b)
	v := Visitor{
		Customer: r.id(), Site: r.id(), CreatedAt: r.time(), SeenAt: r.time(), EndsAt: r.time(),
		Seed: VisitorSeed{
			Language: r.text(), Zone: r.text(), Browser: r.text(),
			Page: desk.Page{URL: r.text(), Title: r.text(), At: r.time()},
		},
	}
	if r.version > 1 {
		v.First = r.id()
	}
	return v, r.done()
}

func encodeVisitor(v *Visitor) []byte {
	w := newWriter(2)
	w.id(v.Customer)
	w.id(v.Site)
	w.time(v.CreatedAt)
	w.time(v.SeenAt)
	w.time(v.EndsAt)
	w.text(v.Seed.Language)
	w.text(v.Seed.Zone)
	w.text(v.Seed.Browser)
	w.text(v.Seed.Page.URL)
	w.text(v.Seed.Page.Title)
	w.time(v.Seed.Page.At)
	w.id(v.First)
	return w.b
}

// SaveVisitor keeps a visitor's token. Tokens are no part of what events tell of.
func (tx *Tx) SaveVisitor(v *Visitor) error {
	if err := tx.change(bucketVisitors).Put(v.Hash[:], encodeVisitor(v)); err != nil {
		return err
	}
	return tx.change(bucketCustomerVisitors).Put(keyVisitor(v), nil)
}

// AddVisitor keeps a new token. When the customer has too many of the site, the
// one that was used least lately goes; the site's number of them stays bounded
// however often somebody asks.
func (tx *Tx) AddVisitor(v *Visitor) error {
	others, err := tx.visitorsOf(v.Customer)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o Visitor) bool { return o.Site != v.Site })
	slices.SortFunc(others, func(a, b Visitor) int { return int(a.SeenAt - b.SeenAt) })
	for i := 0; i <= len(others)-maxTokens; i++ {
		if err := tx.EndVisitor(&others[i]); err != nil {
			return err
		}
	}
	return tx.SaveVisitor(v)
}

func (tx *Tx) visitorsOf(customer desk.ID) (all []Visitor, err error) {
	c := tx.bucket(bucketCustomerVisitors).Cursor()
	for k, _ := c.Seek(customer[:]); bytes.HasPrefix(k, customer[:]) && len(k) == len(customer)+sha256.Size; k, _ = c.Next() {
		v, err := tx.Visitor([sha256.Size]byte(k[len(customer):]))
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// EndVisitor forgets a token; one that is not there has ended already.
func (tx *Tx) EndVisitor(v *Visitor) error {
	if err := tx.change(bucketVisitors).Delete(v.Hash[:]); err != nil {
		return err
	}
	return tx.change(bucketCustomerVisitors).Delete(keyVisitor(v))
}

// EndVisitors forgets a token with all that its browser has had before and since.
func (tx *Tx) EndVisitors(v *Visitor) error {
	all, err := tx.visitorsOf(v.Customer)
	for i := range all {
		if err == nil && all[i].Chain() == v.Chain() {
			err = tx.EndVisitor(&all[i])
		}
	}
	return err
}

func keyVisitor(v *Visitor) []byte { return append(bytes.Clone(v.Customer[:]), v.Hash[:]...) }

// hasCustomer reports whether a visitor has said something, and so has a row.
func (tx *Tx) hasCustomer(id desk.ID) bool { return tx.bucket(bucketCustomers).Get(id[:]) != nil }

// ForgetVisitors drops tokens that no longer hold, looking at most at limit of
// them from a key on; it returns where to go on, nil at the end.
func (tx *Tx) ForgetVisitors(now desk.Time, from []byte, limit int) (next []byte, err error) {
	c := tx.bucket(bucketVisitors).Cursor()
	var ended []Visitor
	k, _ := c.Seek(from)
	for ; k != nil && limit > 0; limit-- {
		tx.moves++
		v, err := tx.Visitor([sha256.Size]byte(k))
		if err != nil {
			return nil, err
		}
		if !v.Alive(now) || (now-v.SeenAt >= StrangerIdle && !tx.hasCustomer(v.Customer)) {
			ended = append(ended, v)
		}
		k, _ = c.Next()
	}
	next = bytes.Clone(k)
	for i := range ended {
		if err := tx.EndVisitor(&ended[i]); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// UseIdentity remembers that a signed identity of a site was used, until it has
// expired. Refused: CodeUnauthorized when it was used before.
func (tx *Tx) UseIdentity(site desk.ID, jti string, expires desk.Time) error {
	sum := sha256.Sum256([]byte(jti))
	key := append(bytes.Clone(site[:]), sum[:]...)
	if tx.bucket(bucketIdentities).Get(key) != nil {
		return desk.Refuse(desk.CodeUnauthorized, "jwt", "This identity was used already; sign a new one, with another jti.")
	}
	return tx.change(bucketIdentities).Put(key, keyU64(uint64(expires)))
}

// ForgetIdentities drops what is remembered of signed identities that have expired,
// looking at most at limit of them from a key on; it returns where to go on, nil at the
// end.
func (tx *Tx) ForgetIdentities(now desk.Time, from []byte, limit int) (next []byte, err error) {
	c := tx.bucket(bucketIdentities).Cursor()
	var expired [][]byte
	k, v := c.Seek(from)
	for ; k != nil && limit > 0; limit-- {
		tx.moves++
		if desk.Time(readU64(v)) < now {
			expired = append(expired, bytes.Clone(k))
		}
		k, v = c.Next()
	}
	next = bytes.Clone(k)
	for _, k := range expired {
		if err := tx.change(bucketIdentities).Delete(k); err != nil {
			return nil, err
		}
	}
	return next, nil
}
