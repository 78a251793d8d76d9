package card_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/card"
	"parley/desk"
	"parley/guard"
	"parley/store/storetest"
	"parley/wire"
)

// stand is a team with a maker of cards, and a web whose pages are of every kind.
type stand struct {
	*apptest.Team
	web   string
	asked atomic.Int64
	maker *card.Maker
	stop  func()
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{Team: apptest.New(t)}
	server := httptest.NewServer(http.HandlerFunc(s.page))
	t.Cleanup(server.Close)
	s.web = server.URL
	s.cards(t, true)
	s.start(t)
	return s
}

func (s *stand) cards(t *testing.T, on bool) {
	t.Helper()
	apptest.Must(s.ChangeTeam(app.ChangeTeam{By: s.Owner, Cards: &on}))(t)
}

// start sets a maker to work that may call 127.0.0.1 and nothing else near.
func (s *stand) start(t *testing.T) {
	t.Helper()
	allow := apptest.Must(guard.ParseAllow([]string{"127.0.0.1"}))(t)
	client := guard.New(guard.Options{Allow: allow, Timeout: 300 * time.Millisecond, MaxBytes: 32 << 10})
	s.maker = card.New(card.Options{App: s.App, Client: client, Log: apptest.Quiet()})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.maker.Run(ctx)
	}()
	s.stop = func() {
		cancel()
		<-ended
	}
	t.Cleanup(func() { s.stop() })
	head := s.Head()
	eventually(t, func() bool { return s.maker.Reached() >= head })
}

// page is the web.
func (s *stand) page(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	kind := strings.TrimPrefix(r.URL.Path, "/")
	switch kind {
	case "moved":
		http.Redirect(w, r, "/jam", http.StatusMovedPermanently)
	case "loop":
		http.Redirect(w, r, "/loop", http.StatusFound)
	case "inside":
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	case "file":
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	case "gone":
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<title>Not here</title>")
	case "film":
		w.Header().Set("Content-Type", "video/mp4")
		fmt.Fprint(w, "<title>Not read</title>")
	case "packed":
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, "<title>Not unpacked</title>")
	case "endless":
		fmt.Fprint(w, "<title>Endless</title>")
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 8<<10)); err != nil {
				return
			}
		}
	case "slow":
		<-r.Context().Done()
	case "script":
		fmt.Fprint(w, "<title><img src=x onerror=alert(1)>\u202eev\u0000il &lt;script&gt;</title>")
	case "long":
		fmt.Fprintf(w, `<title>%s</title><meta name="description" content="%s">`, strings.Repeat("ş", 5000), strings.Repeat("word ", 500))
	default:
		fmt.Fprintf(w, `<title>%s</title><meta name="description" content="Of quinces">`, kind)
	}
}

// says lets a customer write and gives the message with the cards that it has in the
// end.
func (s *stand) says(t *testing.T, text string) wire.Message {
	t.Helper()
	return s.settled(t, s.newSays(t, text))
}

func (s *stand) newSays(t *testing.T, text string) wire.Message {
	t.Helper()
	c := s.NewConversation(t)
	return s.Says(t, c.Customer.ID, c.Number, text).Message
}

// settled waits until the maker is done with everything so far, and gives the message
// as it is then.
func (s *stand) settled(t *testing.T, m wire.Message) wire.Message {
	t.Helper()
	eventually(t, func() bool {
		head := s.Head()
		return s.maker.Reached() >= head && s.Head() == head
	})
	return s.read(t, m)
}

func (s *stand) read(t *testing.T, m wire.Message) wire.Message {
	t.Helper()
	thread := apptest.Must(s.Open(m.Number))(t)
	return thread.Messages[m.Seq-1]
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came")
		}
	}
}

