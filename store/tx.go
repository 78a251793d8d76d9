package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Tx is one transaction: a consistent view of everything, and with Update the
// only way to change it.
type Tx struct {
	tx       *bbolt.Tx
	slate    *slate
	owned    bool     // the slate is this transaction's own copy
	changed  []change // what it changed on the slate
	appended bool     // events were added to the journal
	writes   int
	moves    int           // steps over the orders and of housekeeping, which tests hold down
	opened   [8]openBucket // those used first: a page of a list asks for the same ones again and again
}

type openBucket struct {
	name   *byte
	bucket *bbolt.Bucket
}

// Writes counts the saves of this transaction. A command that is refused must
// not have raised it; one that did has to be rolled back.
func (tx *Tx) Writes() int { return tx.writes }

// View reads. fn sees one moment; what it keeps it must have from a method of
// Tx, never from the file itself. Keep it short: no network, no waiting.
func (s *Store) View(fn func(tx *Tx) error) error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a file that is cut off under us
	tx, slate, err := s.slates.begin(s.db)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return fn(&Tx{tx: tx, slate: slate})
}

// Update changes, all or nothing, and returns after the change is on disk. It
// answers ErrFull when there is no room (reading goes on, and writing too once
// there is room), and ErrReadOnly after the disk has failed once.
func (s *Store) Update(fn func(tx *Tx) error) error {
	if !s.failed.Load() && !s.room.left() {
		return fmt.Errorf("store: %w", ErrFull)
	}
	return s.UpdateSmall(fn)
}

// UpdateSmall is Update for a change that may use the room which is kept free on the
// disk: one that is small, and must get through for there to be room again.
func (s *Store) UpdateSmall(fn func(tx *Tx) error) (err error) {
	if s.failed.Load() {
		return ErrReadOnly
	}
	appended := false
	err = s.update(func(tx *Tx) error {
		err := fn(tx)
		appended = tx.appended
		return err
	})
	if err == nil && appended {
		s.announce()
	}
	return err
}

// update runs a bbolt transaction by hand, so that a fault of the commit can be
// told from a refusal of fn.
func (s *Store) update(fn func(tx *Tx) error) error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx, err := s.db.Begin(true)
	if err != nil {
		return s.commitFault(err)
	}
	done := false
	defer func() {
		if !done { // fn panicked
			_ = tx.Rollback()
		}
	}()
	wrapped := &Tx{tx: tx, slate: s.slates.last(tx)}
	err = fn(wrapped)
	if err == nil {
		err = wrapped.ink()
	}
	if err != nil {
		done = true
		_ = tx.Rollback()
		return err
	}
	done = true
	s.slates.offer(tx, wrapped.slate)
	if err := tx.Commit(); err != nil {
		return s.commitFault(err)
	}
	return nil
}

// commitFault sorts the faults of a commit. A write that found no room was
// rolled back and may be tried again. Anything else, above all a failed sync,
// leaves it unknown what the disk holds, so the store takes no more writes.
func (s *Store) commitFault(err error) error {
	if noRoom(err) {
		return fmt.Errorf("store: commit: %w (%w)", ErrFull, err)
	}
	s.failed.Store(true)
	return fmt.Errorf("store: commit: %w (%w)", ErrReadOnly, err)
}

// resizeFault is how bbolt begins what it says when it cannot make the file
// longer. It keeps the words of the cause and drops the error.
const resizeFault = "file resize error: "

// noRoom reports whether a commit met our own quota, a full disk, the system's
// quota or its limit on the size of a file, while it wrote a page or made the file
// longer. A sync that fails for want of room is not told: what it left is unknown.
func noRoom(err error) bool {
	if errors.Is(err, bolterrors.ErrMaxSizeReached) {
		return true
	}
	var path *fs.PathError
	writing, growing := errors.As(err, &path), strings.HasPrefix(err.Error(), resizeFault)
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if (writing && errors.Is(err, full)) || (growing && strings.HasSuffix(err.Error(), full.Error())) {
			return true
		}
	}
	return false
}

// Failed reports whether the disk has failed, so that only reading goes on.
func (s *Store) Failed() bool { return s.failed.Load() }

// Changed gives a channel that is closed after the next commit which added to
// the journal. Take it before reading the journal, and nothing is missed.
func (s *Store) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *Store) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// bucket opens a bucket that every file has.
func (tx *Tx) bucket(name []byte) *bbolt.Bucket {
	for i := range tx.opened {
		switch o := &tx.opened[i]; o.name {
		case &name[0]:
			return o.bucket
		case nil:
			o.name, o.bucket = &name[0], tx.tx.Bucket(name)
			return o.bucket
		}
	}
	return tx.tx.Bucket(name)
}

// change opens a bucket for writing.
func (tx *Tx) change(name []byte) *bbolt.Bucket {
	tx.writes++
	return tx.bucket(name)
}

// log opens a bucket whose keys only ever rise, for writing: its pages are
// filled almost whole because nothing will be put between.
func (tx *Tx) log(name []byte) *bbolt.Bucket {
	b := tx.change(name)
	b.FillPercent = 0.95
	return b
}
