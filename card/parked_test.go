package card_test

import (
	"testing"

	"parley/app"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestParked keeps the row of an event whose links cannot be looked at, together with how
// far it has come.
func TestParked(t *testing.T) {
	s := newStand(t)
	bad := s.Enters(t, desk.Event{Type: desk.MessagePosted, Number: 999, Seq: 1, At: s.Now()})
	eventually(t, func() bool { return s.maker.Reached() >= bad })
	s.WantParked(t, app.FollowerCards, bad)
	storetest.MustView(t, s.Store(), func(tx *store.Tx) error {
		if got := tx.Cursor(app.FollowerCards); got != bad {
			t.Errorf("the cursor is kept at %d, want %d", got, bad)
		}
		return nil
	})
}
