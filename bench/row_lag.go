package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"parley/app"
)

// lagLimit is how long a message may stay unfound before the run gives up, and
// lagTime how long probing goes on.
const (
	lagLimit = time.Minute
	lagTime  = 20 * time.Second
)

// lagRows measures from the acknowledgement of a message until a search finds it:
// while nothing else happens, while others post steadily, and while they post as
// fast as they can.
func (s *stage) lagRows() error {
	for _, part := range []struct {
		id, what string
		clients  int           // who post beside
		pace     time.Duration // of each of them
		probers  int
		between  time.Duration // two searches of one prober
	}{
		{"lag.idle", "acknowledged → searchable, idle", 0, 0, 1, 0},
		{"lag.500", "acknowledged → searchable, at 500 posts/s", 16, 32 * time.Millisecond, 1, 500 * time.Microsecond},
		{"lag.flat", "acknowledged → searchable, 16 clients flat out", 16, 0, 4, 5 * time.Millisecond},
	} {
		row := s.row(part.id, part.what)
		ctx, cancel := context.WithCancel(s.ctx)
		var beside *result
		var besideErr error
		var wait sync.WaitGroup
		if part.clients > 0 {
			wait.Go(func() { beside, besideErr = s.postBeside(ctx, part.clients, part.pace) })
			s.idle()
		}
		used := startUsage(s.server.cmd.Process.Pid)
		times, err := s.probe(part.probers, part.between)
		used = used.since()
		cancel()
		wait.Wait()
		if err := errors.Join(err, besideErr); err != nil {
			return err
		}
		row.Times, row.Client = &times, used.clientShare()
		if beside != nil {
			row.Rate = beside.rate()
			row.Note = fmt.Sprintf("the rate is that of the posts beside, p99 %s ms", number(milliseconds(beside.times.P99)))
		}
		s.add(row)
	}
	return nil
}

// postBeside posts until ctx ends.
func (s *stage) postBeside(ctx context.Context, clients int, pace time.Duration) (*result, error) {
	p, err := s.poster(clients)
	if err != nil {
		return nil, err
	}
	defer p.close()
	l := &load{clients: clients, lasts: lifetime, pace: pace, until: ctx, try: func(i, _ int) (func() error, error) { return p.post(i) }}
	return l.run()
}

// probe posts messages with a word that nobody has used, and searches for each
// until it is found.
func (s *stage) probe(probers int, between time.Duration) (Times, error) {
	p, err := s.poster(probers)
	if err != nil {
		return Times{}, err
	}
	defer p.close()
	var mu sync.Mutex
	var samples []time.Duration
	var faults []error
	var wait sync.WaitGroup
	ends := time.Now().Add(lagTime)
	for i := range probers {
		wait.Go(func() {
			for n := 0; n < s.much.probes/probers && (n < 3 || time.Now().Before(ends)); n++ {
				took, err := s.probeOnce(p, i, between)
				mu.Lock()
				if samples = append(samples, took); err != nil {
					faults = append(faults, err)
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	return timesOf(samples), errors.Join(faults...)
}

// probeOnce posts one such message and waits until it is found.
func (s *stage) probeOnce(p *poster, i int, between time.Duration) (time.Duration, error) {
	a := p.authors[i]
	word := newWord(a.random)
	number, id := pick(a.random, p.numbers), app.NewID()
	check, err := p.send(i, number, id, pick(a.random, a.texts)+" "+word)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := check(); err != nil {
		return 0, err
	}
	mark := fmt.Appendf(nil, `"hits":[{"conversation":{"number":%d,`, number)
	for {
		body, err := a.must("/api/v1/search?limit=1&q=" + word)
		switch {
		case err != nil:
			return 0, err
		case bytes.Contains(body, mark):
			took := time.Since(began)
			s.ledger.addWord(word, number)
			return took, nil
		case time.Since(began) > lagLimit:
			return 0, fmt.Errorf("bench: %q is not found %s after it was acknowledged: %s", word, lagLimit, body)
		}
		time.Sleep(between)
	}
}

// newWord makes a word that is in no vocabulary.
func newWord(random *rand.Rand) string {
	word := []byte("xq")
	for range 12 {
		word = append(word, byte('a'+random.IntN(26)))
	}
	return string(word)
}
