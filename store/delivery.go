package store

import (
	"bytes"
	"context"
	"fmt"

	"parley/desk"
)

// Buckets: deliveries_waiting, deliveries_ended; what is queued is in deliveryqueue.go. How many wait stands in the webhook's
// row, so that nobody counts a thousand keys for one more.

// SaveDelivery saves what a try made of a delivery, and its webhook.
func (tx *Tx) SaveDelivery(w *desk.Webhook, before, next *desk.Delivery) error {
	if err := tx.moveDelivery(w, before, next); err != nil {
		return err
	}
	return tx.putWebhook(w)
}

// AddDelivery adds one that has ended already, a test, and saves its webhook.
func (tx *Tx) AddDelivery(w *desk.Webhook, d *desk.Delivery) (err error) {
	if d.Seq, err = tx.change(bucketDeliveriesWaiting).NextSequence(); err != nil {
		return err
	}
	if err := tx.putDelivery(d); err != nil {
		return err
	}
	if err := tx.cutEnded(w.ID); err != nil {
		return err
	}
	return tx.putWebhook(w)
}

// moveDelivery saves a delivery where its state belongs.
func (tx *Tx) moveDelivery(w *desk.Webhook, before, next *desk.Delivery) error {
	if before.State == desk.DeliveryWaiting && next.State != desk.DeliveryWaiting {
		if err := tx.change(bucketDeliveriesWaiting).Delete(keyPair(before.Webhook, before.Seq)); err != nil {
			return err
		}
		w.Waiting--
	}
	if err := tx.putDelivery(next); err != nil {
		return err
	}
	return tx.cutEnded(next.Webhook)
}

