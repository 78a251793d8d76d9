package search

// Asked is a message as the bot reads it: its words, folded, in order.
type Asked struct {
	terms []string
	typed []word // by term; words of a query with what they may end in
}

// maxAsked is how many words of a message are read. A question comes to its point
// before that, and what comes after would only cost time.
const maxAsked = 60

// Ask reads a message.
func Ask(text string) *Asked {
	a := &Asked{}
	for t := (tokenizer{text: text}); t.next() && len(a.terms) < maxAsked; {
		last := len(a.terms) - 1
		if t.hyphen && len(a.terms[last]) == 1 { // e-posta, x-ray
			a.terms[last] += string(t.term)
			continue
		}
		a.terms = append(a.terms, string(t.term))
	}
	a.typed = make([]word, len(a.terms))
	for i, term := range a.terms {
		a.typed[i] = newWord(term, false)
	}
	return a
}

// Words is how many words the message has.
func (a *Asked) Words() int { return len(a.terms) }

// Phrase is a word or some words that are looked for in messages.
type Phrase struct{ words []word }

// NewPhrase reads a phrase.
func NewPhrase(text string) Phrase { return Phrase{words: Ask(text).typed} }

// Words is how many words the phrase has.
func (p *Phrase) Words() int { return len(p.words) }

// StandsIn reports whether the phrase stands in a message, its words one behind
// the other, each in any form.
func (p *Phrase) StandsIn(a *Asked) bool {
	for at := 0; len(p.words) > 0 && at+len(p.words) <= len(a.terms); at++ {
		if p.standsAt(a, at) {
			return true
		}
	}
	return false
}

// Is reports whether the phrase is all that a message says.
func (p *Phrase) Is(a *Asked) bool {
	return len(p.words) > 0 && len(p.words) == len(a.terms) && p.standsAt(a, 0)
}

func (p *Phrase) standsAt(a *Asked, at int) bool {
	for i := range p.words {
		if !p.words[i].means(a.terms[at+i]) {
			return false
		}
	}
	return true
}

// WordsIn reports whether all words of the phrase are in a message, in any order
// and form.
func (p *Phrase) WordsIn(a *Asked) bool {
	for i := range p.words {
		found := false
		for _, term := range a.terms {
			if found = p.words[i].means(term); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return len(p.words) > 0
}

// minMeant is the length in bytes from which a word of a phrase is looked for with
// a typing error too: a phrase does something, so a near miss of a short one must not.
const minMeant = 6

// means reports whether a word of a message is the word, in another form or with
// one typing error, and does not deny it.
func (w *word) means(term string) bool {
	c := w.judge(term, len(w.term) >= minMeant)
	return (c == same || c == akin || c == typo) && !deniesOther(w.term, term)
}
