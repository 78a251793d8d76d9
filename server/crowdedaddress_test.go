package server

import (
	"net/http"
	"testing"
	"time"

	"parley/app"
	"parley/server/limit"
	"parley/server/socket"
)

// TestOneAddressThroughManyVisitors counts what the visitors of an address do
// together, and what one is refused costs the others nothing.
func TestOneAddressThroughManyVisitors(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	s.limits.say = shared{limit.New(time.Now, limit.Rate{N: 2, Per: time.Hour}), limit.New(time.Now, limit.Rate{N: 3, Per: time.Hour})}
	first, second := s.visitor(site), s.visitor(site)
	says := func(who func(*http.Request)) int {
		status, _ := s.ask("POST", widgetPath+"/conversations", "", map[string]any{"client_id": app.NewID(), "text": "Merhaba"}, who)
		return status
	}
	for i, want := range []int{http.StatusOK, http.StatusOK, http.StatusTooManyRequests, http.StatusTooManyRequests} {
		if got := says(first); got != want {
			t.Errorf("message %d of the first: %d, want %d", i+1, got, want)
		}
	}
	for i, want := range []int{http.StatusOK, http.StatusTooManyRequests} {
		if got := says(second); got != want {
			t.Errorf("message %d of the second: %d, want %d", i+1, got, want)
		}
	}
}

// TestOneVisitorTakesNotAllPlaces closes what one token opens beyond its share; who
// is refused takes no place from anybody else.
func TestOneVisitorTakesNotAllPlaces(t *testing.T) {
	w := newWeb(t)
	w.visitor("greedy")
	w.visitor("modest")
	for range 20 {
		if f := w.hear(w.dial(`{"type":"auth","token":"greedy"}`)); f.Type != "hello" {
			t.Fatalf("told %+v", f)
		}
	}
	one := w.dial(`{"type":"auth","token":"greedy"}`)
	if code := w.ends(one); code != socket.CodeTryLater {
		t.Errorf("one more: closed with %d", code)
	}
	if f := w.hear(w.dial(`{"type":"auth","token":"modest"}`)); f.Type != "hello" || w.hub.Visitors() != 21 {
		t.Errorf("somebody else: told %+v, %d are connected", f, w.hub.Visitors())
	}
}
