package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// badInput is a request that must be refused and change nothing.
type badInput struct {
	name   string
	status int
	code   string
	send   func(s *scene) error
}

// scene is a small inbox that the bad requests are aimed at.
type scene struct {
	owner, other *Client
	number       uint64
	othersFile   string // uploaded by the other agent, in no message yet
}

func (s *scene) post(fields body) error {
	in := body{"client_id": NewID(), "text": "Hello"}
	for key, value := range fields {
		in[key] = value
	}
	return s.owner.Call("POST", fmt.Sprintf("/conversations/%d/messages", s.number), in, nil)
}

// postText sends a message whose text is these bytes between the quotation marks.
func (s *scene) postText(raw string) error {
	text := `{"client_id":"` + NewID() + `","text":"` + raw + `"}`
	return s.postRaw("application/json", []byte(text), nil)
}

func (s *scene) postRaw(contentType string, text []byte, edit func(*http.Request)) error {
	return s.owner.Raw("POST", fmt.Sprintf("/conversations/%d/messages", s.number), contentType, text, nil, edit)
}

func (s *scene) header(name, value string) error {
	text := []byte(`{"client_id":"` + NewID() + `","text":"Hello"}`)
	return s.postRaw("application/json", text, func(r *http.Request) {
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	})
}

var badInputs = []badInput{
	{"unknown number", 404, "not_found", func(s *scene) error {
		return s.owner.Call("POST", "/conversations/999999/messages", body{"client_id": NewID(), "text": "Hello"}, nil)
	}},
	{"unknown number, read", 404, "not_found", func(s *scene) error {
		return s.owner.Call("GET", "/conversations/999999", nil, nil)
	}},
	{"a number that is none", 422, "invalid", func(s *scene) error {
		return s.owner.Call("GET", "/conversations/twelve", nil, nil)
	}},
	{"another agent's attachment", 404, "not_found", func(s *scene) error {
		return s.post(body{"attachments": []string{s.othersFile}})
	}},
	{"another agent's attachment, read", 404, "not_found", func(s *scene) error {
		return s.owner.Call("GET", "/attachments/"+s.othersFile, nil, nil)
	}},
	{"an attachment that does not exist", 404, "not_found", func(s *scene) error {
		return s.post(body{"attachments": []string{NewID()}})
	}},
	{"33 KB of text", 413, "too_long", func(s *scene) error { return s.post(body{"text": strings.Repeat("ğ", 33<<9)}) }},
	{"invalid UTF-8", 422, "bad_text", func(s *scene) error { return s.postText("Hell\xff\xfeo") }},
	{"a lone surrogate", 422, "bad_text", func(s *scene) error { return s.postText(`Hell\ud800o`) }},
	{"a NUL", 422, "bad_text", func(s *scene) error { return s.postText(`Hell\u0000o`) }},
	{"an empty message", 422, "empty", func(s *scene) error { return s.post(body{"text": ""}) }},
	{"white space alone", 422, "empty", func(s *scene) error { return s.post(body{"text": " \n\t"}) }},
	{"too many files", 422, "too_many", func(s *scene) error {
		return s.post(body{"attachments": slices.Repeat([]string{s.othersFile}, 11)})
	}},
	{"a file of 26 MB", 413, "too_large", func(s *scene) error {
		return s.owner.Call("POST", "/attachments", body{"client_id": NewID(), "name": "big.pdf", "size": 26 << 20, "type": "application/pdf"}, nil)
	}},
	{"a body over the limit", 413, "too_large", func(s *scene) error {
		return s.owner.Raw("PUT", "/attachments/"+s.othersFile+"/parts/1", "application/octet-stream", make([]byte, 6<<20), nil, nil)
	}},
	{"a wrong type", 422, "invalid", func(s *scene) error { return s.post(body{"text": 42}) }},
	{"no client id", 422, "invalid", func(s *scene) error { return s.post(body{"client_id": ""}) }},
	{"a client id that is none", 422, "invalid", func(s *scene) error { return s.post(body{"client_id": "1"}) }},
	{"an unknown field", 422, "invalid", func(s *scene) error { return s.post(body{"colour": "red"}) }},
	{"a list instead of an object", 422, "invalid", func(s *scene) error { return s.postRaw("application/json", []byte(`[]`), nil) }},
	{"JSON cut short", 400, "invalid", func(s *scene) error { return s.postRaw("application/json", []byte(`{"text":"He`), nil) }},
	{"no JSON at all", 415, "unsupported_media", func(s *scene) error { return s.postRaw("text/plain", []byte(`Hello`), nil) }},
	{"a compressed body", 415, "unsupported_media", func(s *scene) error { return s.header("Content-Encoding", "gzip") }},
	{"no CSRF header", 403, "csrf", func(s *scene) error { return s.header("X-Parley", "") }},
	{"another site's page", 403, "csrf", func(s *scene) error { return s.header("Origin", "https://elsewhere.example.com") }},
	{"a page that hides its origin", 403, "csrf", func(s *scene) error { return s.header("Origin", "null") }},
	{"no session", 401, "unauthorized", func(s *scene) error { return s.header("Cookie", "sid=") }},
	{"an unknown verb", 404, "not_found", func(s *scene) error {
		return s.owner.Call("POST", fmt.Sprintf("/conversations/%d/explode", s.number), body{}, nil)
	}},
	{"a wrong method", 405, "invalid", func(s *scene) error {
		return s.owner.Call("DELETE", fmt.Sprintf("/conversations/%d", s.number), nil, nil)
	}},
	{"an agent who does not exist", 404, "not_found", func(s *scene) error {
		return s.owner.Call("POST", fmt.Sprintf("/conversations/%d/assign", s.number), body{"agent_id": NewID()}, nil)
	}},
	{"a team that does not exist", 422, "invalid", func(s *scene) error {
		return s.owner.Call("POST", fmt.Sprintf("/conversations/%d/team", s.number), body{"team_id": NewID()}, nil)
	}},
	{"a team without a name", 422, "empty", func(s *scene) error {
		return s.owner.Call("POST", "/teams", body{"name": " \u200b"}, nil)
	}},
	{"a team with a stranger", 422, "invalid", func(s *scene) error {
		return s.owner.Call("POST", "/teams", body{"name": "Returns", "members": []string{NewID()}}, nil)
	}},
	{"a team by an agent", 403, "forbidden", func(s *scene) error {
		return s.other.Call("POST", "/teams", body{"name": "Returns"}, nil)
	}},
	{"a view that does not exist", 422, "invalid", func(s *scene) error {
		return s.owner.Call("GET", "/conversations?view=everything", nil, nil)
	}},
	{"a page of a thousand", 422, "invalid", func(s *scene) error {
		return s.owner.Call("GET", "/conversations?view=inbox&limit=1000", nil, nil)
	}},
	{"a cursor made up", 422, "invalid", func(s *scene) error {
		return s.owner.Call("GET", "/conversations?view=inbox&cursor=%F0%9F%92%A5", nil, nil)
	}},
	{"an agent who may not", 403, "forbidden", func(s *scene) error {
		return s.other.Call("POST", "/agents", body{"name": "X", "email": "x@example.com", "role": "owner", "password": password, "language": "en"}, nil)
	}},
	{"a password too short", 422, "invalid", func(s *scene) error {
		return s.owner.Call("POST", "/agents", body{"name": "X", "email": "x@example.com", "role": "agent", "password": "short", "language": "en"}, nil)
	}},
	{"an e-mail that is taken", 409, "taken", func(s *scene) error {
		return s.owner.Call("POST", "/agents", body{"name": "X", "email": "owner@example.com", "role": "agent", "password": password, "language": "en"}, nil)
	}},
	{"the last owner leaves", 409, "last_owner", func(s *scene) error {
		return s.owner.Call("PATCH", "/agents/"+s.owner.Agent.ID, body{"active": false}, nil)
	}},
	{"set-up for a second time", 410, "closed", func(s *scene) error {
		return s.owner.Call("POST", "/setup", body{
			"code": "0000", "name": "X", "email": "x@example.com", "password": password, "team": "X", "language": "en",
		}, nil)
	}},
}

