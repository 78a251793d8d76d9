package app

import (
	"encoding/json"
	"errors"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// FollowerHooks is the name under which it is kept how far webhooks were told.
const FollowerHooks = "hooks"

// WantsDeliveries reports whether any webhook asks for any of these events. It may say
// yes for a message that turns out to be a note.
func (a *App) WantsDeliveries(entries []store.Entry) (bool, error) {
	return view(a, func(tx *store.Tx) (bool, error) {
		webhooks, err := tx.Webhooks()
		for i := range webhooks {
			for j := range entries {
				anything := desk.Message{Kind: desk.KindCustomer}
				if webhooks[i].Wants(entries[j].Sequence, &entries[j].Event, &anything) {
					return true, err
				}
			}
		}
		return false, err
	})
}

// QueueDeliveries makes deliveries of events, one for each webhook that wants it.
type QueueDeliveries struct {
	Entries []store.Entry
	IDs     []desk.ID // desk.MaxWebhooks for each entry
	Cursor  uint64
	At      desk.Time
}

// QueueDeliveries saves deliveries of events together with how far webhooks were told:
// whatever happens next, each event is queued once for each that wants it.
func (a *App) QueueDeliveries(entries []store.Entry, cursor uint64) error {
	cmd := QueueDeliveries{Entries: entries, Cursor: cursor, At: a.Now(), IDs: make([]desk.ID, len(entries)*desk.MaxWebhooks)}
	for i := range cmd.IDs {
		cmd.IDs[i] = NewID()
	}
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *QueueDeliveries) Apply(tx *store.Tx) (struct{}, error) {
	webhooks, err := tx.Webhooks()
	if err != nil {
		return struct{}{}, err
	}
	queues, reached := make([][]desk.Delivery, len(webhooks)), tx.Cursor(FollowerHooks)
	for i := range cmd.Entries {
		e := &cmd.Entries[i]
		if e.Sequence <= reached {
			continue // it was queued before
		}
		if e.Event.Type == desk.CustomerCreated && tx.IsSampleCustomer(e.Event.Subject) {
			continue // nobody's CRM wants people who were made up
		}
		posted, err := postedMessage(tx, &e.Event)
		if err != nil {
			return struct{}{}, err
		}
		for j := range webhooks {
			if w := &webhooks[j]; w.Wants(e.Sequence, &e.Event, posted) {
				id := cmd.IDs[i*desk.MaxWebhooks+j]
				queues[j] = append(queues[j], desk.NewDelivery(w.ID, id, e.Sequence, &e.Event, cmd.At))
			}
		}
	}
	for j := range webhooks {
		if len(queues[j]) == 0 {
			continue
		}
		if err := tx.QueueDeliveries(&webhooks[j], queues[j], cmd.At); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, saveCursor(tx, FollowerHooks, cmd.Cursor)
}

// postedMessage is the message that an event tells of; nil for none, or for one that
// was removed since.
func postedMessage(tx *store.Tx, e *desk.Event) (*desk.Message, error) {
	if e.Type != desk.MessagePosted {
		return nil, nil
	}
	if _, removed := tx.Removed(e.Number); removed {
		return nil, nil
	}
	c, err := tx.Conversation(e.Number)
	if err != nil {
		return nil, err
	}
	m, err := tx.Message(&c, e.Seq)
	return &m, err
}

// WaitingDeliveries is how many deliveries wait, of all webhooks together.
func (a *App) WaitingDeliveries() (n uint64) {
	webhooks, _ := view(a, (*store.Tx).Webhooks)
	for i := range webhooks {
		n += webhooks[i].Waiting
	}
	return n
}

// Posting is what is needed to send a delivery once.
type Posting struct {
	Delivery desk.Delivery
	URL      string
	Body     []byte
	Keys     [][]byte         // to sign with, the newest first
	Code     desk.OutcomeCode // why it cannot be sent at all
}

// NextPosting is the oldest delivery of a webhook that is due. Where none is, next is
// when the first will be; zero when none waits. Refused: CodeNotFound.
func (a *App) NextPosting(webhook desk.ID) (posting *Posting, next desk.Time, err error) {
	err = a.store.View(func(tx *store.Tx) error {
		w, err := tx.Webhook(webhook)
		if err != nil {
			return err
		}
		due, at, err := tx.NextDelivery(webhook, a.Now())
		if next = at; err != nil || due == nil {
			return err
		}
		posting, err = a.posting(tx, &w, due)
		return err
	})
	return posting, next, err
}

// AskedPosting is a delivery that somebody wants to be sent now: a test, or (seq) one of
// those that are remembered. Refused: CodeNotFound, CodeForbidden.
func (a *App) AskedPosting(by, webhook desk.ID, seq uint64) (*Posting, error) {
	return view(a, func(tx *store.Tx) (*Posting, error) {
		if _, err := allow(tx, by, desk.ActionManageWebhooks); err != nil {
			return nil, err
		}
		w, err := tx.Webhook(webhook)
		if err != nil {
			return nil, err
		}
		now := a.Now()
		d := desk.NewDelivery(webhook, NewID(), 0, &desk.Event{Type: desk.WebhookTest, At: now}, now)
		if seq > 0 {
			if d, err = tx.Delivery(webhook, seq); err != nil {
				return nil, err
			}
		}
		return a.posting(tx, &w, &d)
	})
}

func (a *App) posting(tx *store.Tx, w *desk.Webhook, d *desk.Delivery) (*Posting, error) {
	p := &Posting{Delivery: *d, URL: w.URL}
	key, err := a.vault.Open(webhookVault(w.ID), w.Secret)
	if err != nil {
		p.Code = desk.OutcomeSecret
		return p, nil
	}
	p.Keys = [][]byte{key}
	if former, err := a.vault.Open(webhookVault(w.ID), w.Former); err == nil && a.Now() < w.FormerUntil {
		p.Keys = append(p.Keys, former)
	}
	body, err := wire.WebhookBodyOf(tx, d)
	if desk.IsNotFound(err) {
		p.Code = desk.OutcomeGone
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	p.Body, err = json.Marshal(body)
	return p, err
}

// SaveTry saves what came of sending a delivery once.
type SaveTry struct {
	Delivery desk.Delivery // as it was sent
	Outcome  desk.Outcome
	Wait     desk.Time // how long the receiver asked to be left alone; 0 for nothing
	Asked    bool      // by somebody
}

// SaveTry saves what came of sending a delivery once, and switches a webhook off that
// has failed for too long. One that is gone meanwhile stays so.
func (a *App) SaveTry(cmd SaveTry) (wire.WebhookDelivery, error) {
	cmd.Outcome.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveTry) Apply(tx *store.Tx) (wire.WebhookDelivery, error) {
	next := cmd.Delivery.Tried(cmd.Outcome, cmd.Wait)
	w, err := tx.Webhook(next.Webhook)
	if err != nil {
		return wire.FromDelivery(&next), desk.OrGone(err)
	}
	after, events := w.Tried(cmd.Outcome, cmd.Asked)
	before, err := tx.Delivery(w.ID, next.Seq)
	switch {
	case next.Seq == 0:
		err = tx.AddDelivery(&after, &next)
	case desk.IsNotFound(err): // a later one has taken its place; it was called all the same
		err = tx.TouchWebhook(&after)
	case err == nil:
		next = before.Tried(cmd.Outcome, cmd.Wait)
		err = tx.SaveDelivery(&after, &before, &next)
	}
	return wire.FromDelivery(&next), errors.Join(err, tx.SaveWebhook(&w, &after, events))
}

// WebhookDeliveries reads the newest deliveries of a webhook. Refused: CodeNotFound.
func (a *App) WebhookDeliveries(webhook desk.ID) ([]wire.WebhookDelivery, error) {
	return view(a, func(tx *store.Tx) ([]wire.WebhookDelivery, error) {
		if _, err := tx.Webhook(webhook); err != nil {
			return nil, err
		}
		found, err := tx.Deliveries(webhook, desk.MaxDeliveriesKept)
		shapes := make([]wire.WebhookDelivery, 0, len(found))
		for i := range found {
			shapes = append(shapes, wire.FromDelivery(&found[i]))
		}
		return shapes, err
	})
}
