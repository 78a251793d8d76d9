package search

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/desk"
	"parley/follow"
	"parley/store"
)

// Run keeps the index up until ctx ends: it follows the journal, builds the index
// when there is none that can be used, and mends it after a fault. It returns
// ctx's error.
func (e *Engine) Run(ctx context.Context) error {
	var parts sync.WaitGroup
	parts.Go(func() { _ = follow.Keep(ctx, e.log, "search", e.buildLoop) })
	checked := false
	for pause := time.Second; ; {
		v := e.wait(ctx)
		if v == nil {
			break
		}
		if !checked {
			checked = true
			parts.Go(func() {
				_ = follow.Try(e.log, "search", func() error { e.inspect(ctx, v); return nil })
			})
		}
		started := time.Now()
		fault := e.keep(ctx, v)
		if fault == nil {
			continue
		}
		if time.Since(started) > time.Minute {
			pause = time.Second
		}
		e.mend(ctx, v, fault, pause)
		pause = min(2*pause, time.Minute)
	}
	parts.Wait()
	return ctx.Err()
}

// keep follows the journal with a volume until ctx ends, another volume has taken
// its place, or a fault, which it returns.
func (e *Engine) keep(ctx context.Context, v *volume) (fault error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var parts sync.WaitGroup
	parts.Go(func() {
		defer cancel()
		select {
		case <-ctx.Done():
		case <-v.retired:
		case fault = <-v.failed:
		}
	})
	parts.Go(func() {
		_ = follow.Keep(ctx, e.log, "search", func(ctx context.Context) error { v.tend(ctx); return nil })
	})
	_ = follow.Run(ctx, e.store, follow.Follower{
		Name: "search", Batch: maxEntries, Log: e.log,
		Cursor: func() (uint64, error) { return v.cursor.Load(), nil },
		Handle: func(ctx context.Context, entries []store.Entry) (uint64, error) { return e.handle(ctx, v, entries) },
		Park: func(ctx context.Context, entry store.Entry, row store.Parked) error {
			return e.park(ctx, v, &entry, row)
		},
		Trimmed: func(ctx context.Context) (uint64, error) {
			e.want("the journal no longer goes back to it")
			select {
			case <-ctx.Done():
			case <-v.retired:
			}
			return 0, errors.New("search: the index is being built again")
		},
	})
	cancel()
	parts.Wait()
	return fault
}

// mend closes a volume after a fault and opens it again, later each time. One
// that can not be opened is built again.
func (e *Engine) mend(ctx context.Context, v *volume, fault error, pause time.Duration) {
	e.setFault(fault)
	e.log.Error("search: the index has a fault; it is opened again", "in", pause, "err", fault)
	if errors.Is(fault, errFault) {
		e.remove(v) // it can not even be read
	} else {
		sleep(ctx, pause)
	}
	if ctx.Err() != nil {
		return
	}
	e.making.Lock()
	defer e.making.Unlock()
	if now := e.present(); now != nil && now != v {
		return // a new one has taken its place meanwhile
	}
	e.remove(v)
	if err := v.close(0); err != nil {
		e.log.Warn("search: closing the index", "err", err)
	}
	again, err := e.tryOpen(v.path)
	switch {
	case err == nil:
		e.install(again)
	case errors.Is(err, errUnfit):
		e.drop(v.path)
		e.want(err.Error())
	default:
		e.quarantine(v.path, err)
		e.want(err.Error())
	}
}

// maxEntries is how many entries of the journal are taken at once: in a flood those of
// about a second, for one large segment costs less than several that must be merged.
// maxImports is how many of them may be whole conversations.
const (
	maxEntries = 4000
	maxImports = 200
)

// handle takes entries, and then rests: under load the next batch is the larger
// for it, which costs less. When there is more than it can take, it does not rest.
func (e *Engine) handle(ctx context.Context, v *volume, entries []store.Entry) (uint64, error) {
	started := time.Now()
	since := started.Sub(v.took)
	v.took = started
	reached, err := e.take(ctx, v, entries)
	if err == nil {
		err = v.warm()
	}
	if err == nil && len(entries) < maxEntries {
		sleep(ctx, restAfter(len(entries), since, time.Since(started)))
	}
	return reached, err
}

// How long to rest after a batch. A batch costs mostly what a batch of one does,
// and what it makes must be merged later, so few large ones spare the processor
// for those who wait for an answer. A lone message is searchable at once.
const (
	restFactor = 3 // a few entries: in proportion to the work
	fewEntries = 4
	briefRest  = 40 * time.Millisecond // at most, after a few
	steadyRest = 80 * time.Millisecond // a team at work
	floodRest  = 500 * time.Millisecond
	floodRate  = 700 // entries a second, from which on it is a flood
)

// restAfter says how long to rest after a batch of entries that came within since and
// took so long. How many they are alone does not tell a flood: a longer rest makes more
// of them, and would be followed by as long a one for ever.
func restAfter(entries int, since, took time.Duration) time.Duration {
	switch {
	case entries <= fewEntries:
		return min(restFactor*took, briefRest)
	case float64(entries) >= floodRate*since.Seconds():
		return floodRest
	}
	return steadyRest
}

// take brings the index up to the last of some entries.
func (e *Engine) take(ctx context.Context, v *volume, entries []store.Entry) (reached uint64, err error) {
	for len(entries) > 0 {
		var c changes
		imports, n := 0, 0
		for n < len(entries) && imports < maxImports {
			c.add(&entries[n].Event)
			if entries[n].Event.Type == desk.ConversationImported {
				imports++
			}
			n++
		}
		cursor := entries[n-1].Sequence
		if err := e.write(ctx, v, &c, cursor); err != nil {
			return reached, err
		}
		reached, entries = cursor, entries[n:]
	}
	return reached, nil
}

// write brings changes into the index, in batches of a bounded size. The cursor goes with
// the last of them: after a crash on the way all are made again.
func (e *Engine) write(ctx context.Context, v *volume, c *changes, cursor uint64) error {
	for more := true; more; {
		w := writer{batch: newBatch()}
		err := e.store.View(func(tx *store.Tx) (err error) {
			w.tx = tx
			more, err = c.write(&w)
			return err
		})
		if err != nil {
			return fmt.Errorf("search: read what changed: %w", err)
		}
		head := Head{Layout: layout, Epoch: e.store.Epoch(), Cursor: v.cursor.Load()}
		if !more {
			head.Cursor = cursor
		}
		if err := v.apply(ctx, w.batch, head); err != nil {
			return err
		}
		e.tell(append(w.faults, w.batch.faults()...))
	}
	return nil
}
