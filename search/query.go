package search

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/desk"
)

// Limits on what one query may ask. What goes beyond is left out, never refused.
const (
	maxQueryBytes = 1000
	maxUnits      = 12
	maxPhrase     = 12 // words in one phrase
)

// Query is what a person asked for, read from the text they typed.
type Query struct {
	Number desk.Number // the conversation to jump to; 0 when the text is no number
	Filter Filter
	units  []unit
}

// unit is one thing that must be found: a word, or words that stand together.
type unit struct {
	words  []word   // in this order, next to each other
	codes  []string // or one of these codes
	joined string   // or the words written as one: checkin
	raw    string   // as it was typed
	digits bool     // nothing but digits and the signs of phone numbers
	quoted bool
}

// Filter narrows what is found. Empty fields narrow nothing.
type Filter struct {
	From      []desk.MessageKind // messages of any of these kinds
	HasFile   bool               // messages with a file
	After     desk.Time          // messages at or after this moment
	Before    desk.Time          // messages before this moment
	Agents    []string           // led by an agent of this name or e-mail, or "me"; all must hold
	Teams     []string           // assigned to a team of this name; all must hold
	Customers []string           // of a customer with these words in name, e-mail or phone
	Tags      []string
	Views     []desk.View // all must hold it
}

// aboutMessages reports whether the filter asks something of single messages.
func (f *Filter) aboutMessages() bool {
	return len(f.From) > 0 || f.HasFile || !f.After.IsZero() || !f.Before.IsZero()
}

// aboutConversations reports whether the filter asks something of conversations.
func (f *Filter) aboutConversations() bool {
	return len(f.Agents) > 0 || len(f.Teams) > 0 || len(f.Customers) > 0 || len(f.Tags) > 0 || len(f.Views) > 0
}

// IsEmpty reports whether nothing is asked but perhaps a number.
func (q *Query) IsEmpty() bool {
	return len(q.units) == 0 && !q.Filter.aboutMessages() && !q.Filter.aboutConversations()
}

// Terms lists the words asked for, folded, each once: what a page may mark in a
// text of its own.
func (q *Query) Terms() []string {
	terms := []string{}
	seen := map[string]bool{}
	for i := range q.units {
		for _, w := range q.units[i].words {
			if !seen[w.term] {
				seen[w.term] = true
				terms = append(terms, w.term)
			}
		}
	}
	return terms
}

// Parse reads a query. Every text is one: what looks like a filter but is none is
// words, an open quotation ends with the text, signs are passed over. now gives
// the day that "today" means and the time zone in which days begin.
func Parse(text string, now time.Time) Query {
	text = cutText(strings.ToValidUTF8(text, " "), maxQueryBytes)
	q := Query{Number: parseNumber(text)}
	if q.Number != 0 && strings.HasPrefix(strings.TrimSpace(text), "#") {
		return q
	}
	s := scanner{text: text}
	for s.next() {
		if s.name != "" && q.Filter.set(s.name, s.value, now) {
			continue
		}
		q.add(s.units())
	}
	q.units = joinDigits(q.units)
	if len(q.units) > maxUnits {
		q.units = q.units[:maxUnits]
	}
	return q
}

func (q *Query) add(units []unit) {
	if len(q.units) < 4*maxUnits {
		q.units = append(q.units, units...)
	}
}

// parseNumber reads #1042 or 1042.
func parseNumber(text string) desk.Number {
	digits := strings.TrimPrefix(strings.TrimSpace(text), "#")
	if digits == "" || len(digits) > 18 || strings.Trim(digits, "0123456789") != "" {
		return 0
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0
	}
	return desk.Number(n)
}

// scanner cuts a query into quotations, filters and the rest.
type scanner struct {
	text  string
	pos   int
	piece string // what was read
	quote bool   // it stood in quotation marks
	open  bool   // nothing follows it, so it may be unfinished
	name  string // of what may be a filter
	value string
}

