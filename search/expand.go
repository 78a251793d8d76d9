package search

import (
	"errors"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// maxExpand bounds the words of one segment that a word of a query may stand
// for. Beyond it, the beginning's own postings are taken, and the texts decide.
const maxExpand = 2000

// found is where a unit is, in one segment.
type found struct {
	class class
	docs  *roaring.Bitmap
}

// expander finds the postings of a query's words in one segment.
type expander struct {
	seg   *segmentView
	dicts map[string]segment.TermDictionary
}

// dict gives the dictionary of a field; nil if the segment has none.
func (x *expander) dict(field string) (segment.TermDictionary, error) {
	if d, known := x.dicts[field]; known {
		return d, nil
	}
	d, err := x.seg.bleve.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	if x.dicts == nil {
		x.dicts = map[string]segment.TermDictionary{}
	}
	x.dicts[field] = d
	return d, nil
}

// term adds the postings of one term.
func (x *expander) term(out []found, field, term string, c class) ([]found, error) {
	d, err := x.dict(field)
	if err != nil || d == nil {
		return out, err
	}
	docs, err := x.seg.postings(d, term)
	if err == nil && docs != nil && !docs.IsEmpty() {
		out = append(out, found{c, docs})
	}
	return out, err
}

// word adds the postings of all words that answer a word of a query. rough tells
// that a beginning stands for too many words to list, so that the texts have to
// decide.
func (x *expander) word(out []found, u *unit, k int) (_ []found, rough bool, err error) {
	w, n := &u.words[k], len(u.words[k].term)
	judge := func(term string) class { return u.judge(k, term, false) }
	if w.last && n >= minGram && n <= maxGram {
		if out, err = x.term(out, fieldGram, w.term, begins); err != nil {
			return out, false, err
		}
	}
	stem := w.scanPrefix()
	if stem == "" {
		out, err = x.term(out, fieldWord, w.term, same)
		return out, false, err
	}
	if bare := w.bareStem(); bare != "" && len(stem) > len(bare) {
		if c := judge(bare); c != none {
			if out, err = x.term(out, fieldWord, bare, c); err != nil {
				return out, false, err
			}
		}
	}
	before := len(out)
	skip := none
	if w.last && n <= maxGram {
		skip = begins // the gram has them all
	}
	out, whole, err := x.iterate(out, fieldWord, u.formsOf(k), []byte(stem), after(stem), func(term string) class {
		if c := judge(term); c != skip {
			return c
		}
		return none
	})
	if err != nil || whole {
		return out, false, err
	}
	out, err = x.term(out[:before], fieldWord, w.term, same)
	if err == nil {
		out, err = x.term(out, fieldGram, w.term[:min(n, maxGram)], begins)
	}
	return out, true, err
}

// formsOf gives the automaton for what the dictionary is scanned for on behalf of word k;
// nil where that is all that begins alike.
func (u *unit) formsOf(k int) segment.Automaton {
	w := &u.words[k]
	if w.digit {
		return nil
	}
	if w.forms == nil {
		n, isAlone := len(w.term), len(u.words) == 1 && !u.quoted
		beginnings := w.last && (n > maxGram || !isAlone) || isAlone && n >= minBegin
		w.forms = newFormAutomaton(w, beginnings)
	}
	return w.forms
}

// scanPrefix is what all words begin with that can answer the word; empty if
// only the word itself can.
func (w *word) scanPrefix() string {
	n := len(w.term)
	switch {
	case w.digit && !w.last, n < minGram, w.last && n == minGram:
		return "" // for the last of them, there are postings of what begins with it
	case w.digit:
		return w.term
	}
	shortest := n
	for i := n; i >= minStem || i == n; i-- {
		if w.ends[i] != 0 {
			shortest = min(shortest, w.sharedStem(i))
		}
	}
	return w.term[:shortest]
}

// beginning is what everything that answers the word begins with, typing errors aside.
func (w *word) beginning() string {
	stem, bare := w.scanPrefix(), w.bareStem()
	switch {
	case stem == "":
		return w.term
	case bare != "" && len(bare) < len(stem):
		return bare
	}
	return stem
}

// sharedStem is how much of a stem of i bytes is left in all of its forms.
func (w *word) sharedStem(i int) int {
	last, doubles := w.term[i-1], i > minGram && w.term[i-1] == w.term[i-2]
	switch {
	case dropping[w.term[:i]], doubles && hardOf(last) != 0:
		return i - 2 // the vowel before the last letter may drop out; dd may be t
	case doubles, len(droppings[w.term[:i]]) > 0, i > minGram && strings.IndexByte("ptkbdgea", last) >= 0:
		return i - 1 // it may stand once, soften, or narrow away
	}
	return i
}

// bareStem is the word of two letters that the word may be a form of (evim: ev);
// empty for none. Only the bare stem is, so that it needs no scan.
func (w *word) bareStem() string {
	if len(w.term) > minGram+1 && w.ends[minGram] != 0 && !w.digit {
		return w.term[:minGram]
	}
	return ""
}

// scan adds the postings of the words with a prefix that judge takes. whole is
// false when there were too many.
func (x *expander) scan(out []found, field, prefix string, judge func(term string) class) (_ []found, whole bool, err error) {
	return x.iterate(out, field, nil, []byte(prefix), after(prefix), judge)
}

// after is the first key behind all that begin with a prefix; nil for the end.
func after(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// errNoListing says that Bleve's dictionary is not of the kind that it was.
var errNoListing = errors.New("search: this dictionary does not list its terms")

// bareIterator is what Bleve's dictionaries offer to those who want terms without
// the counts, which would cost a look at every posting.
type bareIterator interface {
	AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
}

func (x *expander) iterate(out []found, field string, a segment.Automaton, from, to []byte, judge func(term string) class) (_ []found, whole bool, err error) {
	d, err := x.dict(field)
	if err != nil || d == nil {
		return out, true, err
	}
	bare, ok := d.(bareIterator)
	if !ok {
		return out, true, errNoListing
	}
	taken := 0
	it := bare.AutomatonIteratorOmitCount(a, from, to)
	for {
		entry, err := it.Next()
		if errors.Is(err, vellum.ErrIteratorDone) || entry == nil && err == nil {
			return out, true, nil
		}
		if err != nil {
			return out, false, err
		}
		c := judge(entry.Term)
		if c == none {
			continue
		}
		if taken++; taken > maxExpand {
			return out, false, nil
		}
		if out, err = x.term(out, field, entry.Term, c); err != nil {
			return out, false, err
		}
	}
}
