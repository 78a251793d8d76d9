package search

import (
	"strings"
	"testing"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// vocabulary makes forms of words as they come in texts: stems that soften,
// double, narrow and drop vowels, with endings behind them.
func vocabulary() []string {
	stems := strings.Fields("kargo iade fatura siparis abonelik aboneli\u0067 renk reng kitap kitab hesap hesab isim ism sehir sehr kayit kayd hak hakk ret redd " +
		"kart hat kod kutu su ev is yol para banka limit kurye randevu police musteri gel ver al yap bekle bekl ode gonder cozumle order refund charge deliver " +
		"televizyon webhook batarya sandalye kredi iptal adres onay tarih odul kombi")
	endings := strings.Fields("- i u si su in un nin im um m imi mi ler lar leri lerimiz e a ye ya de da den dan le la deki niz iniz inizi di ti mis iyor iyorum ecek " +
		"eceg medi memis mek me mesi en dik ince s es ed ing y ies")
	seen := map[string]bool{}
	var words []string
	for _, stem := range stems {
		for _, ending := range endings {
			word := strings.TrimSuffix(stem+ending, "-")
			if !seen[word] {
				seen[word] = true
				words = append(words, word)
			}
		}
	}
	return words
}

// Whatever answers a word must lie within what the dictionary is scanned for.
func TestScanFindsAllForms(t *testing.T) {
	words := vocabulary()
	for _, typed := range words {
		for _, last := range []bool{false, true} {
			w := newWord(typed, last)
			prefix, bare := w.scanPrefix(), w.bareStem()
			for _, term := range words {
				c := w.judge(term, false)
				if c == none || strings.HasPrefix(term, prefix) || term == bare {
					continue
				}
				t.Fatalf("%s answers %s (class %d), but the dictionary is scanned for %s…", term, typed, c, prefix)
			}
		}
	}
}

// accepts runs an automaton over a term as the dictionary does.
func accepts(a segment.Automaton, term string) bool {
	state := a.Start()
	for k := 0; k < len(term) && a.CanMatch(state); k++ {
		state = a.Accept(state, term[k])
	}
	return a.IsMatch(state)
}

// Whatever answers a word must be accepted by the automaton for its forms, and begin as
// texts are asked whether they may hold it; most of what merely begins alike is refused.
func TestAutomatonFindsAllForms(t *testing.T) {
	typed := vocabulary()
	words := append(vocabulary(), "kitapcik", "kargocu", "customer1042", "isimsiz", "hatice", "cokuntu")
	found, refused := 0, 0
	for i := range 4 * len(typed) {
		last, quoted := i%2 == 1, i%4 > 1
		u := unit{words: []word{newWord(typed[i/4], last)}, quoted: quoted}
		w := &u.words[0]
		a, begin, skip := u.formsOf(0), w.beginning(), none
		if last && !quoted && len(w.term) <= maxGram {
			skip = begins // which have postings of their own
		}
		for _, term := range words {
			c, accepted := u.judge(0, term, false), accepts(a, term)
			switch {
			case c != none && !strings.HasPrefix(term, begin):
				t.Fatalf("%s answers %s (class %d), but does not begin with %s", term, w.term, c, begin)
			case c != none && c != skip && !accepted && term != w.bareStem():
				t.Fatalf("%s answers %s (class %d), but the automaton refuses it", term, w.term, c)
			case c != none:
				found++
			case strings.HasPrefix(term, begin) && !accepted:
				refused++
			}
		}
	}
	if found < 10_000 || refused < 1000 {
		t.Errorf("%d pairs answer, of %d that begin alike the automaton refuses", found, refused)
	}
}

// Whatever answers a word with a typing error must be accepted by the automaton.
func TestAutomatonFindsAllTypos(t *testing.T) {
	words := vocabulary()
	found := 0
	for i, right := range words {
		if i%61 != 0 {
			continue
		}
		for _, typed := range misspell(right) {
			w := newWord(typed, false)
			if !w.mayErr() {
				continue
			}
			a := newTypoAutomaton(w.typoStem())
			for _, term := range words {
				c := w.judge(term, true)
				if c != typo && c != guess {
					continue
				}
				found++
				if !accepts(a, term) {
					t.Fatalf("%s answers %s, but the automaton for %s… refuses it", term, typed, w.typoStem())
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d pairs were looked at", found)
	}
}

// misspell makes typing errors of each kind.
func misspell(word string) []string {
	var out []string
	for i := 0; i < len(word); i++ {
		out = append(out, word[:i]+word[i+1:], word[:i]+"x"+word[i+1:], word[:i]+"x"+word[i:])
		if i+1 < len(word) {
			out = append(out, word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:])
		}
	}
	return out
}
