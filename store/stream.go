package store

import (
	"bytes"

	"parley/desk"
)

// stream walks the conversations of one place that stand under every one of its
// facets, in one direction, by leaping each facet's walk to where the others are.
type stream struct {
	walks []*walk
	up    bool
	head  spot // valid while ok
	ok    bool
}

// walk is one facet's keys.
type walk struct {
	cursor *slatedCursor
	prefix []byte
	up     bool
	moves  *int // of the transaction
	head   spot
	ok     bool
}

func (tx *Tx) openStream(sort byte, facets []facet, place desk.Place, up bool) *stream {
	s := &stream{up: up}
	for _, f := range facets {
		w := &walk{cursor: tx.order().Cursor(), prefix: keyOrderPrefix(sort, f, place), up: up, moves: &tx.moves}
		w.first()
		s.walks = append(s.walks, w)
	}
	s.meet()
	return s
}

// before tells whether a comes before b in the stream's direction.
func (s *stream) before(a, b spot) bool { return precedes(a, b, s.up) }

func precedes(a, b spot, up bool) bool {
	if a.at != b.at {
		return (a.at < b.at) == up
	}
	return a.number != b.number && (a.number < b.number) == up
}

// seek moves to the first spot at or after to.
func (s *stream) seek(to spot) {
	for _, w := range s.walks {
		w.seek(to)
	}
	s.meet()
}

// next moves to the following spot.
func (s *stream) next() {
	s.walks[0].next()
	s.meet()
}

// meet moves the walks on until all stand on one spot, or one has ended.
func (s *stream) meet() {
	for {
		furthest := s.walks[0]
		for _, w := range s.walks {
			if !w.ok {
				s.ok = false
				return
			}
			if precedes(furthest.head, w.head, s.up) {
				furthest = w
			}
		}
		together := true
		for _, w := range s.walks {
			if w.head != furthest.head {
				together = false
				w.seek(furthest.head)
			}
		}
		if together {
			s.head, s.ok = furthest.head, true
			return
		}
	}
}

func (w *walk) first() {
	if w.up {
		w.take(w.cursor.Seek(w.prefix))
		return
	}
	w.takeBelow(append(bytes.Clone(w.prefix), bytes.Repeat([]byte{0xff}, 17)...))
}

func (w *walk) seek(to spot) {
	key := appendSpot(bytes.Clone(w.prefix), to)
	if w.up {
		w.take(w.cursor.Seek(key))
		return
	}
	k, _ := w.cursor.Seek(key)
	if bytes.Equal(k, key) {
		w.take(k, nil)
		return
	}
	w.takeBelow(key)
}

// takeBelow stands on the last key below a key.
func (w *walk) takeBelow(key []byte) {
	w.take(w.cursor.Below(key))
}

func (w *walk) next() {
	if w.up {
		w.take(w.cursor.Next())
		return
	}
	w.take(w.cursor.Prev())
}

// take reads a key, or ends the walk when it is another stream's.
func (w *walk) take(k, _ []byte) {
	*w.moves++
	w.ok = false
	if bytes.HasPrefix(k, w.prefix) {
		w.head, w.ok = readSpot(k[len(w.prefix):])
	}
}
