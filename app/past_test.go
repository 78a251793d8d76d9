package app_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/demo"
	"parley/desk"
	"parley/search"
	"parley/store/storetest"
	"parley/wire"
)

// indexed is the sample team with an index that follows it.
func indexed(t *testing.T) (*app.App, wire.Agent) {
	t.Helper()
	st := storetest.Open(t)
	engine, err := search.Open(t.TempDir(), st, apptest.Quiet(), search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(st, engine, time.Now, apptest.Quiet())
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = engine.Run(ctx)
	}()
	t.Cleanup(func() {
		a.Close()
		stop()
		<-ended
		if err := engine.Close(); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	apptest.Must(a.ImportFile(bytes.NewReader(demo.Lines(time.Now())), app.ImportOptions{}))(t)
	return a, apptest.Must(a.CreateAgent(app.CreateAgent{Name: "Ada", Email: "ada@example.com", Role: desk.RoleAgent}))(t)
}

// TestSuggestions offers an earlier answer while a question waits, counts its use
// once for each conversation, and offers nothing once an agent has answered.
func TestSuggestions(t *testing.T) {
	a, ada := indexed(t)
	customer := apptest.Must(a.CreateCustomer(app.CreateCustomer{}))(t)
	say := func(n desk.Number, text string) desk.Number {
		return apptest.Must(a.Receive(app.ReceiveMessage{Customer: customer.ID, Number: n, Draft: apptest.Draft(text)}))(t).Conversation.Number
	}
	offered := func(n desk.Number) []app.Suggestion {
		t.Helper()
		return apptest.Must(a.Suggestions(t.Context(), n))(t).Suggestions
	}
	n := say(say(0, "Merhaba"), "Kutu ezik gelmiş, teslim alayım mı?")
	for deadline := time.Now().Add(10 * time.Second); len(offered(n)) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is offered")
		}
	}
	first := offered(n)[0]
	if first.Agent.Name == "" || first.Number == n || first.Uses != 0 {
		t.Errorf("offered %+v", first)
	}
	use := func(in desk.Number) error {
		return a.UseSuggestion(app.UseSuggestion{By: ada.ID, In: in, Number: first.Number, Seq: first.Seq})
	}
	for range 3 {
		if err := use(n); err != nil {
			t.Fatal(err)
		}
	}
	if got := offered(n)[0]; got.Uses != 1 {
		t.Errorf("used once, counted %d", got.Uses)
	}
	if err := use(1); err != nil || offered(n)[0].Uses != 2 {
		t.Errorf("used in another one: %v, counted %d", err, offered(n)[0].Uses)
	}
	for name, cmd := range map[string]app.UseSuggestion{
		"an unknown conversation": {By: ada.ID, In: 9999, Number: first.Number, Seq: first.Seq},
		"an unknown answer":       {By: ada.ID, In: n, Number: first.Number, Seq: 9999},
		"a customer's message":    {By: ada.ID, In: n, Number: first.Number, Seq: 1},
		"of the same one":         {By: ada.ID, In: first.Number, Number: first.Number, Seq: first.Seq},
	} {
		if err := a.UseSuggestion(cmd); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	apptest.Must(a.Post(app.PostMessage{By: ada.ID, Number: n, Draft: apptest.Draft("Almayın.")}))(t)
	if got := offered(n); len(got) != 0 {
		t.Errorf("after the answer: %+v", got)
	}
	if _, err := a.Suggestions(t.Context(), 9999); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("an unknown conversation: %v", err)
	}
	storetest.MustCheck(t, a.Store())
}
