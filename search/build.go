package search

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"parley/desk"
	"parley/follow"
	"parley/store"
)

// buildMessages is how many messages go into one batch of a building.
const buildMessages = 4000

// Reindex builds the index again, beside the present one, which goes on
// answering, and then puts it in its place. It returns when that is done. Run
// does the same by itself when it is needed. progress, which may be nil, is told
// how much is done, 0 to 1.
func (e *Engine) Reindex(ctx context.Context, progress func(float64)) error {
	e.making.Lock()
	defer e.making.Unlock()
	defer e.progress.Store(noBuilding)
	if progress == nil {
		progress = func(float64) {}
	}
	started := time.Now()
	numbers, _, err := e.folders()
	if err != nil {
		return err
	}
	number := uint64(1)
	if len(numbers) > 0 {
		number = numbers[0] + 1
	}
	path := filepath.Join(e.dir, folderName(number))
	e.drop(path)
	v, err := openVolume(path, e.workers)
	if err != nil {
		return err
	}
	err = follow.Try(e.log, "search", func() error {
		return e.fill(ctx, v, func(done float64) {
			e.progress.Store(uint64(done * 1000))
			progress(done)
		})
	})
	if err != nil {
		_ = v.close(0)
		e.drop(path)
		return fmt.Errorf("search: build: %w", err)
	}
	e.log.Info("search: the index is built", "documents", v.documents(), "took", time.Since(started).Round(time.Millisecond))
	if before := e.install(v); before != nil {
		close(before.retired)
		_ = before.close(0)
		e.drop(before.path)
	}
	return nil
}

// fill writes all of the store into a new volume and brings it close to the end
// of the journal.
func (e *Engine) fill(ctx context.Context, v *volume, progress func(float64)) error {
	head := Head{Layout: layout, Epoch: e.store.Epoch(), Scan: 1}
	err := e.store.View(func(tx *store.Tx) error {
		head.Cursor = tx.Head() // what happens from now on is read from the journal
		return nil
	})
	for err == nil && head.Scan != 0 {
		if err = firstFault(ctx, v); err != nil {
			return err
		}
		var last desk.Number
		w := writer{batch: newBatch()}
		err = e.store.View(func(tx *store.Tx) error {
			w.tx, last = tx, tx.LastNumber()
			w.scan(&head)
			return nil
		})
		if err == nil {
			err = v.apply(ctx, w.batch, head)
			e.tell(append(w.faults, w.batch.faults()...))
		}
		if head.Scan != 0 {
			progress(float64(head.Scan) / float64(last+1))
		}
	}
	if err == nil {
		err = v.compact(ctx)
	}
	for err == nil {
		var more bool
		if more, err = e.catchUp(ctx, v); !more {
			break
		}
	}
	if err == nil {
		err = v.warm()
	}
	return err
}

// scan writes conversations from head.Scan on, and moves it on; to 0 at the end.
func (w *writer) scan(head *Head) {
	const page = 256
	for {
		list, next := w.readable(desk.Number(head.Scan), page)
		for i := range list {
			w.lenient(list[i].Number, func() error { return w.conversation(&list[i]) })
			head.Scan = uint64(list[i].Number) + 1
			if w.messages >= buildMessages {
				return
			}
		}
		if next == 0 || head.Scan > maxNumber {
			head.Scan = 0
			return
		}
	}
}

// catchUp takes the next entries of the journal. It reports false when there are
// few left, which the follower is quick to take.
func (e *Engine) catchUp(ctx context.Context, v *volume) (more bool, err error) {
	const page = 1000
	var entries []store.Entry
	err = e.store.View(func(tx *store.Tx) error {
		entries, err = tx.Journal(v.cursor.Load(), page)
		return err
	})
	if err == nil {
		_, err = e.take(ctx, v, entries)
	}
	return len(entries) == page, err
}

// firstFault gives the reason to give up a building.
func firstFault(ctx context.Context, v *volume) error {
	select {
	case err := <-v.failed:
		return err
	default:
		return ctx.Err()
	}
}

// buildLoop builds the index whenever that is wanted, until ctx ends.
func (e *Engine) buildLoop(ctx context.Context) error {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case reason := <-e.wanted:
			e.log.Info("search: the index is being built", "because", reason)
			e.buildUntilDone(ctx)
		}
	}
	return ctx.Err()
}

func (e *Engine) buildUntilDone(ctx context.Context) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		err := e.Reindex(ctx, nil)
		if err == nil || errors.Is(err, context.Canceled) {
			return
		}
		e.setFault(err)
		e.log.Error("search: the index could not be built; trying again", "in", pause, "err", err)
		sleep(ctx, pause)
	}
}

func sleep(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
