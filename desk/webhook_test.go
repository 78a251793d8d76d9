package desk_test

import (
	"slices"
	"strings"
	"testing"

	"parley/desk"
)

func newWebhook() desk.Webhook {
	return desk.Webhook{
		ID: desk.ID{7}, Rev: 1, Name: "CRM", URL: "https://crm.example/in", On: true, After: 10, Secret: []byte("one"),
		Events: []desk.EventType{desk.ConversationOpened, desk.MessagePosted, desk.CustomerCreated},
	}
}

// TestWebhookChange takes what can be called and told, and refuses the rest with a code
// that stays.
func TestWebhookChange(t *testing.T) {
	by := desk.AgentActor(desk.ID{1})
	for name, row := range map[string]struct {
		change desk.WebhookChange
		code   desk.Code
		field  string
	}{
		"a name":          {desk.WebhookChange{Name: new(" CRM 2 ")}, "", ""},
		"no name":         {desk.WebhookChange{Name: new("  ")}, desk.CodeEmpty, "name"},
		"a long name":     {desk.WebhookChange{Name: new(strings.Repeat("ş", 61))}, desk.CodeTooLong, "name"},
		"http":            {desk.WebhookChange{URL: new("http://10.0.0.7:8080/x?y=1")}, "", ""},
		"no address":      {desk.WebhookChange{URL: new("crm.example")}, desk.CodeInvalid, "url"},
		"a file":          {desk.WebhookChange{URL: new("file:///etc/passwd")}, desk.CodeInvalid, "url"},
		"a password":      {desk.WebhookChange{URL: new("https://me:pass@crm.example")}, desk.CodeInvalid, "url"},
		"no host":         {desk.WebhookChange{URL: new("https://:443/x")}, desk.CodeInvalid, "url"},
		"a long address":  {desk.WebhookChange{URL: new("https://crm.example/" + strings.Repeat("x", 2000))}, desk.CodeTooLong, "url"},
		"bad text":        {desk.WebhookChange{URL: new("https://crm.example/\xff")}, desk.CodeInvalid, "url"},
		"no events":       {desk.WebhookChange{Events: &[]desk.EventType{}}, desk.CodeInvalid, "events"},
		"a team's event":  {desk.WebhookChange{Events: &[]desk.EventType{desk.CustomerCreated, desk.CustomerNoteAdded}}, desk.CodeInvalid, "events"},
		"events anew":     {desk.WebhookChange{Events: &[]desk.EventType{desk.CustomerUpdated, desk.ConversationOpened, desk.CustomerUpdated}}, "", ""},
		"an old rev":      {desk.WebhookChange{Rev: new(uint64(0)), Name: new("Other")}, desk.CodeConflict, "rev"},
		"the present rev": {desk.WebhookChange{Rev: new(uint64(1)), Name: new("Other")}, "", ""},
	} {
		w := newWebhook()
		next, events, err := w.Change(by, &row.change, 99, noon)
		if row.code != "" {
			refused(t, name, err, row.code, row.field)
			continue
		}
		if err != nil || len(events) != 1 || events[0].Type != desk.WebhookSaved || events[0].Subject != w.ID {
			t.Errorf("%s: %+v %v", name, events, err)
		}
		if next.After != 10 {
			t.Errorf("%s: it begins anew after %d", name, next.After)
		}
	}
	w := newWebhook()
	if _, events, err := w.Change(by, &desk.WebhookChange{Name: new("CRM"), On: new(true)}, 99, noon); err != nil || events != nil {
		t.Errorf("what changes nothing: %v %v", events, err)
	}
	if next, _, _ := w.Change(by, &desk.WebhookChange{Events: &[]desk.EventType{desk.CustomerUpdated, desk.ConversationOpened}}, 99, noon); !slices.Equal(next.Events, []desk.EventType{desk.ConversationOpened, desk.CustomerUpdated}) {
		t.Errorf("the events: %v", next.Events)
	}
	w.On, w.Dropped, w.FailingSince = false, 4, noon
	if next, _, _ := w.Change(by, &desk.WebhookChange{On: new(true)}, 99, noon); next.After != 99 || next.Dropped != 0 || !next.FailingSince.IsZero() {
		t.Errorf("switched on: %+v", next)
	}
	if _, _, err := (&desk.Webhook{}).Change(by, &desk.WebhookChange{Name: new("CRM"), URL: new("https://crm.example")}, 0, noon); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("without events: %v", err)
	}
}

func refused(t *testing.T, name string, err error, code desk.Code, field string) {
	t.Helper()
	refusal, is := err.(*desk.Error)
	if !is || refusal.Code != code || refusal.Field != field {
		t.Errorf("%s: %v, want %s of %q", name, err, code, field)
	}
}

