package hook_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store/storetest"
)

// TestTells sends what happens, signed, in the shapes of the interface, and nothing of
// notes.
func TestTells(t *testing.T) {
	s := newStand(t)
	s.NewConversation(t) // before there is a webhook: nobody is told
	r := newReceiver(t, nil)
	w, secret := s.webhook(t, r.URL+"/in?x=1")
	c := s.NewConversation(t)
	note := func() {
		draft := apptest.Draft("canary")
		draft.Note = true
		apptest.Must(s.Post(app.PostMessage{By: s.Ada, Number: c.Number, Draft: draft}))(t)
	}
	note()
	s.Assigns(t, s.Ada, s.Ada, c.Number)
	s.Writes(t, s.Ada, c.Number, "Merhaba")
	s.Does(t, app.VerbResolve, s.Ada, c.Number)
	note() // the newest when the next is told
	s.Does(t, app.VerbArchive, s.Ada, c.Number)

	want := []desk.EventType{
		desk.CustomerCreated, desk.ConversationOpened, desk.MessagePosted, desk.ConversationAssigned, desk.MessagePosted, desk.ConversationResolved,
		desk.ConversationArchived,
	}
	eventually(t, func() bool { return len(r.got()) >= len(want) && s.find(t, w.ID).Waiting == 0 })
	all := r.got()
	if len(all) != len(want) {
		t.Fatalf("%d requests", len(all))
	}
	last := uint64(0)
	for i, g := range all {
		if g.body.Type != want[i] || g.body.ID != g.id || g.body.Sequence <= last || !isSigned(t, g, secret) {
			t.Errorf("request %d: %s %s", i, g.id, g.raw)
		}
		if last = g.body.Sequence; strings.Contains(string(g.raw), "canary") {
			t.Errorf("a note is told: %s", g.raw)
		}
	}
	if all[0].body.Customer == nil || all[1].body.Conversation == nil || all[4].body.Message == nil || all[4].body.Message.Text != "Merhaba" || all[4].body.Conversation.Number != c.Number {
		t.Errorf("%s\n%s\n%s", all[0].raw, all[1].raw, all[4].raw)
	}
	all[5].raw[0] = ' '
	if isSigned(t, all[5], secret) {
		t.Error("what was changed on the way is signed too")
	}
	if now := s.find(t, w.ID); now.Last == nil || now.Last.Status != 200 || now.Last.Code != "" {
		t.Errorf("%+v", now)
	}
}

// TestTriesAgain under the same id, later, until it is taken.
func TestTriesAgain(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 1 {
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	w, _ := s.webhook(t, r.URL)
	s.NewCustomer(t, "Elif")
	eventually(t, func() bool { now := s.find(t, w.ID); return now.Last != nil && now.Last.Status == 500 })
	first := apptest.Must(s.WebhookDeliveries(w.ID))(t)
	if len(first) != 1 || first[0].State != "waiting" || first[0].Next == nil || *first[0].Next != s.Now()+60_000 || first[0].Last.Code != desk.OutcomeStatus {
		t.Fatalf("%+v", first)
	}
	if failing := s.find(t, w.ID).FailingSince; failing == nil || *failing != s.Now() {
		t.Errorf("failing since %v", failing)
	}
	s.Clock.Move(61 * time.Second)
	eventually(t, func() bool { return s.find(t, w.ID).Waiting == 0 })
	all := r.got()
	if len(all) != 2 || all[0].id != all[1].id {
		t.Errorf("%+v", all)
	}
	if now := s.find(t, w.ID); now.FailingSince != nil || now.Last.Status != 200 {
		t.Errorf("%+v", now)
	}
}

// TestSlowAndHostile receivers hold up nobody, lead nowhere, and reach nothing that they
// may not.
func TestSlowAndHostile(t *testing.T) {
	s := newStand(t)
	inside := newReceiver(t, nil)
	slow := newReceiver(t, func(_ int, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	leads := newReceiver(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL, http.StatusTemporaryRedirect)
	})
	good := newReceiver(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, 1<<20)) // more than anybody reads
	})
	urls := map[string]string{"slow": slow.URL, "leads": leads.URL, "near": "http://127.0.0.2:1/", "metadata": "http://169.254.169.254/", "good": good.URL}
	ids := map[string]desk.ID{}
	for name, url := range urls {
		w, _ := s.webhook(t, url)
		ids[name] = w.ID
	}
	for range 5 {
		s.NewCustomer(t, "Elif")
	}
	eventually(t, func() bool { return len(good.got()) == 5 && s.find(t, ids["good"]).Waiting == 0 })
	for name, code := range map[string]desk.OutcomeCode{
		"slow": desk.OutcomeTimeout, "leads": desk.OutcomeRedirect, "near": desk.OutcomeAddress, "metadata": desk.OutcomeAddress, "good": "",
	} {
		eventually(t, func() bool { last := s.find(t, ids[name]).Last; return last != nil && last.Code == code })
	}
	if len(inside.got()) != 0 {
		t.Error("a redirect was followed")
	}
	if s.teller.Reached() != s.Head() {
		t.Errorf("it has come to %d of %d", s.teller.Reached(), s.Head())
	}
	s.stop()
	storetest.MustCheck(t, s.Store())
}

