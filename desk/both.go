package desk

import (
	"slices"
	"strings"
)

// Languages are the languages that Parley itself speaks. Texts that it says to
// customers are set in both.
var Languages = [...]string{"tr", "en"}

// Both is a text in the two languages.
type Both struct{ TR, EN string }

// In gives the text in a language, by the start of its BCP 47 tag, and the other
// one's when that is empty: a customer would rather read something than nothing.
func (b Both) In(language string) string {
	if LanguageOf(language, "tr") == "en" {
		return first(b.EN, b.TR)
	}
	return first(b.TR, b.EN)
}

// IsEmpty reports whether there is nothing to say in either language.
func (b Both) IsEmpty() bool { return b.TR == "" && b.EN == "" }

// LanguageOf is tr or en for a BCP 47 tag such as en-GB, or fallback for any other.
func LanguageOf(tag, fallback string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if slices.Contains(Languages[:], base) {
		return base
	}
	return fallback
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// cleanBoth checks what is said to customers, in both languages: text of at most
// limit bytes, without the white space around it. It may be empty.
func cleanBoth(field string, b Both, limit int) (Both, error) {
	for _, side := range []struct {
		name string
		text *string
	}{{".tr", &b.TR}, {".en", &b.EN}} {
		*side.text = strings.TrimSpace(*side.text)
		if err := CheckText(field+side.name, *side.text, limit); err != nil {
			return Both{}, err
		}
	}
	return b, nil
}

// cleanLabels checks a name in both languages, at least one of which there must be.
func cleanLabels(field string, b Both, runes int) (Both, error) {
	if strings.TrimSpace(b.TR) == "" && strings.TrimSpace(b.EN) == "" {
		return Both{}, Refuse(CodeEmpty, field, "Write a name in at least one language.")
	}
	for _, side := range []struct {
		name string
		text *string
	}{{".tr", &b.TR}, {".en", &b.EN}} {
		if strings.TrimSpace(*side.text) == "" {
			*side.text = ""
			continue
		}
		clean, err := CleanName(field+side.name, *side.text, runes)
		if err != nil {
			return Both{}, err
		}
		*side.text = clean
	}
	return b, nil
}

// cleanList checks a list of one-line texts: each is cleaned as a name, empty ones
// and doubles go.
func cleanList(field string, list []string, most, runes int) ([]string, error) {
	clean := make([]string, 0, len(list))
	for _, text := range list {
		if strings.TrimSpace(text) == "" {
			continue
		}
		name, err := CleanName(field, text, runes)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(clean, name) {
			clean = append(clean, name)
		}
	}
	if len(clean) > most {
		return nil, Refuse(CodeTooMany, field, "There are too many of these.")
	}
	if len(clean) == 0 {
		return nil, nil
	}
	return clean, nil
}

// checkRev refuses a change that was made without knowing the newest state.
func checkRev(have, sent uint64) error {
	if sent < have {
		return Refuse(CodeConflict, "rev", "Somebody has changed this since; load it again.")
	}
	return nil
}
