package bot

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// watch is a team with a clock that the test drives.
type watch struct {
	*apptest.Team
	clock *Clock
}

func newWatch(t testing.TB) *watch {
	t.Helper()
	w := &watch{Team: apptest.New(t)}
	w.clock = NewClock(w.App, apptest.Quiet())
	if err := w.clock.begin(); err != nil {
		t.Fatal(err)
	}
	return w
}

// after lets time pass and does what is due then.
func (w *watch) after(t testing.TB, d time.Duration) {
	t.Helper()
	w.Clock.Move(d)
	w.follow(t)
	w.clock.tick(t.Context())
	w.clock.archive(t.Context())
}

// follow gives the clock what has happened.
func (w *watch) follow(t testing.TB) {
	t.Helper()
	var entries []store.Entry
	storetest.MustView(t, w.Store(), func(tx *store.Tx) (err error) {
		entries, err = tx.Journal(w.clock.cursor.Load(), 100_000)
		return err
	})
	if len(entries) > 0 {
		if _, err := w.clock.handle(entries); err != nil {
			t.Fatal(err)
		}
	}
}

// resolver sets what the resolver does.
func (w *watch) resolver(t testing.TB, change func(r *wire.Resolver)) {
	t.Helper()
	r := apptest.Must(w.Resolver())(t)
	change(&r)
	apptest.Must(w.SetResolver(app.SetResolver{By: w.Admin, Resolver: r.Desk()}))(t)
}

// waits are the waiting messages of the tests.
func (w *watch) waits(t testing.TB, minutes ...uint32) {
	t.Helper()
	b := apptest.Must(w.BotSettings())(t)
	b.Waiting = []wire.Waiting{}
	for _, m := range minutes {
		b.Waiting = append(b.Waiting, wire.Waiting{AfterMinutes: m, Text: wire.Both{TR: fmt.Sprint("bekleme ", m)}})
	}
	apptest.Must(w.SetBot(app.SetBot{By: w.Admin, On: b.On, Bot: b.Desk()}, nil))(t)
}

// thread is what a conversation says behind its first message.
func (w *watch) thread(t testing.TB, n desk.Number) []string {
	t.Helper()
	return texts(apptest.Must(w.Open(n))(t).Messages[1:])
}

func (w *watch) wants(t testing.TB, n desk.Number, want ...string) {
	t.Helper()
	if got := w.thread(t, n); !slices.Equal(got, want) && len(got)+len(want) > 0 {
		t.Errorf("the thread says %q\nwant %q", got, want)
	}
}

// TestWaitingMessages come at their minutes, once, while the customer waits.
func TestWaitingMessages(t *testing.T) {
	w := newWatch(t)
	w.waits(t, 3, 10)
	c := w.NewConversation(t)
	w.after(t, 3*time.Minute-time.Second)
	w.wants(t, c.Number)
	w.after(t, time.Second)
	w.wants(t, c.Number, "bekleme 3")
	w.after(t, time.Minute)
	w.Says(t, c.Customer.ID, c.Number, "Orada mısınız?")
	w.after(t, 6*time.Minute)
	w.wants(t, c.Number, "bekleme 3", "Orada mısınız?", "bekleme 10")
	now := apptest.Must(w.Open(c.Number))(t).Conversation
	if now.WaitingSince == nil || now.Last.Text != "Orada mısınız?" || now.Unread != 2 || now.State != "open" {
		t.Errorf("what nobody wrote changed %+v", now)
	}
	w.after(t, 5*time.Hour)
	w.wants(t, c.Number, "bekleme 3", "Orada mısınız?", "bekleme 10")

	answered := w.NewConversation(t)
	w.after(t, time.Minute)
	w.Writes(t, w.Ada, answered.Number, "Buradayım")
	w.after(t, time.Hour)
	w.wants(t, answered.Number, "Buradayım")
	w.Says(t, answered.Customer.ID, answered.Number, "Bir şey daha") // another wait
	w.after(t, 4*time.Minute)
	w.wants(t, answered.Number, "Buradayım", "Bir şey daha", "bekleme 3")
}

