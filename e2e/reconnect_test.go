package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

const watchers = 24

// TestReconnect holds: a client that loses its connection at any moment, again and
// again, sees every event exactly once and in order, restarts of the server
// included.
func TestReconnect(t *testing.T) {
	random := newRandom(t)
	var args []string
	if *cuts > 400 {
		args = []string{"--unlimited"} // so many connections from one address would be slowed down
	}
	server := Start(t, args...)
	owner := server.SetUp(t)
	number := owner.Begin(t, "Watched Customer", "Hello").Number
	begin := owner.head(t)
	proxy := NewProxy(t, server.URL)

	crowd := make([]*watcher, watchers)
	var wait sync.WaitGroup
	head := make(chan struct{}) // closed when the goal is known
	goal := new(uint64)
	for i := range crowd {
		crowd[i] = &watcher{client: owner, address: proxy.URL, last: begin.Sequence, epoch: begin.Epoch, random: rand.New(rand.NewPCG(random.Uint64(), 0))}
		wait.Go(func() { crowd[i].watch(t, head, goal) })
	}
	broken, written := cutAndWrite(t, server, owner, proxy, number, random)
	*goal = owner.head(t).Sequence
	close(head)
	proxy.Cut(1, random) // wakes those who have everything and wait for more
	wait.Wait()

	want := owner.readAll(t, begin, *goal)
	var caughtUp []time.Duration
	connections, wrong := 0, 0
	for i, w := range crowd {
		if !slices.Equal(w.seen, want) {
			wrong++
			t.Errorf("client %d saw %d events, the journal has %d: %s", i, len(w.seen), len(want), firstDifference(w.seen, want))
		}
		connections += w.connections
		caughtUp = append(caughtUp, w.caughtUp...)
	}
	slices.Sort(caughtUp)
	t.Logf("reconnect | %d clients, %d events, %d connections cut, 2 restarts, %d connections made | clients that missed, doubled or reordered anything: %d | caught up p99 %v",
		watchers, len(want), broken, connections, wrong, quantile(caughtUp, 0.99).Round(time.Millisecond))
	if len(want) < written || broken < *cuts {
		t.Errorf("%d events for %d messages, %d cuts: the test did not do its work", len(want), written, broken)
	}
}

// cutAndWrite writes messages while it cuts connections, and ends the server twice:
// once without and once with a warning.
func cutAndWrite(t *testing.T, server *Server, owner *Client, proxy *Proxy, number uint64, random *rand.Rand) (broken, written int) {
	t.Helper()
	deadline := time.Now().Add(time.Minute + time.Duration(*cuts)*300*time.Millisecond)
	for round := 0; broken < *cuts; round++ {
		for range 1 + random.IntN(8) {
			written++
			if _, err := owner.Post(number, NewID(), fmt.Sprintf("message %d", written)); err != nil {
				t.Fatal(err)
			}
		}
		broken += proxy.Cut(0.1, random)
		switch round {
		case 10:
			server.Kill()
			server.Restart(t)
		case 20:
			server.Stop(t)
			server.Restart(t)
		}
		time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
		if time.Now().After(deadline) {
			t.Fatalf("only %d cuts in %d rounds", broken, round)
		}
	}
	return broken, written
}

// watcher follows the journal over connections that break.
type watcher struct {
	client  *Client
	address string
	random  *rand.Rand

	epoch       string
	last        uint64
	seen        []uint64
	connections int
	caughtUp    []time.Duration
}

// watch reads until the goal is known and reached.
func (w *watcher) watch(t *testing.T, known <-chan struct{}, goal *uint64) {
	deadline := time.Now().Add(3*time.Minute + time.Duration(*cuts)*300*time.Millisecond)
	done := func() bool {
		select {
		case <-known:
			return w.last >= *goal
		default:
			return false
		}
	}
	for !done() {
		if time.Now().After(deadline) {
			t.Errorf("a client stands at %d after %v", w.last, time.Until(deadline))
			return
		}
		socket, err := w.client.Dial(w.address, strconv.FormatUint(w.last, 10), w.epoch)
		if err != nil {
			time.Sleep(time.Duration(10+w.random.IntN(50)) * time.Millisecond)
			continue
		}
		w.connections++
		if !w.follow(t, socket, done) {
			return
		}
	}
}

