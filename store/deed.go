package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Bucket: customer_deeds. Written with the customer whom the deeds are about.

// putDeeds adds to a customer's history what its events tell, and lets go of what
// is too old.
func (tx *Tx) putDeeds(before, c *desk.Customer, events []desk.Event) error {
	for i := range events {
		if !events[i].Type.InHistory() {
			continue
		}
		d := desk.DeedOf(before, c, &events[i])
		d.Seq = tx.lastDeed(c.ID) + 1
		bucket := tx.change(bucketCustomerDeeds)
		if err := bucket.Put(keyPair(c.ID, d.Seq), encodeDeed(&d)); err != nil {
			return fmt.Errorf("store: history of customer %s: %w", c.ID, err)
		}
		if d.Seq > desk.MaxDeeds {
			if err := bucket.Delete(keyPair(c.ID, d.Seq-desk.MaxDeeds)); err != nil {
				return fmt.Errorf("store: history of customer %s: %w", c.ID, err)
			}
		}
	}
	return nil
}

func (tx *Tx) lastDeed(id desk.ID) uint64 {
	k, _ := below(tx.bucket(bucketCustomerDeeds).Cursor(), keyPair(id, ^uint64(0)))
	if len(k) != 24 || !bytes.HasPrefix(k, id[:]) {
		return 0
	}
	return binary.BigEndian.Uint64(k[16:])
}

// Deeds reads up to limit deeds of a customer's history with a seq below before (0
// for all), newest first.
func (tx *Tx) Deeds(id desk.ID, before uint64, limit int) ([]desk.Deed, error) {
	if before == 0 {
		before = ^uint64(0)
	}
	c := tx.bucket(bucketCustomerDeeds).Cursor()
	var out []desk.Deed
	for k, v := below(c, keyPair(id, before)); len(k) == 24 && bytes.HasPrefix(k, id[:]) && len(out) < limit; k, v = c.Prev() {
		d, err := decodeDeed(v)
		if err != nil {
			return nil, fmt.Errorf("store: history of customer %s: %w", id, err)
		}
		d.Seq = binary.BigEndian.Uint64(k[16:])
		out = append(out, d)
	}
	return out, nil
}

func encodeDeed(d *desk.Deed) []byte {
	w := newWriter(1)
	w.text(string(d.Type))
	w.actor(d.Actor)
	w.time(d.At)
	w.texts(d.Fields)
	return w.b
}

func decodeDeed(v []byte) (desk.Deed, error) {
	r := newReader(v)
	d := desk.Deed{Type: desk.EventType(r.text()), Actor: r.actor(), At: r.time(), Fields: r.texts()}
	return d, r.done()
}

// checkDeeds looks whether every deed can be read and is somebody's, and that no
// history is longer than it may be.
func (tx *Tx) checkDeeds(report *Report) {
	c := tx.bucket(bucketCustomerDeeds).Cursor()
	var of []byte
	kept := 0
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if _, err := decodeDeed(v); err != nil || len(k) != 24 {
			report.fault("history %x: a deed cannot be read: %v", k, err)
			continue
		}
		if !bytes.Equal(of, k[:16]) {
			of, kept = k[:16], 0
			if tx.bucket(bucketCustomers).Get(of) == nil {
				report.fault("history %x: its customer is missing", of)
			}
		}
		if kept++; kept == desk.MaxDeeds+1 {
			report.fault("history %x: more than %d deeds", of, desk.MaxDeeds)
		}
	}
}
