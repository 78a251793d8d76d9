package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the form in which words are compared, so that ISITMA
// meets ısıtma, cozum meets çözüm and şikâyet meets SIKAYET. In order, rune by
// rune: compatibility decomposition (NFKD); marks (Mn) and invisible format
// characters (Cf) go; simple lower case; then the letters of mapped, of which
// ı → i is the one that Turkish needs.
//
// The browser has the same fold; both run ui/src/text/fold.vectors.json.
// Folding an already folded text changes nothing. Invalid UTF-8 becomes U+FFFD.
func Fold(s string) string { return string(appendFold(make([]byte, 0, len(s)), s)) }

// appendFold appends the fold of s.
func appendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		dst = appendFoldRune(dst, r)
		i += size
	}
	return dst
}

// appendFoldRune appends the fold of one rune beyond ASCII. A rune may fold to
// nothing (a mark) or to several runes (ß, a ligature).
func appendFoldRune(dst []byte, r rune) []byte {
	if r < latinEnd {
		return append(dst, latin[r-utf8.RuneSelf]...)
	}
	return appendFoldSlow(dst, r)
}

// appendFoldSlow is the definition; the latin table holds its answers for the
// runes that Turkish and its neighbours use all the time.
func appendFoldSlow(dst []byte, r rune) []byte {
	var encoded [utf8.UTFMax]byte
	n := utf8.EncodeRune(encoded[:], r)
	parts := norm.NFKD.Properties(encoded[:n]).Decomposition()
	if parts == nil {
		parts = encoded[:n]
	}
	if hangulFirst <= r && r <= hangulLast { // Properties leaves these to the algorithm
		parts = norm.NFKD.Bytes(encoded[:n])
	}
	for len(parts) > 0 {
		part, size := utf8.DecodeRune(parts)
		parts = parts[size:]
		if unicode.In(part, unicode.Mn, unicode.Cf) {
			continue
		}
		part = unicode.ToLower(part)
		if to, ok := mapped[part]; ok {
			dst = append(dst, to...)
			continue
		}
		dst = utf8.AppendRune(dst, part)
	}
	return dst
}

// The composed Hangul syllables.
const (
	hangulFirst = 0xAC00
	hangulLast  = 0xD7A3
)

// mapped holds the lower-case letters that have no decomposition but that people
// type in another way, and the digits of Arabic and Persian keyboards.
var mapped = map[rune]string{
	'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ə': "e",
	'ς': "σ",
	'٠': "0", '١': "1", '٢': "2", '٣': "3", '٤': "4", '٥': "5", '٦': "6", '٧': "7", '٨': "8", '٩': "9",
	'۰': "0", '۱': "1", '۲': "2", '۳': "3", '۴': "4", '۵': "5", '۶': "6", '۷': "7", '۸': "8", '۹': "9",
}

// latinEnd is the end of the Latin blocks that the table covers.
const latinEnd = 0x250

var latin = func() (table [latinEnd - utf8.RuneSelf]string) {
	for r := rune(utf8.RuneSelf); r < latinEnd; r++ {
		table[r-utf8.RuneSelf] = string(appendFoldSlow(nil, r))
	}
	return table
}()
