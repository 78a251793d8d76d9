package bench

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"parley/store"
)

// A reply in an assigned, tagged conversation writes these records; a test holds
// them against a real one. The sizes of the values are those of texts of meanText
// bytes.
const (
	messageBytes = meanText + 45
	eventBytes   = 34
	sentBytes    = 24
)

// orderMoves are the orders in which the reply moves the conversation, by the
// beginnings of their keys: all, its agent, its tag.
var orderMoves = [][]byte{{'a', 0}, {'a', 1}, {'a', 2}}

// committer writes the records of replies with plain bbolt: nothing is looked up,
// decided or encoded. What it costs is what the store's layout costs.
type committer struct {
	random *rand.Rand
	rows   uint64     // the highest conversation number
	at     uint64     // rises with each reply, as time does
	keys   [][][]byte // some keys of each order, from all over it
}

// sampled is how many keys of an order are picked.
const sampled = 20_000

func newCommitter(db *bbolt.DB, conversations int) (*committer, error) {
	c := &committer{random: rand.New(rand.NewPCG(3, 4)), rows: uint64(conversations), at: uint64(time.Now().UnixMilli())}
	err := db.View(func(tx *bbolt.Tx) error {
		for _, prefix := range orderMoves {
			var keys [][]byte
			seen := 0
			cursor := tx.Bucket([]byte("order")).Cursor()
			for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = cursor.Next() {
				seen++
				if len(keys) < sampled {
					keys = append(keys, bytes.Clone(k))
				} else if at := c.random.IntN(seen); at < sampled {
					keys[at] = bytes.Clone(k)
				}
			}
			c.keys = append(c.keys, keys)
		}
		return nil
	})
	return c, err
}

// commitFloor measures plain bbolt commits on a copy of the stage's data file.
func (s *stage) commitFloor() error {
	copied := filepath.Join(s.opts.Work, "floor.db")
	if err := copyFile(filepath.Join(s.dir, store.FileName), copied); err != nil {
		return err
	}
	defer os.Remove(copied)
	db, err := bbolt.Open(copied, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, InitialMmapSize: 8 << 30, Timeout: time.Second})
	if err != nil {
		return err
	}
	c, err := newCommitter(db, len(s.book.entries))
	if err != nil {
		return errors.Join(err, db.Close())
	}
	for _, group := range []int{1, 16, 64} {
		l := &load{clients: 1, rounds: s.much.rounds, lasts: s.much.lasts / 2, least: s.much.least / 4, warm: 20, try: func(int, int) (func() error, error) {
			return nil, db.Update(func(tx *bbolt.Tx) error { return c.group(tx, group) })
		}}
		result, err := l.run()
		if err != nil {
			return errors.Join(err, db.Close())
		}
		row := s.row(fmt.Sprintf("floor.commit%d", group), "floor: plain bbolt commit of the records of "+repliesText(group))
		result.fill(&row)
		row.Rate *= float64(group)
		s.add(row)
	}
	return db.Close()
}

func repliesText(n int) string {
	if n == 1 {
		return "a reply"
	}
	return fmt.Sprintf("%d replies", n)
}

// group writes the records of n replies.
func (c *committer) group(tx *bbolt.Tx, n int) error {
	for range n {
		if err := c.reply(tx); err != nil {
			return err
		}
	}
	return nil
}

// reply writes the records of one.
func (c *committer) reply(tx *bbolt.Tx) error {
	c.at++
	number := 1 + c.random.Uint64N(c.rows)
	sent := binary.BigEndian.AppendUint64(nil, c.at<<16)
	sent = append(sent, make([]byte, 25)...)
	for _, put := range []struct {
		bucket string
		key    []byte
		size   int
	}{{"messages", nil, messageBytes}, {"sent", sent, sentBytes}, {"journal", nil, eventBytes}} {
		b := tx.Bucket([]byte(put.bucket))
		b.FillPercent = 0.95
		if put.key == nil {
			next, err := b.NextSequence()
			if err != nil {
				return err
			}
			put.key = binary.BigEndian.AppendUint64(nil, next)
		}
		if err := b.Put(put.key, make([]byte, put.size)); err != nil {
			return err
		}
	}
	rows, key := tx.Bucket([]byte("conversations")), binary.BigEndian.AppendUint64(nil, number)
	if err := rows.Put(key, bytes.Clone(rows.Get(key))); err != nil {
		return err
	}
	return c.reorder(tx.Bucket([]byte("order")))
}

// reorder moves one key to the end of each of the orders.
func (c *committer) reorder(order *bbolt.Bucket) error {
	for _, keys := range c.keys {
		if len(keys) == 0 {
			continue
		}
		old := &keys[c.random.IntN(len(keys))]
		moved := bytes.Clone(*old)
		binary.BigEndian.PutUint64(moved[len(moved)-16:], c.at|1<<63)
		if err := order.Delete(*old); err != nil {
			return err
		}
		if err := order.Put(moved, nil); err != nil {
			return err
		}
		*old = moved
	}
	return nil
}
