package search

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// excerptOf marks the finds of a query in a text, as a page would.
func excerptOf(t *testing.T, query, text string, limit int) string {
	t.Helper()
	q := Parse(query, noon)
	m := newMatcher(q.units, make([]bool, len(q.units)))
	shown, ranges := excerpt(text, m.find(text), limit)
	if utf8.RuneCountInString(shown) > limit {
		t.Errorf("%q has more than %d runes", shown, limit)
	}
	units := utf16.Encode([]rune(shown))
	var b strings.Builder
	last := 0
	for _, r := range ranges {
		if r[0] < last || r[1] <= r[0] || r[1] > len(units) {
			t.Fatalf("ranges %v do not rise within %q", ranges, shown)
		}
		b.WriteString(string(utf16.Decode(units[last:r[0]])) + "[" + string(utf16.Decode(units[r[0]:r[1]])) + "]")
		last = r[1]
	}
	return b.String() + string(utf16.Decode(units[last:]))
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("bir iki üç dört beş ", 30)
	for _, c := range []struct{ query, text, want string }{
		{"kargo ", "Çöğüş kargo geldi", "Çöğüş [kargo] geldi"},
		{"iade ", "İADE istiyorum, iademi yapın", "[İADE] istiyorum, [iademi] yapın"},
		{"izmir ", "İzmir'den geldi", "[İzmir]'den geldi"},
		{"kargo ", "👍👍 kargo 👍", "👍👍 [kargo] 👍"},
		{"sikayet ", "s\u0327i\u0307kâyet", "[s\u0327i\u0307kâyet]"},
		{"satir ", "bir\nsatır\tdaha", "bir [satır] daha"},
		{`"hata kodu"`, "hata kodunu yazın", "[hata kodunu] yazın"},
		{"KP-513377", "siparişim KP-513377.", "siparişim [KP-513377]."},
		{"0500 000 12 34", "beni +90 500 000 12 34 arayın", "beni +[90 500 000 12 34] arayın"},
		{"yok ", "hiç", "hiç"},
		{"hedef ", long + "hedef " + long, "…beş bir iki üç dört beş bir iki üç dört beş [hedef] " + long[:len(long)-1]},
	} {
		got := excerptOf(t, c.query, c.text, SnippetRunes)
		if c.query == "hedef " {
			if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || !strings.Contains(got, " [hedef] ") {
				t.Errorf("a long text is cut to %q", got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%q in %q is %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func TestExcerptFillsItsRoom(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("kelime ", 60) + "hedef", "hedef " + strings.Repeat("kelime ", 60), strings.Repeat("ş", 500), strings.Repeat("👍", 300) + " hedef",
	} {
		q := Parse("hedef ", noon)
		m := newMatcher(q.units, []bool{false})
		shown, _ := excerpt(text, m.find(text), SnippetRunes)
		if n := utf8.RuneCountInString(shown); n > SnippetRunes || n < SnippetRunes-10 {
			t.Errorf("%d runes are shown of %q…", n, text[:20])
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("kargo", "Kargo nerede? kargom 👍", 140)
	f.Add("a", "a\xff\xfea", 3)
	f.Add("0", "0 001", 3)
	f.Fuzz(func(t *testing.T, query, text string, limit int) {
		if limit < 3 || limit > 1000 || !utf8.ValidString(text) {
			return
		}
		_ = excerptOf(t, query, text, limit)
	})
}
