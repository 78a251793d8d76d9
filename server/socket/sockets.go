package socket

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"parley/desk"
	"parley/server/problem"
)

// MaxMessage is the most bytes that a message from a peer may have.
const MaxMessage = 64 << 10

// Options are the settings of a set of sockets. A zero time or number means its
// default.
type Options struct {
	Log     *slog.Logger
	Origins []string // the exact origins of Parley's own pages; nobody else may connect
	Max     int      // sockets at once; default 10,000
	MaxFrom int      // of them from one address, where the opener tells it; 0 for no bound

	Ping      time.Duration // between two pings; default 25 s, below the 60 s of common proxies
	Pong      time.Duration // without a sign of life the peer is dead; default 60 s
	Write     time.Duration // for one write; default 5 s
	Goodbye   time.Duration // for the peer to answer a close frame; default 2 s
	Greet     time.Duration // for a quiet peer to say who it is; default 5 s
	PerSecond int           // messages and pings from one peer; default 30
}

// Sockets is the set of open sockets of one server.
type Sockets struct {
	shared  *shared
	origins []string
	max     int
	maxFrom int

	mu      sync.Mutex
	open    map[member]struct{}
	from    map[string]int // how many are open from each address
	closing bool
	empty   chan struct{} // closed when closing and nothing is open any more
}

// member is an open socket.
type member interface {
	end(Ending)
	force() // cut what did not end in time
	owned() Owner
	address() string // as the opener gave it; "" for none
}

// New makes an empty set. Without origins nobody can connect.
func New(o Options) *Sockets {
	return &Sockets{
		shared: &shared{
			log:       o.Log,
			ping:      orElse(o.Ping, 25*time.Second),
			pong:      orElse(o.Pong, 60*time.Second),
			write:     orElse(o.Write, 5*time.Second),
			goodbye:   orElse(o.Goodbye, 2*time.Second),
			greetIn:   orElse(o.Greet, 5*time.Second),
			perSecond: orElse(o.PerSecond, 30),
			batches:   sync.Pool{New: func() any { b := make([]byte, 0, 2<<10); return &b }},
		},
		origins: o.Origins,
		max:     orElse(o.Max, 10_000),
		maxFrom: o.MaxFrom,
		open:    make(map[member]struct{}),
		from:    make(map[string]int),
		empty:   make(chan struct{}),
	}
}

func orElse[T int | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}

// Len is how many sockets are open.
func (s *Sockets) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// CloseWhere ends every socket whose owner match accepts, and does not wait.
func (s *Sockets) CloseWhere(match func(Owner) bool, e Ending) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.open {
		if match(k.owned()) {
			k.end(e)
		}
	}
}

// HandOver gives the sockets of one sign-in to another, which has taken its place.
func (s *Sockets) HandOver(from, to [32]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.open {
		if one, ok := k.(*socket); ok && one.owner.Session == from {
			one.owner.Session = to
		}
	}
}

// Shutdown refuses new sockets, closes all with 1012 and a hint when to come
// back, and waits for them. When ctx ends first, the rest are cut and ctx's error
// is returned.
func (s *Sockets) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	first := !s.closing
	s.closing = true
	// One second of spread for every fifty sockets keeps their return below what
	// a start can serve, and within the patience of a person.
	spread := min(max(len(s.open)/50, 2), 20)
	for k := range s.open {
		k.end(Ending{Code: CodeRestart, Reason: fmt.Sprintf("retry_after=%d", 1+rand.IntN(spread))})
	}
	if first && len(s.open) == 0 {
		close(s.empty)
	}
	s.mu.Unlock()

	select {
	case <-s.empty:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	for k := range s.open {
		k.force()
	}
	s.mu.Unlock()
	<-s.empty
	return ctx.Err()
}

// enter takes a place in the set, or returns how the socket is to end instead.
func (s *Sockets) enter(k member) *Ending {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closing:
		return &Ending{Code: CodeRestart, Reason: "retry_after=2"}
	case len(s.open) >= s.max:
		return &Ending{Code: CodeTryLater, Reason: "full"}
	case s.isCrowd(k.address()):
		return &Ending{Code: CodeTryLater, Reason: "too many from one address"}
	}
	s.open[k] = struct{}{}
	s.from[k.address()]++
	return nil
}

// leave gives the place up. Its lock also keeps force away from a connection that
// is about to be given back.
func (s *Sockets) leave(k member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, k)
	if s.from[k.address()]--; s.from[k.address()] == 0 {
		delete(s.from, k.address())
	}
	if s.closing && len(s.open) == 0 {
		close(s.empty)
	}
}

// isCrowd reports whether an address has all the places that one may have. s.mu is
// held.
func (s *Sockets) isCrowd(address string) bool {
	return s.maxFrom > 0 && address != "" && s.from[address] >= s.maxFrom
}

// crowded refuses an address before the upgrade, as full refuses everybody.
func (s *Sockets) crowded(address string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.isCrowd(address) {
		return nil
	}
	return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "There are too many connections from this address; close some."), 30*time.Second)
}

// full refuses before the upgrade, where an HTTP answer is still possible.
func (s *Sockets) full() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closing && len(s.open) < s.max {
		return nil
	}
	return problem.RetryAfter(desk.Refuse(desk.CodeUnavailable, "", "There is no room for another connection; try again."), 2*time.Second)
}
