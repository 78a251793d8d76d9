package hook_test

import (
	"testing"

	"parley/app"
	"parley/desk"
)

// TestWorkerEnds with its webhook, also when it sleeps because nothing waits.
func TestWorkerEnds(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, nil)
	kept, _ := s.webhook(t, r.URL)
	gone, _ := s.webhook(t, r.URL)
	eventually(t, func() bool { return s.teller.Workers() == 2 })
	if err := s.DeleteWebhook(app.DeleteWebhook{By: s.Owner, ID: gone.ID}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return s.teller.Workers() == 1 })
	s.NewCustomer(t, "Elif")
	eventually(t, func() bool { return len(r.got()) == 1 && s.find(t, kept.ID).Waiting == 0 })
}

// TestParked keeps the row of an event that cannot be queued, and queues the next.
func TestParked(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, nil)
	s.webhook(t, r.URL)
	bad := s.Enters(t, desk.Event{Type: desk.MessagePosted, Number: 999, Seq: 1, At: s.Now()})
	s.NewCustomer(t, "Elif")
	eventually(t, func() bool { return len(r.got()) == 1 })
	s.WantParked(t, app.FollowerHooks, bad)
}
