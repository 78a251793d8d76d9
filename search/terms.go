package search

import (
	"strings"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"
)

// termBuilder gathers the terms of a document's texts.
type termBuilder struct {
	words, grams, pairs, codes index.TokenFrequencies
	before                     []byte // the word before, in the same text
}

func newTermBuilder() *termBuilder {
	return &termBuilder{
		words: make(index.TokenFrequencies, 64), grams: make(index.TokenFrequencies, 64),
		pairs: make(index.TokenFrequencies, 64), codes: index.TokenFrequencies{},
	}
}

// gramLengths are the lengths, in bytes, of the beginnings that have postings of
// their own. Longer ones begin so few words that the dictionary lists them fast.
const (
	minGram = 2
	maxGram = 3
)

func (b *termBuilder) add(text string) {
	b.before = b.before[:0]
	mayHoldCodes := strings.ContainsAny(text, "0123456789@") || !isASCII(text)
	for t := (tokenizer{text: text}); t.next(); {
		b.addWord(t.term)
		if len(b.before) > 0 {
			if t.hyphen && !hasDigit(b.before) && !hasDigit(t.term) {
				b.addWord(cutTerm([]byte(string(b.before) + string(t.term))))
			}
			pair := pairOf(b.before, t.term)
			if _, known := b.pairs[string(pair[:])]; !known {
				b.pairs[string(pair[:])] = present
			}
		}
		b.before = append(b.before[:0], t.term...)
	}
	if mayHoldCodes {
		eachCode(text, func(code string, _, _ int) { b.codes[code] = alone })
	}
}

func (b *termBuilder) addWord(term []byte) {
	if _, known := b.words[string(term)]; known {
		return
	}
	frequency := present
	if hasDigit(term) {
		frequency = alone
	}
	b.words[string(term)] = frequency
	for n := minGram; n <= maxGram && n <= len(term); n++ {
		if _, known := b.grams[string(term[:n])]; !known {
			b.grams[string(term[:n])] = present
		}
	}
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func hasDigit(term []byte) bool {
	for _, c := range term {
		if '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}

// pairBuckets is how many neighbourhoods are told apart. More would make phrases
// faster and the index larger: 4096 leave one false piece in thirty for 30 bytes
// a message, 65536 one in five hundred for 75.
const pairBuckets = 4096

// pairOf hashes two neighbouring words by how they begin, so that inflections of
// either fall into the same bucket.
func pairOf(first, second []byte) [2]byte {
	h := uint32(2166136261)
	for _, word := range [...][]byte{first, second} {
		for i := range pairLetters {
			c := byte(' ')
			if i < len(word) {
				c = word[i]
			}
			if hard := hardOf(c); hard != 0 {
				c = hard // et- and ed- alike
			}
			h = (h ^ uint32(c)) * 16777619
		}
	}
	h = (h ^ h>>15) % pairBuckets
	return [2]byte{byte(h >> 8), byte(h)}
}

// pairLetters is how many letters of a word stay as they are in all inflections.
const pairLetters = 2
