package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

// web is a server that listens, with its hub at work and a site.
type web struct {
	*stand
	address string
	owner   desk.ID
	site    wire.Site
}

func newWeb(t *testing.T) *web {
	t.Helper()
	w := listen(t, newStand(t))
	w.owner, _ = w.agent("Olive", desk.RoleOwner)
	name := "Shop"
	var err error
	if w.site, err = w.app.SaveSite(app.SaveSite{By: w.owner, New: true, Change: desk.SiteChange{Name: &name}}); err != nil {
		t.Fatal(err)
	}
	return w
}

// listen has a server listen, with its hub at work.
func listen(t *testing.T, s *stand) *web {
	t.Helper()
	w := &web{stand: s}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.address = listener.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	hub, served := make(chan error, 1), make(chan error, 1)
	go func() { hub <- w.hub.Run(ctx) }()
	go func() { served <- w.Serve(listener) }()
	t.Cleanup(func() {
		if err := w.Stop(ctx); err != nil {
			t.Error(err)
		}
		cancel()
		<-hub
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return w
}

// visitor lets a browser in; its token is the word.
func (w *web) visitor(token string) app.Visitor {
	w.t.Helper()
	hash := sha256.Sum256([]byte(token))
	if _, err := w.app.NewVisitor(w.site.Key, hash, app.VisitorSeed{}); err != nil {
		w.t.Fatal(err)
	}
	v, _, err := w.app.Visitor(hash)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// says is a visitor's message in a new conversation.
func (w *web) says(v *app.Visitor, text string) desk.Number {
	w.t.Helper()
	posted, err := w.app.VisitorSays(app.VisitorMessage{Visitor: *v, Draft: desk.Draft{ClientID: app.NewID(), Text: text}})
	if err != nil {
		w.t.Fatal(err)
	}
	n, err := w.app.NumberOf(posted.Conversation.Handle)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *web) writes(n desk.Number, text string) {
	w.t.Helper()
	if _, err := w.app.Post(app.PostMessage{By: w.owner, Number: n, Draft: desk.Draft{ClientID: app.NewID(), Text: text}}); err != nil {
		w.t.Fatal(err)
	}
}

// dial connects to the visitors' socket and says something first.
func (w *web) dial(first string) *websocket.Conn {
	w.t.Helper()
	conn, response, err := websocket.DefaultDialer.Dial("ws://"+w.address+widgetPath+"/socket", http.Header{"Origin": {testOrigin}})
	if err != nil {
		w.t.Fatal(err)
	}
	response.Body.Close()
	w.t.Cleanup(func() { conn.Close() })
	if err := conn.WriteMessage(websocket.TextMessage, []byte(first)); err != nil {
		w.t.Fatal(err)
	}
	return conn
}

// told is a frame as a visitor gets it.
type told struct {
	Type     string `json:"type"`
	Seq      uint64 `json:"seq"`
	Epoch    string `json:"epoch"`
	Sequence uint64 `json:"sequence"`
	Message  *struct {
		Text string `json:"text"`
	} `json:"message"`
}

// hear reads the next frame that is not a ping.
func (w *web) hear(conn *websocket.Conn) (f told) {
	w.t.Helper()
	for f.Type == "" || f.Type == "ping" {
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		_, text, err := conn.ReadMessage()
		if err == nil {
			f = told{}
			err = json.Unmarshal(text, &f)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return f
}

// ends reads until the socket ends and gives the code.
func (w *web) ends(conn *websocket.Conn) int {
	w.t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			closed, ok := err.(*websocket.CloseError)
			if !ok {
				w.t.Fatalf("no close frame: %v", err)
			}
			return closed.Code
		}
	}
}

// TestVisitorSocket lets a visitor in by the first message, tells what happens, and
// goes on where it left off.
func TestVisitorSocket(t *testing.T) {
	w := newWeb(t)
	mine, other := w.visitor("mine"), w.visitor("other")
	n, theirs := w.says(&mine, "Hello"), w.says(&other, "Hi")
	conn := w.dial(`{"type":"auth","token":"mine"}`)
	hello := w.hear(conn)
	if hello.Type != "hello" || hello.Epoch != w.store.Epoch() || hello.Sequence != w.app.Head() {
		t.Fatalf("greeted with %+v", hello)
	}
	w.writes(theirs, "canary for the other")
	w.writes(n, "Good morning")
	first := w.hear(conn)
	if first.Type != "message" || first.Message.Text != "Good morning" {
		t.Fatalf("told %+v", first)
	}
	conn.Close()
	w.writes(n, "Still there?")
	back := w.dial(`{"type":"auth","token":"mine","epoch":"` + hello.Epoch + `","since":` + jsonNumber(first.Seq) + `}`)
	if f := w.hear(back); f.Type != "hello" {
		t.Errorf("greeted with %+v", f)
	}
	if f := w.hear(back); f.Type != "message" || f.Message.Text != "Still there?" {
		t.Errorf("told %+v", f)
	}
	late := w.dial(`{"type":"auth","token":"mine","epoch":"other","since":1}`)
	if a, b := w.hear(late), w.hear(late); a.Type != "hello" || b.Type != "reset" {
		t.Errorf("greeted with %+v, %+v", a, b)
	}
}

func jsonNumber(n uint64) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// TestVisitorSocketIsShut to whoever does not say who it is, and when its token
// ends; while the site is off the token still holds.
func TestVisitorSocketIsShut(t *testing.T) {
	w := newWeb(t)
	w.visitor("mine")
	for first, want := range map[string]int{
		`{"type":"auth","token":"strange"}`:          4401,
		`{"type":"auth"}`:                            4401,
		`{"type":"auth","token":"mine","since":-1}`:  1008,
		`{"type":"auth","token":"mine","since":"1"}`: 1008,
		`{"type":"typing","handle":"x"}`:             1008,
		`nonsense`:                                   1008,
		``:                                           1008,
		`{"type":"auth","token":"` + strings.Repeat("x", 5000) + `"}`: 1009,
	} {
		if got := w.ends(w.dial(first)); got != want {
			t.Errorf("%.60s: closed with %d, want %d", first, got, want)
		}
	}
	conn := w.dial(`{"type":"auth","token":"mine"}`)
	w.hear(conn)
	if status, answer := w.ask(http.MethodDelete, widgetPath+"/me/token", "", nil, func(r *http.Request) { r.Header.Set("Authorization", "Bearer mine") }); status != http.StatusNoContent {
		t.Fatalf("%d %v", status, answer)
	}
	if got := w.ends(conn); got != 4401 {
		t.Errorf("the token ended: closed with %d", got)
	}
	w.visitor("another")
	off := false
	if _, err := w.app.SaveSite(app.SaveSite{By: w.owner, ID: w.site.ID, Change: desk.SiteChange{Enabled: &off}}); err != nil {
		t.Fatal(err)
	}
	if got := w.ends(w.dial(`{"type":"auth","token":"another"}`)); got != 1008 {
		t.Errorf("the site is off: closed with %d", got)
	}
	_, response, err := websocket.DefaultDialer.Dial("ws://"+w.address+widgetPath+"/socket", http.Header{"Origin": {"https://shop.example"}})
	if err == nil || response.StatusCode != http.StatusForbidden {
		t.Errorf("from the website itself: %v", err)
	}
}

// TestVisitorsAreToldOfTheTeam once they look.
func TestVisitorsAreToldOfTheTeam(t *testing.T) {
	w := newWeb(t)
	w.visitor("mine")
	w.tellTeam()
	conn := w.dial(`{"type":"auth","token":"mine"}`)
	if err := conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"viewing","open":true}`)); err != nil {
		t.Fatal(err)
	}
	w.hear(conn)
	_, text, err := conn.ReadMessage()
	if err != nil || string(text) != `{"type":"team","agents":[{"name":"Olive","online":false}],"open":true}` {
		t.Errorf("told %s, %v", text, err)
	}
	_, token := w.agent("ophelia", desk.RoleOwner)
	hours := map[string]any{"rev": 0, "zone": "Europe/Istanbul", "always": false, "week": make([][]any, 7), "holidays": []any{}}
	for day := range 7 {
		hours["week"].([][]any)[day] = []any{}
	}
	if status, answer := w.ask("PUT", apiPath+"/settings/hours", token, hours); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	if _, text, err = conn.ReadMessage(); err != nil || !strings.Contains(string(text), `"open":false`) {
		t.Errorf("closed, told %s, %v", text, err)
	}
}
