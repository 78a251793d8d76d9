package store_test

import (
	"fmt"
	"testing"

	"parley/store"
	"parley/store/storetest"
)

// TestParked keeps what followers pass over, the newest hundred of each.
func TestParked(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for i := range uint64(130) {
			if err := tx.Park(&store.Parked{Follower: "bot", Sequence: 1000 + i, At: noon, Error: fmt.Sprint(i)}); err != nil {
				return err
			}
		}
		return tx.Park(&store.Parked{Follower: "bots", Sequence: 1, At: noon, Error: "another's"})
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		all, err := tx.Parked()
		if err != nil || len(all) != 101 {
			t.Fatalf("%d kept, %v", len(all), err)
		}
		if all[0] != (store.Parked{Follower: "bot", Sequence: 1030, At: noon, Error: "30"}) || all[100].Follower != "bots" {
			t.Errorf("from %+v to %+v", all[0], all[100])
		}
		return nil
	})
}

// TestLowestCursor is that of the slowest follower.
func TestLowestCursor(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.LowestCursor() != ^uint64(0) || tx.HasCursor("bot") {
			t.Error("nobody follows")
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SetCursor("bot", 0) })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.LowestCursor() != 0 || !tx.HasCursor("bot") {
			t.Error("the cursor 0 is a cursor")
		}
		return nil
	})
}
