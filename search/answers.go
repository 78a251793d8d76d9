package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parley/desk"
)

// Question is one way in which something is asked for.
type Question struct {
	ID       desk.ID // of what answers it; several questions may share one
	Language string
	Text     string
}

// Candidate is something that may answer a message.
type Candidate struct {
	ID       desk.ID
	Question int     // which of the questions the message is most like, counted from 0 in the index
	Score    float64 // 0 to 1: 1 is the question itself
}

// Answers finds what answers a message among some questions. It is made once for a
// list and never changes, so it may be used by many goroutines.
//
// A message and a question are compared by their words, each weighed by how few
// questions hold it, in any form and with a typing error; and by their letters,
// three at a time, which catches what the words do not. The score is high when the
// question is covered by the message and the message, chatter aside, by the
// question.
type Answers struct {
	questions []question
	terms     []string           // the vocabulary
	weights   []float64          // by term
	meaning   []int              // by term: its group of synonyms, 0 for none
	meant     map[int][]int32    // by group: the terms
	holding   [][]int32          // by term: the questions that hold it
	starting  map[string][]int32 // by the first two letters: the terms
	grams     map[gram][]int32   // the questions that hold three letters
	rare      float64            // the weight of a word that no question holds
	entries   [][]int32          // by entry: the terms of all its questions
}

// question is a Question as it is compared.
type question struct {
	id       desk.ID
	entry    int32
	language string
	folded   string // its words with one space between
	terms    []int32
	weight   float64 // of its words together
	grams    int
}

// gram is three letters in a row.
type gram [3]byte

// NewAnswers makes an index.
func NewAnswers(list []Question) *Answers {
	b := builder{Answers: &Answers{starting: map[string][]int32{}, grams: map[gram][]int32{}, meant: map[int][]int32{}}, known: map[string]int32{}, entry: map[desk.ID]int32{}}
	for i := range list {
		b.add(&list[i])
	}
	b.weigh()
	return b.Answers
}

// builder is an index being made.
type builder struct {
	*Answers
	known map[string]int32  // the terms
	entry map[desk.ID]int32 // the entries
}

func (b *builder) add(from *Question) {
	at := int32(len(b.questions))
	words := Ask(from.Text).terms
	q := question{id: from.ID, entry: b.entryOf(from.ID), language: from.Language, folded: strings.Join(words, " ")}
	for _, word := range words {
		id := b.termOf(word)
		if !slices.Contains(q.terms, id) {
			q.terms = append(q.terms, id)
			b.holding[id] = append(b.holding[id], at)
		}
		if of := &b.entries[q.entry]; !slices.Contains(*of, id) {
			*of = append(*of, id)
		}
	}
	for g := range gramsOf(q.folded) {
		b.grams[g] = append(b.grams[g], at)
		q.grams++
	}
	b.questions = append(b.questions, q)
}

func (b *builder) entryOf(id desk.ID) int32 {
	entry, old := b.entry[id]
	if !old {
		entry = int32(len(b.entries))
		b.entry[id], b.entries = entry, append(b.entries, nil)
	}
	return entry
}

func (b *builder) termOf(word string) int32 {
	id, old := b.known[word]
	if !old {
		id = int32(len(b.terms))
		b.known[word], b.terms, b.holding = id, append(b.terms, word), append(b.holding, nil)
		b.starting[start(word)] = append(b.starting[start(word)], id)
		group := synonyms.of(word)
		if b.meaning = append(b.meaning, group); group > 0 {
			b.meant[group] = append(b.meant[group], id)
		}
	}
	return id
}

// start is how a word begins: those that begin otherwise are other words.
func start(term string) string { return term[:min(2, len(term))] }

// weigh gives each word its weight: the fewer entries hold it, the more it says.
func (x *Answers) weigh() {
	total := float64(len(x.entries))
	in := make([]int, len(x.terms))
	for _, terms := range x.entries {
		for _, id := range terms {
			in[id]++
		}
	}
	x.weights = make([]float64, len(x.terms))
	for id := range x.terms {
		x.weights[id] = math.Log(1+total/float64(in[id])) * says(x.terms[id])
	}
	for i := range x.questions {
		for _, id := range x.questions[i].terms {
			x.questions[i].weight += x.weights[id]
		}
	}
	x.rare = math.Log(1+total) * strangeness
}

// Find gives what may answer a message, the likeliest first, at most limit. Of two
// that are as likely the one in the customer's language comes first.
func (x *Answers) Find(a *Asked, language string, limit int) []Candidate {
	best := map[desk.ID]Candidate{}
	isForeign := func(c Candidate) bool { return x.questions[c.Question].language != language }
	for _, c := range x.compare(a) {
		if isForeign(c) && c.Score < 1 {
			c.Score *= foreign
		}
		if known, found := best[c.ID]; !found || c.Score > known.Score {
			best[c.ID] = c
		}
	}
	found := make([]Candidate, 0, len(best))
	for _, c := range best {
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Candidate) int {
		if isForeign(a) != isForeign(b) && a.Score == b.Score {
			return order(isForeign(a))
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Question, b.Question))
	})
	return found[:min(limit, len(found))]
}

// order puts what is behind.
func order(behind bool) int {
	if behind {
		return 1
	}
	return -1
}
