package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTerm is the length in bytes at which a word is cut for the index; nobody
// searches by what comes after.
const maxTerm = 48

// token is one word of a text.
type token struct {
	start, end int    // byte offsets of the word in the text, without what an apostrophe cut off
	term       []byte // the fold, at most maxTerm bytes; good until the next word
	joint      bool   // one joiner alone (or nothing) stands between it and the token before: check-in, ada@example.com
	hyphen     bool   // the joiner is a hyphen
}

// tokenizer walks over the words of a text: runs of letters, digits and marks.
// What follows an apostrophe is an inflection and is cut (İzmir'den is izmir),
// unless a single letter stands before it (O'Brien is obrien). Each character of
// a script that is written without spaces is a word.
//
//	for t := (tokenizer{text: text}); t.next(); { … t.token … }
type tokenizer struct {
	text string
	token
	pos  int
	fold []byte
}

// next finds the next word, and reports false at the end.
func (t *tokenizer) next() bool {
	for {
		gap, hyphens := t.skip()
		if t.pos >= len(t.text) {
			return false
		}
		isFirst := t.end == 0
		t.token = token{start: t.pos, joint: !isFirst && gap <= 1, hyphen: !isFirst && gap == 1 && hyphens == 1}
		t.word()
		if len(t.term) > 0 {
			return true
		}
	}
}

// skip passes over what is between words. It returns how many characters that
// are, or many where there is white space among them, and how many are hyphens.
func (t *tokenizer) skip() (gap, hyphens int) {
	for t.pos < len(t.text) {
		r, size := t.rune(t.pos)
		if isWordRune(r) {
			break
		}
		switch {
		case unicode.IsSpace(r):
			gap += 1000
		case r == '-' || r == '‐' || r == '‑':
			gap, hyphens = gap+1, hyphens+1
		case isJoiner(r):
			gap++
		default:
			gap += 1000
		}
		t.pos += size
	}
	return gap, hyphens
}

// word reads the word at pos.
func (t *tokenizer) word() {
	t.fold = t.fold[:0]
	letters := 0
	for t.pos < len(t.text) {
		if n := t.ascii(); n > 0 {
			letters += n
			continue
		}
		r, size := t.rune(t.pos)
		if isApostrophe(r) && t.letterAt(t.pos+size) {
			t.pos += size
			if letters > 1 || hasDigit(t.fold) {
				t.cutSuffix()
				break
			}
			continue
		}
		if !isWordRune(r) {
			break
		}
		if !isWordPart(r) { // a mark or a format character belongs to the letter before
			t.grow(r, size)
			continue
		}
		alone := standsAlone(r)
		if alone && letters > 0 {
			break
		}
		t.grow(r, size)
		letters++
		if alone {
			break
		}
	}
	t.term = cutTerm(t.fold)
}

// ascii reads the letters and digits of ASCII that come next, which most of a text
// is made of, and returns how many they are.
func (t *tokenizer) ascii() int {
	i := t.pos
	for i < len(t.text) {
		c := t.text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		} else if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			break
		}
		t.fold = append(t.fold, c)
		i++
	}
	n := i - t.pos
	if n > 0 {
		t.pos, t.end = i, i
	}
	return n
}

func (t *tokenizer) grow(r rune, size int) {
	t.fold = appendFoldRune(t.fold, r)
	t.pos += size
	t.end = t.pos
}

// cutSuffix passes over the letters after an apostrophe.
func (t *tokenizer) cutSuffix() {
	for t.pos < len(t.text) {
		r, size := t.rune(t.pos)
		if !isWordRune(r) {
			return
		}
		t.pos += size
	}
}

func (t *tokenizer) letterAt(i int) bool {
	r, _ := t.rune(i)
	return unicode.IsLetter(r)
}

func (t *tokenizer) rune(i int) (rune, int) {
	if i >= len(t.text) {
		return utf8.RuneError, 0
	}
	if c := t.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(t.text[i:])
}

// cutTerm makes a term of a fold, cut between characters.
func cutTerm(fold []byte) []byte {
	if len(fold) > maxTerm {
		fold = fold[:maxTerm]
		for len(fold) > 0 && !utf8.Valid(fold[max(0, len(fold)-utf8.UTFMax):]) && !utf8.Valid(fold) {
			fold = fold[:len(fold)-1]
		}
	}
	return fold
}

// isWordRune reports whether a rune can be in a word.
func isWordRune(r rune) bool {
	return isWordPart(r) || (r >= utf8.RuneSelf && unicode.In(r, unicode.M, unicode.Cf))
}

// isWordPart reports whether a rune makes a word.
func isWordPart(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// isApostrophe knows the signs that people type between a name and its suffix.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '´', '＇':
		return true
	}
	return false
}

// isJoiner knows the signs that join words into one thing.
func isJoiner(r rune) bool { return strings.ContainsRune("-_./@:+&#\\", r) || isApostrophe(r) }

// standsAlone reports whether a rune is of a script written without spaces.
func standsAlone(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
		unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
