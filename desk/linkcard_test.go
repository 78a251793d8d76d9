package desk_test

import (
	"slices"
	"strings"
	"testing"

	"parley/desk"
)

// TestLinks finds the addresses of pages in what people write, and no others.
func TestLinks(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, "no link": nil, "https://": nil, "ftp://a.example/x": nil, "ada@www": nil, "http://localhost/x": nil,
		"see https://a.example/x?y=1&z=%20.":          {"https://a.example/x?y=1&z=%20"},
		"(https://a.example/wiki/Ayva_(meyve)), then": {"https://a.example/wiki/Ayva_(meyve)"},
		"[www.a.example]":                             {"https://www.a.example"},
		"WWW.a.example!":                              {"https://WWW.a.example"},
		"HTTPS://A.example":                           {"https://A.example"},
		"https://a.example#x https://a.example#y":     {"https://a.example"},
		"http://user:pass@a.example":                  nil,
		"http://a.example:x/":                         nil,
		"xhttps://a.example":                          {"https://a.example"},
		"1 http://a.example 2 http://b.example\nhttp://c.example http://d.example": {"http://a.example", "http://b.example", "http://c.example"},
		"https://çiçek.example/yaprak":                                             {"https://%C3%A7i%C3%A7ek.example/yaprak"},
		"https://a.example/" + strings.Repeat("x", 3000):                           nil,
		"javascript:alert(1)//www.":                                                nil,
	} {
		m := desk.Message{Kind: desk.KindCustomer, Text: text}
		if got := m.Links(); !slices.Equal(got, want) {
			t.Errorf("%.60q has %q, want %q", text, got, want)
		}
	}
	for kind, want := range map[desk.MessageKind]int{desk.KindCustomer: 1, desk.KindAgent: 1, desk.KindBot: 0, desk.KindNote: 0} {
		m := desk.Message{Kind: kind, Text: "https://a.example"}
		if got := m.Links(); len(got) != want {
			t.Errorf("a %s's message has %q", kind, got)
		}
	}
}

// TestNewLinkCard leaves one line of visible text of whatever a page says.
func TestNewLinkCard(t *testing.T) {
	for said, want := range map[string]string{
		"  Ayva \n\t reçeli ": "Ayva reçeli", "a\u202eb\u200b\x00c\ufeff": "abc", "\u200d": "", " ": "", "a\xffb": "ab",
		"<script>alert(1)</script>": "<script>alert(1)</script>", "👩\u200d👧": "👩\u200d👧",
		strings.Repeat("ş", 500): strings.Repeat("ş", desk.MaxCardTitle-1) + "…",
	} {
		card := desk.NewLinkCard("https://a.example", said, said, said, noon)
		if card.Title != want || card.IsEmpty() != (want == "") {
			t.Errorf("%.40q becomes %q", said, card.Title)
		}
		if len([]rune(card.Description)) > desk.MaxCardDescription || len([]rune(card.Site)) > desk.MaxCardSite {
			t.Errorf("%.40q becomes too long: %+v", said, card)
		}
	}
}
