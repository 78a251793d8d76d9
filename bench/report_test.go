package bench

import (
	"testing"
	"time"
)

func TestQuantiles(t *testing.T) {
	var samples []time.Duration
	for i := 1000; i > 0; i-- {
		samples = append(samples, time.Duration(i))
	}
	want := Times{Count: 1000, P50: 500, P99: 990, P999: 999, Max: 1000}
	if got := timesOf(samples); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := timesOf([]time.Duration{7}); got != (Times{1, 7, 7, 7, 7}) {
		t.Errorf("of one sample: %+v", got)
	}
}

func TestVerdicts(t *testing.T) {
	times := func(p50, p99 time.Duration) *Times {
		return &Times{Count: 1, P50: p50 * time.Microsecond, P99: p99 * time.Microsecond}
	}
	for _, test := range []struct {
		row  Row
		want Verdict
	}{
		{Row{ID: "post.1", Set: setD1M, Times: times(400, 1900), Ratio: 1.1}, Aim},
		{Row{ID: "post.1", Set: setD1M, Times: times(400, 2100), Ratio: 1.1}, Hold},
		{Row{ID: "post.1", Set: setD1M, Times: times(400, 1900), Ratio: 2.1}, Miss},
		{Row{ID: "post.1", Set: set1K, Times: times(9000, 9000)}, NoGoal},
		{Row{ID: "post.64", Set: setD1M, Rate: 20_000}, Aim},
		{Row{ID: "post.64", Set: setD1M, Rate: 7_999}, Miss},
		{Row{ID: "list.16", Set: set1M, Rate: 100}, Hold}, // it has an aim alone
		{Row{ID: "memory.idle", Set: set1K, Value: 41}, Miss},
	} {
		test.row.judge()
		if test.row.Verdict != test.want {
			t.Errorf("%s %s: got %q, want %q", test.row.ID, test.row.Set, test.row.Verdict, test.want)
		}
	}
}

// TestGoalsHaveRows keeps a renamed row from losing its goal: every goal belongs
// to a set that there is, or to none.
func TestGoalsHaveRows(t *testing.T) {
	for key, limits := range goals {
		if len(limits) == 0 {
			t.Errorf("%s has no limits", key)
		}
		for _, l := range limits {
			if l.AtEnd != (l.Of == ofRate) {
				t.Errorf("%s: a rate should be reached, everything else stayed below", key)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0.1234: "0.123", 1.234: "1.23", 12.34: "12.3", 123.4: "123", 12_345: "12.3 k"} {
		if got := number(v); got != want {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
}

func TestFramesAreCut(t *testing.T) {
	long := append([]byte{0x81, 126, 0, 200}, make([]byte, 200)...)
	whole := append(append([]byte{0x81, 2, 'h', 'i'}, long...), 0x89, 0)
	var kinds []byte
	l := &listener{crowd: &crowd{}, write: func([]byte) error { kinds = append(kinds, framePong); return nil }}
	for _, octet := range whole { // however it comes apart
		if err := l.feed([]byte{octet}); err != nil {
			t.Fatal(err)
		}
	}
	if len(kinds) != 1 || len(l.rest) != 0 || l.crowd.joined.Load() != 1 {
		t.Errorf("%d pings answered, %d bytes left", len(kinds), len(l.rest))
	}
	l.strict = true
	for _, text := range []string{`{"seq":5,`, `{"type":"ping"}`, `{"seq":6,`} {
		if err := l.take(frameText, []byte(text)); err != nil {
			t.Error(err)
		}
	}
	if l.take(frameText, []byte(`{"seq":8,`)) == nil {
		t.Error("a gap in the sequences passes")
	}
}
