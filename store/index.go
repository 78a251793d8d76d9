package store

import "go.etcd.io/bbolt"

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

// below moves a cursor to the last key below another; nil when there is none.
func below(c *bbolt.Cursor, key []byte) (k, v []byte) {
	if k, _ := c.Seek(key); k == nil {
		return c.Last()
	}
	return c.Prev()
}
