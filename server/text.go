package server

import (
	"bytes"
	"unicode/utf8"

	"parley/desk"
)

// checkBody refuses a JSON body with bytes that are no UTF-8 or with half a
// surrogate pair: the decoder would put a replacement character in their place
// without a word, and what was sent would not be what is stored.
func checkBody(body []byte) error {
	if !utf8.Valid(body) || hasLoneSurrogate(body) {
		return desk.Refuse(desk.CodeBadText, "", "The body must be JSON in UTF-8, with whole surrogate pairs where \\u escapes are used.")
	}
	return nil
}

// hasLoneSurrogate looks for an escape \uD800 to \uDFFF without its other half. It
// takes each escape as the decoder does: a backslash takes the character behind it.
func hasLoneSurrogate(body []byte) bool {
	for {
		i := bytes.IndexByte(body, '\\')
		if i < 0 || i+1 >= len(body) {
			return false
		}
		first, isEscape := escaped(body[i:])
		if !isEscape {
			body = body[i+2:]
			continue
		}
		body = body[i+6:]
		switch {
		case first >= 0xdc00 && first <= 0xdfff:
			return true
		case first >= 0xd800 && first <= 0xdbff:
			second, paired := escaped(body)
			if !paired || second < 0xdc00 || second > 0xdfff {
				return true
			}
			body = body[6:]
		}
	}
}

// escaped reads an escape of the form \uXXXX at the start of b.
func escaped(b []byte) (r rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if digit < 0 {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	return r, true
}
