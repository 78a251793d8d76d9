package live_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/live"
)

// BenchmarkArrivals lets a whole team connect at once, each looking at something,
// and counts what all of them are told until it is quiet again.
func BenchmarkArrivals(b *testing.B) {
	const people = 1000
	for b.Loop() {
		team := apptest.New(b)
		hub := startHub(b, team.Store())
		var told, frames atomic.Int64
		var readers sync.WaitGroup
		end := make(chan struct{})
		began := time.Now()
		for i := range people {
			c, err := hub.Join(app.NewID(), live.Resume{Fresh: true})
			if err != nil {
				b.Fatal(err)
			}
			readers.Go(func() {
				defer c.Close()
				drain(b, c, end, &told, &frames)
			})
			if err := c.Receive([]byte(`{"type":"viewing","number":` + string(rune('1'+i%9)) + `}`)); err != nil {
				b.Fatal(err)
			}
		}
		joined := time.Since(began)
		quiet := began
		for seen := int64(-1); seen != frames.Load(); time.Sleep(400 * time.Millisecond) {
			seen, quiet = frames.Load(), time.Now()
		}
		b.ReportMetric(float64(told.Load())/1e6, "MB-told")
		b.ReportMetric(float64(frames.Load()), "frames")
		b.ReportMetric(float64(joined.Milliseconds()), "ms-joined")
		b.ReportMetric(float64(quiet.Sub(began).Milliseconds()), "ms-quiet")
		close(end)
		readers.Wait()
	}
}

// drain takes what a client is told until the end.
func drain(b *testing.B, c *live.Client, end <-chan struct{}, told, frames *atomic.Int64) {
	for {
		select {
		case <-c.Ready():
		case <-end:
			return
		}
		texts, err := c.Take()
		if err != nil {
			b.Error(err)
			return
		}
		for _, text := range texts {
			told.Add(int64(len(text)))
			frames.Add(1)
		}
	}
}
