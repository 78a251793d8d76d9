package store

import (
	"bytes"
	"slices"

	"parley/desk"
)

// QueueDeliveries adds deliveries of one webhook to those that wait, under the next
// seqs, and saves the webhook. Of the changes of one customer only the newest waits,
// which tells of all. Where more wait than may, changes of customers are given up first,
// then the oldest: whoever changes their name all day costs nobody a message.
func (tx *Tx) QueueDeliveries(w *desk.Webhook, queued []desk.Delivery, now desk.Time) error {
	queued = newestOnly(queued)
	waiting, err := tx.joined(w, queued)
	if err != nil {
		return err
	}
	for i := range queued {
		d := &queued[i]
		if d.Seq, err = tx.change(bucketDeliveriesWaiting).NextSequence(); err != nil {
			return err
		}
		if err := tx.putDelivery(d); err != nil {
			return err
		}
		w.Waiting++
	}
	for _, mayGo := range []func(d *desk.Delivery) bool{(*desk.Delivery).TellsChange, func(*desk.Delivery) bool { return true }} {
		for _, list := range [][]desk.Delivery{waiting, queued} {
			for i := 0; i < len(list) && w.Waiting > desk.MaxDeliveriesWaiting; i++ {
				if d := &list[i]; d.State == desk.DeliveryWaiting && mayGo(d) {
					if err := tx.giveUp(w, d, now); err != nil {
						return err
					}
				}
			}
		}
	}
	return tx.putWebhook(w)
}

// newestOnly leaves deliveries out of which a later one tells as well.
func newestOnly(queued []desk.Delivery) []desk.Delivery {
	kept := make([]desk.Delivery, 0, len(queued))
	told := make(map[desk.ID]bool)
	for i := len(queued) - 1; i >= 0; i-- {
		d := &queued[i]
		if !d.TellsChange() || !told[d.Customer] {
			kept = append(kept, *d)
		}
		told[d.Customer] = told[d.Customer] || d.TellsChange()
	}
	slices.Reverse(kept)
	return kept
}

// joined takes those away that wait and of which one of the queued tells as well, and
// returns the others. Where nothing can be taken away or given up it reads none.
func (tx *Tx) joined(w *desk.Webhook, queued []desk.Delivery) (waiting []desk.Delivery, err error) {
	newer := make(map[desk.ID]*desk.Delivery)
	for i := range queued {
		if d := &queued[i]; d.TellsChange() {
			newer[d.Customer] = d
		}
	}
	if w.Waiting == 0 || len(newer) == 0 && w.Waiting+uint64(len(queued)) <= desk.MaxDeliveriesWaiting {
		return nil, nil
	}
	c := tx.change(bucketDeliveriesWaiting).Cursor()
	var gone [][]byte
	for k, v := c.Seek(w.ID[:]); bytes.HasPrefix(k, w.ID[:]); k, v = c.Next() {
		d, err := readDelivery(k, v)
		if err != nil {
			return nil, err
		}
		if by := newer[d.Customer]; by == nil || !d.TellsChange() {
			waiting = append(waiting, d)
		} else {
			by.Join(&d)
			gone = append(gone, bytes.Clone(k))
		}
	}
	for _, k := range gone {
		if err := tx.change(bucketDeliveriesWaiting).Delete(k); err != nil {
			return nil, err
		}
		w.Waiting--
	}
	return waiting, nil
}

// giveUp drops one that waits.
func (tx *Tx) giveUp(w *desk.Webhook, d *desk.Delivery, now desk.Time) error {
	dropped := d.Drop(now)
	if err := tx.moveDelivery(w, d, &dropped); err != nil {
		return err
	}
	*d = dropped
	w.Dropped++
	return nil
}