// cutEnded forgets all but the newest that have ended.
func (tx *Tx) cutEnded(webhook desk.ID) error {
	b := tx.change(bucketDeliveriesEnded)
	kept := 0
	var old [][]byte
	c := b.Cursor()
	for k, _ := below(c, keyPair(webhook, ^uint64(0))); bytes.HasPrefix(k, webhook[:]); k, _ = c.Prev() {
		if kept++; kept > desk.MaxDeliveriesKept {
			old = append(old, bytes.Clone(k))
		}
	}
	for _, k := range old {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) dropDeliveries(bucket []byte, webhook desk.ID) error {
	c := tx.change(bucket).Cursor()
	for k, _ := c.Seek(webhook[:]); bytes.HasPrefix(k, webhook[:]); k, _ = c.Seek(webhook[:]) {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}

// Delivery reads a delivery, one that waits or that is remembered.
func (tx *Tx) Delivery(webhook desk.ID, seq uint64) (desk.Delivery, error) {
	key := keyPair(webhook, seq)
	for _, bucket := range [][]byte{bucketDeliveriesWaiting, bucketDeliveriesEnded} {
		if v := tx.bucket(bucket).Get(key); v != nil {
			return readDelivery(key, v)
		}
	}
	return desk.Delivery{}, desk.NotFound("delivery")
}

// Deliveries reads a webhook's newest deliveries, newest first: those that wait and
// those that have ended.
func (tx *Tx) Deliveries(webhook desk.ID, limit int) ([]desk.Delivery, error) {
	waiting, ended := tx.bucket(bucketDeliveriesWaiting).Cursor(), tx.bucket(bucketDeliveriesEnded).Cursor()
	last := keyPair(webhook, ^uint64(0))
	wk, wv := below(waiting, last)
	ek, ev := below(ended, last)
	var out []desk.Delivery
	for len(out) < limit {
		isWaiting, isEnded := bytes.HasPrefix(wk, webhook[:]), bytes.HasPrefix(ek, webhook[:])
		if !isWaiting && !isEnded {
			break
		}
		k, v := ek, ev
		if isWaiting && (!isEnded || bytes.Compare(wk, ek) > 0) {
			k, v = wk, wv
			wk, wv = waiting.Prev()
		} else {
			ek, ev = ended.Prev()
		}
		d, err := readDelivery(k, v)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// NextDelivery finds the oldest delivery of a webhook that is due. Where none is, next
// is when the first of them will be; zero when none waits.
func (tx *Tx) NextDelivery(webhook desk.ID, now desk.Time) (due *desk.Delivery, next desk.Time, err error) {
	c := tx.bucket(bucketDeliveriesWaiting).Cursor()
	for k, v := c.Seek(webhook[:]); bytes.HasPrefix(k, webhook[:]); k, v = c.Next() {
		d, err := readDelivery(k, v)
		if err != nil {
			return nil, 0, err
		}
		if d.Next <= now {
			return &d, 0, nil
		}
		if next.IsZero() || d.Next < next {
			next = d.Next
		}
	}
	return nil, next, nil
}

func (tx *Tx) putDelivery(d *desk.Delivery) error {
	bucket := bucketDeliveriesEnded
	if d.State == desk.DeliveryWaiting {
		bucket = bucketDeliveriesWaiting
	}
	w := newWriter(1)
	w.id(d.ID)
	w.uint(d.Sequence)
	w.text(string(d.Type))
	w.uint(uint64(d.Number))
	w.uint(d.Message)
	w.id(d.Customer)
	w.time(d.At)
	w.byte(byte(d.State))
	w.uint(d.Attempts)
	w.time(d.Next)
	w.outcome(&d.Last)
	if err := tx.change(bucket).Put(keyPair(d.Webhook, d.Seq), w.b); err != nil {
		return fmt.Errorf("store: delivery %d: %w", d.Seq, err)
	}
	return nil
}

func readDelivery(k, v []byte) (desk.Delivery, error) {
	r := newReader(v)
	d := desk.Delivery{
		ID: r.id(), Sequence: r.uint(), Type: desk.EventType(r.text()), Number: desk.Number(r.uint()), Message: r.uint(),
		Customer: r.id(), At: r.time(), State: desk.DeliveryState(r.byte()), Attempts: r.uint(), Next: r.time(), Last: r.outcome(),
	}
	if len(k) != 24 {
		r.fail()
	} else {
		d.Seq = readU64(k[16:])
		copy(d.Webhook[:], k)
	}
	if err := r.done(); err != nil {
		return d, fmt.Errorf("store: delivery %x: %w", k, err)
	}
	return d, nil
}

// checkWebhooks reads every webhook and compares its deliveries with what its row says.
func (tx *Tx) checkWebhooks(ctx context.Context, report *Report) error {
	webhooks, err := tx.Webhooks()
	if err != nil {
		report.fault("webhooks: %v", err)
		return nil
	}
	waiting, ended := make(map[desk.ID]uint64), make(map[desk.ID]uint64)
	for _, kept := range []struct {
		bucket []byte
		counts map[desk.ID]uint64
	}{{bucketDeliveriesWaiting, waiting}, {bucketDeliveriesEnded, ended}} {
		_ = tx.bucket(kept.bucket).ForEach(func(k, v []byte) error {
			d, err := readDelivery(k, v)
			if isWaiting := d.State == desk.DeliveryWaiting; err != nil || isWaiting != (&kept.bucket[0] == &bucketDeliveriesWaiting[0]) {
				report.fault("delivery %x: it cannot be read or is not where it belongs: %v", k, err)
			}
			kept.counts[d.Webhook]++
			return nil
		})
	}
	for i := range webhooks {
		w := &webhooks[i]
		if waiting[w.ID] != w.Waiting || ended[w.ID] > desk.MaxDeliveriesKept {
			report.fault("webhook %s: %d deliveries wait and it says %d; %d have ended", w.ID, waiting[w.ID], w.Waiting, ended[w.ID])
		}
		delete(waiting, w.ID)
		delete(ended, w.ID)
	}
	if len(waiting)+len(ended) > 0 {
		report.fault("deliveries: there are some of webhooks that are not there")
	}
	return ctx.Err()
}