// TestGoesOn after a stop between queueing and sending, and queues nothing twice.
func TestGoesOn(t *testing.T) {
	s := newStand(t)
	var open sync.Mutex
	open.Lock()
	r := newReceiver(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if !open.TryLock() {
			<-r.Context().Done()
			return
		}
		open.Unlock()
	})
	w, _ := s.webhook(t, r.URL)
	s.stop()
	s.start(t)
	s.NewCustomer(t, "Elif")
	s.NewCustomer(t, "Deniz")
	eventually(t, func() bool { return len(r.got()) >= 1 && s.find(t, w.ID).Waiting == 2 })
	s.stop()
	if waiting := s.find(t, w.ID).Waiting; waiting != 2 {
		t.Fatalf("%d wait", waiting)
	}
	before := len(r.got())
	s.Team = s.Restart(t)
	open.Unlock()
	s.Clock.Move(61 * time.Second) // one may have been cut off by its time
	s.start(t)
	eventually(t, func() bool { return s.find(t, w.ID).Waiting == 0 })
	ids := map[string]bool{}
	for _, g := range r.got()[before:] {
		ids[g.id] = true
	}
	if len(ids) != 2 {
		t.Errorf("%d were sent after the restart", len(ids))
	}
}

// TestOff is told nothing, also not later; what waited is dropped, and so is the oldest
// of too many.
func TestOff(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, func(n int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	w, _ := s.webhook(t, r.URL)
	s.NewCustomer(t, "Elif")
	eventually(t, func() bool { return len(r.got()) == 1 && s.find(t, w.ID).Last != nil })
	on := func(is bool) {
		apptest.Must(s.ChangeWebhook(app.SaveWebhook{By: s.Owner, ID: w.ID, Change: desk.WebhookChange{On: &is}}))(t)
	}
	on(false)
	if now := s.find(t, w.ID); now.Waiting != 0 || now.On {
		t.Fatalf("%+v", now)
	}
	s.NewCustomer(t, "Deniz")
	on(true)
	s.NewCustomer(t, "Can")
	eventually(t, func() bool { return len(r.got()) == 2 && s.teller.Reached() == s.Head() })
	if told := r.got()[1].body.Customer; told == nil || told.Name != "Can" {
		t.Errorf("%+v", told)
	}
	s.stop()
	for range desk.MaxDeliveriesWaiting {
		s.NewCustomer(t, "Elif")
	}
	entries, head := s.after(t, s.teller.Reached()), s.Head()
	for range 2 { // the second time they are known
		if err := s.QueueDeliveries(entries, head); err != nil {
			t.Fatal(err)
		}
	}
	if now := s.find(t, w.ID); now.Waiting != desk.MaxDeliveriesWaiting || now.Dropped != 1 {
		t.Errorf("%+v", now)
	}
	if err := s.DeleteWebhook(app.DeleteWebhook{By: s.Owner, ID: w.ID}); err != nil {
		t.Fatal(err)
	}
	storetest.MustCheck(t, s.Store())
}

// TestFailsForThreeDays switches it off, which the audit log tells.
func TestFailsForThreeDays(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	w, _ := s.webhook(t, r.URL)
	s.NewCustomer(t, "Elif")
	eventually(t, func() bool { return s.find(t, w.ID).FailingSince != nil })
	s.Clock.Move(73 * time.Hour)
	eventually(t, func() bool { return !s.find(t, w.ID).On })
	page := apptest.Must(s.Audit(app.AuditFilter{}, 0, 1))(t)
	if e := page.Entries[0]; e.Type != "webhook.saved" || e.Name != "CRM" || e.Why != "status" || e.Actor.Kind != "system" {
		t.Errorf("%+v", e)
	}
	if now := s.find(t, w.ID); now.Waiting != 0 {
		t.Errorf("%+v", now)
	}
}

// TestAsked sends a test and a repetition at once, also for one that is off, and says
// what came of it; while a secret is new both sign.
func TestAsked(t *testing.T) {
	s := newStand(t)
	status := http.StatusTeapot
	r := newReceiver(t, func(_ int, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	off := false
	w, first, err := s.CreateWebhook(s.Owner, desk.WebhookChange{Name: new("CRM"), URL: &r.URL, Events: &desk.WebhookEvents, On: &off})
	if err != nil {
		t.Fatal(err)
	}
	sent := apptest.Must(s.teller.Test(t.Context(), s.Owner, w.ID))(t)
	if sent.State != "failed" || sent.Last.Status != 418 || sent.Type != desk.WebhookTest || sent.Attempts != 1 {
		t.Errorf("%+v", sent)
	}
	status = http.StatusAccepted
	second := apptest.Must(s.NewWebhookSecret(s.Owner, w.ID))(t)
	list := apptest.Must(s.WebhookDeliveries(w.ID))(t)
	again := apptest.Must(s.teller.Resend(t.Context(), s.Owner, w.ID, list[0].Seq))(t)
	if again.State != "sent" || again.ID != sent.ID || again.Attempts != 2 || len(list) != 1 {
		t.Errorf("%+v", again)
	}
	all := r.got()
	if len(all) != 2 || all[0].id != all[1].id || !isSigned(t, all[1], first) || !isSigned(t, all[1], second) || isSigned(t, all[0], second) {
		t.Errorf("%+v", all)
	}
	s.Clock.Move(25 * time.Hour)
	apptest.Must(s.teller.Test(t.Context(), s.Owner, w.ID))(t)
	if last := r.got()[2]; isSigned(t, last, first) || !isSigned(t, last, second) {
		t.Errorf("a day later: %+v", last)
	}
	for range desk.MaxDeliveriesKept + 3 {
		apptest.Must(s.teller.Test(t.Context(), s.Owner, w.ID))(t)
	}
	if list := apptest.Must(s.WebhookDeliveries(w.ID))(t); len(list) != desk.MaxDeliveriesKept {
		t.Errorf("%d are remembered", len(list))
	}
	if _, err := s.teller.Test(t.Context(), s.Ada, w.ID); desk.CodeOf(err) != desk.CodeForbidden {
		t.Errorf("an agent: %v", err)
	}
	if _, err := s.teller.Resend(t.Context(), s.Owner, w.ID, 999_999); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("one that is not there: %v", err)
	}
}

// TestSamplesAreNobodys customers: they are not told of, and what happened to something
// that is removed before it could be told is not sent.
func TestSamplesAreNobodys(t *testing.T) {
	s := newStand(t)
	r := newReceiver(t, func(n int, w http.ResponseWriter, _ *http.Request) {
		if n == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	w, _ := s.webhook(t, r.URL)
	apptest.Must(s.AddSamples(s.Owner))(t)
	eventually(t, func() bool { return s.teller.Reached() == s.Head() })
	if len(r.got()) != 0 || s.find(t, w.ID).Waiting != 0 {
		t.Fatalf("%d were told, %d wait", len(r.got()), s.find(t, w.ID).Waiting)
	}
	numbers := s.sampleNumbers(t)
	s.Assigns(t, s.Ada, s.Can, numbers[0])
	eventually(t, func() bool { return len(r.got()) >= 1 && s.find(t, w.ID).FailingSince != nil })
	sent := len(r.got())
	apptest.Must(s.RemoveSamples(t.Context(), s.Owner))(t)
	if err := s.FinishSamples(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Move(61 * time.Second)
	eventually(t, func() bool { return s.find(t, w.ID).Waiting == 0 })
	list := apptest.Must(s.WebhookDeliveries(w.ID))(t)
	if last := list[len(list)-1]; last.State != "failed" || last.Last.Code != desk.OutcomeGone || len(r.got()) != sent {
		t.Errorf("%+v, %d requests after %d", last, len(r.got()), sent)
	}
}
