package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: customers, customers_external, customers_email, customer_notes, block_ends.

// Customer reads a customer.
func (tx *Tx) Customer(id desk.ID) (desk.Customer, error) {
	v := tx.bucket(bucketCustomers).Get(id[:])
	if v == nil {
		return desk.Customer{}, desk.NotFound("customer")
	}
	c, err := decodeCustomer(v)
	if err != nil {
		return c, fmt.Errorf("store: customer %s: %w", id, err)
	}
	return c, nil
}

// CustomerBrief reads what lists show of a customer: ID, Rev, Name, Email, External,
// Phone, Language, and a Blocked without its particulars. It costs a fraction of
// Customer.
func (tx *Tx) CustomerBrief(id desk.ID) (desk.Customer, error) {
	v := tx.bucket(bucketCustomers).Get(id[:])
	if v == nil {
		return desk.Customer{}, desk.NotFound("customer")
	}
	c, err := briefCustomer(v)
	if err != nil {
		return c, fmt.Errorf("store: customer %s: %w", id, err)
	}
	return c, nil
}

func briefCustomer(row []byte) (desk.Customer, error) {
	r := newReader(row)
	c, blocked := decodeBrief(r)
	if blocked {
		c.Blocked = &desk.Block{}
	}
	return c, r.err
}

// CustomerByExternal finds the customer whom another system knows by an id.
func (tx *Tx) CustomerByExternal(external string) (desk.Customer, error) {
	id, ok := readID(tx.bucket(bucketCustomersExternal).Get([]byte(external)))
	if !ok || external == "" {
		return desk.Customer{}, desk.NotFound("customer")
	}
	return tx.Customer(id)
}

// CustomersByEmail finds the customers with an e-mail address, at most limit.
func (tx *Tx) CustomersByEmail(email string, limit int) ([]desk.Customer, error) {
	prefix := append([]byte(email), 0)
	c := tx.bucket(bucketCustomersEmail).Cursor()
	var out []desk.Customer
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(out) < limit; k, _ = c.Next() {
		id, ok := readID(k[len(prefix):])
		if !ok {
			continue
		}
		customer, err := tx.Customer(id)
		if err != nil {
			return nil, err
		}
		out = append(out, customer)
	}
	return out, nil
}

// Customers reads up to limit customers made before the customer before (zero
// for the newest), newest first.
func (tx *Tx) Customers(before desk.ID, limit int) ([]desk.Customer, error) {
	c := tx.bucket(bucketCustomers).Cursor()
	k, v := c.Last()
	if !before.IsZero() {
		k, v = below(c, before[:])
	}
	var out []desk.Customer
	for ; k != nil && len(out) < limit; k, v = c.Prev() {
		customer, err := decodeCustomer(v)
		if err != nil {
			return nil, fmt.Errorf("store: customer %x: %w", k, err)
		}
		out = append(out, customer)
	}
	return out, nil
}

// SaveCustomer saves a customer with the events that made it so. before is nil
// for a new one. Without events nothing is saved. Refused: CodeTaken when
// another customer has the external id.
func (tx *Tx) SaveCustomer(before *desk.Customer, c *desk.Customer, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	old := desk.Customer{}
	if before != nil {
		old = *before
	}
	c.Rev = old.Rev + 1
	if c.External != old.External {
		external := tx.bucket(bucketCustomersExternal)
		if owner, taken := readID(external.Get([]byte(c.External))); taken && owner != c.ID {
			return desk.Refuse(desk.CodeTaken, "external_id", "Another customer has this external id.")
		}
		if err := moveKey(tx.change(bucketCustomersExternal), []byte(old.External), []byte(c.External), c.ID[:]); err != nil {
			return err
		}
	}
	if c.Email != old.Email {
		if err := moveKey(tx.change(bucketCustomersEmail), keyEmail(old.Email, c.ID), keyEmail(c.Email, c.ID), nil); err != nil {
			return err
		}
	}
	if from, to := keyBlockEnd(&old), keyBlockEnd(c); !bytes.Equal(from, to) {
		if err := moveKey(tx.change(bucketBlockEnds), from, to, nil); err != nil {
			return err
		}
	}
	if err := tx.change(bucketCustomers).Put(c.ID[:], encodeCustomer(c)); err != nil {
		return fmt.Errorf("store: customer %s: %w", c.ID, err)
	}
	if err := tx.putDeeds(before, c, events); err != nil {
		return err
	}
	return tx.append(events)
}

// SaveCustomerNote saves a note with the customer that counts it.
func (tx *Tx) SaveCustomerNote(before, c *desk.Customer, note *desk.CustomerNote, events []desk.Event) error {
	if err := tx.putNote(note); err != nil {
		return err
	}
	return tx.SaveCustomer(before, c, events)
}

func (tx *Tx) putNote(note *desk.CustomerNote) error {
	w := newWriter(1)
	w.id(note.Author)
	w.text(note.Text)
	w.time(note.At)
	if err := tx.change(bucketCustomerNotes).Put(keyPair(note.Customer, note.Seq), w.b); err != nil {
		return fmt.Errorf("store: note of customer %s: %w", note.Customer, err)
	}
	return nil
}

