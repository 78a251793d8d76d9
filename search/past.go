package search

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"parley/desk"
	"parley/store"
)

// PastAnswer is what an agent said, in a conversation that is resolved, to a
// question like the one asked.
type PastAnswer struct {
	Number   desk.Number
	Seq      uint64 // of the answer
	Question string // what the customer had asked, in one line
	Answer   string
	Agent    desk.ID
	At       desk.Time
	Score    float64 // how alike the questions are: 0 to 1
}

// The work that one question about the past may do.
const (
	maxPastWords   = 12      // of the question, those that say most
	maxPastMarks   = 400_000 // documents that words are marked in
	maxPastPieces  = 60      // of threads that are read
	maxPastRead    = 1200    // messages read
	minPastSays    = 0.35    // what a word must say to be looked for
	pastLookBehind = 6       // messages behind a piece in which an answer may stand
)

// PastAnswers finds how questions like a text were answered before, the best first,
// at most limit. except is the conversation that asks. Nothing is found where there
// is nothing to go by, and while there is no index.
func (e *Engine) PastAnswers(ctx context.Context, text string, except desk.Number, limit int) ([]PastAnswer, error) {
	asked := newPastQuestion(text)
	v := e.present()
	if len(asked.words) == 0 || v == nil {
		return nil, nil
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	var answers []PastAnswer
	err := v.read(func(s *snapshot) error {
		pieces, err := asked.pieces(s)
		if err != nil || len(pieces) == 0 {
			return err
		}
		return e.store.View(func(tx *store.Tx) error {
			answers, err = asked.read(ctx, tx, pieces, except)
			return err
		})
	})
	if errors.Is(err, errClosed) || errors.Is(err, errFault) {
		return nil, nil // it is being mended; nobody waits for suggestions
	}
	return answers[:min(len(answers), limit)], err
}

// pastQuestion is a question with the words of it that say something.
type pastQuestion struct {
	words  []word
	weight []float64 // by word: how much it says, and how rare it is
	total  float64
	match  *matcher
	says   map[string]float64 // of words of texts, once each
}

// newPastQuestion reads a question. Numbers and addresses are left out: an order's
// is its own, and no other question has it.
func newPastQuestion(text string) *pastQuestion {
	q := &pastQuestion{says: map[string]float64{}}
	type told struct {
		term string
		says float64
	}
	var terms []told
	for _, term := range Ask(withoutCodes(text)).terms {
		says := says(term)
		known := slices.ContainsFunc(terms, func(t told) bool { return t.term == term })
		if says >= minPastSays && !known && !hasDigit([]byte(term)) {
			terms = append(terms, told{term, says})
		}
	}
	slices.SortStableFunc(terms, func(a, b told) int { return cmp.Compare(b.says, a.says) })
	for _, t := range terms[:min(len(terms), maxPastWords)] {
		q.words = append(q.words, newWord(t.term, false))
		q.weight = append(q.weight, t.says)
	}
	units := make([]unit, len(q.words))
	for i := range q.words {
		units[i] = unit{words: q.words[i : i+1]}
	}
	q.match = newMatcher(units, make([]bool, len(units)))
	return q
}

// withoutCodes is a text without its order numbers, phone numbers and addresses.
func withoutCodes(text string) string {
	var b strings.Builder
	last := 0
	eachCode(text, func(_ string, start, end int) {
		if start >= last {
			b.WriteString(text[last:start])
			last = end
		}
	})
	b.WriteString(text[last:])
	return b.String()
}

// pastPiece is a document that shares words with the question.
type pastPiece struct {
	number desk.Number
	first  uint64
	active uint32
	score  float64
}

// before orders pieces: the more alike, then the newer one.
func (p *pastPiece) before(o *pastPiece) bool {
	if p.score != o.score {
		return p.score > o.score
	}
	return p.active > o.active
}

// pieces finds the pieces of threads that share most with the question, and weighs
// its words by how rare they are.
func (q *pastQuestion) pieces(s *snapshot) ([]pastPiece, error) {
	found := make([][]*roaring.Bitmap, len(q.words)) // by word and segment
	size := make([]uint64, len(q.words))
	all := uint64(0)
	for i := range s.segments {
		all += uint64(len(s.segments[i].convs))
		x := expander{seg: &s.segments[i]}
		for w := range q.words {
			list, _, err := x.word(nil, &unit{words: q.words[w : w+1]}, 0)
			if err != nil {
				return nil, err
			}
			docs := make([]*roaring.Bitmap, 0, len(list))
			for _, f := range list {
				docs = append(docs, f.docs)
			}
			any := roaring.FastOr(docs...)
			found[w], size[w] = append(found[w], any), size[w]+any.GetCardinality()
		}
	}
	for w := range q.words {
		q.weight[w] *= math.Log(1 + float64(all)/float64(1+size[w]))
		q.total += q.weight[w]
	}
	return q.best(s, found, size)
}

// best adds the weights up by document, the rarest words first, and gives the
// documents with most of them.
func (q *pastQuestion) best(s *snapshot, found [][]*roaring.Bitmap, size []uint64) ([]pastPiece, error) {
	order := make([]int, len(q.words))
	for w := range order {
		order[w] = w
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
	var top []pastPiece
	for i := range s.segments {
		seg := &s.segments[i]
		scores, marks := make([]float32, len(seg.convs)), uint64(0)
		for _, w := range order {
			if marks += found[w][i].GetCardinality(); marks > maxPastMarks {
				break // what is left is in so many that it tells nothing
			}
			addWeight(scores, found[w][i], float32(q.weight[w]))
		}
		var err error
		if top, err = q.keepBest(s, seg, scores, top); err != nil {
			return nil, err
		}
	}
	return top, nil
}

func addWeight(scores []float32, to *roaring.Bitmap, weight float32) {
	var docs [512]uint32
	for it := to.ManyIterator(); ; {
		n := it.NextMany(docs[:])
		if n == 0 {
			return
		}
		for _, doc := range docs[:n] {
			scores[doc] += weight
		}
	}
}

// keepBest adds the best documents of a segment. Heads tell who somebody is, not
// what was asked.
func (q *pastQuestion) keepBest(s *snapshot, seg *segmentView, scores []float32, top []pastPiece) ([]pastPiece, error) {
	least := float32(q.total * minPastShare)
	for doc, score := range scores {
		if score < least {
			continue
		}
		_, active := s.volume.times.times(seg.convs[doc])
		p := pastPiece{number: desk.Number(seg.convs[doc]), active: active, score: float64(score)}
		full := len(top) == maxPastPieces
		if full && !p.before(&top[len(top)-1]) {
			continue
		}
		first, err := seg.first(uint32(doc))
		if err != nil {
			return nil, err
		}
		if p.first = first; first == 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, p, func(a, b pastPiece) int {
			if a.before(&b) {
				return -1
			}
			return 1
		})
		if top = slices.Insert(top, at, p); full {
			top = top[:maxPastPieces]
		}
	}
	return top, nil
}
