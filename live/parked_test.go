package live_test

import (
	"testing"
	"time"

	"parley/app/apptest"
	"parley/desk"
	"parley/live"
	"parley/store"
)

// TestParked keeps the row of an event that cannot be told, and tells the next.
func TestParked(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		hub := apptest.Must(live.New(r.Store(), apptest.Quiet()))(t)
		hub.KeepParked(func(row store.Parked) error { return r.Park(row, 0) })
		run(t, hub)
		settle()
		bad := r.Enters(t, desk.Event{Type: desk.AgentTeamSaved, Subject: desk.ID{1}, At: r.Now()})
		time.Sleep(time.Minute)
		settle()
		r.WantParked(t, "live", bad)
		r.NewConversation(t)
		settle()
		if hub.Head() != r.Head() {
			t.Errorf("it told up to %d of %d", hub.Head(), r.Head())
		}
	})
}
