package search_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/demo"
	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/store/storetest"
)

// pastWorld is the sample team's conversations with an index over them.
func pastWorld(t *testing.T) (*running, *app.App, *store.Store) {
	t.Helper()
	st := storetest.Open(t)
	a := newApp(t, st)
	if _, err := a.ImportFile(bytes.NewReader(demo.Lines(time.Now())), app.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	e := mustRun(t, filepath.Join(t.TempDir(), "search"), st)
	e.waitUntilCurrent(t, st)
	return e, a, st
}

func pastAnswers(t *testing.T, e *running, question string, except desk.Number) []search.PastAnswer {
	t.Helper()
	found, err := e.PastAnswers(t.Context(), question, except, 3)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestPastAnswers asks what other customers of the sample team have asked before,
// in other words, and wants the answer that it got; and what nobody asked.
func TestPastAnswers(t *testing.T) {
	e, _, _ := pastWorld(t)
	for question, want := range map[string]string{
		"kutu ezik gelmiş, teslim alayım mı?":                        "tutanak",
		"KUTU EZİK GELMİŞ TESLİM ALAYIM MI":                          "tutanak",
		"Beden yanlış geldi, bornozu değiştirmek istiyorum":          "L beden stokta var",
		"havale yaptım hâlâ onaylanmadı":                             "açıklamaya sipariş numarası",
		"kart ekstremde para iki kere çekilmiş":                      "provizyon",
		"Ödeme sayfasında hata alıyorum, 3D doğrulama süresi aşıldı": "Başka bir tarayıcıda",
		"9 taksit seçeneği yok mu?":                                  "hediye çeki",
		"The tracking says it was delivered, but I was home":         "delivery photo",
		"I put the copper pan into the dishwasher, is it killed?":    "Lemon and salt",
		"Could you merge my two accounts?":                           "Merged",
		"Customs asks for a material list of the pot":                "signed declaration",
		"merhaba":                             "",
		"Teşekkürler, iyi günler":             "",
		"AYV-19655":                           "",
		"":                                    "",
		"Is there a vegetarian menu on board": "",
		"Uçuşumu bir gün sonraya alabilir miyim": "",
	} {
		found := pastAnswers(t, e, question, 0)
		switch {
		case want == "" && len(found) > 0:
			t.Errorf("%s: %+v", question, found)
		case want != "" && (len(found) == 0 || !strings.Contains(found[0].Answer, want)):
			t.Errorf("%s: %+v, want %q", question, found, want)
		}
		if len(found) > 3 || !slices.IsSortedFunc(found, func(a, b search.PastAnswer) int { return int(100 * (b.Score - a.Score)) }) {
			t.Errorf("%s: %d answers, or out of order: %+v", question, len(found), found)
		}
	}
}

// TestPastAnswersAreAnswers gives what an agent told a customer in another
// conversation, while that is resolved, and nothing else.
func TestPastAnswersAreAnswers(t *testing.T) {
	e, a, st := pastWorld(t)
	const question = "kutu ezik gelmiş, teslim alayım mı?"
	found := pastAnswers(t, e, question, 0)
	if len(found) != 1 {
		t.Fatalf("found %+v", found)
	}
	got := found[0]
	if err := st.View(func(tx *store.Tx) error {
		c, err := tx.Conversation(got.Number)
		if err != nil {
			return err
		}
		m, err := tx.Message(&c, got.Seq)
		if m.Kind != desk.KindAgent || m.Text != got.Answer || m.Author.ID != got.Agent || m.At != got.At || c.State != desk.Resolved {
			t.Errorf("it says %+v, the message is %+v", got, m)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if same := pastAnswers(t, e, question, got.Number); len(same) != 0 {
		t.Errorf("a conversation answers itself: %+v", same)
	}
	owner, err := a.AgentByEmail(demo.Agents()[0].Email)
	if err != nil {
		if owner, err = a.CreateAgent(app.CreateAgent{Name: "Owner", Email: "owner@example.com", Role: desk.RoleOwner}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Change(app.ChangeConversation{Verb: app.VerbReopen, By: owner.ID, Number: got.Number}); err != nil {
		t.Fatal(err)
	}
	if open := pastAnswers(t, e, question, 0); len(open) != 0 { // at once: the store decides
		t.Errorf("an open conversation answers: %+v", open)
	}
}

// BenchmarkPast measures how long it takes to find earlier answers.
func BenchmarkPast(b *testing.B) {
	st, dir := benchSet(b)
	engine := mustRun(b, filepath.Join(dir, "search"), st)
	engine.waitUntilCurrent(b, st)
	pick := newZipf(1, 60_000)
	pick.random = rand.New(rand.NewPCG(9, 9))
	var took []time.Duration
	before := cpuTime()
	for b.Loop() {
		question := fmt.Sprint(pick.text(), " ", pick.text())
		started := time.Now()
		if _, err := engine.PastAnswers(context.Background(), question, 0, 3); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(started))
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(len(took)), "cpu-µs")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
}
