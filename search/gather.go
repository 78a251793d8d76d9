package search

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"parley/desk"
)

// want is one thing that a conversation must have: a unit of the query, or what a
// filter asks of the index.
type want struct {
	unit  int       // of the query; -1 for a filter
	found [][]found // by segment
	rough bool      // what was found is more than what answers: the texts decide
	size  uint64    // documents, counted as often as they were found
	scale int       // by which its class counts for the rank; 0 for a filter
}

// few is the number of conversations below which a word is also looked for with a
// typing error, and in tags and attributes.
const few = 5

// gatherer collects what the units and filters of a query find in a snapshot.
type gatherer struct {
	snap  *snapshot
	query *Query
	wants []want
	typos []bool // by unit: whether typing errors were looked through
	weak  []bool // by unit: whether tags and attributes were looked through
}

// gather finds the postings of everything that the query asks for.
func gather(snap *snapshot, q *Query, who meant) (*gatherer, error) {
	g := &gatherer{snap: snap, query: q, typos: make([]bool, len(q.units)), weak: make([]bool, len(q.units))}
	if err := g.filters(who); err != nil {
		return nil, err
	}
	for i := range q.units {
		if err := g.unit(i); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(g.wants, func(a, b want) int {
		switch {
		case a.size < b.size:
			return -1
		case a.size > b.size:
			return 1
		}
		return 0
	})
	return g, nil
}

// unit finds one unit. A word that few conversations hold is looked for again,
// with a typing error and in tags and attributes.
func (g *gatherer) unit(i int) error {
	u := &g.query.units[i]
	w := want{unit: i, scale: 1}
	err := g.each(&w, func(x *expander, out []found) ([]found, error) {
		out, rough, err := x.unit(out, u)
		w.rough = w.rough || rough
		return out, err
	})
	if err != nil {
		return err
	}
	if len(u.words) == 1 && !u.quoted && g.isFew(&w) {
		g.weak[i], g.typos[i] = true, u.words[0].mayErr()
		err = g.each(&w, func(x *expander, out []found) ([]found, error) { return x.second(out, &u.words[0]) })
	}
	g.wants = append(g.wants, w)
	return err
}

// each lets find add to what a want has found in each segment.
func (g *gatherer) each(w *want, find func(x *expander, out []found) ([]found, error)) error {
	if w.found == nil {
		w.found = make([][]found, len(g.snap.segments))
	}
	w.size = 0
	for i := range g.snap.segments {
		x := expander{seg: &g.snap.segments[i]}
		out, err := find(&x, w.found[i])
		if err != nil {
			return err
		}
		w.found[i] = out
		for _, f := range out {
			w.size += f.docs.GetCardinality()
		}
	}
	return nil
}

// isFew reports whether a want was found in fewer than few conversations.
func (g *gatherer) isFew(w *want) bool {
	convs := make(map[uint32]bool, few)
	for i, list := range w.found {
		for _, f := range list {
			for it := f.docs.Iterator(); it.HasNext(); {
				convs[g.snap.segments[i].convs[it.Next()]] = true
				if len(convs) >= few {
					return false
				}
			}
		}
	}
	return true
}

// unit adds the postings of a unit. rough tells that they are more than what
// answers it.
func (x *expander) unit(out []found, u *unit) (_ []found, rough bool, err error) {
	if len(u.words) == 1 {
		out, rough, err = x.word(out, u, 0)
	} else {
		out, err = x.phrase(out, u)
		rough = true
	}
	if err != nil {
		return out, rough, err
	}
	if u.joined != "" {
		if out, err = x.term(out, fieldWord, u.joined, same); err != nil {
			return out, rough, err
		}
	}
	out, err = x.codes(out, u)
	return out, rough, err
}

// phrase adds the documents in which the words may stand together: those that
// hold each word and each neighbourhood.
func (x *expander) phrase(out []found, u *unit) ([]found, error) {
	var docs *roaring.Bitmap
	narrow := func(list []found) {
		any := roaring.New()
		for _, f := range list {
			any.Or(f.docs)
		}
		if docs == nil {
			docs = any
		} else {
			docs.And(any)
		}
	}
	for i := 1; i < len(u.words); i++ {
		if u.words[i].last && len(u.words[i].term) < pairLetters {
			continue // what it will be is not known yet
		}
		pair := pairOf([]byte(u.words[i-1].term), []byte(u.words[i].term))
		list, err := x.term(nil, fieldPair, string(pair[:]), same)
		if err != nil {
			return out, err
		}
		if narrow(list); docs.IsEmpty() {
			return out, nil
		}
	}
	for i := range u.words {
		list, err := x.inPhrase(u, i)
		if err != nil {
			return out, err
		}
		if narrow(list); docs.IsEmpty() {
			return out, nil
		}
	}
	return append(out, found{u.standing(), docs}), nil
}

// inPhrase finds the documents that may hold word i of a phrase. Where its forms share
// only a few letters, what begins with those is enough: to look through a dictionary for
// them would cost more than the few texts more that have to be read.
func (x *expander) inPhrase(u *unit, i int) (out []found, err error) {
	w := &u.words[i]
	stem := w.scanPrefix()
	if len(stem) < minGram || len(stem) > maxGram {
		out, _, err = x.word(nil, u, i)
		return out, err
	}
	if bare := w.bareStem(); bare != "" && len(bare) < len(stem) {
		if out, err = x.term(out, fieldWord, bare, same); err != nil {
			return out, err
		}
	}
	return x.term(out, fieldGram, stem, same)
}

// codes adds the documents that hold one of the unit's codes.
func (x *expander) codes(out []found, u *unit) (_ []found, err error) {
	for i, code := range u.codes {
		if i == 0 && u.isLast() && len(code) >= minCode {
			if out, _, err = x.scan(out, fieldCode, code, u.judgeCode); err != nil {
				return out, err
			}
			continue
		}
		if out, err = x.term(out, fieldCode, code, same); err != nil {
			return out, err
		}
	}
	return out, nil
}

// second looks for a word with a typing error, and in tags and attributes.
func (x *expander) second(out []found, w *word) (_ []found, err error) {
	if w.mayErr() {
		a := newTypoAutomaton(w.typoStem())
		out, _, err = x.iterate(out, fieldWord, a, nil, nil, func(term string) class {
			if c := w.judge(term, true); c == typo || c == guess {
				return c
			}
			return none
		})
		if err != nil {
			return out, err
		}
	}
	prefix := w.scanPrefix()
	if prefix == "" {
		return x.term(out, fieldWeak, w.term, weak)
	}
	out, _, err = x.scan(out, fieldWeak, prefix, func(term string) class { return min(w.judge(term, false), weak) })
	return out, err
}

// typoStem is what all words begin with, but for an error, that the word can be a
// misspelling of.
func (w *word) typoStem() string {
	shortest := len(w.term)
	for i := len(w.term); i >= minTypo; i-- {
		if w.ends[i] != 0 {
			shortest = i
		}
	}
	return w.term[:shortest-1] // the stem's last letter may have softened as well
}

// filters adds what the filter asks of the index.
func (g *gatherer) filters(who meant) error {
	f := &g.query.Filter
	for _, view := range f.Views {
		var places []string
		for _, place := range view.Places() {
			places = append(places, placeFacet(place))
		}
		if err := g.facet(places); err != nil {
			return err
		}
	}
	for _, tag := range f.Tags {
		if err := g.facet([]string{tagFacet(tag)}); err != nil {
			return err
		}
	}
	if err := g.anyOf(who.agents, agentFacet); err != nil {
		return err
	}
	if err := g.anyOf(who.teams, teamFacet); err != nil {
		return err
	}
	if len(f.From) > 0 {
		var kinds []string
		for _, kind := range f.From {
			kinds = append(kinds, kindFacet(kind))
		}
		if err := g.facet(kinds); err != nil {
			return err
		}
	}
	if f.HasFile {
		if err := g.facet([]string{fileFacet}); err != nil {
			return err
		}
	}
	for _, customer := range f.Customers {
		if err := g.customer(customer); err != nil {
			return err
		}
	}
	if len(g.wants) == 0 && len(g.query.units) == 0 {
		return g.facet([]string{headFacet}) // dates alone: every conversation
	}
	return nil
}

// anyOf wants, for each text of a filter, any of the ids that it may mean.
func (g *gatherer) anyOf(meant [][]desk.ID, facet func(desk.ID) string) error {
	for _, ids := range meant {
		var facets []string
		for _, id := range ids {
			facets = append(facets, facet(id))
		}
		if err := g.facet(facets); err != nil {
			return err
		}
	}
	return nil
}

// facet wants any of some facets.
func (g *gatherer) facet(terms []string) error {
	w := want{unit: -1}
	err := g.each(&w, func(x *expander, out []found) (_ []found, err error) {
		for _, term := range terms {
			if out, err = x.term(out, fieldFacet, term, same); err != nil {
				return out, err
			}
		}
		return out, nil
	})
	g.wants = append(g.wants, w)
	return err
}

// customer wants the words of a text in a conversation's head.
func (g *gatherer) customer(text string) error {
	for _, u := range customerUnits(text) {
		w := want{unit: -1}
		err := g.each(&w, func(x *expander, out []found) ([]found, error) {
			heads, err := x.term(nil, fieldFacet, headFacet, same)
			if err != nil || len(heads) == 0 {
				return out, err
			}
			list, _, err := x.unit(nil, &u)
			for _, f := range list {
				out = append(out, found{f.class, roaring.And(f.docs, heads[0].docs)})
			}
			return out, err
		})
		if err != nil {
			return err
		}
		g.wants = append(g.wants, w)
	}
	return nil
}

// customerUnits takes apart what was typed behind customer:.
func customerUnits(text string) []unit {
	if strings.Contains(text, "@") {
		return []unit{{words: []word{newWord(text, false)}, codes: codesAsked(text), quoted: true}}
	}
	s := scanner{text: text}
	var units []unit
	for s.next() {
		units = append(units, s.units()...)
	}
	return joinDigits(units[:min(len(units), maxUnits)])
}
