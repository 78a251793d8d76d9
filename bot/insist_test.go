package bot

import (
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// asked is a message that waits for a bot which is not at work, and its event.
func asked(t *testing.T, s *stand) (*scene, uint64) {
	t.Helper()
	s.stop()
	n := s.NewConversation(t).Number
	s.bot = New(Options{App: s.App, Log: apptest.Quiet()})
	if err := s.bot.begin(); err != nil {
		t.Fatal(err)
	}
	var scene *scene
	storetest.MustView(t, s.Store(), func(tx *store.Tx) (err error) {
		scene, _, err = look(tx, n, 1, s.Now())
		return err
	})
	s.bot.reach.start(s.Head())
	return scene, s.Head()
}

// TestAnswerThatIsRefused gives the customer to people instead of letting them wait for
// an answer that was thought out and cannot be saved.
func TestAnswerThatIsRefused(t *testing.T) {
	s := newStand(t)
	scene, cause := asked(t, s)
	s.bot.see(t.Context(), scene, desk.Speech{}, cause) // the rule refuses one that says nothing
	wantParked(t, s, cause, "says something or gives way")
	wantTexts(t, s.since(t, scene.conversation.Number, 1), offline, handedOver)
	if s.bot.reach.low() < cause {
		t.Error("it is still being answered")
	}
}

// TestAnswerIsTriedAgain when it could not be saved at first.
func TestAnswerIsTriedAgain(t *testing.T) {
	s := newStand(t)
	scene, cause := asked(t, s)
	n := scene.conversation.Number
	lacks := func(messages uint64) { // the row tells of messages that are not there
		storetest.MustUpdate(t, s.Store(), func(tx *store.Tx) error {
			before, err := tx.Conversation(n)
			if err != nil {
				return err
			}
			turn := desk.Turn{Conversation: before, Events: []desk.Event{{Type: desk.ConversationRead, Number: n, At: s.Now()}}}
			turn.Conversation.Messages = messages
			return tx.SaveTurn(&before, &turn)
		})
	}
	lacks(2)
	if _, err := s.BotSpeak(app.BotSpeak{Number: n, Asked: 1, Speech: desk.Speech{Say: []desk.Draft{apptest.Draft("Yolda.")}}}); err == nil {
		t.Fatal("it can be saved")
	}
	seen := make(chan struct{})
	go func() {
		defer close(seen)
		s.bot.see(t.Context(), scene, desk.Speech{Say: []desk.Draft{apptest.Draft("Yolda.")}}, cause)
	}()
	time.Sleep(2 * firstPause)
	lacks(1)
	<-seen
	wantTexts(t, s.since(t, n, 1), "Yolda.")
	if parked := apptest.Must(s.Parked())(t); len(parked) != 0 {
		t.Errorf("parked %+v", parked)
	}
}
