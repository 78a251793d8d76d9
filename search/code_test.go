package search

import (
	"slices"
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"siparişim KP-513377 nerede", "kp513377"},
		{"takip TR-2024-001234, ya da tr 2024", "tr2024001234"},
		{"203.0.113.220 adresinden", "2030113220 2030113220 0113220"},
		{"bana ada.lovelace@example.com yazın", "ada.lovelace@example.com"},
		{"0322 000 12 34", "03220001234 3220001234 0001234"},
		{"+90 (500) 000-12-34", "0001234 905000001234 5000001234 0001234"},
		{"05000001234", "05000001234 5000001234 0001234"},
		{"8862915", ""}, // a word of its own
		{"3 ürün, 2 kutu, saat 14 30", ""},
		{"ABC12345 ve 12ab", "abc12345 12ab"},
		{"hata E1", ""}, // too short
		{"https://example.com/a/KP-1234567", "kp1234567"},
		{"٠٥٠٠ ٠٠٠ ١٢ ٣٤", "05000001234 5000001234 0001234"},
		{strings.Repeat("1", 30) + " " + strings.Repeat("a1", 200), ""},
	} {
		var codes []string
		eachCode(c.text, func(code string, start, end int) {
			if start < 0 || end > len(c.text) || start >= end {
				t.Errorf("%q: the code %q lies at %d to %d", c.text, code, start, end)
			}
			codes = append(codes, code)
		})
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("the codes of %q are %q, want %q", c.text, got, c.want)
		}
	}
}

func TestCodesAsked(t *testing.T) {
	for typed, want := range map[string][]string{
		"KP-513377": {"kp513377"}, "+90 500 000 12 34": {"905000001234", "5000001234"}, "Ada@Example.com": {"ada@example.com"},
		"8862915": {"8862915"}, "12": nil, "kargo": nil,
	} {
		if got := codesAsked(typed); !slices.Equal(got, want) {
			t.Errorf("%q asks for %v, want %v", typed, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Çöğüş kargo geldi", "cogus kargo geldi"},
		{"İzmir'den İzmir’e İstanbul`da", "izmir izmir istanbul"},
		{"O'Brien don't l'été", "obrien don lete"},
		{"check-in e-mail", "check=in e=mail"},
		{"ada@example.com", "ada_example_com"},
		{"a - b, c", "a b c"},
		{"3'ü 12'si geldi", "3 12 geldi"},
		{"日本語 한국어", "日_本_語 한국어"},
		{"sip\u00adariş ❤️ 👍", "siparis"},
		{"s\u0327i\u0307mdi", "simdi"},
		{"", ""},
		{"...", ""},
		{"'", ""},
		{"''a''", "a"},
		{strings.Repeat("ş", 60), strings.Repeat("s", maxTerm)},
	} {
		var b strings.Builder
		last := 0
		for t0 := (tokenizer{text: c.text}); t0.next(); {
			switch {
			case b.Len() == 0:
			case t0.hyphen:
				b.WriteByte('=')
			case t0.joint:
				b.WriteByte('_')
			default:
				b.WriteByte(' ')
			}
			b.Write(t0.term)
			if t0.start < last || t0.end <= t0.start {
				t.Errorf("%q: a word lies at %d to %d", c.text, t0.start, t0.end)
			}
			last = t0.end
			if folded := Fold(c.text[t0.start:t0.end]); !strings.Contains(folded, "'") && !strings.HasPrefix(folded, string(t0.term)) {
				t.Errorf("%q: %q does not stand at %d to %d", c.text, t0.term, t0.start, t0.end)
			}
		}
		got := b.String()
		want := strings.ReplaceAll(c.want, "한국어", Fold("한국어"))
		if got != want {
			t.Errorf("the words of %q are %q, want %q", c.text, got, want)
		}
	}
}
