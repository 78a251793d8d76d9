package store_test

import (
	"slices"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestQueueOfChanges lets only the newest change of each customer wait, which is called
// no sooner than a receiver that failed was to be, and gives changes up before messages.
func TestQueueOfChanges(t *testing.T) {
	st := storetest.Open(t)
	hook := desk.Webhook{ID: idOf(0x90, 1), Name: "CRM", On: true}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveWebhook(nil, &hook, told) })
	sequence := 0
	queue := func(events ...desk.Event) {
		t.Helper()
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			w, err := tx.Webhook(hook.ID)
			if err != nil {
				return err
			}
			var queued []desk.Delivery
			for i := range events {
				sequence++
				queued = append(queued, desk.NewDelivery(w.ID, idOf(0xd0, sequence), uint64(sequence), &events[i], noon))
			}
			return tx.QueueDeliveries(&w, queued, noon)
		})
	}
	changed := func(n int) desk.Event {
		return desk.Event{Type: desk.CustomerUpdated, Subject: idOf(0xc0, n), At: noon}
	}
	posted := func(n desk.Number) desk.Event {
		return desk.Event{Type: desk.MessagePosted, Number: n, Seq: 1, At: noon}
	}
	waiting := func() (sequences []uint64, w desk.Webhook) {
		storetest.MustView(t, st, func(tx *store.Tx) (err error) {
			all, err := tx.Deliveries(hook.ID, 2*desk.MaxDeliveriesWaiting)
			for _, d := range slices.Backward(all) {
				if d.State == desk.DeliveryWaiting {
					sequences = append(sequences, d.Sequence)
				}
			}
			w, _ = tx.Webhook(hook.ID)
			return err
		})
		return sequences, w
	}
	queue(changed(1), posted(1), changed(1), changed(2))
	if got, w := waiting(); !slices.Equal(got, []uint64{2, 3, 4}) || w.Waiting != 3 || w.Dropped != 0 {
		t.Fatalf("%v wait of %+v", got, w)
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { // the receiver fails at the third
		w, err := tx.Webhook(hook.ID)
		if err != nil {
			return err
		}
		before, _, err := tx.NextDelivery(w.ID, noon)
		for err == nil && before.Sequence != 3 {
			before, err = find(tx, w.ID, before.Seq+1)
		}
		if err != nil {
			return err
		}
		next := before.Tried(desk.Outcome{At: noon, Code: desk.OutcomeTimeout}, 60_000)
		return tx.SaveDelivery(&w, before, &next)
	})
	queue(changed(1))
	storetest.MustView(t, st, func(tx *store.Tx) error {
		all, err := tx.Deliveries(hook.ID, 1)
		if err == nil && (all[0].Sequence != 5 || all[0].Next != noon+60_000 || all[0].Attempts != 0) {
			t.Errorf("the newest is %+v", all[0])
		}
		return err
	})

	events := make([]desk.Event, desk.MaxDeliveriesWaiting-1)
	for i := range events {
		events[i] = posted(desk.Number(i + 2))
	}
	queue(events...)
	got, w := waiting()
	if w.Waiting != desk.MaxDeliveriesWaiting || w.Dropped != 2 || slices.Contains(got, 4) || slices.Contains(got, 5) || got[0] != 2 {
		t.Errorf("%d wait, %d were given up, the first are %v", w.Waiting, w.Dropped, got[:3])
	}
	queue(changed(3), posted(5000)) // nothing but messages is left to be given up
	got, w = waiting()
	if w.Waiting != desk.MaxDeliveriesWaiting || w.Dropped != 4 || got[0] == 2 || got[len(got)-1] != uint64(sequence) {
		t.Errorf("%d wait, %d were given up, the first are %v", w.Waiting, w.Dropped, got[:3])
	}
}

func find(tx *store.Tx, webhook desk.ID, seq uint64) (*desk.Delivery, error) {
	d, err := tx.Delivery(webhook, seq)
	return &d, err
}
