package search

import (
	"iter"
	"math"
	"strings"
)

// How a score is made up. The figures were chosen on the questions in testdata;
// see TestAnswersAreFound for how well they do.
const (
	covered     = 0.62 // what covering the question counts for, against covering the message
	byLetters   = 0.30 // what letters count for beside words
	synonym     = 0.75 // how alike two words of one meaning are
	foreign     = 0.92 // of a question in another language than the customer's
	strangeness = 0.55 // how heavy a word is that no question holds
	minScore    = 0.05 // what is less alike is not looked at
)

// likeness is how alike two words are by their class.
var likeness = [...]float64{none: 0, weak: 0, guess: 0.55, typo: 0.85, akin: 0.95, begins: 0.7, same: 1}

// comparison is one message being compared with all questions.
type comparison struct {
	index   *Answers
	weights []float64   // by word of the message
	alike   [][]float64 // by word of the message: by term, how alike; nil where nothing is
	total   float64
}

// compare scores all questions that have anything in common with a message.
func (x *Answers) compare(a *Asked) []Candidate {
	c := comparison{index: x, weights: make([]float64, len(a.terms)), alike: make([][]float64, len(a.terms))}
	touched := make([]bool, len(x.questions))
	for i := range a.typed {
		c.word(i, &a.typed[i], touched)
	}
	folded := strings.Join(a.terms, " ")
	letters := x.sharedGrams(folded)
	var found []Candidate
	for q := range x.questions {
		if !touched[q] && letters[q] == 0 {
			continue
		}
		score := c.score(q, letters[q])
		if x.questions[q].folded == folded {
			score = 1
		}
		if score >= minScore {
			found = append(found, Candidate{ID: x.questions[q].id, Question: q, Score: score})
		}
	}
	return found
}

// word finds the terms that a word of the message is like, and weighs it.
func (c *comparison) word(i int, w *word, touched []bool) {
	x := c.index
	like := func(id int32, how float64) {
		if c.alike[i] == nil {
			c.alike[i] = make([]float64, len(x.terms))
		}
		c.alike[i][id] = max(c.alike[i][id], how)
		c.weights[i] = max(c.weights[i], x.weights[id])
		if x.weights[id] < fillerWeight*x.rare {
			return // nothing is about it
		}
		for _, q := range x.holding[id] {
			touched[q] = true
		}
	}
	for _, id := range x.starting[start(w.term)] {
		how := likeness[w.judge(x.terms[id], true)]
		if how > 0 && !(how < 1 && deniesOther(w.term, x.terms[id])) {
			like(id, how)
		}
	}
	if group := synonyms.of(w.term); group > 0 {
		for _, id := range x.meant[group] {
			like(id, synonym)
		}
	}
	if c.alike[i] == nil {
		c.weights[i] = x.rare * says(w.term)
	}
	c.total += c.weights[i]
}

// fillerWeight is the share of a rare word's weight below which a word alone makes
// no question a candidate.
const fillerWeight = 0.12

// score compares the message with one question. shared is how many groups of three
// letters they share, as a share of both.
func (c *comparison) score(q int, shared float64) float64 {
	entry := &c.index.questions[q]
	ofQuestion, ofMessage := 0.0, 0.0
	for _, id := range entry.terms {
		best := 0.0
		for i := range c.alike {
			if c.alike[i] != nil {
				best = max(best, c.alike[i][id])
			}
		}
		ofQuestion += best * c.index.weights[id]
	}
	for i := range c.alike {
		if c.alike[i] == nil {
			continue
		}
		best := 0.0
		for _, id := range c.index.entries[entry.entry] {
			best = max(best, c.alike[i][id])
		}
		ofMessage += best * c.weights[i]
	}
	words := 0.0
	if entry.weight > 0 && c.total > 0 {
		words = math.Pow(ofQuestion/entry.weight, covered) * math.Pow(ofMessage/c.total, 1-covered)
	}
	return min(max(words*(1-byLetters)+shared*byLetters, words*(1-byLetters/2)), 0.99)
}

// sharedGrams says of each question how many groups of three letters it shares
// with a text: twice the shared over both together (Dice).
func (x *Answers) sharedGrams(folded string) []float64 {
	shared := make([]float64, len(x.questions))
	own := 0
	for g := range gramsOf(folded) {
		own++
		for _, q := range x.grams[g] {
			shared[q]++
		}
	}
	for q := range shared {
		if shared[q] > 0 {
			shared[q] = 2 * shared[q] / float64(own+x.questions[q].grams)
		}
	}
	return shared
}

// gramsOf gives each group of three letters of a folded text once, with a space
// before and behind it.
func gramsOf(folded string) iter.Seq[gram] {
	return func(yield func(gram) bool) {
		text := " " + folded + " "
		seen := make(map[gram]bool, len(text))
		for i := 0; i+3 <= len(text); i++ {
			g := gram{text[i], text[i+1], text[i+2]}
			if seen[g] {
				continue
			}
			if seen[g] = true; !yield(g) {
				return
			}
		}
	}
}
