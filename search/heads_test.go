package search

import (
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// HeadsAtOnce is how many documents each batch has that a change of a customer makes.
func HeadsAtOnce(t testing.TB, st *store.Store, customer desk.ID) (sizes []int) {
	t.Helper()
	var c changes
	c.add(&desk.Event{Type: desk.CustomerUpdated, Subject: customer})
	for more := true; more; {
		storetest.MustView(t, st, func(tx *store.Tx) (err error) {
			w := writer{tx: tx, batch: newBatch()}
			more, err = c.write(&w)
			sizes = append(sizes, len(w.batch.docs))
			return err
		})
	}
	return sizes
}
