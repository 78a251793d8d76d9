package app_test

import (
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
)

// TestUsualWait tells visitors how soon a person answers once enough of them have had
// their first answer, and only while the team is open.
func TestUsualWait(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "one")
	told := func() int {
		t.Helper()
		card := apptest.Must(w.SiteCard(w.site.Key))(t)
		if front := apptest.Must(w.Front())(t); front.Wait != card.Wait {
			t.Errorf("the card says %d, the team's frame %d", card.Wait, front.Wait)
		}
		return card.Wait
	}
	answers := func(handle, text string, note bool) {
		t.Helper()
		draft := apptest.Draft(text)
		draft.Note = note
		apptest.Must(w.Post(app.PostMessage{By: w.Ada, Number: w.number(t, handle), Draft: draft}))(t)
	}
	for i := range 8 {
		if got := told(); got != 0 {
			t.Fatalf("after %d waits: %d minutes", i, got)
		}
		handle := w.says(t, v, "", "Hello?").Conversation.Handle
		w.Clock.Move(4 * time.Minute)
		answers(handle, "for the team", true) // no answer
		answers(handle, "Hello", false)
		w.says(t, v, handle, "And?")
		w.Clock.Move(3 * time.Hour)
		answers(handle, "That is all", false) // not the first
	}
	if got := told(); got != 5 {
		t.Errorf("%d minutes, want 5", got)
	}
	kept := func() (n int) {
		t.Helper()
		if err := w.Store().View(func(tx *store.Tx) error {
			waits, err := tx.Waits()
			n = len(waits)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	// Who writes through another system waits at another pace.
	c := w.NewConversation(t)
	w.Clock.Move(5 * time.Minute)
	apptest.Must(w.Post(app.PostMessage{By: w.Ada, Number: c.Number, Draft: apptest.Draft("Hello")}))(t)
	if n := kept(); n != 8 {
		t.Errorf("%d waits are kept, want 8", n)
	}

	hours := apptest.Must(w.Hours())(t)
	shut := hours.Desk()
	shut.Always, shut.Week = false, [7][]desk.Span{}
	apptest.Must(w.SetHours(app.SetHours{By: w.Owner, Hours: shut}))(t)
	if got := told(); got != 0 {
		t.Errorf("while the team is away: %d minutes", got)
	}
	// Nobody was promised anything who came then.
	handle := w.says(t, v, "", "Anybody?").Conversation.Handle
	answers(handle, "Good morning", false)
	if n := kept(); n != 8 {
		t.Errorf("%d waits are kept, want 8", n)
	}
	shut.Always, shut.Rev = true, apptest.Must(w.Hours())(t).Rev
	apptest.Must(w.SetHours(app.SetHours{By: w.Owner, Hours: shut}))(t)
	if got := told(); got != 5 {
		t.Errorf("open again: %d minutes, want 5", got)
	}
	w.Clock.Move(15 * 24 * time.Hour)
	if got := told(); got != 0 {
		t.Errorf("after two weeks: %d minutes", got)
	}
}
