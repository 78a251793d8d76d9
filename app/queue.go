package app

import (
	"errors"
	"log/slog"
	"time"

	"parley/desk"
	"parley/follow"
	"parley/store"
)

// queue is the commit queue. What waits when a commit begins goes into it
// together, with one fsync for all; there is no timer, so a lone command waits
// for nothing.
type queue struct {
	store *store.Store
	log   *slog.Logger
	jobs  chan *job
	ended chan struct{}
}

// job is a command with room for its outcome.
type job struct {
	apply func(tx *store.Tx) error
	small bool // see small
	err   error
	done  chan struct{}
}

// small is a command that gets through when the store takes no others for want of room.
// It is small itself, and either takes something away or belongs to what whoever is to
// make room has to do: sign in, delete a backup.
type small interface{ small() }

// maxGroup bounds one transaction, and with it how long the first of its
// callers waits for the others.
const maxGroup = 512

func newQueue(st *store.Store, log *slog.Logger) *queue {
	q := &queue{store: st, log: log, jobs: make(chan *job, 4*maxGroup), ended: make(chan struct{})}
	go q.run()
	return q
}

// do applies a command and returns when it is on disk or refused.
func (q *queue) do(j *job) error {
	j.done = make(chan struct{})
	q.jobs <- j
	<-j.done
	return j.err
}

// close waits for the commands that were handed in. No others may come.
func (q *queue) close() {
	close(q.jobs)
	<-q.ended
}

func (q *queue) run() {
	defer close(q.ended)
	group := make([]*job, 0, maxGroup)
	idle := time.NewTimer(idleAfter)
	defer idle.Stop()
	for {
		select {
		case first, open := <-q.jobs:
			if !open {
				return
			}
			group = q.gather(append(group[:0], first))
			q.commit(q.store.Update, group)
			for _, j := range group {
				close(j.done)
			}
			idle.Reset(idleAfter)
		case <-idle.C:
			if q.sweep() {
				idle.Reset(0)
			}
		}
	}
}

// idleAfter is how long nothing may have come before the queue uses the time to bring
// what waits in the store where it belongs.
const idleAfter = time.Second

// sweep brings some of it there, and tells whether more waits.
func (q *queue) sweep() bool {
	more, err := q.store.Sweep()
	if err != nil && !errors.Is(err, store.ErrFull) {
		q.log.Error("sweeping the store failed", "err", err)
	}
	return more
}

// gather adds what waits already.
func (q *queue) gather(group []*job) []*job {
	for len(group) < maxGroup {
		select {
		case j, open := <-q.jobs:
			if !open {
				return group
			}
			group = append(group, j)
		default:
			return group
		}
	}
	return group
}

// errSpoilt says that a command failed after it had begun to write, so that the
// transaction must not be committed.
var errSpoilt = errors.New("app: a command failed half-way")

// commit applies a group in one transaction. A command that is refused has
// written nothing and does not disturb its neighbours. One that fails half-way
// spoils the transaction: it is rolled back and every command gets one of its own.
func (q *queue) commit(update func(func(tx *store.Tx) error) error, group []*job) {
	err := update(func(tx *store.Tx) error {
		for _, j := range group {
			writes := tx.Writes()
			if j.err = q.apply(j, tx); j.err != nil && tx.Writes() != writes {
				return errSpoilt
			}
		}
		return nil
	})
	switch {
	case err == nil:
		return
	case errors.Is(err, errSpoilt) && len(group) == 1:
		return // j.err says what went wrong
	case errors.Is(err, errSpoilt):
		for i := range group {
			q.commit(update, group[i:i+1])
		}
		return
	}
	failed := 0
	for i, j := range group {
		if j.small && errors.Is(err, store.ErrFull) {
			q.commitSmall(group[i : i+1])
			continue
		}
		j.err = storeRefusal(err)
		failed++
	}
	if failed > 0 {
		q.log.Error("a commit failed", "commands", failed, "err", err)
	}
}

// commitSmall tries one command again, by itself, in the room that is kept free.
func (q *queue) commitSmall(one []*job) {
	one[0].small = false // once
	q.commit(q.store.UpdateSmall, one)
}

// apply runs a command; a panic in it is a fault of that command alone.
func (q *queue) apply(j *job, tx *store.Tx) error {
	return follow.Try(q.log, "commands", func() error { return j.apply(tx) })
}

// storeRefusal gives the store's faults their codes.
func storeRefusal(err error) error {
	switch {
	case errors.Is(err, store.ErrFull):
		return desk.Refuse(desk.CodeStorageFull, "", "There is no room left; nothing was saved. Free some space and send it again.")
	case errors.Is(err, store.ErrReadOnly):
		return desk.Refuse(desk.CodeReadOnly, "", "The disk has failed; nothing was saved. Reading goes on.")
	}
	return err
}