// next reads the next piece, and reports false at the end.
func (s *scanner) next() bool {
	*s = scanner{text: s.text, pos: s.pos}
	for s.pos < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		if !unicode.IsSpace(r) {
			break
		}
		s.pos += size
	}
	if s.pos >= len(s.text) {
		return false
	}
	if r, size := utf8.DecodeRuneInString(s.text[s.pos:]); isQuote(r) {
		s.pos += size
		s.piece, s.open = s.quotation()
		s.quote = true
		return true
	}
	s.plain()
	return true
}

// quotation reads up to the closing mark. open tells that there was none.
func (s *scanner) quotation() (inside string, open bool) {
	from := s.pos
	for s.pos < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		s.pos += size
		if isQuote(r) {
			return s.text[from : s.pos-size], false
		}
	}
	return s.text[from:], true
}

// plain reads up to white space or a quotation; name:"…" is one piece.
func (s *scanner) plain() {
	from := s.pos
	for s.pos < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		if unicode.IsSpace(r) {
			break
		}
		if isQuote(r) {
			if name, found := strings.CutSuffix(s.text[from:s.pos], ":"); found && name != "" {
				s.pos += size
				s.name = name
				s.value, s.open = s.quotation()
				s.piece = s.text[from:s.pos]
				return
			}
			break
		}
		s.pos += size
	}
	s.piece = s.text[from:s.pos]
	s.open = s.pos == len(s.text)
	if name, value, found := strings.Cut(s.piece, ":"); found && name != "" && value != "" {
		s.name, s.value = name, value
	}
}

// units makes what must be found of the piece.
func (s *scanner) units() []unit {
	var units []unit
	ends := 0 // where the unit before ends
	for t := (tokenizer{text: s.piece}); t.next(); {
		isNew := len(units) == 0 || (!s.quote && !t.joint) || len(units[len(units)-1].words) >= maxPhrase
		if isNew {
			units = append(units, unit{quoted: s.quote})
			ends = t.start
		}
		u := &units[len(units)-1]
		u.words = append(u.words, newWord(string(t.term), false))
		u.raw = s.piece[ends:t.end]
		if n := len(u.words); t.hyphen && n > 1 && !u.words[n-1].digit && !u.words[n-2].digit {
			u.joined = joinWords(u.words)
		}
	}
	for i := range units {
		u := &units[i]
		if len(u.words) > 1 && !s.quote || len(u.words) == 1 && u.words[0].digit {
			u.codes = codesAsked(u.raw)
		}
		u.digits = isDigits([]byte(normalCode(u.raw))) && !s.quote
	}
	if s.open && len(units) > 0 {
		u := &units[len(units)-1]
		u.words[len(u.words)-1].last = true
	}
	return units
}

func joinWords(words []word) string {
	var b strings.Builder
	for i := range words {
		b.WriteString(words[i].term)
	}
	return string(cutTerm([]byte(b.String())))
}

// joinDigits makes one number of the groups of digits that people put into phone
// and account numbers.
func joinDigits(units []unit) []unit {
	out := units[:0]
	for i := 0; i < len(units); {
		end, digits := i, 0
		for end < len(units) && units[end].digits {
			digits += len(normalCode(units[end].raw))
			end++
		}
		if end-i < 2 || digits < minDigits || digits > maxDigits {
			out = append(out, units[i:max(end, i+1)]...)
			i = max(end, i+1)
			continue
		}
		run := unit{digits: true}
		for _, u := range units[i:end] {
			run.words = append(run.words, u.words...)
			run.raw += u.raw
		}
		run.codes = codesAsked(run.raw)
		out = append(out, run)
		i = end
	}
	return out
}

// isQuote knows the quotation marks of Turkish, English and German keyboards.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '‟', '＂':
		return true
	}
	return false
}

// cutText shortens a text to at most limit bytes, between characters.
func cutText(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}