// TestWaitingIsForPersons leaves those alone whom the bot answers, and comes not
// hours late.
func TestWaitingIsForPersons(t *testing.T) {
	w := newWatch(t)
	w.waits(t, 3)
	w.Bot(t, true)
	led := w.NewConversation(t)
	w.after(t, 5*time.Minute)
	w.wants(t, led.Number)
	w.Bot(t, false)
	late := w.NewConversation(t)
	w.after(t, 2*time.Hour) // the program was down
	w.wants(t, late.Number)
}

// TestResolver warns and resolves, each kind of conversation by its own timer.
func TestResolver(t *testing.T) {
	w := newWatch(t)
	category := apptest.Must(w.SaveCategory(app.SaveCategory{By: w.Admin, New: true, Change: desk.CategoryChange{
		Name: &desk.Both{TR: "Yanıt gelmedi"}, Closing: &desk.Both{TR: "Kapatıyoruz."},
	}}))(t)
	w.resolver(t, func(r *wire.Resolver) {
		r.BotMinutes, r.AgentMinutes, r.WarnMinutes, r.CategoryID = 10, 60, 5, &category.ID
		r.Warning = wire.Both{TR: "{{minutes}} dakika kaldı"}
	})
	w.Bot(t, true)
	byBot, waiting := w.NewConversation(t), w.NewConversation(t)
	storetest.MustUpdate(t, w.Store(), func(tx *store.Tx) error { // the bot has answered
		before, err := tx.Conversation(byBot.Number)
		if err != nil {
			return err
		}
		turn, err := before.Speak(&desk.Speech{Say: []desk.Draft{{Text: "Yanıt"}}}, before.ActiveAt)
		if err != nil {
			return err
		}
		return tx.SaveTurn(&before, &turn)
	})
	w.Bot(t, false)
	byAda, nobodys := w.NewConversation(t), w.NewConversation(t)
	w.Writes(t, w.Ada, byAda.Number, "Ne dersiniz?")
	w.Assigns(t, w.Ada, w.Ada, byAda.Number)

	w.after(t, 5*time.Minute)
	w.wants(t, byBot.Number, "Yanıt", "5 dakika kaldı")
	w.after(t, 4*time.Minute)
	w.wants(t, byBot.Number, "Yanıt", "5 dakika kaldı")
	w.after(t, time.Minute)
	w.wants(t, byBot.Number, "Yanıt", "5 dakika kaldı", "Kapatıyoruz.", "conversation.resolved")
	if c := apptest.Must(w.Open(byBot.Number))(t).Conversation; c.State != "resolved" || c.CategoryID == nil || *c.CategoryID != category.ID {
		t.Errorf("resolved into %+v", c)
	}
	w.wants(t, byAda.Number, "Ne dersiniz?", "conversation.assigned")
	w.after(t, 46*time.Minute) // a minute late: the customer still has the five minutes
	w.wants(t, byAda.Number, "Ne dersiniz?", "conversation.assigned", "5 dakika kaldı")
	w.after(t, 4*time.Minute)
	w.wants(t, byAda.Number, "Ne dersiniz?", "conversation.assigned", "5 dakika kaldı")
	w.after(t, time.Minute)
	w.wants(t, byAda.Number, "Ne dersiniz?", "conversation.assigned", "5 dakika kaldı", "Kapatıyoruz.", "conversation.resolved")
	w.after(t, 100*time.Hour)
	w.wants(t, nobodys.Number) // the team owes an answer
	w.wants(t, waiting.Number) // and here the bot does
}

// TestAnswerStopsTheResolver begins to count again with every word of the customer.
func TestAnswerStopsTheResolver(t *testing.T) {
	w := newWatch(t)
	w.resolver(t, func(r *wire.Resolver) {
		r.AgentMinutes, r.WarnMinutes, r.Warning = 60, 5, wire.Both{TR: "Hâlâ orada mısınız?"}
	})
	c := w.NewConversation(t)
	w.Assigns(t, w.Ada, w.Ada, c.Number)
	w.Writes(t, w.Ada, c.Number, "Ne dersiniz?")
	w.after(t, 55*time.Minute)
	w.Says(t, c.Customer.ID, c.Number, "Buradayım")
	w.after(t, 10*time.Hour)
	if now := apptest.Must(w.Open(c.Number))(t).Conversation; now.State != "open" {
		t.Error("resolved although the customer waits")
	}
	w.Writes(t, w.Ada, c.Number, "Peki")
	w.after(t, 55*time.Minute)
	w.after(t, 5*time.Minute)
	w.wants(t, c.Number, "conversation.assigned", "Ne dersiniz?", "Hâlâ orada mısınız?", "Buradayım", "Peki", "Hâlâ orada mısınız?", "conversation.resolved")
}

