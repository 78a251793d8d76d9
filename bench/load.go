package bench

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// load is one thing done again and again by clients that each wait for the answer
// before they ask anew.
type load struct {
	clients int
	pid     int             // of the server, for its processor time
	lasts   time.Duration   // how long it goes on
	least   int             // and how many tries there are at least, however long they take
	most    int             // and at most; 0 for no bound
	pace    time.Duration   // between the starts of two tries of one client; 0 for none
	until   context.Context // ends it early, without an error; may be nil
	warm    int             // tries of each client that are not counted
	rounds  int             // how often it is made over while others disturb it; 0 for once
	// try is one try of a client; n counts its tries from 0, those for warming too.
	// What it does before it returns is part of the figure; check, which may be nil,
	// is called after the time was taken.
	try func(client, n int) (check func() error, err error)
}

// result is what came of a load.
type result struct {
	times   Times
	took    time.Duration
	used    usage
	others  float64           // the part of the processors that others took
	rounds  int               // how often it was made
	samples [][]time.Duration // of each client, in order
}

// rate is how many tries there were in a second.
func (r *result) rate() float64 { return float64(r.times.Count) / r.took.Seconds() }

// fill puts the figures into a row. Times of several clients go with a rate.
func (r *result) fill(row *Row) {
	times := r.times
	row.Times, row.Rate = &times, r.rate()
	if times.Count > 0 {
		row.CPU = r.used.server / time.Duration(times.Count)
	}
	row.Client, row.Others, row.Rounds = r.used.clientShare(), r.others, r.rounds
}

// disturbed is the part of the processors that others may take; with more, the
// round is made over.
const disturbed = 0.1

// run makes the load, and makes it over while others disturb it: the round that
// was disturbed least is the result. It ends early, with an error, when a try
// fails.
func (l *load) run() (best *result, err error) {
	for round := range max(l.rounds, 1) {
		if l.rounds > 1 {
			waitQuiet()
		}
		r, err := l.round()
		if err != nil {
			return nil, err
		}
		if best == nil || r.others < best.others {
			best = r
		}
		best.rounds = round + 1
		if best.others <= disturbed {
			break
		}
	}
	return best, nil
}

// round makes the load once.
func (l *load) round() (*result, error) {
	for n := range l.warm {
		for i := range l.clients {
			if err := l.once(i, n); err != nil {
				return nil, err
			}
		}
	}
	crew := &crew{load: l, ends: time.Now().Add(l.lasts)}
	used, began := startUsage(l.pid), time.Now()
	var wait sync.WaitGroup
	samples := make([][]time.Duration, l.clients)
	for i := range l.clients {
		wait.Go(func() { samples[i] = crew.work(i) })
	}
	wait.Wait()
	out := &result{took: time.Since(began), used: used.since()}
	out.others = out.used.othersShare(out.took)
	var all []time.Duration
	for _, part := range samples {
		all = append(all, part...)
	}
	out.times, out.samples = timesOf(all), samples
	return out, errors.Join(crew.faults...)
}

// slowest finds the kind of try that took longest in the middle of its samples.
// kind tells it from a client and from how many tries it had made.
func (r *result) slowest(kinds int, kind func(client, n int) int) (slowest int, times Times) {
	sorted := make([][]time.Duration, kinds)
	for client, samples := range r.samples {
		for n, took := range samples {
			k := kind(client, n)
			sorted[k] = append(sorted[k], took)
		}
	}
	for k := range sorted {
		if t := timesOf(sorted[k]); t.P50 > times.P50 {
			slowest, times = k, t
		}
	}
	return slowest, times
}

func (l *load) once(client, n int) error {
	check, err := l.try(client, n)
	if err == nil && check != nil {
		err = check()
	}
	return err
}

// crew is what the clients of a load share.
type crew struct {
	load   *load
	ends   time.Time
	count  atomic.Int64
	failed atomic.Bool

	mu     sync.Mutex
	faults []error
}

// work makes one client's tries until the load is over or one fails.
func (c *crew) work(client int) []time.Duration {
	samples := make([]time.Duration, 0, 4096)
	next := time.Now()
	for n := c.load.warm; c.more(); n++ {
		if c.load.pace > 0 {
			time.Sleep(time.Until(next))
			next = next.Add(c.load.pace)
		}
		began := time.Now()
		check, err := c.load.try(client, n)
		samples = append(samples, time.Since(began))
		if err == nil && check != nil {
			err = check()
		}
		if err != nil {
			c.fail(err)
			break
		}
	}
	return samples
}

// more tells whether another try is due, and counts it.
func (c *crew) more() bool {
	n := int(c.count.Add(1))
	switch {
	case c.failed.Load(), c.load.most > 0 && n > c.load.most, c.load.until != nil && c.load.until.Err() != nil:
		return false
	case n <= c.load.least:
		return true
	}
	return time.Now().Before(c.ends)
}

// fail notes a fault and ends the others too.
func (c *crew) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, err)
	c.failed.Store(true)
}