// follow reads one connection to its end; false ends the watcher.
func (w *watcher) follow(t *testing.T, socket *Socket, done func() bool) bool {
	defer socket.Close()
	start, behind := time.Now(), true
	for !done() {
		f, err := socket.NextEvent()
		switch {
		case err != nil:
			return true // cut; the next connection goes on
		case f.Type == "reset":
			t.Errorf("a client at %d of this epoch was told to start again", w.last)
			return false
		case f.Seq <= w.last:
			t.Errorf("event %d came after %d", f.Seq, w.last)
			return false
		}
		w.seen = append(w.seen, f.Seq)
		w.last = f.Seq
		if behind && w.last >= socket.Hello.Sequence {
			behind = false
			w.caughtUp = append(w.caughtUp, time.Since(start))
		}
	}
	return true
}

// head asks a new connection where the journal ends.
func (c *Client) head(t *testing.T) frame {
	t.Helper()
	socket, err := c.Dial(c.URL, "", "")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	return socket.Hello
}

// readAll reads the journal over one good connection: the witness.
func (c *Client) readAll(t *testing.T, begin frame, goal uint64) []uint64 {
	t.Helper()
	socket, err := c.Dial(c.URL, strconv.FormatUint(begin.Sequence, 10), begin.Epoch)
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	var seqs []uint64
	for last := begin.Sequence; last < goal; {
		f, err := socket.NextEvent()
		if err != nil || f.Type == "reset" {
			t.Fatalf("at %d of %d: %+v, %v", last, goal, f, err)
		}
		last = f.Seq
		seqs = append(seqs, f.Seq)
	}
	return seqs
}

// TestCursorThatDoesNotFit holds: a cursor from the future, or one of another data
// file, is answered with one reset, after which the frames go on.
func TestCursorThatDoesNotFit(t *testing.T) {
	owner := Start(t).SetUp(t)
	number := owner.Begin(t, "Customer", "Hello").Number
	hello := owner.head(t)
	for name, cursor := range map[string]struct{ since, epoch string }{
		"from the future":      {strconv.FormatUint(hello.Sequence+1000, 10), hello.Epoch},
		"of another data file": {strconv.FormatUint(hello.Sequence, 10), "another-epoch"},
	} {
		t.Run(name, func(t *testing.T) {
			socket, err := owner.Dial(owner.URL, cursor.since, cursor.epoch)
			if err != nil {
				t.Fatal(err)
			}
			defer socket.Close()
			first, err := socket.NextEvent()
			if err != nil || first.Type != "reset" || first.Epoch != hello.Epoch {
				t.Fatalf("the first event is %+v, %v", first, err)
			}
			answer, err := owner.Post(number, NewID(), name)
			if err != nil {
				t.Fatal(err)
			}
			next, err := socket.NextEvent()
			if err != nil || next.Message == nil || next.Message.Seq != answer.Message.Seq || next.Seq != first.Sequence+1 {
				t.Errorf("after the reset to %d came %+v, %v", first.Sequence, next, err)
			}
		})
	}
}

// TestSocketIsGuarded holds: no session or another site's page gets no socket.
func TestSocketIsGuarded(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	if socket, err := NewClient(server.URL).Dial(server.URL, "", ""); err == nil {
		socket.Close()
		t.Error("a socket opened without a session")
	}
	if socket, err := owner.dial(server.URL, url.Values{}, "http://elsewhere.example.com"); err == nil {
		socket.Close()
		t.Error("a socket opened for another site's page")
	}
	socket, err := owner.dial(server.URL, url.Values{}, owner.URL)
	if err != nil {
		t.Fatalf("the owner's own page: %v", err)
	}
	socket.Close()
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func firstDifference(got, want []uint64) string {
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			return fmt.Sprintf("place %d should be %d", i, want[i])
		}
	}
	return fmt.Sprintf("%d more than there are", len(got)-len(want))
}