// SaveNewCustomer saves a customer who comes with notes, which are numbered from 1
// and counted in the customer.
func (tx *Tx) SaveNewCustomer(c *desk.Customer, notes []desk.CustomerNote, events []desk.Event) error {
	for i := range notes {
		if err := tx.putNote(&notes[i]); err != nil {
			return err
		}
	}
	return tx.SaveCustomer(nil, c, events)
}

// CustomersFrom reads up to limit customers made after a customer (zero for the
// first), in the order in which they were made.
func (tx *Tx) CustomersFrom(after desk.ID, limit int) ([]desk.Customer, error) {
	cursor := tx.bucket(bucketCustomers).Cursor()
	k, v := cursor.Seek(after[:])
	if bytes.Equal(k, after[:]) {
		k, v = cursor.Next()
	}
	var out []desk.Customer
	for ; k != nil && len(out) < limit; k, v = cursor.Next() {
		c, err := decodeCustomer(v)
		if err != nil {
			return nil, fmt.Errorf("store: customer %x: %w", k, err)
		}
		out = append(out, c)
	}
	return out, nil
}

// CustomerNotes reads up to limit notes with a seq below before (0 for all),
// newest first.
func (tx *Tx) CustomerNotes(id desk.ID, before uint64, limit int) ([]desk.CustomerNote, error) {
	c := tx.bucket(bucketCustomerNotes).Cursor()
	if before == 0 {
		before = ^uint64(0)
	}
	k, v := below(c, keyPair(id, before))
	var out []desk.CustomerNote
	for ; len(k) == 24 && bytes.HasPrefix(k, id[:]) && len(out) < limit; k, v = c.Prev() {
		r := newReader(v)
		note := desk.CustomerNote{Customer: id, Seq: binary.BigEndian.Uint64(k[16:]), Author: r.id(), Text: r.text(), At: r.time()}
		if err := r.done(); err != nil {
			return nil, fmt.Errorf("store: note %d of customer %s: %w", note.Seq, id, err)
		}
		out = append(out, note)
	}
	return out, nil
}

// BlocksEnded lists up to limit customers whose block has ended by itself at a
// moment.
func (tx *Tx) BlocksEnded(now desk.Time, limit int) (ids []desk.ID) {
	c := tx.bucket(bucketBlockEnds).Cursor()
	for k, _ := c.First(); len(k) == 24 && desk.Time(readU64(k)) <= now && len(ids) < limit; k, _ = c.Next() {
		ids = append(ids, desk.ID(k[8:]))
	}
	return ids
}

// keyBlockEnd is nil for a customer whose block has no end.
func keyBlockEnd(c *desk.Customer) []byte {
	if c.Blocked == nil || c.Blocked.Until.IsZero() {
		return nil
	}
	return append(keyU64(uint64(c.Blocked.Until)), c.ID[:]...)
}

func keyEmail(email string, id desk.ID) []byte {
	if email == "" {
		return nil
	}
	return append(append([]byte(email), 0), id[:]...)
}

func readID(b []byte) (id desk.ID, ok bool) {
	return id, copy(id[:], b) == len(id) && len(b) == len(id)
}

func encodeCustomer(c *desk.Customer) []byte {
	w := newWriter(2)
	w.id(c.ID)
	w.uint(c.Rev)
	w.text(c.Name)
	w.text(c.Email)
	w.flag(c.Blocked != nil)
	w.text(c.External)
	w.text(c.Phone)
	w.text(c.Language)
	w.table(c.Attributes)
	w.texts(c.Tags)
	w.uint(c.Notes)
	w.time(c.CreatedAt)
	if c.Blocked != nil {
		w.id(c.Blocked.By)
		w.time(c.Blocked.At)
		w.text(c.Blocked.Reason)
		w.time(c.Blocked.Until)
	}
	w.flag(c.Verified)
	w.flag(c.Consent != nil)
	if c.Consent != nil {
		w.text(c.Consent.Version)
		w.time(c.Consent.At)
		w.text(c.Consent.Language)
	}
	w.text(c.Page.URL)
	w.text(c.Page.Title)
	w.time(c.Page.At)
	w.text(c.Browser)
	w.text(c.Zone)
	return w.b
}

// decodeBrief reads the front part of a row, which is all that lists need.
func decodeBrief(r *reader) (c desk.Customer, blocked bool) {
	c = desk.Customer{ID: r.id(), Rev: r.uint(), Name: r.text(), Email: r.text()}
	blocked = r.flag()
	c.External, c.Phone, c.Language = r.text(), r.text(), r.text()
	return c, blocked
}

func decodeCustomer(b []byte) (desk.Customer, error) {
	r := newReader(b)
	c, blocked := decodeBrief(r)
	c.Attributes, c.Tags, c.Notes, c.CreatedAt = r.table(), r.texts(), r.uint(), r.time()
	if blocked {
		c.Blocked = &desk.Block{By: r.id(), At: r.time(), Reason: r.text()}
	}
	if r.version < 2 {
		return c, r.done()
	}
	if blocked {
		c.Blocked.Until = r.time()
	}
	if c.Verified = r.flag(); r.flag() {
		c.Consent = &desk.Consent{Version: r.text(), At: r.time(), Language: r.text()}
	}
	c.Page = desk.Page{URL: r.text(), Title: r.text(), At: r.time()}
	c.Browser, c.Zone = r.text(), r.text()
	return c, r.done()
}
