package search

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"parley/desk"
)

// faq is a list of questions with what customers wrote who wanted them.
type faq struct {
	keys      []string // the id of an entry is its place here
	questions []Question
	asked     []askedFor
}

type askedFor struct{ key, text string }

// readFAQ reads a file of testdata; its head tells its form.
func readFAQ(t testing.TB, language string) *faq {
	t.Helper()
	f, err := os.Open("testdata/answers-" + language + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, key := &faq{}, ""
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "? "):
			list.questions = append(list.questions, Question{ID: faqID(language, len(list.keys)-1), Language: language, Text: line[2:]})
		case strings.HasPrefix(line, "> "):
			list.asked = append(list.asked, askedFor{key, line[2:]})
		default:
			key = line
			list.keys = append(list.keys, line)
		}
	}
	return list
}

func faqID(language string, n int) desk.ID { return desk.ID{language[0], byte(n + 1)} }

func (f *faq) keyOf(id desk.ID) string { return f.keys[id[1]-1] }

// outcome counts how messages were answered.
type outcome struct{ asked, right, wrong, offered, strangers, refused int }

// shown is the share of the threshold from which an entry is offered to choose from.
const shown = 0.6

func (o *outcome) add(want string, keys []string, found []Candidate) {
	sure := len(found) > 0 && found[0].Score >= desk.DefaultThreshold
	if want == "none" {
		o.strangers++
		if !sure {
			o.refused++
		}
		return
	}
	o.asked++
	switch {
	case sure && keys[0] == want:
		o.right++
	case sure:
		o.wrong++
	default:
		for i := range found {
			if keys[i] == want && found[i].Score >= shown*desk.DefaultThreshold {
				o.offered++
			}
		}
	}
}

// TestAnswersAreFound measures both languages in one index, as a team has them. The
// figures of a score were chosen on these messages, so others will do a little worse.
func TestAnswersAreFound(t *testing.T) {
	lists := map[string]*faq{"tr": readFAQ(t, "tr"), "en": readFAQ(t, "en")}
	x := NewAnswers(append(append([]Question(nil), lists["tr"].questions...), lists["en"].questions...))
	var all outcome
	for _, language := range []string{"tr", "en"} {
		for _, asked := range lists[language].asked {
			found := x.Find(Ask(asked.text), language, 3)
			keys := make([]string, len(found))
			for i := range found {
				if keys[i] = "foreign"; found[i].ID[0] == language[0] {
					keys[i] = lists[language].keyOf(found[i].ID)
				}
			}
			all.add(asked.key, keys, found)
		}
	}
	t.Logf("of %d messages %d answered right, %d wrong, %d offered the right entry; of %d about something else %d left alone",
		all.asked, all.right, all.wrong, all.offered, all.strangers, all.refused)
	if all.asked < 140 || all.strangers < 40 {
		t.Fatal("the messages were not all read")
	}
	if all.right*100 < 70*all.asked || all.wrong*100 > 4*all.asked || (all.right+all.offered)*100 < 88*all.asked || all.refused*100 < 90*all.strangers {
		t.Error("answers got worse")
	}
}

func TestAnswerItself(t *testing.T) {
	x := NewAnswers([]Question{
		{ID: desk.ID{1}, Language: "tr", Text: "Şifremi unuttum"},
		{ID: desk.ID{2}, Language: "tr", Text: "Kargom nerede?"},
		{ID: desk.ID{2}, Language: "tr", Text: "Kargo takibi"},
		{ID: desk.ID{3}, Language: "en", Text: "Kargom nerede?"},
	})
	for _, row := range []struct {
		text, language string
		want           byte
		score          float64
	}{
		{"SIFREMI UNUTTUM!!", "tr", 1, 1},
		{"kargom nerede", "tr", 2, 1},
		{"kargom nerede", "en", 3, 1},
		{"kargo takibi", "en", 2, 1},
	} {
		found := x.Find(Ask(row.text), row.language, 5)
		if len(found) == 0 || found[0].Score != row.score {
			t.Fatalf("%q: %+v", row.text, found)
		}
		if found[0].ID[0] != row.want {
			t.Errorf("%q in %s: %+v", row.text, row.language, found)
		}
	}
	for _, nothing := range []string{"", "?!", "🙂", "zzzz qqqq", strings.Repeat("x", 100_000)} {
		if found := x.Find(Ask(nothing), "tr", 5); len(found) != 0 {
			t.Errorf("%.20q is like %+v", nothing, found)
		}
	}
	if found := NewAnswers(nil).Find(Ask("anything"), "en", 3); len(found) != 0 {
		t.Errorf("an empty list knows %+v", found)
	}
}

