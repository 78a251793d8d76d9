package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

// newSite makes a site as an owner would.
func (s *stand) newSite(name string) wire.Site {
	s.t.Helper()
	owner, _ := s.agent("owner-of-"+name, desk.RoleOwner)
	site, err := s.app.SaveSite(app.SaveSite{By: owner, New: true, Change: desk.SiteChange{Name: &name}})
	if err != nil {
		s.t.Fatal(err)
	}
	return site
}

// bearing adds a visitor's token to a request.
func bearing(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// visitor lets a browser in and gives what it adds to its requests.
func (s *stand) visitor(site wire.Site) func(*http.Request) {
	s.t.Helper()
	status, answer := s.ask("POST", widgetPath+"/visitors", "", map[string]any{"site": site.Key, "language": "tr"})
	if status != http.StatusCreated {
		s.t.Fatal(status, answer)
	}
	return bearing(answer["token"].(string))
}

// asVisitor asks the visitors' interface.
func (s *stand) asVisitor(who func(*http.Request), method, path string, body any) (int, map[string]any) {
	s.t.Helper()
	return s.ask(method, widgetPath+path, "", body, who)
}

// starts begins a conversation and gives its handle.
func (s *stand) starts(who func(*http.Request), text string, files ...string) string {
	s.t.Helper()
	status, answer := s.asVisitor(who, "POST", "/conversations", map[string]any{"client_id": app.NewID(), "text": text, "attachments": append([]string{}, files...)})
	if status != http.StatusOK {
		s.t.Fatal(status, answer)
	}
	return answer["conversation"].(map[string]any)["handle"].(string)
}

// uploads sends a small file whole.
func (s *stand) uploads(who func(*http.Request), name, content string) string {
	s.t.Helper()
	id := app.NewID().String()
	status, answer := s.asVisitor(who, "POST", "/attachments", map[string]any{"client_id": id, "name": name, "size": len(content), "type": ""})
	if status == http.StatusOK {
		status, answer = s.asVisitor(who, "PUT", "/attachments/"+id+"/parts/1", content)
	}
	if status == http.StatusOK {
		status, answer = s.asVisitor(who, "POST", "/attachments/"+id+"/complete", nil)
	}
	if status != http.StatusOK {
		s.t.Fatal(status, answer)
	}
	return id
}

// raw gives an answer's bytes and headers.
func (s *stand) raw(method, path string, body any, edits ...func(*http.Request)) (int, http.Header, string) {
	s.t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(encoded))
	r.Header.Set("Content-Type", "application/json")
	for _, edit := range edits {
		edit(r)
	}
	answer, err := s.fiber.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

// TestOneVisitorNeverSeesAnother asks every route of the visitors' interface for
// what is another's and for what is not there. The two answers are the same, and
// neither holds anything of the other's: no text, name, file, handle or id.
func TestOneVisitorNeverSeesAnother(t *testing.T) {
	s := newStand(t)
	site, otherSite := s.newSite("Shop"), s.newSite("Blog")
	victim := s.visitor(site)
	s.asVisitor(victim, "PATCH", "/me", map[string]any{"name": "canary-name", "email": "canary@example.com", "page": map[string]any{"url": "https://shop.example/canary"}})
	file := s.uploads(victim, "canary-file.txt", "canary-bytes")
	loose := s.uploads(victim, "canary-loose.txt", "canary-bytes")
	handle := s.starts(victim, "canary-text", file)
	s.starts(victim, "canary-second")
	_, ada := s.agent("ada", desk.RoleAgent)
	number, err := s.app.NumberOf(handle)
	if err != nil {
		t.Fatal(err)
	}
	if status, answer := s.ask("POST", fmt.Sprintf("%s/conversations/%d/messages", apiPath, number), ada, map[string]any{"client_id": app.NewID(), "text": "canary-answer"}); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	const unknownID, unknownHandle = "0198c0de-0000-7000-8000-00000000ffff", "AAAAAAAAAAAAAAAAAAAAAA"
	cells := 0
	for name, snoop := range map[string]func(*http.Request){"same site": s.visitor(site), "other site": s.visitor(otherSite)} {
		own := s.starts(snoop, "my own")
		for _, r := range s.Routes() {
			if r.Action != desk.ActionVisit || r.ID == "end-token" || strings.HasSuffix(r.Path, "/socket") {
				continue
			}
			ask := func(handle, file, other string) (int, string) {
				path := strings.NewReplacer(":handle", handle, ":id", file, ":n", "1").Replace(r.URL())
				var body any
				switch r.ID {
				case "start-conversation", "visitor-says":
					body = map[string]any{"client_id": other, "text": "let me in", "attachments": []string{file}}
				case "visitor-read":
					body = map[string]any{"seq": 1}
				case "visitor-rating":
					body = map[string]any{"score": 5}
				case "introduce":
					body = map[string]any{"language": "en"}
				case "start-visitor-attachment":
					body = map[string]any{"client_id": other, "name": "a.txt", "size": 3, "type": ""}
				}
				status, _, text := s.raw(r.Method, path, body, snoop)
				return status, text
			}
			cells++
			client := app.NewID().String()
			status, text := ask(handle, file, client)
			unknownStatus, unknown := ask(unknownHandle, unknownID, client)
			takes := strings.Contains(r.Path, ":") || r.ID == "start-conversation" // a thing by its name
			if takes && (status != unknownStatus || text != unknown) {
				t.Errorf("%s %s from the %s: %d %s, for what is not there %d %s", r.Method, r.Path, name, status, text, unknownStatus, unknown)
			}
			if takes && status != http.StatusNotFound {
				t.Errorf("%s %s from the %s: %d %s", r.Method, r.Path, name, status, text)
			}
			for _, id := range []string{loose, file} {
				_, looseText := ask(own, id, app.NewID().String())
				text += looseText
			}
			for _, secret := range []string{"canary", handle} {
				if strings.Contains(text, secret) {
					t.Errorf("%s %s from the %s tells %s: %s", r.Method, r.Path, name, secret, text)
				}
			}
		}
		if _, list := s.asVisitor(snoop, "GET", "/me", nil); len(list["conversations"].([]any)) != 1 {
			t.Errorf("from the %s: %v", name, list)
		}
	}
	_, thread := s.asVisitor(victim, "GET", "/conversations/"+handle+"/messages", nil)
	if messages := thread["messages"].([]any); len(messages) != 2 {
		t.Errorf("the victim's conversation holds %v", messages)
	}
	t.Logf("%d cells", cells)
}

// TestVisitorsFiles gives a visitor what was said to them and what they sent, and
// not what the team keeps to itself.
func TestVisitorsFiles(t *testing.T) {
	s := newStand(t)
	who := s.visitor(s.newSite("Shop"))
	handle := s.starts(who, "Merhaba")
	number, _ := s.app.NumberOf(handle)
	_, ada := s.agent("ada", desk.RoleAgent)
	send := func(note bool) string {
		id := app.NewID().String()
		s.ask("POST", apiPath+"/attachments", ada, map[string]any{"client_id": id, "name": "a.txt", "size": 5, "type": "text/plain"})
		s.ask("PUT", apiPath+"/attachments/"+id+"/parts/1", ada, "hello")
		s.ask("POST", apiPath+"/attachments/"+id+"/complete", ada, nil)
		status, answer := s.ask("POST", fmt.Sprintf("%s/conversations/%d/messages", apiPath, number), ada,
			map[string]any{"client_id": app.NewID(), "text": "see", "note": note, "attachments": []string{id}})
		if status != http.StatusOK {
			t.Fatal(status, answer)
		}
		return id
	}
	said, kept := send(false), send(true)
	if status, headers, text := s.raw("GET", widgetPath+"/attachments/"+said, nil, who); status != http.StatusOK || text != "hello" || !strings.HasPrefix(headers.Get("Content-Disposition"), "attachment") {
		t.Errorf("what was said: %d %q %v", status, text, headers)
	}
	if status, _, text := s.raw("GET", widgetPath+"/attachments/"+kept, nil, who); status != http.StatusNotFound {
		t.Errorf("what a note carries: %d %s", status, text)
	}
	own := s.uploads(who, "b.txt", "mine")
	if status, _, text := s.raw("GET", widgetPath+"/attachments/"+own, nil, who); status != http.StatusOK || text != "mine" {
		t.Errorf("their own: %d %s", status, text)
	}
}
