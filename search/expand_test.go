package search

import (
	"strings"
	"testing"
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
				state := a.Start()
				for k := 0; k < len(term) && a.CanMatch(state); k++ {
					state = a.Accept(state, term[k])
				}
				if !a.IsMatch(state) {
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
