package search_test

import (
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/desk"
	"parley/store"
)

// BenchmarkLag measures how long a stored message takes to be searchable, at
// several rates of posts into random conversations, and what a post costs.
func BenchmarkLag(b *testing.B) {
	st, dir := benchSet(b)
	engine := mustRun(b, filepath.Join(dir, "search"), st)
	engine.waitUntilCurrent(b, st)
	z := newZipf(3, 60_000)
	for _, load := range []struct {
		name  string
		rate  int // posts a second
		group int // posts in one commit
	}{{"idle", 5, 1}, {"500 a second", 500, 1}, {"8000 a second", 8000, 64}} {
		b.Run(load.name, func(b *testing.B) {
			lags := lagMeter{engine: engine}
			for b.Loop() {
				lags.run(b, st, z, load.rate, load.group, 5*time.Second)
			}
			lags.report(b)
		})
	}
}

// lagMeter compares when a sequence was committed with when it was searchable.
type lagMeter struct {
	engine *running
	mu     sync.Mutex
	open   []committed
	lags   []time.Duration
	posts  int
	rate   float64
	cpu    time.Duration
}

type committed struct {
	sequence uint64
	at       time.Time
}

func (m *lagMeter) run(b *testing.B, st *store.Store, z *zipf, rate, group int, during time.Duration) {
	stop, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		m.watch(stop)
	}()
	before, started := cpuTime(), time.Now()
	posts := 0
	for time.Since(started) < during {
		if ahead := time.Duration(posts)*time.Second/time.Duration(rate) - time.Since(started); ahead > 0 {
			time.Sleep(ahead)
		}
		m.post(b, st, z, group)
		posts += group
	}
	m.rate = float64(posts) / time.Since(started).Seconds()
	m.posts += posts
	close(stop)
	<-watched
	m.cpu += cpuTime() - before
}

func (m *lagMeter) post(b *testing.B, st *store.Store, z *zipf, group int) {
	var head uint64
	err := st.Update(func(tx *store.Tx) error {
		for range group {
			n := desk.Number(z.random.Uint64N(uint64(tx.LastNumber())) + 1)
			c, err := tx.Conversation(n)
			if err != nil {
				return err
			}
			turn := c.Receive(&desk.Draft{Text: z.text()}, nil, true, desk.TimeOf(time.Now()))
			if err := tx.SaveTurn(&c, &turn); err != nil {
				return err
			}
		}
		head = tx.Head()
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	m.mu.Lock()
	m.open = append(m.open, committed{head, time.Now()})
	m.mu.Unlock()
}

// watch takes note of what has become searchable, until stop and all is.
func (m *lagMeter) watch(stop chan struct{}) {
	stopping := false
	for {
		cursor := m.engine.Status().Cursor
		m.mu.Lock()
		for len(m.open) > 0 && m.open[0].sequence <= cursor {
			m.lags = append(m.lags, time.Since(m.open[0].at))
			m.open = m.open[1:]
		}
		done := stopping && len(m.open) == 0
		m.mu.Unlock()
		if done {
			return
		}
		select {
		case <-stop:
			stopping = true
		default:
		}
		time.Sleep(500 * time.Microsecond)
	}
}

func (m *lagMeter) report(b *testing.B) {
	slices.Sort(m.lags)
	b.ReportMetric(float64(m.lags[len(m.lags)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(m.lags[len(m.lags)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(m.rate, "posts/s")
	b.ReportMetric(float64(m.cpu.Microseconds())/1000/float64(m.posts), "cpu-ms/post")
}

// cpuTime is the processor time that this process has used.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