// TestCards shows what pages say, as text, and nothing of what is no page, cannot be
// read, or must not be called.
func TestCards(t *testing.T) {
	s := newStand(t)
	inside := atomic.Int64{}
	listener := apptest.Must(net.Listen("tcp", "127.0.0.2:0"))(t)
	private := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		inside.Add(1)
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<title>canary</title>")
	})}
	go func() { _ = private.Serve(listener) }()
	t.Cleanup(func() { _ = private.Close() })
	secret := "http://" + listener.Addr().String() + "/"

	for path, title := range map[string]string{
		"jam": "jam", "moved": "jam", "script": "<img src=x onerror=alert(1)>ev\ufffdil <script>", "endless": "Endless",
		"long": strings.Repeat("ş", desk.MaxCardTitle-1) + "…",
		"loop": "", "file": "", "gone": "", "film": "", "packed": "", "slow": "", "inside?to=" + secret: "",
	} {
		m := s.says(t, "Look: "+s.web+"/"+path+".")
		if title == "" {
			if len(m.Cards) != 0 {
				t.Errorf("%s gives %+v", path, m.Cards)
			}
			continue
		}
		if len(m.Cards) != 1 || m.Cards[0].Title != title || m.Cards[0].URL != s.web+"/"+path || m.Cards[0].Site != "127.0.0.1" {
			t.Errorf("%s gives %+v", path, m.Cards)
		}
	}
	if m := s.says(t, "And "+secret); len(m.Cards) != 0 || inside.Load() != 0 {
		t.Errorf("%+v, and what is private was called %d times", m.Cards, inside.Load())
	}
	storetest.MustCheck(t, s.Store())
}

// TestPagesAreAskedOnce for what several say, and again after a day.
func TestPagesAreAskedOnce(t *testing.T) {
	s := newStand(t)
	first := s.says(t, "One "+s.web+"/jam and "+s.web+"/jam#again")
	asked := s.asked.Load()
	again := s.newSays(t, s.web+"/jam")
	if len(again.Cards) != 1 {
		t.Errorf("what is known comes with the message: %+v", again.Cards)
	}
	s.settled(t, again)
	if len(first.Cards) != 1 || s.asked.Load() != asked {
		t.Errorf("%+v, asked %d times after %d", first.Cards, s.asked.Load(), asked)
	}
	s.Clock.Move(25 * time.Hour)
	s.says(t, s.web+"/jam")
	if s.asked.Load() != asked+1 {
		t.Errorf("asked %d times after a day, %d before", s.asked.Load(), asked)
	}
}

// TestWhoseLinks asks for what customers and agents say to each other, three of a
// message at most, and for nothing while cards are off.
func TestWhoseLinks(t *testing.T) {
	s := newStand(t)
	c := s.NewConversation(t)
	post := func(note bool) wire.Message {
		d := apptest.Draft(fmt.Sprintf("See %s/note-%t", s.web, note))
		d.Note = note
		return apptest.Must(s.Post(app.PostMessage{By: s.Ada, Number: c.Number, Draft: d}))(t).Message
	}
	if m := s.settled(t, post(false)); len(m.Cards) != 1 {
		t.Errorf("a reply has %+v", m.Cards)
	}
	if m := s.settled(t, post(true)); len(m.Cards) != 0 {
		t.Errorf("a note has %+v", m.Cards)
	}
	text := ""
	for i := range 5 {
		text += fmt.Sprintf("%s/many-%d ", s.web, i)
	}
	if m := s.says(t, text); len(m.Cards) != desk.MaxCards {
		t.Errorf("five links give %d cards", len(m.Cards))
	}
	s.cards(t, false)
	asked := s.asked.Load()
	if m := s.says(t, s.web+"/off"); len(m.Cards) != 0 || s.asked.Load() != asked {
		t.Errorf("while they are off: %+v, asked %d times", m.Cards, s.asked.Load()-asked)
	}
	s.cards(t, true)
	if m := s.says(t, s.web+"/on"); len(m.Cards) != 1 {
		t.Errorf("on again: %+v", m.Cards)
	}
}

// TestCardsGoOn after a stop, with what was said meanwhile and is not old.
func TestCardsGoOn(t *testing.T) {
	s := newStand(t)
	s.stop()
	old := s.newSays(t, s.web+"/old")
	s.Clock.Move(time.Hour)
	m := s.newSays(t, s.web+"/meanwhile")
	s.start(t)
	if got := s.settled(t, m); len(got.Cards) != 1 {
		t.Errorf("%+v", got.Cards)
	}
	if got := s.read(t, old); len(got.Cards) != 0 {
		t.Errorf("what nobody waits for has %+v", got.Cards)
	}
}
