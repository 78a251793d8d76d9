package store

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/tidwall/btree"
	"go.etcd.io/bbolt"
)

// Bucket: slate. Record(8) → a part of what one commit changed in the slated buckets.
//
// A message changes one row and some order keys, and each lies on another page of a
// large file: to write them where they belong costs a commit several pages a message,
// all over the disk. So a commit writes them one after the other into records, and
// memory keeps the newest of them: the slate, which all reads look through. They go
// where they belong a little at a time, in the order of their keys, so that many share
// a page; then the records that told of them go.
//
// The newest record that names a key holds its newest value, or the bucket does and no
// record names it. Records go oldest first, and only when all that they name is in its
// bucket, so reading them in order at the start never brings back what is old.

// The buckets whose changes pass over the slate, by their place in it. The places are
// in records: a new one goes to the end.
var slatedBuckets = [...][]byte{bucketConversations, bucketOrder}

const (
	slatedConversations = iota
	slatedOrder
)

// line is a key with its newest state. It is small because changing one copies its
// neighbours too.
type line struct {
	key string
	*state
}

// state is what a key holds. It never changes.
type state struct {
	value []byte
	gone  bool // the key was deleted
}

// lines are those of one bucket, by their keys.
type lines = btree.BTreeG[line]

// slate is what one transaction sees of it. Once committed it never changes: the next
// one begins with a copy, which shares all that it does not change.
type slate struct {
	lines [len(slatedBuckets)]*lines
	// kept is how many lines the records hold, those that were written again since included.
	kept uint64
	// at is where sweeping goes on in each bucket, and swept whether its end was reached
	// in this round. A round ends when all of them are.
	at    [len(slatedBuckets)]string
	swept [len(slatedBuckets)]bool
	// mark is the last record when the round began: what it and those before tell is
	// in the buckets when the round ends.
	mark uint64
	// done is the last record that is not needed any more.
	done uint64
}

const (
	// most lines in records before sweeping keeps step with what comes. Each takes
	// about 100 bytes in memory, a row 500.
	slateRoom = 48_000
	// slateBulk is how many lines make a commit write them where they belong at once:
	// in the order of their keys so many share their pages anyway.
	slateBulk = 4_000
	// trimStep is how many old records go in one commit, beside two for each new line.
	trimStep = 16
	// pieceSize is how long a record may grow, in bytes, before the next one begins:
	// many lie on one page, and what is full is never written again.
	pieceSize = 400
)

func newSlate() *slate {
	s := &slate{}
	for i := range s.lines {
		// Nodes are copied when they change; small ones cost less then.
		s.lines[i] = btree.NewBTreeGOptions(func(a, b line) bool { return a.key < b.key }, btree.Options{Degree: 12, NoLocks: true})
	}
	return s
}

func (s *slate) copy() *slate {
	c := *s
	for i := range c.lines {
		c.lines[i] = s.lines[i].Copy()
	}
	return &c
}

func (s *slate) len() (n int) {
	for _, l := range s.lines {
		n += l.Len()
	}
	return n
}

// skipLine passes over a line.
func (r *reader) skipLine() {
	r.byte()
	r.take(r.uint())
	if !r.flag() {
		r.take(r.uint())
	}
}

// change is one key that a transaction changed.
type change struct {
	bucket int
	key    string
}

// ink ends a transaction: what it changed goes into a record, or when that is much,
// where it belongs with all that waits; and of what waits a share is swept.
func (tx *Tx) ink() error {
	switch n := len(tx.changed); {
	case n == 0:
		return nil
	case n > slateBulk:
		return tx.wipe()
	}
	if err := tx.record(); err != nil {
		return err
	}
	if tx.slate.kept > slateRoom {
		return tx.sweep(2 * len(tx.changed))
	}
	return nil
}

// ownSlate makes the slate this transaction's own, to be changed.
func (tx *Tx) ownSlate() {
	if !tx.owned {
		tx.slate, tx.owned = tx.slate.copy(), true
	}
}

// record writes down what the transaction changed.
func (tx *Tx) record() error {
	slices.SortFunc(tx.changed, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key))
	})
	tx.changed = slices.Compact(tx.changed)
	b := tx.log(bucketSlate)
	piece := newWriter(1)
	for i, c := range tx.changed {
		l, _ := tx.slate.lines[c.bucket].Get(line{key: c.key})
		piece.line(c.bucket, &l)
		if len(piece.b) < pieceSize && i < len(tx.changed)-1 {
			continue
		}
		n, err := b.NextSequence()
		if err != nil {
			return err
		}
		if err := b.Put(keyU64(n), piece.b); err != nil {
			return err
		}
		piece = newWriter(1)
	}
	tx.slate.kept += uint64(len(tx.changed))
	return nil
}

// line writes a line of a bucket.
func (w *writer) line(bucket int, l *line) {
	w.byte(byte(bucket))
	w.text(l.key)
	w.flag(l.gone)
	if !l.gone {
		w.uint(uint64(len(l.value)))
		w.b = append(w.b, l.value...)
	}
}

