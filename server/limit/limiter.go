// Package limit says how often somebody may do something: token buckets for rates
// and growing delays after failures, both kept per key in bounded memory.
//
// Nothing here knows HTTP. Time comes from a clock given at construction, so that
// tests are exact.
package limit

import (
	"sync"
	"time"
)

// Rate allows N at once, refilled evenly over Per.
type Rate struct {
	N   int
	Per time.Duration
}

// Keys is how many keys a limiter remembers; the longest unused goes first.
const Keys = 100_000

// Limiter holds one bucket for every key and rate. It is safe for concurrent use.
type Limiter struct {
	now   func() time.Time
	start time.Time
	rates []Rate

	mu      sync.Mutex
	buckets *table[bucket]
}

// bucket says for each rate when it will be full again, since the limiter's
// start. That one number is the whole state of a token bucket (the "generic cell
// rate algorithm" of ATM Forum TM 4.0, section 4.4): what is missing from the
// bucket is the time that filling it still takes.
type bucket struct {
	fullAt []time.Duration
}

// New makes a limiter under which every rate must allow.
func New(now func() time.Time, rates ...Rate) *Limiter {
	return &Limiter{now: now, start: now(), rates: rates, buckets: newTable[bucket](Keys)}
}

// Allow takes one token from each of the key's buckets. When one of them has
// none, nothing is taken, and retryAfter says when it would have.
func (l *Limiter) Allow(key string) (ok bool, retryAfter time.Duration) {
	return l.AllowN(key, 1)
}

// AllowN takes n tokens, as Allow takes one.
func (l *Limiter) AllowN(key string, n int) (ok bool, retryAfter time.Duration) {
	now := l.now().Sub(l.start)
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets.get(key)
	if b.fullAt == nil {
		b.fullAt = make([]time.Duration, len(l.rates))
	}
	for i, rate := range l.rates {
		_, wait := rate.take(b.fullAt[i], now, n)
		retryAfter = max(retryAfter, wait)
	}
	if retryAfter > 0 {
		return false, retryAfter
	}
	for i, rate := range l.rates {
		b.fullAt[i], _ = rate.take(b.fullAt[i], now, n)
	}
	return true, 0
}

// take says when the bucket will be full again if n tokens are taken now, and how
// long to wait until there are as many to take.
func (r Rate) take(fullAt, now time.Duration, n int) (newFullAt, wait time.Duration) {
	token := r.Per / time.Duration(r.N)
	newFullAt = max(fullAt, now) + token*time.Duration(n)
	return newFullAt, max(newFullAt-now-token*time.Duration(r.N), 0)
}
