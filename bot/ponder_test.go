package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/guard"
	"parley/wire"
)

// withModel starts a stand whose bot may ask a model of ours.
func withModel(t testing.TB, answer http.HandlerFunc, change ...func(o *Options)) *stand {
	t.Helper()
	house := httptest.NewServer(answer)
	allow, err := guard.ParseAllow([]string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	s := newStand(t, append(change, func(o *Options) { o.Client = guard.New(guard.Options{Allow: allow, Timeout: time.Minute}) })...)
	t.Cleanup(func() { s.stop(); house.Close() })
	settings := apptest.Must(s.BotSettings())(t)
	settings.Welcome = wire.Greetings{}
	settings.Model = wire.Model{On: true, URL: house.URL, Model: "small", TimeoutSeconds: 1}
	key := "canary-key"
	apptest.Must(s.SetBot(app.SetBot{By: s.Admin, On: true, Bot: settings.Desk()}, &key))(t)
	return s
}

// replies answers every question alike.
func replies(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]any{"content": content}}}})
	}
}

// TestModelAnswers asks the model what the list does not answer for certain, and
// shows the team where it has it from.
func TestModelAnswers(t *testing.T) {
	var asked, key string
	typing := make(chan desk.Number, 10)
	s := withModel(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked, key = string(body), r.Header.Get("Authorization")
		replies(`{"known":true,"answer":"İki iş günü sürer.","passages":[2,1]}`)(w, r)
	}, func(o *Options) {
		o.Typing = func(n desk.Number) error { typing <- n; return nil }
		o.Past = func(context.Context, desk.Number) ([]Past, error) {
			return []Past{{Number: 7, Seq: 3, Question: "Ne kadar sürüyor?", Answer: "… numaralı siparişiniz iki iş günü sürüyor."}}, nil
		}
	})
	entry := s.knows(t, "Kargo ücretsizdir.", "Kargo ücreti ne kadar?")
	c, said := s.begins(t, "aldığım şeyin elime geçmesi kargo ile kaç gün tutuyor")
	wantTexts(t, said, "İki iş günü sürer.")
	sources := said[0].Sources
	if len(sources) != 2 || sources[0].Kind != "message" || sources[0].Number != 7 || sources[0].Seq != 3 || *sources[1].ID != entry {
		t.Errorf("from %+v", sources)
	}
	if key != "Bearer canary-key" || !strings.Contains(asked, "Kargo ücretsizdir.") || !strings.Contains(asked, "elime geçmesi") {
		t.Errorf("asked %s with %q", asked, key)
	}
	if n := <-typing; n != c.Number {
		t.Errorf("typing in %d", n)
	}
}

// TestModelIsNotAsked what the list answers for certain, or what nothing is known of.
func TestModelIsNotAsked(t *testing.T) {
	asked := 0
	s := withModel(t, func(http.ResponseWriter, *http.Request) { asked++ })
	_, said := s.begins(t, "Bugün hava nasıl olacak")
	wantTexts(t, said, fallback)
	s.knows(t, "Yolda.", "Kargom nerede?")
	_, said = s.begins(t, "kargom nerede")
	wantTexts(t, said, "Yolda.")
	_, said = s.begins(t, "temsilci")
	wantTexts(t, said, offline, handedOver)
	if asked != 0 {
		t.Errorf("asked %d times", asked)
	}
}

// TestModelFails goes the ordinary way, whatever the model does.
func TestModelFails(t *testing.T) {
	for name, house := range map[string]http.HandlerFunc{
		"does not know":             replies(`{"known":false}`),
		"was talked into something": replies(`{"known":true,"answer":"Log in at https://evil.example","passages":[1]}`),
		"is broken":                 func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"sends a giant":             func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) },
		"is slow": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := withModel(t, house)
			s.knows(t, "Kargo ücretsizdir.", "Kargo ücreti ne kadar?")
			_, said := s.begins(t, "aldığım şeyin elime geçmesi kargo ile kaç gün tutuyor")
			wantTexts(t, said, fallback)
		})
	}
}

// TestModelIsTooLate says nothing when a person has taken over in the meantime, and
// keeps nobody else waiting.
func TestModelIsTooLate(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	s := withModel(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(asked)
		<-answer
		replies(`{"known":true,"answer":"Too late.","passages":[1]}`)(w, r)
	})
	s.knows(t, "Kargo ücretsizdir.", "Kargo ücreti ne kadar?")
	s.knows(t, "Yolda.", "Paketim nerede?")
	customer := s.NewCustomer(t, "Elif").ID
	slow := s.Says(t, customer, 0, "aldığım şeyin elime geçmesi kargo ile kaç gün tutuyor").Conversation.Number
	<-asked
	quick := s.Says(t, customer, 0, "Paketim nerede?").Conversation.Number
	if got := s.awaits(t, quick, desk.KindBot); got.Text != "Yolda." {
		t.Errorf("meanwhile %q", got.Text)
	}
	s.Does(t, app.VerbTakeover, s.Ada, slow)
	close(answer)
	s.settle(t)
	wantTexts(t, s.since(t, slow, 1), "conversation.assigned")
}

// TestModelQuestionSurvives reads a question again that was with the model when the
// program ended.
func TestModelQuestionSurvives(t *testing.T) {
	asked := make(chan struct{}, 10)
	s := withModel(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		asked <- struct{}{}
		<-r.Context().Done()
	})
	s.knows(t, "Kargo ücretsizdir.", "Kargo ücreti ne kadar?")
	s.knows(t, "Yolda.", "Paketim nerede?")
	customer := s.NewCustomer(t, "Elif").ID
	n := s.Says(t, customer, 0, "aldığım şeyin elime geçmesi kargo ile kaç gün tutuyor").Conversation.Number
	<-asked
	for i := range 3 { // answered meanwhile, which saves how far everything is done
		quick := s.Says(t, customer, 0, fmt.Sprint("Paketim nerede?", strings.Repeat("!", i))).Conversation.Number
		s.awaits(t, quick, desk.KindBot)
	}
	s.stop()
	wantTexts(t, s.since(t, n, 1))
	s.start(t) // without a model: the ordinary way
	wantTexts(t, s.since(t, n, 1), fallback)
}
