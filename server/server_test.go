package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"parley/app"
	"parley/cli/keep"
	"parley/desk"
	"parley/live"
	"parley/search"
	"parley/server/upload"
	"parley/store"
	"parley/store/storetest"
)

// stand is a whole server over a real store, asked in memory.
type stand struct {
	*Server
	t     *testing.T
	store *store.Store
	keep  *keep.Keeper // which nobody runs unless the test does
}

const testOrigin = "http://127.0.0.1:8080"

func newStand(t *testing.T) *stand {
	t.Helper()
	return newStandOn(t, storetest.Open(t))
}

// newStandOn is newStand over a store that is there.
func newStandOn(t *testing.T, st *store.Store) *stand {
	t.Helper()
	dir := filepath.Dir(st.Path())
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	engine, err := search.Open(dir+"/search", st, log, search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(st, engine, time.Now, log)
	t.Cleanup(func() {
		a.Close()
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	hub, err := live.New(st, log)
	if err != nil {
		t.Fatal(err)
	}
	files, err := upload.Open(dir + "/files")
	if err != nil {
		t.Fatal(err)
	}
	keeper := keep.New(keep.Options{App: a, Files: files, Dir: dir + "/backups", Clock: time.Now, Log: log})
	s, err := New(Options{
		App: a, Hub: hub, Files: files, Backups: keeper, Origins: []string{testOrigin}, Clock: time.Now, Log: log, Unlimited: true,
		Page: fstest.MapFS{
			"index.html":                {Data: []byte("<!doctype html><title>Parley</title>")},
			"widget/index.html":         {Data: []byte("<!doctype html><title>frame</title>")},
			"widget/loader.js":          {Data: []byte("start(__PARLEY_SITE__);")},
			"widget/icons.json":         {Data: []byte(`{"chat":"M0 0h1z","hand":"M0 0h2z"}`)},
			"widget/assets/app-1234.js": {Data: []byte("export {};")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &stand{Server: s, t: t, store: st, keep: keeper}
}

// agent makes an agent and signs them in.
func (s *stand) agent(name string, role desk.Role) (desk.ID, string) {
	s.t.Helper()
	agent, err := s.app.CreateAgent(app.CreateAgent{Name: name, Email: name + "@example.com", Role: role})
	if err != nil {
		s.t.Fatal(err)
	}
	return agent.ID, s.signedIn(agent.ID, time.Hour)
}

// signedIn gives the token of a new session.
func (s *stand) signedIn(agent desk.ID, life time.Duration) string {
	s.t.Helper()
	session, token := s.newSession(agent, life)
	if _, err := s.app.SaveSession(app.SaveSession{Session: session, New: true}); err != nil {
		s.t.Fatal(err)
	}
	return token
}

// ask sends a request as Parley's own page would; token "" is nobody.
func (s *stand) ask(method, path, token string, body any, edit ...func(*http.Request)) (int, map[string]any) {
	s.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = bytes.NewBufferString(b)
	default:
		encoded, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		in = bytes.NewReader(encoded)
	}
	r := httptest.NewRequest(method, path, in)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Parley", "1")
	r.Header.Set("Origin", testOrigin)
	if token != "" {
		r.Header.Set("Cookie", "sid="+token)
	}
	for _, e := range edit {
		e(r)
	}
	answer, err := s.fiber.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var out map[string]any
	_ = json.Unmarshal(raw, &out) // pages and texts are no JSON
	return answer.StatusCode, out
}

// code is the stable code of a problem.
func code(answer map[string]any) desk.Code {
	c, _ := answer["code"].(string)
	return desk.Code(c)
}
