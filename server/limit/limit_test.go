package limit_test

import (
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/server/limit"
)

// clock is a clock that a test moves.
type clock struct{ nanoseconds atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(1_700_000_000, c.nanoseconds.Load()) }

func (c *clock) pass(d time.Duration) { c.nanoseconds.Add(int64(d)) }

func TestBucketEmptiesAndFills(t *testing.T) {
	var c clock
	l := limit.New(c.now, limit.Rate{N: 5, Per: time.Minute})
	for i := range 5 {
		if ok, _ := l.Allow("a"); !ok {
			t.Fatalf("attempt %d refused", i)
		}
	}
	ok, wait := l.Allow("a")
	if ok || wait != 12*time.Second {
		t.Fatalf("sixth: %t, %v", ok, wait)
	}
	if ok, _ := l.Allow("b"); !ok {
		t.Error("another key pays too")
	}
	c.pass(wait - time.Nanosecond)
	if ok, wait := l.Allow("a"); ok || wait != time.Nanosecond {
		t.Errorf("too early: %t, %v", ok, wait)
	}
	c.pass(time.Nanosecond)
	if ok, _ := l.Allow("a"); !ok {
		t.Error("refused after the wait that it asked for")
	}
	c.pass(time.Hour)
	for i := range 6 {
		if ok, _ := l.Allow("a"); ok != (i < 5) {
			t.Errorf("after an hour, attempt %d: %t", i, ok)
		}
	}
}

// TestEveryRateCounts has the login's two rates: five a minute and ten in a
// quarter of an hour.
func TestEveryRateCounts(t *testing.T) {
	var c clock
	l := limit.New(c.now, limit.Rate{N: 5, Per: time.Minute}, limit.Rate{N: 10, Per: 15 * time.Minute})
	passed := 0
	for range 120 {
		if ok, _ := l.Allow("a"); ok {
			passed++
		}
		c.pass(5 * time.Second)
	}
	if passed < 15 || passed > 17 { // ten at once and ten minutes' worth of the slower refill
		t.Errorf("%d passed in ten minutes", passed)
	}
}

// TestNeverMoreThanTheRate checks what a rate means, over any pattern of
// attempts: in no stretch of time pass more than N plus the refill of that
// stretch, and the wait that is asked for is exact.
func TestNeverMoreThanTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := limit.Rate{N: rapid.IntRange(1, 20).Draw(t, "n"), Per: time.Duration(rapid.IntRange(1, 1000).Draw(t, "per")) * time.Millisecond}
		step := rate.Per / time.Duration(rate.N)
		var c clock
		l := limit.New(c.now, rate)
		var passed []time.Time
		for range rapid.IntRange(1, 200).Draw(t, "attempts") {
			c.pass(time.Duration(rapid.Int64Range(0, int64(rate.Per)).Draw(t, "pause")))
			ok, wait := l.Allow("k")
			if !ok {
				c.pass(wait)
				if ok, wait := l.Allow("k"); !ok {
					t.Fatalf("refused after its own wait, now %v", wait)
				}
			}
			passed = append(passed, c.now())
		}
		for from := range passed {
			for to := from; to < len(passed); to++ {
				most := rate.N + int(passed[to].Sub(passed[from])/step)
				if to-from+1 > most {
					t.Fatalf("%d passed within %v", to-from+1, passed[to].Sub(passed[from]))
				}
			}
		}
	})
}

func TestMemoryIsBounded(t *testing.T) {
	var c clock
	l := limit.New(c.now, limit.Rate{N: 1, Per: time.Hour})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	long := strings.Repeat("x", 1000)
	for i := range 3 * limit.Keys {
		l.Allow(fmt.Sprint(long, i))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	grown := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	t.Logf("%d bytes a key", grown/limit.Keys)
	if grown > 40<<20 {
		t.Errorf("%d keys hold %d MB", limit.Keys, grown>>20)
	}
	if ok, _ := l.Allow(fmt.Sprint(long, 3*limit.Keys-1)); ok {
		t.Error("the newest key was forgotten")
	}
	if ok, _ := l.Allow(fmt.Sprint(long, 0)); !ok {
		t.Error("the oldest key is still held")
	}
}

func TestKeysInUseStay(t *testing.T) {
	var c clock
	l := limit.New(c.now, limit.Rate{N: 1, Per: time.Hour})
	l.Allow("attacker")
	for i := range 2 * limit.Keys {
		l.Allow(fmt.Sprint(i))
		if i%1000 == 0 {
			if ok, _ := l.Allow("attacker"); ok {
				t.Fatalf("forgotten after %d other keys, though in use", i)
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	var c clock
	l := limit.New(c.now, limit.Rate{N: 1000, Per: time.Hour})
	var group sync.WaitGroup
	var passed atomic.Int64
	for range 8 {
		group.Go(func() {
			for range 500 {
				if ok, _ := l.Allow("a"); ok {
					passed.Add(1)
				}
			}
		})
	}
	group.Wait()
	if passed.Load() != 1000 {
		t.Errorf("%d passed", passed.Load())
	}
}

func TestFailuresSlowDown(t *testing.T) {
	var c clock
	d := limit.NewDelay(c.now)
	var waits []time.Duration
	for range 14 {
		waits = append(waits, d.Wait("a"))
		c.pass(d.Wait("a"))
		d.Failed("a")
	}
	want := []time.Duration{0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300}
	for i := range want {
		if waits[i] != want[i]*time.Second {
			t.Errorf("before attempt %d: %v, want %d s", i, waits[i], want[i])
		}
	}
	if d.Wait("b") != 0 {
		t.Error("another key waits too")
	}
	for range 200 {
		d.Failed("a")
	}
	if d.Wait("a") != 5*time.Minute {
		t.Errorf("after many: %v", d.Wait("a"))
	}
	d.Succeeded("a")
	if d.Wait("a") != 0 {
		t.Error("success does not help")
	}
}

func TestFailuresAreForgotten(t *testing.T) {
	var c clock
	d := limit.NewDelay(c.now)
	for range 6 {
		d.Failed("a")
	}
	c.pass(31 * time.Minute)
	if d.Wait("a") != 0 {
		t.Error("still waiting")
	}
	d.Failed("a")
	if d.Wait("a") != 0 {
		t.Error("an old failure counts")
	}
}

func TestAddressKey(t *testing.T) {
	for _, test := range []struct{ address, key string }{
		{"192.0.2.7", "192.0.2.7"},
		{"::ffff:192.0.2.7", "192.0.2.7"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"2001:db8:1:2::1", "2001:db8:1:2::/64"},
		{"2001:db8:1:3::1", "2001:db8:1:3::/64"},
		{"fe80::1%eth0", "fe80::/64"},
		{"::1", "::/64"},
	} {
		if got := limit.AddressKey(netip.MustParseAddr(test.address)); got != test.key {
			t.Errorf("%s: %s, want %s", test.address, got, test.key)
		}
	}
	if limit.AddressKey(netip.Addr{}) == "" {
		t.Error("no key for no address")
	}
}
