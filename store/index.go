package store

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// moveKey takes an index entry from one key to another; an empty key is none.
func moveKey(b *bbolt.Bucket, from, to, value []byte) error {
	if len(from) > 0 {
		if err := b.Delete(from); err != nil {
			return err
		}
	}
	if len(to) > 0 {
		return b.Put(to, value)
	}
	return nil
}

// has reports whether a key is there whose value is nothing: Get would not tell one
// that the same transaction has put from one that is missing.
func has(b *bbolt.Bucket, key []byte) bool {
	k, _ := b.Cursor().Seek(key)
	return bytes.Equal(k, key)
}

// below moves a cursor to the last key below another; nil when there is none.
func below(c *bbolt.Cursor, key []byte) (k, v []byte) {
	if k, _ := c.Seek(key); k == nil {
		return c.Last()
	}
	return c.Prev()
}
