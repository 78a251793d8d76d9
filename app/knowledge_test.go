package app_test

import (
	"fmt"
	"slices"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// knows puts an entry into the knowledge list.
func knows(t *testing.T, team *apptest.Team, language, answer string, questions ...string) desk.ID {
	t.Helper()
	return apptest.Must(team.SaveKnowledge(app.SaveKnowledge{By: team.Admin, New: true, Change: desk.KnowledgeChange{
		Language: &language, Questions: &questions, Answer: &answer,
	}}))(t).ID
}

// TestTry says what would decide, with the list and the rules as they are.
func TestTry(t *testing.T) {
	team := apptest.New(t)
	try := func(text string) app.Tried { t.Helper(); return apptest.Must(team.Try(text, "tr"))(t) }
	if tried := try("kargom nerede"); tried.By != "nothing" || len(tried.Candidates) != 0 {
		t.Errorf("knowing nothing: %+v", tried)
	}
	cargo := knows(t, team, "tr", "Yolda.", "Kargom nerede?", "Kargo takibi")
	knows(t, team, "tr", "14 gün içinde.", "İade nasıl yapılır?")
	if tried := try("KARGOM NEREDE"); tried.By != "knowledge" || tried.Answer != "Yolda." || tried.Score != 1 || tried.Candidates[0].ID != cargo {
		t.Errorf("a question: %+v", tried)
	}
	if tried := try("bir temsilciyle görüşmek istiyorum"); tried.By != "handover" || tried.Answer != "" {
		t.Errorf("asking for a person: %+v", tried)
	}
	if tried := try("okulda yedi yıldır insan kaynakları üzerine çalışıyorum ama kargom nerede"); tried.By == "handover" {
		t.Errorf("a word said in passing: %+v", tried)
	}
	rule := apptest.Must(team.SaveRule(app.SaveRule{By: team.Admin, New: true, Change: desk.RuleChange{
		Phrases: &[]string{"kargo"}, Match: new(desk.MatchWord), Answer: new("Kuralla."),
	}}))(t)
	if tried := try("kargolarım nerede"); tried.By != "rule" || tried.Answer != "Kuralla." || *tried.RuleID != rule.ID {
		t.Errorf("a rule: %+v", tried)
	}
	off := false
	apptest.Must(team.SaveRule(app.SaveRule{By: team.Admin, ID: rule.ID, Change: desk.RuleChange{Enabled: &off}}))(t)
	apptest.Must(team.SaveKnowledge(app.SaveKnowledge{By: team.Admin, ID: cargo, Change: desk.KnowledgeChange{Enabled: &off}}))(t)
	if tried := try("kargom nerede"); tried.By != "nothing" {
		t.Errorf("what is disabled still answers: %+v", tried)
	}
}

// TestRuleInEitherLanguage prefers a rule in the customer's language.
func TestRuleInEitherLanguage(t *testing.T) {
	team := apptest.New(t)
	for _, language := range []string{"en", "tr"} {
		apptest.Must(team.SaveRule(app.SaveRule{By: team.Admin, New: true, Change: desk.RuleChange{
			Language: &language, Phrases: &[]string{"sms"}, Match: new(desk.MatchWord), Answer: &language,
		}}))(t)
	}
	for _, language := range []string{"tr", "en"} {
		if tried := apptest.Must(team.Try("SMS!", language))(t); tried.Answer != language {
			t.Errorf("in %s: %+v", language, tried)
		}
	}
}

// TestKnowledgeGoesOutAndIn exports a list and imports it elsewhere and again.
func TestKnowledgeGoesOutAndIn(t *testing.T) {
	team, other := apptest.New(t), apptest.New(t)
	for i := range 20 {
		knows(t, team, "tr", fmt.Sprint("Yanıt ", i), fmt.Sprint("Soru ", i), "Başka")
	}
	items := apptest.Must(team.ExportKnowledge())(t)
	head := other.Head()
	if done := apptest.Must(other.ImportKnowledge(app.ImportKnowledge{By: other.Admin, Items: items}))(t); done != (app.KnowledgeImport{Added: 20}) {
		t.Fatalf("imported: %+v", done)
	}
	if events := other.Events(t, head); !slices.Equal(events, []desk.EventType{desk.KnowledgeImported}) {
		t.Errorf("told as %v", events)
	}
	items[3].Answer, items[4].Questions[0] = "Yeni", "SORU 4"
	if done := apptest.Must(other.ImportKnowledge(app.ImportKnowledge{By: other.Admin, Items: items}))(t); done != (app.KnowledgeImport{Changed: 2, Same: 18}) {
		t.Errorf("imported again: %+v", done)
	}
	again := apptest.Must(other.ExportKnowledge())(t)
	if len(again) != 20 || again[3].Answer != "Yeni" || again[4].Questions[0] != "SORU 4" {
		t.Errorf("afterwards: %+v", again)
	}
	items[7].Answer = " "
	if _, err := other.ImportKnowledge(app.ImportKnowledge{By: other.Admin, Items: items}); desk.CodeOf(err) != desk.CodeEmpty || err.(*desk.Error).Field != "knowledge[7].answer" {
		t.Errorf("a broken entry: %v", err)
	}
	twice := []app.KnowledgeItem{items[0], items[0]}
	_, err := other.ImportKnowledge(app.ImportKnowledge{By: other.Admin, Items: twice})
	wantRefusal(t, err, desk.CodeConflict)
	_, err = other.ImportKnowledge(app.ImportKnowledge{By: other.Can, Items: items[:1]})
	wantRefusal(t, err, desk.CodeForbidden)
}

// TestAskingForAPerson holds the first hand-over words to what people write.
func TestAskingForAPerson(t *testing.T) {
	team := apptest.New(t)
	for _, text := range []string{
		"İNSAN", "INSAN", "insanla görüşmek istiyorum", "bir insana yazmak istiyorum", "temsilciye bağlan",
		"TEMSİLCİYE BAĞLANMAK İSTİYORUM", "müşteri temsilcisine aktarır mısın", "canlı destek istiyorum lütfen",
		"yetkiliyle görüşebilir miyim", "biriyle konuşabilir miyim", "biriyle görüşebilir miyim",
		"gerçek biriyle konuşmak istiyorum", "beni birine bağlayın", "birine bağlar mısınız", "operatöre bağla",
		"robotla konuşmak istemiyorum artık", "agent", "can I speak to a human being please", "talk to someone real",
		"I want to talk to someone", "let me speak to someone", "real person",
	} {
		if tried := apptest.Must(team.Try(text, "tr"))(t); tried.By != "handover" {
			t.Errorf("%q: %s", text, tried.By)
		}
	}
	for _, text := range []string{
		"kargom nerede", "robotla konuşmak istiyorum", "robot süpürge var mı", "bir arkadaşımla konuştum, hediye alacağım",
		"biri kargomu almış", "hoparlöre nasıl bağlanır", "someone took my parcel", "talk to you later",
	} {
		if tried := apptest.Must(team.Try(text, "tr"))(t); tried.By == "handover" {
			t.Errorf("%q asks for nobody", text)
		}
	}
}
