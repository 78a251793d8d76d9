package upload_test

import (
	"sync"
	"testing"
	"time"
)

// TestTurns holds: an upload is worked on by one at a time, and others beside it.
func TestTurns(t *testing.T) {
	s, _ := newStore(t)
	one, other := attachment(1, "a.txt", []byte("a")).ID, attachment(2, "b.txt", []byte("b")).ID
	end := s.Turn(one)
	s.Turn(other)() // does not wait for it
	var after sync.WaitGroup
	waited := make(chan struct{})
	after.Go(func() {
		defer s.Turn(one)()
		close(waited)
	})
	select {
	case <-waited:
		t.Error("two have the turn")
	case <-time.After(50 * time.Millisecond):
	}
	end()
	after.Wait()
}