// TestWebhookWants is told what it asks for from when it is on, and never a note.
func TestWebhookWants(t *testing.T) {
	said := func(kind desk.MessageKind) *desk.Message { return &desk.Message{Kind: kind} }
	for name, row := range map[string]struct {
		sequence uint64
		event    desk.EventType
		message  *desk.Message
		off      bool
		want     bool
	}{
		"an event":           {sequence: 11, event: desk.ConversationOpened, want: true},
		"one from before":    {sequence: 10, event: desk.ConversationOpened},
		"one not asked for":  {sequence: 11, event: desk.ConversationResolved},
		"while off":          {sequence: 11, event: desk.ConversationOpened, off: true},
		"a customer's":       {sequence: 11, event: desk.MessagePosted, message: said(desk.KindCustomer), want: true},
		"an agent's":         {sequence: 11, event: desk.MessagePosted, message: said(desk.KindAgent), want: true},
		"the bot's":          {sequence: 11, event: desk.MessagePosted, message: said(desk.KindBot), want: true},
		"a note":             {sequence: 11, event: desk.MessagePosted, message: said(desk.KindNote)},
		"an event line":      {sequence: 11, event: desk.MessagePosted, message: said(desk.KindEvent)},
		"one that is gone":   {sequence: 11, event: desk.MessagePosted},
		"a customer comes":   {sequence: 11, event: desk.CustomerCreated, want: true},
		"a customer's visit": {sequence: 11, event: desk.CustomerVisited},
	} {
		w := newWebhook()
		w.On = !row.off
		if got := w.Wants(row.sequence, &desk.Event{Type: row.event}, row.message); got != row.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// TestDeliveryTried waits longer after each try, at least as long as the receiver asks, and gives up
// after three days.
func TestDeliveryTried(t *testing.T) {
	d := desk.NewDelivery(desk.ID{7}, desk.ID{8}, 11, &desk.Event{Type: desk.MessagePosted, Number: 3, Seq: 5, At: noon}, noon)
	if d.Number != 3 || d.Message != 5 || d.State != desk.DeliveryWaiting || d.Next != noon {
		t.Fatalf("%+v", d)
	}
	now, pauses := noon, []desk.Time{5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600}
	for i, pause := range pauses {
		asked := d.Tried(desk.Outcome{At: now, Status: 503, Code: desk.OutcomeStatus}, pause*1000*3/2)
		if want := max(pause*1000, min(pause*1000*3/2, 24*3600*1000)); asked.Next < now+want || asked.Next > now+max(want, pause*1100) {
			t.Errorf("after try %d, asked to wait: %+v", i+1, asked)
		}
		d = d.Tried(desk.Outcome{At: now, Status: 500, Code: desk.OutcomeStatus}, 0)
		if d.State != desk.DeliveryWaiting || d.Next < now+pause*1000 || d.Next > now+pause*1100 || d.Attempts != uint64(i)+1 {
			t.Errorf("after try %d: %+v", i+1, d)
		}
		now = d.Next
	}
	given := d.Tried(desk.Outcome{At: now, Code: desk.OutcomeTimeout}, 0)
	if given.State != desk.DeliveryFailed || given.Next != 0 || given.Attempts != 10 {
		t.Errorf("given up: %+v", given)
	}
	if again := given.Tried(desk.Outcome{At: now, Code: desk.OutcomeTimeout}, 0); again.State != desk.DeliveryFailed {
		t.Errorf("asked for again and failed: %+v", again)
	}
	if sent := given.Tried(desk.Outcome{At: now, Status: 204}, 0); sent.State != desk.DeliverySent || sent.ID != d.ID {
		t.Errorf("asked for again: %+v", sent)
	}
	if gone := d.Tried(desk.Outcome{At: now, Code: desk.OutcomeGone}, 0); gone.State != desk.DeliveryFailed {
		t.Errorf("what it told of is gone: %+v", gone)
	}
}

// TestWebhookTried switches a webhook off that has failed for three days, and no other.
func TestWebhookTried(t *testing.T) {
	const day = desk.Time(24 * 3600 * 1000)
	bad := func(at desk.Time) desk.Outcome { return desk.Outcome{At: at, Code: desk.OutcomeNoAnswer} }
	w := newWebhook()
	w, _ = w.Tried(bad(noon), false)
	early, events := w.Tried(bad(noon+3*day-1), false)
	if !early.On || events != nil || early.FailingSince != noon {
		t.Errorf("a moment before: %+v", early)
	}
	if asked, events := w.Tried(bad(noon+4*day), true); !asked.On || events != nil {
		t.Errorf("somebody tries it: %+v", asked)
	}
	if gone, _ := w.Tried(desk.Outcome{At: noon + 4*day, Code: desk.OutcomeGone}, false); !gone.On || gone.Last != w.Last {
		t.Errorf("it was not called: %+v", gone)
	}
	if well, _ := w.Tried(desk.Outcome{At: noon + day, Status: 200}, false); !well.FailingSince.IsZero() {
		t.Errorf("it took one: %+v", well)
	}
	off, events := w.Tried(bad(noon+3*day), false)
	if off.On || len(events) != 1 || events[0].Actor.Kind != desk.ActorSystem {
		t.Errorf("after three days: %+v %+v", off, events)
	}
	if p := desk.WebhookParticulars(&w, &off); p.Why != "no_answer" || !slices.Equal(p.Fields, []string{"disabled"}) || p.Name != "CRM" {
		t.Errorf("the audit log keeps %+v", p)
	}
}

// TestWebhookSecrets keeps the secret before for a day, and tells the audit log that it
// changed and nothing of it.
func TestWebhookSecrets(t *testing.T) {
	w := newWebhook()
	next, events := w.Reseal(desk.AgentActor(desk.ID{1}), []byte("two"), noon)
	if string(next.Secret) != "two" || string(next.Former) != "one" || next.FormerUntil != noon+24*3600*1000 || len(events) != 1 {
		t.Errorf("%+v", next)
	}
	if p := desk.WebhookParticulars(&w, &next); !slices.Equal(p.Fields, []string{"secret"}) || p.Why != "" {
		t.Errorf("the audit log keeps %+v", p)
	}
}
