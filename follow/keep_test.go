package follow_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/follow"
)

// faultsOf is how often a part has failed.
func faultsOf(name string) uint64 {
	for _, part := range follow.Parts() {
		if part.Name == name {
			return part.Faults
		}
	}
	return 0
}

// TestKeep begins a part again that panics or fails, later each time and soon again once
// it has run for long; one that is done is not begun again, and ctx ends it.
func TestKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		out := slog.New(slog.NewTextHandler(&log, nil))
		ctx, stop := context.WithCancel(t.Context())
		start := time.Now()
		var began []time.Duration
		err := follow.Keep(ctx, out, "kept", func(ctx context.Context) error {
			began = append(began, time.Since(start))
			switch len(began) {
			case 1:
				panic("oh")
			case 2, 3:
				return errors.New("it failed")
			case 4:
				time.Sleep(time.Hour)
				return errors.New("after an hour")
			case 5:
				stop()
			}
			return ctx.Err()
		})
		const s = time.Second
		if want := []time.Duration{0, s, 3 * s, 7 * s, 8*s + time.Hour}; !errors.Is(err, context.Canceled) || !slices.Equal(began, want) {
			t.Errorf("it began at %v, want %v, and ended with %v", began, want, err)
		}
		if faultsOf("kept") != 4 {
			t.Errorf("%d faults are counted", faultsOf("kept"))
		}
		if said := log.String(); !strings.Contains(said, "panic: oh") || !strings.Contains(said, "keep_test.go") {
			t.Errorf("the log does not say what panicked and where: %s", said)
		}
	})
}

// TestKeepDone leaves a part alone that is done.
func TestKeepDone(t *testing.T) {
	times := 0
	err := follow.Keep(t.Context(), slog.New(slog.NewTextHandler(io.Discard, nil)), "done", func(context.Context) error { times++; return nil })
	if err != nil || times != 1 || faultsOf("done") != 0 {
		t.Errorf("it ran %d times, %v", times, err)
	}
}

// TestTry makes an error of a panic and counts it; an error is the caller's.
func TestTry(t *testing.T) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	wrong := errors.New("wrong")
	if err := follow.Try(log, "tried", func() error { return wrong }); !errors.Is(err, wrong) || faultsOf("tried") != 0 {
		t.Errorf("%v, %d faults", err, faultsOf("tried"))
	}
	before := time.Now()
	if err := follow.Try(log, "tried", func() error { panic(wrong) }); err == nil || err.Error() != "panic: wrong" || faultsOf("tried") != 1 {
		t.Errorf("%v, %d faults", err, faultsOf("tried"))
	}
	for _, part := range follow.Parts() {
		if part.Name == "tried" && part.Last.Before(before) {
			t.Errorf("it failed at %v", part.Last)
		}
	}
}
