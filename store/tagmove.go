package store

import (
	"fmt"

	"parley/desk"
)

// Bucket: tag_moves.

// TagMoves reads the moves of tags that still go on.
func (tx *Tx) TagMoves() ([]desk.TagMove, error) {
	var moves []desk.TagMove
	err := tx.bucket(bucketTagMoves).ForEach(func(k, v []byte) error {
		r := newReader(v)
		moves = append(moves, desk.TagMove{From: string(k), To: r.text(), By: r.id()})
		if err := r.done(); err != nil {
			return fmt.Errorf("store: move of the tag %q: %w", k, err)
		}
		return nil
	})
	return moves, err
}

// BeginTagMove remembers a move until all of it is done.
func (tx *Tx) BeginTagMove(m *desk.TagMove, events []desk.Event) error {
	w := newWriter(1)
	w.text(m.To)
	w.id(m.By)
	if err := tx.change(bucketTagMoves).Put([]byte(m.From), w.b); err != nil {
		return fmt.Errorf("store: move of the tag %q: %w", m.From, err)
	}
	return tx.tell(events, desk.Particulars{Name: m.From, To: m.To})
}

// EndTagMove forgets a move, of which nothing is left to do.
func (tx *Tx) EndTagMove(m *desk.TagMove) error {
	return tx.change(bucketTagMoves).Delete([]byte(m.From))
}

// Tagged lists up to limit conversations that have a tag.
func (tx *Tx) Tagged(tag string, limit int) (numbers []desk.Number) {
	for place := range desk.PlaceArchive + 1 {
		s := tx.openStream(sortActivity, []facet{tagFacet(tag)}, place, false)
		for ; s.ok && len(numbers) < limit; s.next() {
			numbers = append(numbers, s.head.number)
		}
	}
	return numbers
}
