package store

import (
	"fmt"

	"parley/desk"
)

// Bucket: settings, under waits. It is a figure, as the uses of a saved reply are: saved
// with the answer that it is about, it has no event of its own.

var settingWaits = []byte("waits")

// Waits reads how long customers waited lately for a person's first answer.
func (tx *Tx) Waits() (desk.Waits, error) {
	r := tx.setting(settingWaits)
	if r == nil {
		return nil, nil
	}
	waits := make(desk.Waits, 0, desk.MaxWaits)
	for range r.count() {
		waits = append(waits, desk.Wait{Ended: r.time(), Took: r.time()})
	}
	if err := r.done(); err != nil {
		return nil, fmt.Errorf("store: waits: %w", err)
	}
	return waits, nil
}

// SaveWaits keeps how long customers waited lately.
func (tx *Tx) SaveWaits(waits desk.Waits) error {
	w := newWriter(1)
	w.uint(uint64(len(waits)))
	for _, wait := range waits {
		w.time(wait.Ended)
		w.time(wait.Took)
	}
	return tx.change(bucketSettings).Put(settingWaits, w.b)
}
