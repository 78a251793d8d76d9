package store

import (
	"bytes"
	"fmt"

	"parley/desk"
)

// Bucket: webhooks. The secret in a row is sealed, so that a copy of the store alone
// signs nothing.

// Webhook reads a webhook.
func (tx *Tx) Webhook(id desk.ID) (desk.Webhook, error) {
	v := tx.bucket(bucketWebhooks).Get(id[:])
	if v == nil {
		return desk.Webhook{}, desk.NotFound("webhook")
	}
	w, err := decodeWebhook(v)
	if err != nil {
		return w, fmt.Errorf("store: webhook %s: %w", id, err)
	}
	return w, nil
}

// Webhooks reads all webhooks in the order in which they were made.
func (tx *Tx) Webhooks() ([]desk.Webhook, error) {
	return readAll(tx, bucketWebhooks, "webhook", decodeWebhook)
}

// SaveWebhook saves a webhook with the events that made it so; before is nil for a new
// one. What waits for one that is switched off is dropped.
func (tx *Tx) SaveWebhook(before, w *desk.Webhook, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	w.Rev = 1
	if before != nil {
		w.Rev = before.Rev + 1
	}
	if !w.On {
		if err := tx.dropDeliveries(bucketDeliveriesWaiting, w.ID); err != nil {
			return err
		}
		w.Waiting = 0
	}
	if err := tx.putWebhook(w); err != nil {
		return err
	}
	return tx.tell(events, desk.WebhookParticulars(before, w))
}

// DeleteWebhook takes a webhook away, with all its deliveries.
func (tx *Tx) DeleteWebhook(w *desk.Webhook, events []desk.Event) error {
	for _, bucket := range [][]byte{bucketDeliveriesWaiting, bucketDeliveriesEnded} {
		if err := tx.dropDeliveries(bucket, w.ID); err != nil {
			return err
		}
	}
	if err := tx.change(bucketWebhooks).Delete(w.ID[:]); err != nil {
		return fmt.Errorf("store: webhook %s: %w", w.ID, err)
	}
	return tx.tell(events, desk.Particulars{Name: w.Name})
}

// TouchWebhook saves what came of calling a webhook, of which no event tells.
func (tx *Tx) TouchWebhook(w *desk.Webhook) error { return tx.putWebhook(w) }

func (tx *Tx) putWebhook(w *desk.Webhook) error {
	if err := tx.change(bucketWebhooks).Put(w.ID[:], encodeWebhook(w)); err != nil {
		return fmt.Errorf("store: webhook %s: %w", w.ID, err)
	}
	return nil
}

func encodeWebhook(h *desk.Webhook) []byte {
	w := newWriter(1)
	w.id(h.ID)
	w.uint(h.Rev)
	w.text(h.Name)
	w.text(h.URL)
	w.uint(uint64(len(h.Events)))
	for _, e := range h.Events {
		w.text(string(e))
	}
	w.flag(h.On)
	w.text(string(h.Secret))
	w.text(string(h.Former))
	w.time(h.FormerUntil)
	w.time(h.CreatedAt)
	w.uint(h.After)
	w.outcome(&h.Last)
	w.time(h.FailingSince)
	w.uint(h.Waiting)
	w.uint(h.Dropped)
	return w.b
}

func decodeWebhook(b []byte) (desk.Webhook, error) {
	r := newReader(b)
	h := desk.Webhook{ID: r.id(), Rev: r.uint(), Name: r.text(), URL: r.text()}
	for _, e := range r.texts() {
		h.Events = append(h.Events, desk.EventType(e))
	}
	h.On, h.Secret, h.Former, h.FormerUntil = r.flag(), r.bytes(), r.bytes(), r.time()
	h.CreatedAt, h.After, h.Last = r.time(), r.uint(), r.outcome()
	h.FailingSince, h.Waiting, h.Dropped = r.time(), r.uint(), r.uint()
	return h, r.done()
}

// bytes reads a text that is none, or nil for an empty one.
func (r *reader) bytes() []byte {
	b := r.take(r.uint())
	if len(b) == 0 {
		return nil
	}
	return bytes.Clone(b)
}

func (w *writer) outcome(o *desk.Outcome) {
	w.time(o.At)
	w.uint(o.Status)
	w.text(string(o.Code))
	w.uint(o.Millis)
}

func (r *reader) outcome() desk.Outcome {
	return desk.Outcome{At: r.time(), Status: r.uint(), Code: desk.OutcomeCode(r.text()), Millis: r.uint()}
}