// TestArchive puts away what was resolved long ago, and opens nothing.
func TestArchive(t *testing.T) {
	w := newWatch(t)
	w.resolver(t, func(r *wire.Resolver) { r.ArchiveDays = 7 })
	c := w.NewConversation(t)
	w.after(t, 20*24*time.Hour)
	w.Does(t, app.VerbResolve, w.Ada, c.Number)
	w.after(t, 7*24*time.Hour-time.Second)
	if now := apptest.Must(w.Open(c.Number))(t).Conversation; now.Archived {
		t.Error("archived too early: it counts from the resolving")
	}
	w.after(t, time.Second)
	if now := apptest.Must(w.Open(c.Number))(t).Conversation; !now.Archived || now.State != "resolved" {
		t.Errorf("not archived: %+v", now)
	}
}

// TestClockSurvivesARestart says nothing twice and forgets nothing.
func TestClockSurvivesARestart(t *testing.T) {
	w := newWatch(t)
	w.waits(t, 3, 10)
	c := w.NewConversation(t)
	w.after(t, 4*time.Minute)
	w.clock = NewClock(w.App, apptest.Quiet())
	if err := w.clock.begin(); err != nil {
		t.Fatal(err)
	}
	w.after(t, time.Minute)
	w.wants(t, c.Number, "bekleme 3")
	w.after(t, 5*time.Minute)
	w.wants(t, c.Number, "bekleme 3", "bekleme 10")
}

// TestClockCostsWhatIsDue keeps timers only where something can be due.
func TestClockCostsWhatIsDue(t *testing.T) {
	w := newWatch(t)
	for range 50 {
		w.NewConversation(t)
	}
	w.follow(t)
	if n := w.clock.timers.count(); n != 0 {
		t.Errorf("%d timers while everything is off", n)
	}
	w.waits(t, 3)
	w.follow(t)
	if n := w.clock.timers.count(); n != 50 {
		t.Errorf("%d timers for 50 who wait", n)
	}
	w.after(t, 3*time.Minute)
	if n := w.clock.timers.count(); n != 0 {
		t.Errorf("%d timers after all was said", n)
	}
}

// A clock that has nothing to do looks at no conversation, however many there are, and
// finds those of before once there is something to do.
func TestClockWithoutRoutine(t *testing.T) {
	w := newWatch(t)
	n := w.NewConversation(t).Number
	w.follow(t)
	if w.clock.ticks {
		t.Error("the clock ticks though the settings let nothing be due")
	}
	looked, err := w.Dues(func(desk.Number, desk.Time) { t.Error("something is due though nothing can be") })
	if err != nil || looked {
		t.Errorf("nothing can be due: looked %t, %v", looked, err)
	}
	w.waits(t, 5)
	w.follow(t)
	if !w.clock.ticks || w.clock.timers.count() != 1 {
		t.Errorf("with a waiting message set, conversation %d waits for it: ticks %t, %d timers", n, w.clock.ticks, w.clock.timers.count())
	}
}

// TestClockStops between two conversations, and does the rest at the next start.
func TestClockStops(t *testing.T) {
	w := newWatch(t)
	w.waits(t, 3)
	c := w.NewConversation(t)
	w.Clock.Move(3 * time.Minute)
	w.follow(t)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	w.clock.tick(stopped)
	w.clock.archive(stopped)
	w.wants(t, c.Number)
	w.clock = NewClock(w.App, apptest.Quiet())
	if err := w.clock.begin(); err != nil {
		t.Fatal(err)
	}
	w.clock.tick(t.Context())
	w.wants(t, c.Number, "bekleme 3")
}
