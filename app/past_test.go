package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
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

// TestDiscreetSuggestions offers an earlier answer without a word on who had asked,
// who answered and whom they spoke of.
func TestDiscreetSuggestions(t *testing.T) {
	a, _ := indexed(t)
	zeynep := apptest.Must(a.CreateAgent(app.CreateAgent{Name: "Zeynep Kanaryam", Email: "zeynep@example.com", Role: desk.RoleAgent}))(t)
	change := desk.CustomerChange{
		Name: new("Kanaryacan Özkuşçu"), Email: new("kanarya@example.com"), Phone: new("+90 532 111 22 33"),
		Attributes: map[string]*string{"semt": new("Kuşkonmazköy")},
	}
	asker := apptest.Must(a.CreateCustomer(app.CreateCustomer{Change: change}))(t)
	told := apptest.Must(a.Receive(app.ReceiveMessage{Customer: asker.ID, Draft: apptest.Draft(
		"Zürafa biblosunun boynu kırık geldi, değişim istiyorum. Kanaryacan Özkuşçu, Kuşkonmazköy, kanarya@example.com",
	)}))(t).Conversation.Number
	apptest.Must(a.Post(app.PostMessage{By: zeynep.ID, Number: told, Draft: apptest.Draft(
		"Merhaba Kanaryacan Hanım, zürafa biblosunu değişime aldık. Kurye eşiniz Tavuskuşu Bey'den alacak, " +
			"size 0532 111 22 33 numarasından ulaşacağız. KUŞ-20931 ile izleyin. Sevgiler, Zeynep",
	)}))(t)
	apptest.Must(a.Change(app.ChangeConversation{Verb: app.VerbResolve, By: zeynep.ID, Number: told}))(t)
	other := apptest.Must(a.CreateCustomer(app.CreateCustomer{}))(t)
	n := apptest.Must(a.Receive(app.ReceiveMessage{Customer: other.ID, Draft: apptest.Draft("Zürafa biblosunun boynu kırık, değişim olur mu?")}))(t).Conversation.Number
	var found []app.Suggestion
	for deadline := time.Now().Add(10 * time.Second); len(found) == 0; time.Sleep(5 * time.Millisecond) {
		if found = apptest.Must(a.DiscreetSuggestions(t.Context(), n))(t); time.Now().After(deadline) {
			t.Fatal("nothing is found")
		}
	}
	if found[0].Number != told || !strings.Contains(found[0].Answer, "zürafa biblosunu değişime aldık. Kurye eşiniz") {
		t.Errorf("found %+v", found[0])
	}
	all := search.Fold(fmt.Sprintf("%s %s %s", found[0].Question, found[0].Answer, found[0].Agent.Name))
	for _, canary := range []string{"kanarya", "ozkuscu", "kuskonmaz", "tavus", "zeynep", "0532", "111", "20931", "@"} {
		if strings.Contains(all, canary) {
			t.Errorf("%s is told: %s", canary, all)
		}
	}
}