func TestPhrases(t *testing.T) {
	for _, row := range []struct {
		phrase, text          string
		stands, words, itself bool
	}{
		{"temsilci", "temsilciye bağlanmak istiyorum", true, true, false},
		{"temsilci", "TEMSİLCİ", true, true, true},
		{"temsilci", "temsilçi", true, true, true},
		{"temsilci", "temsici!", true, true, true},
		{"temsilciye bağlan", "beni bir temsilciye bağlayın lütfen", true, true, false},
		{"temsilciye bağlan", "bağlan bana temsilciye", false, true, false},
		{"temsilciye bağlan", "temsilciye bağlanmıyorum", false, false, false},
		{"insan", "insan hakları", true, true, false},
		{"insan", "insaf", false, false, false},
		{"agent", "agents, please", true, true, false},
		{"talk to a person", "Can I talk to a person?", true, true, false},
		{"iade", "kargo", false, false, false},
		{"e-posta", "E-postam", true, true, true},
		{"", "anything", false, false, false},
		{"word", "", false, false, false},
	} {
		p, a := NewPhrase(row.phrase), Ask(row.text)
		if got := [3]bool{p.StandsIn(a), p.WordsIn(a), p.Is(a)}; got != [3]bool{row.stands, row.words, row.itself} {
			t.Errorf("%q in %q: stands, words, is: %v", row.phrase, row.text, got)
		}
	}
}

func TestWhatAMessageIs(t *testing.T) {
	for text, want := range map[string]struct {
		nothing  bool
		language string
	}{
		"Merhaba!":                         {true, "tr"},
		"İyi günler, teşekkür ederim":      {true, "tr"},
		"hello, good morning":              {true, "en"},
		"tamam":                            {true, "tr"},
		"ok":                               {true, ""},
		"kargo":                            {false, ""},
		"Merhaba, kargom nerede?":          {false, "tr"},
		"Where is my parcel?":              {false, "en"},
		"":                                 {false, ""},
		"👍":                                {false, ""},
		"Merhaba, the website is not good": {false, "en"},
	} {
		a := Ask(text)
		if a.SaysNothing() != want.nothing || a.Language() != want.language {
			t.Errorf("%q says nothing: %t, language %q", text, a.SaysNothing(), a.Language())
		}
	}
}

// manyQuestions makes a list of a size, each entry asked for in three ways.
func manyQuestions(t testing.TB, entries int) (list []Question) {
	t.Helper()
	samples := append(readFAQ(t, "tr").questions, readFAQ(t, "en").questions...)
	for i := range entries {
		for k := range 3 {
			q := samples[(i*7+k*3)%len(samples)]
			q.ID = desk.ID{byte(i >> 8), byte(i), 1}
			q.Text = fmt.Sprintf("%s %s%d", q.Text, []string{"model", "ürün", "series"}[k], i%500)
			list = append(list, q)
		}
	}
	return list
}

func BenchmarkFindAnswer(b *testing.B) {
	x := NewAnswers(manyQuestions(b, 1000))
	a := Ask("Merhaba, geçen hafta verdiğim siparişin kargosu hâlâ gelmedi, nasıl takip edebilirim acaba?")
	for b.Loop() {
		x.Find(a, "tr", 3)
	}
}

func BenchmarkMakeAnswers(b *testing.B) {
	list := manyQuestions(b, 1000)
	for b.Loop() {
		NewAnswers(list)
	}
}
