package password

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/desk"
)

// The length of a password, in characters after normalisation.
const (
	MinRunes = 12
	MaxRunes = 128
)

// Rules judges new passwords. It asks for length and against guessing, and for no
// mixture of kinds of characters: that makes passwords harder to remember, not to
// guess.
//
// Lists of passwords that have become known hold hardly any of twelve characters
// that are not built in one of a few ways: one or two well-known words with digits
// and signs around them, letters swapped for look-alikes, a piece repeated, a walk
// over the keyboard. So instead of such a list this holds the words and knows the
// ways.
type Rules struct {
	words map[string]bool
}

//go:embed words.txt
var wordList string

// NewRules makes the rules from the embedded list.
func NewRules() *Rules {
	r := &Rules{words: make(map[string]bool)}
	for line := range strings.Lines(wordList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			r.words[word] = true
		}
	}
	return r
}

// Check refuses a password that is too short, too long, not text, or easy to
// guess. About is what a guesser knows: the person's name and address, the team's
// name. Refused: desk.CodeInvalid, desk.CodeTooLong or desk.CodeBadText, with the
// field password.
func (r *Rules) Check(password string, about ...string) error {
	const field = "password"
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return desk.Refuse(desk.CodeBadText, field, "The password must be text.")
	}
	if len(password) > MaxRunes*utf8.UTFMax {
		return tooLong(field)
	}
	password = norm.NFKC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < MinRunes:
		return desk.Refuse(desk.CodeInvalid, field, "Use at least 12 characters; a few words are easiest to remember.")
	case n > MaxRunes:
		return tooLong(field)
	}
	folded := fold(password)
	if isRepetition(folded) || isWalk(folded) || r.isCommon(folded, wordsOf(about)) {
		return desk.Refuse(desk.CodeInvalid, field, "This password is easy to guess; use a few words that have nothing to do with each other.")
	}
	return nil
}

func tooLong(field string) error {
	return desk.Refuse(desk.CodeTooLong, field, "Use at most 128 characters.")
}

// fold writes letters in lower case and Turkish ones as their plain neighbours,
// as those do who put such words into a password.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'İ', 'I', 'ı':
			return 'i'
		}
		switch r = unicode.ToLower(r); r {
		case 'ç':
			return 'c'
		case 'ğ':
			return 'g'
		case 'ö':
			return 'o'
		case 'ş':
			return 's'
		case 'ü':
			return 'u'
		}
		return r
	}, text)
}

// wordsOf are the words of three letters and more in what is known of somebody,
// and each whole with its gaps closed.
func wordsOf(about []string) map[string]bool {
	words := make(map[string]bool)
	for _, text := range about {
		whole := fold(text)
		for _, word := range append(strings.FieldsFunc(whole, isNoLetter), onlyLetters(whole)) {
			if utf8.RuneCountInString(word) >= 3 {
				words[word] = true
			}
		}
	}
	return words
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

func onlyLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if isNoLetter(r) {
			return -1
		}
		return r
	}, text)
}
