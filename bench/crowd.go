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

// awaited is a message that sockets should get.
type awaited struct {
	mark  []byte
	size  int64 // how many sockets are to get it
	heard atomic.Int64
	text  []byte         // of the frame that came last; to be read after wait
	last  chan time.Time // gets the moment at which the last one had it
}

// joinLimit is how long all sockets together may take to be greeted.
const joinLimit = time.Minute

// door is how the sockets of a crowd get in.
type door struct {
	path   string
	strict bool               // frames' sequences rise by one
	cookie func(i int) string // the sign-in that comes with the request; nil for none
	first  func(i int) string // what a socket says first; nil for nothing
}

// gather connects n sockets and waits until each has got its first frame.
func gather(address string, d door, n int) (*crowd, error) {
	c := &crowd{size: n}
	listeners := make([]*listener, n)
	var err error
	if c.stop, err = listenAll(c, listeners, func(i int) (*listener, error) {
		return newListener(c, address, &d, i)
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

// expect announces the next message to all, known by a part of its text. At most one
// is awaited at a time.
func (c *crowd) expect(mark []byte) *awaited { return c.expectAt(mark, c.size) }

// expectAt announces a message to some.
func (c *crowd) expectAt(mark []byte, some int) *awaited {
	a := &awaited{mark: mark, size: int64(some), last: make(chan time.Time, 1)}
	c.await.Store(a)
	return a
}

// wait gives the moment at which the last of them had it.
func (a *awaited) wait(c *crowd, limit time.Duration) (time.Time, error) {
	select {
	case at := <-a.last:
		return at, c.fault()
	case <-time.After(limit):
		return time.Time{}, fmt.Errorf("bench: only %d of %d sockets had the message after %s", a.heard.Load(), a.size, limit)
	}
}

// hear takes a text frame of one socket.
func (c *crowd) hear(text []byte) {
	a := c.await.Load()
	if a == nil || !bytes.Contains(text, a.mark) {
		return
	}
	if a.heard.Add(1) == a.size {
		at := time.Now()
		a.text = bytes.Clone(text)
		a.last <- at
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
