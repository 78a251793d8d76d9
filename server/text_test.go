package server

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCheckBody(t *testing.T) {
	for body, good := range map[string]bool{
		`{"text":"Şişe 🍵"}`:            true,
		`{"text":"\ud83c\udf75"}`:      true,
		`{"text":"\\ud83c"}`:           true, // an escaped backslash, then letters
		`{"text":"\ud83c"}`:            false,
		`{"text":"\udf75\ud83c"}`:      false,
		`{"text":"\ud83cx\udf75"}`:     false,
		`{"text":"\uD83C\uDF75 \uD8"}`: true, // no escape at all: the decoder's to refuse
		"{\"text\":\"\xff\"}":          false,
		``:                             true,
		`\`:                            true,
	} {
		if err := checkBody([]byte(body)); (err == nil) != good {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// FuzzCheckBody holds the check to what it is for: a text that passes comes out
// of the decoder as it went in.
func FuzzCheckBody(f *testing.F) {
	for _, seed := range []string{"abc", `\ud83c\udf75`, `\ud83c`, `\\ud83c`, `\`, "\xff", `\u0041\udfff`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		body := `"` + text + `"`
		var out string
		if json.Unmarshal([]byte(body), &out) != nil || strings.ContainsRune(text, utf8.RuneError) || strings.Contains(strings.ToLower(text), "fffd") {
			return
		}
		if replaced := strings.ContainsRune(out, utf8.RuneError); replaced == (checkBody([]byte(body)) == nil) {
			t.Errorf("%q: decoded to %q, checked %v", body, out, checkBody([]byte(body)))
		}
	})
}
