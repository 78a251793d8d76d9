package search

import "strings"

// Codes are what people copy instead of writing: order and tracking numbers,
// phone numbers, e-mail addresses, addresses of machines. They are compared
// without spaces and signs, so that +90 500 000 12 34 meets 0500 0001234.

// Limits on codes, in characters without signs.
const (
	minCode   = 4
	maxCode   = 40
	minDigits = 7 // fewer digits in several groups are not one number
	maxDigits = 20
)

// phoneTails are the lengths by which phone numbers are compared: without the
// country and trunk prefixes, and without the area code too.
var phoneTails = [...]int{10, 7}

// eachCode calls found with every code of a text in the forms in which it stands
// in the index, and with the bytes of the text that it was read from.
func eachCode(text string, found func(code string, start, end int)) {
	r := codeReader{text: text, found: found}
	for t := (tokenizer{text: text}); t.next(); {
		r.chunk(&t.token)
		r.number(&t.token)
	}
	r.endChunk()
	r.endNumber()
}

// codeReader gathers words joined by signs into chunks (KP-513377,
// ada@example.com) and groups of digits into numbers (0322 000 12 34).
type codeReader struct {
	text  string
	found func(code string, start, end int)

	chunkStart, chunkEnd int
	parts                int // words in the chunk; 0 for none

	digits                 []byte
	numberStart, numberEnd int
	groups                 int  // groups of digits in the number; 0 for none
	isLetters              bool // the word before was no digits
	isGlued                bool // the number is joined to letters: a part of a code, not a number
}

func (r *codeReader) chunk(t *token) {
	if r.parts > 0 && !t.joint {
		r.endChunk()
	}
	if r.parts == 0 {
		r.chunkStart = t.start
	}
	r.chunkEnd = t.end
	r.parts++
}

func (r *codeReader) endChunk() {
	raw, parts := r.text[r.chunkStart:r.chunkEnd], r.parts
	r.parts = 0
	if parts == 0 || len(raw) > 4*maxCode {
		return
	}
	if strings.IndexByte(raw, '@') > 0 {
		r.found(string(cutTerm([]byte(Fold(raw)))), r.chunkStart, r.chunkEnd)
		return
	}
	if !strings.ContainsAny(raw, "0123456789") || (parts == 1 && !mixes(raw)) {
		return
	}
	from := 0
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && strings.IndexByte(`/\:&`, raw[i]) < 0 {
			continue
		}
		if code := normalCode(raw[from:i]); isCode(code) {
			r.found(code, r.chunkStart+from, r.chunkStart+i)
		}
		from = i + 1
	}
}

func (r *codeReader) number(t *token) {
	if !isDigits(t.term) {
		r.isGlued = r.isGlued || t.joint
		r.endNumber()
		r.isLetters = true
		return
	}
	if r.groups > 0 && !isDigitGap(r.text[r.numberEnd:t.start]) {
		r.endNumber()
	}
	if r.groups == 0 {
		r.isGlued = t.joint && r.isLetters
	}
	r.isLetters = false
	if r.groups == 0 {
		r.numberStart = t.start
	}
	r.digits = append(r.digits, t.term...)
	r.numberEnd = t.end
	r.groups++
}

func (r *codeReader) endNumber() {
	n := len(r.digits)
	if r.isGlued {
		n = 0
	}
	if n >= minDigits && n <= maxDigits && (r.groups > 1 || n >= phoneTails[0]) { // one short group is a word already
		r.found(string(r.digits), r.numberStart, r.numberEnd)
		for _, tail := range phoneTails {
			if n > tail && n >= phoneTails[0] {
				r.found(string(r.digits[n-tail:]), r.numberStart, r.numberEnd)
			}
		}
	}
	r.digits, r.groups, r.isGlued = r.digits[:0], 0, false
}

// codesAsked gives the forms under which what was typed may stand in the index.
// A phone number is asked for by its last ten digits too, whatever prefix it has.
func codesAsked(raw string) []string {
	folded := strings.TrimSpace(Fold(raw))
	if strings.IndexByte(folded, '@') > 0 {
		return []string{string(cutTerm([]byte(folded)))}
	}
	code := normalCode(folded)
	if !isCode(code) {
		return nil
	}
	if tail := phoneTails[0]; isDigits([]byte(code)) && len(code) > tail && len(code) <= 13 {
		return []string{code, code[len(code)-tail:]}
	}
	return []string{code}
}

// normalCode folds a code and drops its signs.
func normalCode(raw string) string {
	return strings.Map(func(r rune) rune {
		if isWordPart(r) {
			return r
		}
		return -1
	}, Fold(raw))
}

func isCode(code string) bool {
	return len(code) >= minCode && len(code) <= maxCode && strings.ContainsAny(code, "0123456789")
}

// mixes reports whether a word holds letters beside its digits.
func mixes(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func isDigits(term []byte) bool {
	for _, c := range term {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(term) > 0
}

// isDigitGap reports whether what is between two groups of digits leaves them
// one number: 0322 000 12 34, (0322) 000-12-34.
func isDigitGap(gap string) bool {
	return len(gap) <= 2 && strings.Trim(gap, " -./()\u00a0") == ""
}
