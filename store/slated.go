package store

import (
	"bytes"

	"github.com/tidwall/btree"
	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// slated is a bucket seen through the slate: what it will hold when all that waits is
// where it belongs. Values must not be written to, neither those that it gives nor
// those that it was given.
type slated struct {
	tx *Tx
	at int
	b  *bbolt.Bucket
}

func (tx *Tx) conversations() slated {
	return slated{tx, slatedConversations, tx.bucket(bucketConversations)}
}

func (tx *Tx) order() slated { return slated{tx, slatedOrder, tx.bucket(bucketOrder)} }

func (s slated) lines() *lines { return s.tx.slate.lines[s.at] }

// Get reads a value; nil when there is none.
func (s slated) Get(key []byte) []byte {
	if l, found := s.lines().Get(line{key: string(key)}); found {
		if l.gone {
			return nil
		}
		return l.value
	}
	return s.b.Get(key)
}

func (s slated) Put(key, value []byte) error {
	if value == nil {
		value = []byte{} // nil is what Get gives for no key
	}
	return s.set(line{string(key), &state{value: value}})
}

func (s slated) Delete(key []byte) error { return s.set(line{string(key), &state{gone: true}}) }

func (s slated) set(l line) error {
	if !s.tx.tx.Writable() {
		return bolterrors.ErrTxNotWritable
	}
	s.tx.writes++
	s.tx.ownSlate()
	s.lines().Set(l)
	s.tx.changed = append(s.tx.changed, change{s.at, l.key})
	return nil
}

// ForEach calls fn with every key and value in the order of the keys.
func (s slated) ForEach(fn func(k, v []byte) error) error {
	c := s.Cursor()
	for k, v := c.Seek(nil); k != nil; k, v = c.Next() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// Cursor begins to walk. It stands nowhere until Seek or Below.
func (s slated) Cursor() *slatedCursor {
	return &slatedCursor{bolt: s.b.Cursor(), slate: s.lines().Iter()}
}

// slatedCursor walks the bucket and the lines of the slate in step. Of a key that
// both have the slate's is the newer.
type slatedCursor struct {
	bolt  *bbolt.Cursor
	slate btree.IterG[line]

	key, value []byte // what the bucket's cursor stands on; key is nil at its end
	line       line   // what the slate's stands on, while hasLine
	hasLine    bool

	now []byte // where the walk stands; nil at its end
	up  bool   // which way it went last
}

// Seek moves to the first key that is not below key.
func (c *slatedCursor) Seek(key []byte) (k, v []byte) {
	c.up = true
	c.setKey(c.bolt.Seek(key))
	c.setLine(c.slate.Seek(line{key: string(key)}))
	return c.settle()
}

// Below moves to the last key below key.
func (c *slatedCursor) Below(key []byte) (k, v []byte) {
	c.up = false
	c.setKey(below(c.bolt, key))
	if c.slate.Seek(line{key: string(key)}) {
		c.setLine(c.slate.Prev())
	} else {
		c.setLine(c.slate.Last())
	}
	return c.settle()
}

// Next moves to the following key.
func (c *slatedCursor) Next() (k, v []byte) {
	if c.now == nil {
		return nil, nil
	}
	if !c.up {
		k, v := c.Seek(c.now)
		if !bytes.Equal(k, c.now) {
			return k, v
		}
	}
	c.leave()
	return c.settle()
}

// Prev moves to the key before.
func (c *slatedCursor) Prev() (k, v []byte) {
	if c.now == nil {
		return nil, nil
	}
	if c.up {
		return c.Below(c.now)
	}
	c.leave()
	return c.settle()
}

// leave moves both on from where the walk stands.
func (c *slatedCursor) leave() {
	if bytes.Equal(c.key, c.now) {
		c.stepKey()
	}
	if c.hasLine && c.line.key == string(c.now) {
		c.stepLine()
	}
}

// settle stands on the nearer of the two, past what was deleted.
func (c *slatedCursor) settle() (k, v []byte) {
	for c.hasLine {
		nearer := 1 // the slate's
		if c.key != nil {
			nearer = bytes.Compare(c.key, []byte(c.line.key))
			if !c.up {
				nearer = -nearer
			}
		}
		if nearer < 0 {
			break
		}
		if !c.line.gone {
			c.now = []byte(c.line.key)
			return c.now, c.line.value
		}
		if nearer == 0 {
			c.stepKey()
		}
		c.stepLine()
	}
	c.now = c.key
	return c.key, c.value
}

func (c *slatedCursor) stepKey() {
	if c.up {
		c.setKey(c.bolt.Next())
	} else {
		c.setKey(c.bolt.Prev())
	}
}

func (c *slatedCursor) stepLine() {
	if c.up {
		c.setLine(c.slate.Next())
	} else {
		c.setLine(c.slate.Prev())
	}
}

func (c *slatedCursor) setKey(k, v []byte) { c.key, c.value = k, v }

func (c *slatedCursor) setLine(found bool) {
	if c.hasLine = found; found {
		c.line = c.slate.Item()
	}
}
