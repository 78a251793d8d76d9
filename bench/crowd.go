package bench

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// crowd is many sockets that listen for one message at a time.
type crowd struct {
	size   int
	await  atomic.Pointer[awaited]
	octets atomic.Int64 // received by all
	joined atomic.Int64 // sockets that have been greeted

	mu     sync.Mutex
	faults []error

	stop func()
}

// awaited is a message that every socket should get.
type awaited struct {
	mark  []byte
	heard atomic.Int64
	last  chan time.Time // gets the moment at which the last socket had it
}

// joinLimit is how long all sockets together may take to be greeted.
const joinLimit = time.Minute

// gather connects n sockets and waits until each has got its first frame; session gives each its sign-in, "" for none. strict
// holds each to the promise of frames: their sequences rise by one.
func gather(address, path string, n int, strict bool, token func(i int) string) (*crowd, error) {
	c := &crowd{size: n}
	listeners := make([]*listener, n)
	var err error
	if c.stop, err = listenAll(c, listeners, func(i int) (*listener, error) {
		return newListener(c, address, path, token(i), strict)
	}); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(joinLimit); c.joined.Load() < int64(n); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			c.stop()
			return nil, errors.Join(fmt.Errorf("bench: only %d of %d sockets were greeted", c.joined.Load(), n), c.fault())
		}
	}
	return c, nil
}

// expect announces the next message, known by a part of its text. At most one is
// awaited at a time.
func (c *crowd) expect(mark []byte) *awaited {
	a := &awaited{mark: mark, last: make(chan time.Time, 1)}
	c.await.Store(a)
	return a
}

// wait gives the moment at which every socket had it.
func (a *awaited) wait(c *crowd, limit time.Duration) (time.Time, error) {
	select {
	case at := <-a.last:
		return at, c.fault()
	case <-time.After(limit):
		return time.Time{}, fmt.Errorf("bench: only %d of %d sockets had the message after %s", a.heard.Load(), c.size, limit)
	}
}

// hear takes a text frame of one socket.
func (c *crowd) hear(text []byte) {
	a := c.await.Load()
	if a == nil || !bytes.Contains(text, a.mark) {
		return
	}
	if a.heard.Add(1) == int64(c.size) {
		a.last <- time.Now()
	}
}

func (c *crowd) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, err)
}

// fault is the first thing that went wrong on any socket.
func (c *crowd) fault() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults[0]
}
