package search

import "strings"

// matcher finds the units of a query in texts. It is what decides in the end: the
// index only says where to look. Not for use by several goroutines.
type matcher struct {
	units []unit
	typos []bool             // by unit: whether a typing error may stand between
	known []map[string]class // by unit and word: what was decided about a term
	first []int              // by unit: the place of its first word in known
	begin []string           // by word, as known: what a term must begin with to be judged at all

	text   string
	tokens []token
	terms  []byte // of the tokens, one behind the other
	spans  []span
}

// span is a place in a text that answers a unit, in bytes.
type span struct {
	unit       int
	class      class
	start, end int
}

func newMatcher(units []unit, typos []bool) *matcher {
	m := &matcher{units: units, typos: typos}
	for i := range units {
		m.first = append(m.first, len(m.known))
		for k := range units[i].words {
			m.known = append(m.known, map[string]class{})
			begin := ""
			if !typos[i] {
				begin = units[i].words[k].beginning()
			}
			m.begin = append(m.begin, begin)
		}
	}
	return m
}

// find returns the places of a text that answer units, in order; the slice is
// good until the next call.
func (m *matcher) find(text string) []span {
	m.text, m.spans, m.tokens, m.terms = text, m.spans[:0], m.tokens[:0], m.terms[:0]
	for t := (tokenizer{text: text}); t.next(); {
		at := t.token
		from := len(m.terms)
		m.terms = append(m.terms, t.term...)
		at.term = m.terms[from:len(m.terms):len(m.terms)] // stays good when terms moves
		m.tokens = append(m.tokens, at)
	}
	for i := range m.units {
		m.findWords(i)
		m.findJoined(i)
	}
	m.findCodes()
	return m.spans
}

// findWords finds the words of a unit, one behind the other.
func (m *matcher) findWords(unit int) {
	words, tokens := m.units[unit].words, m.tokens
	for at := 0; at+len(words) <= len(tokens); at++ {
		best := same
		for k := 0; k < len(words) && best != none; k++ {
			best = min(best, m.judge(unit, k, tokens[at+k].term))
		}
		if best != none {
			m.spans = append(m.spans, span{unit, best, tokens[at].start, tokens[at+len(words)-1].end})
		}
	}
}

// judge compares one word of a unit with a term, once for each term.
func (m *matcher) judge(unit, k int, term []byte) class {
	known, begin := m.known[m.first[unit]+k], m.begin[m.first[unit]+k]
	if len(term) < len(begin) || string(term[:len(begin)]) != begin {
		return none
	}
	if c, done := known[string(term)]; done {
		return c
	}
	c := m.units[unit].judge(k, string(term), m.typos[unit])
	known[string(term)] = c
	return c
}

// judge compares the word k of the unit with a word of a text.
func (u *unit) judge(k int, term string, typos bool) class {
	w := &u.words[k]
	if len(u.words) == 1 && !u.quoted {
		return w.judge(term, typos)
	}
	if !w.stands(term) {
		return none
	}
	return u.standing()
}

// standing is the class of words that stand together. Words that were typed as
// one thing (check-in) are best found written so.
func (u *unit) standing() class {
	if u.joined != "" {
		return akin
	}
	return same
}

// findJoined finds the words of a unit written as one: check-in as checkin, and
// checkin as check-in.
func (m *matcher) findJoined(unit int) {
	u, tokens := &m.units[unit], m.tokens
	for i := range tokens {
		t := &tokens[i]
		if u.joined != "" && string(t.term) == u.joined {
			m.spans = append(m.spans, span{unit, same, t.start, t.end})
		}
		if i == 0 || !t.hyphen || len(u.words) > 1 && u.joined == "" || hasDigit(t.term) || hasDigit(tokens[i-1].term) {
			continue // numbers written with a hyphen are codes
		}
		pair := cutTerm(append(append([]byte(nil), tokens[i-1].term...), t.term...))
		c := none
		switch {
		case string(pair) == u.joined:
			c = same
		case len(u.words) == 1 && !u.quoted:
			c = m.judge(unit, 0, pair)
		}
		if c != none {
			m.spans = append(m.spans, span{unit, c, tokens[i-1].start, t.end})
		}
	}
}

// findCodes finds the codes of all units.
func (m *matcher) findCodes() {
	asked := false
	for i := range m.units {
		asked = asked || len(m.units[i].codes) > 0
	}
	if !asked {
		return
	}
	eachCode(m.text, func(code string, start, end int) {
		for i := range m.units {
			if c := m.units[i].judgeCode(code); c != none {
				m.spans = append(m.spans, span{i, c, start, end})
			}
		}
	})
}

// judgeCode compares the unit's codes with a code of a text.
func (u *unit) judgeCode(code string) class {
	best := none
	for i, asked := range u.codes {
		switch {
		case code == asked:
			return same
		case i == 0 && u.isLast() && strings.HasPrefix(code, asked):
			best = begins
		}
	}
	return best
}

// isLast reports whether the unit may be unfinished.
func (u *unit) isLast() bool { return len(u.words) > 0 && u.words[len(u.words)-1].last }
