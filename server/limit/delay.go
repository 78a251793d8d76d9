package limit

import (
	"sync"
	"time"
)

// How failures slow an attempt down: the first few are free, then the wait
// doubles from one second to five minutes. There is no lock: whoever knows the
// password always gets in after the wait.
const (
	freeFailures = 3
	firstWait    = time.Second
	longestWait  = 5 * time.Minute
	forgetAfter  = 30 * time.Minute // without another failure
)

// Delay makes those who fail wait longer and longer. It is safe for concurrent
// use.
type Delay struct {
	now func() time.Time

	mu       sync.Mutex
	failures *table[failures]
}

type failures struct {
	count int
	last  time.Time
}

// NewDelay makes a Delay that remembers as many keys as a Limiter.
func NewDelay(now func() time.Time) *Delay {
	return &Delay{now: now, failures: newTable[failures](Keys)}
}

// Wait is how long the key still has to wait; zero when it may try.
func (d *Delay) Wait(key string) time.Duration {
	now := d.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.failures.peek(key)
	if f == nil || f.count <= freeFailures {
		return 0
	}
	wait := longestWait
	if doublings := f.count - freeFailures - 1; doublings < 16 {
		wait = min(firstWait<<doublings, longestWait)
	}
	return max(wait-now.Sub(f.last), 0)
}

// Failed counts a failure.
func (d *Delay) Failed(key string) {
	now := d.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.failures.get(key)
	if now.Sub(f.last) > forgetAfter {
		f.count = 0
	}
	f.count++
	f.last = now
}

// Succeeded forgets the key's failures.
func (d *Delay) Succeeded(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failures.drop(key)
}
