package follow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
)

// Part is a part of the process that has failed.
type Part struct {
	Name   string
	Faults uint64    // since the start
	Last   time.Time // when it failed last
}

// ledger is the faults of the process by the name of the part, as its metrics are.
var ledger = struct {
	mu    sync.Mutex
	parts map[string]*Part
}{parts: map[string]*Part{}}

// Parts lists the parts that have failed since the process started, by name.
func Parts() []Part {
	ledger.mu.Lock()
	defer ledger.mu.Unlock()
	var parts []Part
	for _, part := range slices.SortedFunc(maps.Values(ledger.parts), func(a, b *Part) int { return strings.Compare(a.Name, b.Name) }) {
		parts = append(parts, *part)
	}
	return parts
}

// Note counts a fault of a part and logs it, with where it panicked.
func Note(log *slog.Logger, part string, err error, more ...any) {
	ledger.mu.Lock()
	if ledger.parts[part] == nil {
		ledger.parts[part] = &Part{Name: part}
	}
	ledger.parts[part].Faults++
	ledger.parts[part].Last = time.Now()
	ledger.mu.Unlock()
	line := append([]any{"part", part, "err", err}, more...)
	if stack := stackOf(err); stack != "" {
		line = append(line, "stack", stack)
	}
	log.Error("a part failed", line...)
}

// Contain runs fn and makes an error of a panic. What one customer wrote must not end
// the process: it would again at each start, because the cursor still stands before it.
// Every goroutine needs a Contain of its own, or a Try or a Keep.
func Contain(fn func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = &panicked{fault, debug.Stack()}
		}
	}()
	return fn()
}

// Try does one step of a part. A panic is noted and becomes its error; what else goes
// wrong is the caller's to tell.
func Try(log *slog.Logger, part string, fn func() error) error {
	err := Contain(fn)
	if stackOf(err) != "" {
		Note(log, part, err)
	}
	return err
}

// How long a part that failed rests before it begins again: longer each time, until it
// has run for longer than the longest rest.
const (
	firstRest   = time.Second
	longestRest = 5 * time.Minute
)

// Keep runs a part until ctx ends, whose error it then returns, or the part is done.
// A part that panics or fails is noted and begins again.
func Keep(ctx context.Context, log *slog.Logger, part string, run func(ctx context.Context) error) error {
	for rest := firstRest; ; rest = min(2*rest, longestRest) {
		began := time.Now()
		err := Contain(func() error { return run(ctx) })
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Since(began) > longestRest {
			rest = firstRest
		}
		Note(log, part, err, "again in", rest)
		sleep(ctx, rest)
	}
}

// panicked is a panic as an error. Its stack is for the log alone: what is parked is
// shown to people.
type panicked struct {
	fault any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprint("panic: ", p.fault) }

func stackOf(err error) string {
	var p *panicked
	if errors.As(err, &p) {
		return string(p.stack)
	}
	return ""
}