// line reads one, with a copy of its value.
func (r *reader) line() (bucket int, l line) {
	bucket, l.key, l.state = int(r.byte()), r.text(), &state{}
	if l.gone = r.flag(); !l.gone {
		l.value = append([]byte{}, r.take(r.uint())...)
	}
	if bucket >= len(slatedBuckets) {
		r.fail()
	}
	return bucket, l
}

// wipe writes all that waits where it belongs, and leaves an empty slate.
func (tx *Tx) wipe() error {
	tx.ownSlate()
	for i := range slatedBuckets {
		if err := tx.settleLines(i, "", tx.slate.lines[i].Len()); err != nil {
			return err
		}
	}
	tx.slate.done = tx.bucket(bucketSlate).Sequence()
	return tx.trim(tx.log(bucketSlate), math.MaxInt)
}

// sweep writes about n of the lines that wait where they belong, of each bucket its
// share, and drops old records. At the end of a round the next one begins.
func (tx *Tx) sweep(n int) error {
	tx.ownSlate()
	s := tx.slate
	if all := s.len(); all > 0 {
		for i := range slatedBuckets {
			if s.swept[i] {
				continue
			}
			share := 1 + n*s.lines[i].Len()/all
			if err := tx.settleLines(i, s.at[i], share); err != nil {
				return err
			}
		}
	}
	round := true
	for i := range s.swept {
		s.swept[i] = s.swept[i] || s.lines[i].Len() == 0
		round = round && s.swept[i]
	}
	b := tx.log(bucketSlate)
	if round {
		s.done, s.mark = max(s.done, s.mark), b.Sequence()
		if s.len() == 0 {
			s.done = s.mark
		}
		s.at, s.swept = [len(slatedBuckets)]string{}, [len(slatedBuckets)]bool{}
	}
	return tx.trim(b, 2*len(tx.changed)+trimStep)
}

// settleLines puts up to n lines of a bucket from a key on where they belong.
func (tx *Tx) settleLines(i int, from string, n int) error {
	s, b := tx.slate, tx.bucket(slatedBuckets[i])
	n = min(n, s.lines[i].Len()) + 1 // one more than there are finds the end
	settled := make([]line, 0, n)
	s.lines[i].Ascend(line{key: from}, func(l line) bool {
		settled = append(settled, l)
		return len(settled) < n
	})
	for _, l := range settled {
		var err error
		if l.gone {
			err = b.Delete([]byte(l.key))
		} else {
			err = b.Put([]byte(l.key), l.value)
		}
		if err != nil {
			return err
		}
		s.lines[i].Delete(l)
	}
	if len(settled) < n {
		s.swept[i] = true
	} else {
		s.at[i] = settled[n-1].key + "\x00"
	}
	return nil
}

// trim drops up to n of the records that are not needed any more.
func (tx *Tx) trim(b *bbolt.Bucket, n int) error {
	c := b.Cursor()
	for range n {
		k, v := c.First()
		if k == nil || readU64(k) > tx.slate.done {
			return nil
		}
		for r := newReader(v); len(r.b) > 0; tx.slate.kept-- {
			r.skipLine()
		}
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}

// readSlate reads the records, oldest first.
func readSlate(tx *bbolt.Tx) (*slate, error) {
	s := newSlate()
	b := tx.Bucket(bucketSlate)
	err := b.ForEach(func(k, v []byte) error {
		r := newReader(v)
		for len(r.b) > 0 {
			if i, l := r.line(); r.err == nil {
				s.lines[i].Set(l)
				s.kept++
			}
		}
		if err := r.done(); err != nil {
			return fmt.Errorf("%w (record %d of the slate: %w)", ErrDamaged, readU64(k), err)
		}
		return nil
	})
	s.mark = b.Sequence()
	return s, err
}

// openSlate reads the slate of a file that was just opened.
func (s *Store) openSlate() error {
	return guarded(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			first, err := readSlate(tx)
			s.slates.of = map[int]*slate{tx.ID(): first}
			return err
		})
	})
}

// Sweep writes some of what waits on the slate where it belongs, for a moment in which
// nobody writes, and tells whether more waits.
func (s *Store) Sweep() (more bool, err error) {
	if s.failed.Load() || !s.room.left() || !s.waits() {
		return false, nil
	}
	err = s.update(func(tx *Tx) error { return tx.sweep(sweepStep) })
	return err == nil && s.waits(), err
}

// waits tells whether there are records of what may not be where it belongs.
func (s *Store) waits() (waits bool) {
	_ = s.View(func(tx *Tx) error { waits = tx.slate.kept > 0; return nil })
	return waits
}

// sweepStep is how many lines Sweep takes: a few milliseconds, for which a message
// that comes meanwhile has to wait.
const sweepStep = 100
