package search

import (
	"testing"
	"time"
)

func TestRestAfter(t *testing.T) {
	for _, c := range []struct {
		name        string
		entries     int
		since, took time.Duration
		want        time.Duration
	}{
		{"a lone message", 1, time.Hour, 4 * time.Millisecond, 12 * time.Millisecond},
		{"a few, and slow", 4, time.Hour, 50 * time.Millisecond, briefRest},
		{"a team at work", 50, 100 * time.Millisecond, 20 * time.Millisecond, steadyRest},
		{"a burst after silence", 3000, time.Hour, 200 * time.Millisecond, steadyRest},
		{"a flood", 100, 100 * time.Millisecond, 20 * time.Millisecond, floodRest},
		{"a flood goes on", 600, 600 * time.Millisecond, 100 * time.Millisecond, floodRest},
		{"a team again: the rest of the flood does not keep itself up", 300, 600 * time.Millisecond, 60 * time.Millisecond, steadyRest},
	} {
		if got := restAfter(c.entries, c.since, c.took); got != c.want {
			t.Errorf("%s: rests %v, want %v", c.name, got, c.want)
		}
	}
}
