package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CheckText refuses a text that is over a number of bytes, is not UTF-8, or
// holds a NUL. An empty text passes.
func CheckText(field, text string, limit int) error {
	if len(text) > limit {
		return Refuse(CodeTooLong, field, "The text is too long; shorten it or send it in parts.")
	}
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return Refuse(CodeBadText, field, "The text must be UTF-8 without NUL characters.")
	}
	return nil
}

// zeroWidthJoiner and zeroWidthNonJoiner belong to emoji and to the writing of
// Persian and Indic languages, so a name keeps them between visible characters.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	joiners            = string(zeroWidthNonJoiner) + string(zeroWidthJoiner)
)

// CleanName makes a name or other one-line label fit to be shown and compared:
// control and invisible formatting characters go, runs of white space become one
// space, and what can be written in two ways that look the same (é, or e with an
// accent above it) is written in one, NFC. Texts of messages stay as they came.
// Refused: CodeEmpty when nothing visible is left, CodeTooLong over maxRunes,
// CodeBadText for what is not text.
func CleanName(field, name string, maxRunes int) (string, error) {
	if err := CheckText(field, name, maxRunes*utf8.UTFMax); err != nil {
		return "", err
	}
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, norm.NFC.String(name))
	words := make([]string, 0, 4)
	for word := range strings.FieldsSeq(visible) {
		if word = strings.Trim(word, joiners); word != "" {
			words = append(words, word)
		}
	}
	clean := strings.Join(words, " ")
	if clean == "" {
		return "", Refuse(CodeEmpty, field, "This must not be empty.")
	}
	if utf8.RuneCountInString(clean) > maxRunes {
		return "", Refuse(CodeTooLong, field, "This is too long; shorten it.")
	}
	return clean, nil
}

// Limits on tags.
const (
	MaxTags     = 20
	MaxTagRunes = 40
)

// CleanTags cleans each tag as a name, in lower case as Turkish and English
// agree on it, drops doubles and sorts.
func CleanTags(tags []string) ([]string, error) {
	if len(tags) > MaxTags {
		return nil, Refuse(CodeTooMany, "tags", "A conversation takes at most 20 tags.")
	}
	clean := make([]string, 0, len(tags))
	for _, tag := range tags {
		name, err := CleanName("tags", tag, MaxTagRunes)
		if err != nil {
			return nil, err
		}
		clean = append(clean, lowerTag(name))
	}
	slices.Sort(clean)
	return slices.Compact(clean), nil
}

// lowerTag lowers a tag without choosing a language: İ becomes i and ı stays,
// where unicode.ToLower alone would leave a combining dot behind.
func lowerTag(tag string) string {
	return strings.Map(func(r rune) rune {
		if r == 'İ' {
			return 'i'
		}
		return unicode.ToLower(r)
	}, tag)
}
