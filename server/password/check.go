package password

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"parley/desk"
)

// The bounds of a password, in characters (NIST SP 800-63B, section 5.1.1, with a
// higher minimum because there is nothing but a password).
const (
	MinRunes = 12
	MaxRunes = 128
)

// common is a list of words and keyboard runs that people build passwords from,
// one a line, in lower case.
//
//go:embed common.txt
var common string

// Check refuses a password that is too short, too long, not text, or easy to
// guess: one that is little more than common words, the person's or the team's
// own names, or a repetition. There are no rules about kinds of characters.
func Check(secret string, personal ...string) error {
	if err := desk.CheckText("password", secret, MaxRunes*utf8.UTFMax); err != nil {
		return err
	}
	switch n := utf8.RuneCountInString(secret); {
	case n < MinRunes:
		return desk.Refuse(desk.CodeInvalid, "password", "A password has at least 12 characters; a few unrelated words are easy to remember.")
	case n > MaxRunes:
		return desk.Refuse(desk.CodeTooLong, "password", "A password has at most 128 characters.")
	}
	if guessable(strings.ToLower(secret), personal) {
		return desk.Refuse(desk.CodeInvalid, "password", "This password is easy to guess; take a few unrelated words.")
	}
	return nil
}

// minUnguessed is how many different characters must be left of a password once
// what can be guessed is taken out of it.
const minUnguessed = 5

// guessable takes everything out that a guesser tries first, and looks at what
// is left.
func guessable(secret string, personal []string) bool {
	rest := secret
	for _, text := range personal {
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '@' || r == '.' }) {
			if utf8.RuneCountInString(word) >= 3 {
				rest = strings.ReplaceAll(rest, word, "")
			}
		}
	}
	for word := range strings.FieldsSeq(common) {
		rest = strings.ReplaceAll(rest, word, "")
	}
	different := make(map[rune]bool)
	for _, r := range rest {
		different[r] = true
	}
	return len(different) < minUnguessed
}
