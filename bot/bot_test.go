package bot

import (
	"slices"
	"strings"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

const (
	handedOver = "conversation.handed_over"
	online     = "Sizi bir temsilciye bağlıyorum. Ekibimizden biri birazdan yanıtlayacak."
	offline    = "Şu anda ekibimizden kimse çevrimiçi değil. Mesajınız bize ulaştı; ilk fırsatta buradan yanıtlayacağız."
	fallback   = "Bunu tam anlayamadım. Başka sözcüklerle yazabilir ya da bir temsilciye bağlanabilirsiniz."
	welcome    = "Merhaba, ben JetBot. Sorunuzu yazın, hemen yardımcı olmaya çalışayım. Dilediğiniz an bir temsilciye bağlanabilirsiniz."
	thanks     = "Sevindim! Başka bir sorunuz olursa buradayım."
)

// TestAnswers follows one customer through everything that the bot can say.
func TestAnswers(t *testing.T) {
	s := newStand(t)
	cargo := s.knows(t, "{{customer.first_name}}, kargonuz yolda.", "Kargom nerede?", "Kargo takibi")
	s.knows(t, "14 gün içinde.", "İade nasıl yapılır?")

	c, said := s.begins(t, "Merhaba!")
	wantTexts(t, said, welcome)
	if !slices.Equal(said[0].Choices, []string{"Temsilciye bağlan"}) || c.Lead != "bot" {
		t.Errorf("greeted with %+v in %+v", said[0], c)
	}
	said = s.says(t, &c, "kargom nerde acaba")
	wantTexts(t, said, "Elif, kargonuz yolda.")
	if sources := said[0].Sources; len(sources) != 1 || *sources[0].ID != cargo || said[0].Kind != "bot" || said[0].Author.Kind != "bot" {
		t.Errorf("answered with %+v", said[0])
	}
	wantTexts(t, s.says(t, &c, "Teşekkürler"), thanks)
	wantTexts(t, s.says(t, &c, "Bugün hava çok güzel değil mi"), fallback)
	wantTexts(t, s.says(t, &c, "iade nasıl oluyor"), "14 gün içinde.")
	wantTexts(t, s.says(t, &c, "Galatasaray maçı berabere bitmiş"), fallback) // the answer between began a new row
	wantTexts(t, s.says(t, &c, "Şiir okur musun"), offline, handedOver)
	if c.Lead != "nobody" || c.WaitingSince == nil {
		t.Errorf("handed over into %+v", c)
	}
	wantTexts(t, s.says(t, &c, "Kargom nerede?"))
	storetest.MustView(t, s.Store(), func(tx *store.Tx) error {
		if uses, _ := tx.KnowledgeUses(cargo); uses != 1 {
			t.Errorf("the entry was used %d times", uses)
		}
		return nil
	})
}

// TestFirstQuestion answers at once what comes without a greeting.
func TestFirstQuestion(t *testing.T) {
	s := newStand(t)
	s.knows(t, "Yolda.", "Kargom nerede?")
	_, said := s.begins(t, "Kargom nerede?")
	wantTexts(t, said, welcome, "Yolda.")
	_, said = s.begins(t, "Bugün hava çok güzel değil mi")
	wantTexts(t, said, welcome, fallback)

	posted := apptest.Must(s.Receive(app.ReceiveMessage{Customer: s.NewCustomer(t, "Can").ID, Channel: "widget", Draft: apptest.Draft("Kargom nerede?")}))(t)
	s.settle(t)
	wantTexts(t, s.since(t, posted.Conversation.Number, 1), "Yolda.") // the widget has shown the welcome
}

// TestHandOverWords gives way at a word, with another text while somebody is there.
func TestHandOverWords(t *testing.T) {
	there := false
	s := newStand(t, func(o *Options) { o.Online = func() bool { return there } })
	for text, want := range map[string]string{"temsilci": offline, "bir insanla konuşmak istiyorum": offline, "agent please": "Nobody from our team is online right now. Your message has reached us, and we'll answer here as soon as we can."} {
		_, said := s.begins(t, text)
		wantTexts(t, said, want, handedOver)
	}
	there = true
	c, said := s.begins(t, "Merhaba")
	wantTexts(t, said, welcome)
	wantTexts(t, s.says(t, &c, said[0].Choices[0]), online, handedOver)
}

// TestRules are obeyed before the knowledge list is asked.
func TestRules(t *testing.T) {
	s := newStand(t)
	s.sets(t, func(b *wire.Bot) { b.Welcome = wire.Greetings{} })
	s.knows(t, "Listeden.", "Kargom nerede?")
	rule := func(answer string, handover bool, phrases ...string) {
		t.Helper()
		apptest.Must(s.SaveRule(app.SaveRule{By: s.Admin, New: true, Change: desk.RuleChange{
			Phrases: &phrases, Answer: &answer, Handover: &handover, Choices: &[]string{"Başka"},
		}}))(t)
	}
	rule("Kuraldan.", false, "kargo")
	rule("Çok üzgünüz.", true, "şikayet")
	rule("", true, "avukat")
	c, said := s.begins(t, "Kargom nerede?")
	wantTexts(t, said, "Kuraldan.")
	if !slices.Equal(said[0].Choices, []string{"Başka"}) {
		t.Errorf("the choices are %q", said[0].Choices)
	}
	wantTexts(t, s.says(t, &c, "şikâyetim var"), "Çok üzgünüz.", offline, handedOver)
	_, said = s.begins(t, "avukatımla konuşun")
	wantTexts(t, said, offline, handedOver)
}

// TestFollowUp asks whether an answer helped.
func TestFollowUp(t *testing.T) {
	s := newStand(t)
	s.sets(t, func(b *wire.Bot) { b.FollowUp.On, b.Welcome = true, wire.Greetings{} })
	s.knows(t, "Yolda.", "Kargom nerede?")
	c, said := s.begins(t, "Kargom nerede?")
	wantTexts(t, said, "Yolda.", "Bu yanıt işinize yaradı mı?")
	wantTexts(t, s.says(t, &c, "Evet, teşekkürler"), thanks)
	said = s.says(t, &c, "Kargom nerede?")
	wantTexts(t, s.says(t, &c, said[1].Choices[1]), fallback)
	s.says(t, &c, "Kargom nerede?")
	wantTexts(t, s.says(t, &c, "Hayır"), fallback) // the answer in between began a new row
	wantTexts(t, s.says(t, &c, "Şiir okur musun"), offline, handedOver)
}

// TestNearQuestions are offered when the bot is not sure, in words that lead there.
func TestNearQuestions(t *testing.T) {
	s := newStand(t)
	s.sets(t, func(b *wire.Bot) { b.Threshold, b.Welcome.TR.Text, b.Welcome.EN.Text = 0.95, "", "" })
	s.knows(t, "Yolda.", "Kargom nerede?")
	c, said := s.begins(t, "kargom nerede kaldı gelmedi hâlâ")
	wantTexts(t, said, fallback)
	if !slices.Equal(said[0].Choices, []string{"Kargom nerede?", "Temsilciye bağlan"}) {
		t.Fatalf("offered %q", said[0].Choices)
	}
	wantTexts(t, s.says(t, &c, "Kargom nerede?"), "Yolda.")
}

// TestQuestionInPieces reads what belongs together, and answers once.
func TestQuestionInPieces(t *testing.T) {
	s := newStand(t)
	s.sets(t, func(b *wire.Bot) { b.Welcome = wire.Greetings{} })
	s.knows(t, "Yolda.", "Kargo takibi nasıl yapılır?")
	s.stop()
	customer := s.NewCustomer(t, "Elif").ID
	n := s.Says(t, customer, 0, "kargo").Conversation.Number
	s.Says(t, customer, n, "takibini")
	s.Says(t, customer, n, "yapacaktım")
	s.start(t)
	wantTexts(t, s.since(t, n, 3), "Yolda.")
}

// TestOffIsSilent says nothing while the bot is off, and nothing old when it comes.
func TestOffIsSilent(t *testing.T) {
	s := newStand(t)
	s.Bot(t, false)
	c, said := s.begins(t, "Merhaba")
	if len(said) != 0 || c.Lead != "nobody" {
		t.Errorf("said %q in %+v", texts(said), c)
	}
	fresh := &stand{Team: apptest.New(t)}
	fresh.Bot(t, true)
	old := fresh.NewConversation(t)
	fresh.start(t)
	wantTexts(t, fresh.since(t, old.Number, 1))
}

// TestLoopEnds gives way to a machine that answers every answer.
func TestLoopEnds(t *testing.T) {
	s := newStand(t)
	s.sets(t, func(b *wire.Bot) { b.Misses = 5 })
	c, _ := s.begins(t, "I am out of office")
	answers := 0
	for range 30 {
		said := s.says(t, &c, "Teşekkürler")
		for i := range said {
			if said[i].Kind == "bot" {
				answers++
			}
		}
		if c.Lead != "bot" {
			break
		}
	}
	if c.Lead != "nobody" || answers > 6 {
		t.Errorf("after %d answers it is led by %s", answers, c.Lead)
	}
}

// TestCursorIsSavedWithTheAnswer finds the cursor where the answer is, and the cause
// in the answer's events; a restart says nothing twice.
func TestCursorIsSavedWithTheAnswer(t *testing.T) {
	s := newStand(t)
	c, said := s.begins(t, "Merhaba")
	storetest.MustView(t, s.Store(), func(tx *store.Tx) error {
		entries, err := tx.Journal(0, 1000)
		if err != nil {
			return err
		}
		answer := entries[len(entries)-1]
		if answer.Event.Actor.Kind != desk.ActorBot || answer.Event.Cause == 0 || tx.Cursor(app.FollowerBot) != answer.Event.Cause {
			t.Errorf("the answer is %+v, the cursor %d", answer, tx.Cursor(app.FollowerBot))
		}
		return nil
	})
	s.stop()
	s.Team = s.Restart(t)
	s.start(t)
	if again := s.since(t, c.Number, 1); len(again) != len(said) {
		t.Errorf("after a restart: %q", texts(again))
	}
	wantTexts(t, s.says(t, &c, "Teşekkürler"), thanks)
}

// TestPoisonIsParked gives the conversation to people when an event fails again and
// again, and says so.
func TestPoisonIsParked(t *testing.T) {
	s := newStand(t)
	s.stop()
	c := s.NewConversation(t)
	s.bot = New(Options{App: s.App, Log: apptest.Quiet()})
	if err := s.bot.begin(); err != nil {
		t.Fatal(err)
	}
	head := s.Head()
	s.bot.reach.start(head)
	asked := desk.Event{Number: c.Number, Seq: 1}
	if err := s.bot.park(&asked, store.Parked{Follower: app.FollowerBot, Sequence: head, Error: "canary: cannot be read"}); err != nil {
		t.Fatal(err)
	}
	wantParked(t, s, head, "canary")
	s.start(t)
	wantTexts(t, s.since(t, c.Number, 1), offline, handedOver)
	c2, said := s.begins(t, "Merhaba")
	if len(said) != 1 || c2.Lead != "bot" {
		t.Errorf("after it %q", texts(said))
	}
}

// wantParked fails unless one event is parked, with an error that holds some words.
func wantParked(t *testing.T, s *stand, sequence uint64, words string) {
	t.Helper()
	parked := apptest.Must(s.Parked())(t)
	if len(parked) != 1 || parked[0].Follower != "bot" || parked[0].Sequence != sequence || !strings.Contains(parked[0].Error, words) {
		t.Errorf("parked %+v", parked)
	}
}