// TestBadInput holds: whatever is wrong with a request, the answer is a clear
// problem with a code, and nothing has changed.
func TestBadInput(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	s := &scene{owner: owner, other: owner.Hire(t, "Other Agent", "agent")}
	s.number = owner.Begin(t, "Customer", "Hello").Number
	var err error
	if s.othersFile, err = s.other.Upload("theirs.txt", "text/plain", []byte("their own")); err != nil {
		t.Fatal(err)
	}
	before := s.snapshot(t)
	for _, bad := range badInputs {
		t.Run(bad.name, func(t *testing.T) {
			err := bad.send(s)
			checkRefusal(t, &bad, err)
			after := s.snapshot(t)
			for part := range after {
				if after[part] != before[part] {
					t.Errorf("%s changed:\n%s\n%s", part, before[part], after[part])
				}
			}
			before = after
		})
	}
}

func checkRefusal(t *testing.T, bad *badInput, err error) {
	t.Helper()
	r := refusal(err)
	switch {
	case r == nil && bad.code == "too_large" && (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)):
		// The server hung up before the whole body was sent; the answer may be lost.
	case r == nil:
		t.Errorf("no refusal came: %v", err)
	case r.Status != bad.status || r.Code != bad.code:
		t.Errorf("refused with %d %s, not %d %s: %s", r.Status, r.Code, bad.status, bad.code, r.Body)
	case r.Detail == "" || !strings.HasPrefix(r.Type, "application/problem+json"):
		t.Errorf("the answer does not explain itself: %s %s", r.Type, r.Body)
	}
}

// snapshot is everything that a refused request could have changed, as JSON.
func (s *scene) snapshot(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"head": fmt.Sprint(s.owner.head(t).Sequence)}
	conversation := fmt.Sprintf("/conversations/%d", s.number)
	for _, path := range []string{conversation, "/views", "/agents", "/team", "/replies", "/customers"} {
		var part map[string]any
		s.owner.Must(t, "GET", path, nil, &part)
		delete(part, "presence") // sockets come and go
		text, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = string(text)
	}
	return all
}

// TestEndedSession holds: after signing out, the old cookie opens nothing.
func TestEndedSession(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	cookie := owner.cookie(t)
	owner.Must(t, "DELETE", "/session", nil, nil)

	thief := NewClient(server.URL)
	err := thief.Raw("GET", "/me", "", nil, nil, func(r *http.Request) { r.Header.Set("Cookie", cookie) })
	if r := refusal(err); r == nil || r.Status != http.StatusUnauthorized || r.Code != "unauthorized" {
		t.Errorf("the cookie of an ended session: %v", err)
	}
}

func (c *Client) cookie(t *testing.T) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range c.HTTP.Jar.Cookies(request.URL) {
		request.AddCookie(cookie)
	}
	if request.Header.Get("Cookie") == "" {
		t.Fatal("the client has no session")
	}
	return request.Header.Get("Cookie")
}
