package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

// channelSecret makes a channel token and returns its secret and id.
func (s *stand) channelSecret(admin, name string) (secret, id string) {
	s.t.Helper()
	status, made := s.ask("POST", apiPath+"/channel-tokens", admin, map[string]any{"name": name})
	if status != http.StatusOK {
		s.t.Fatal(status, made)
	}
	return made["token"].(string), made["channel_token"].(map[string]any)["id"].(string)
}

// asChannel sends a request as another system would: a token, and nothing that
// only our own page sends.
func (s *stand) asChannel(method, path, secret string, body any) (int, map[string]any) {
	s.t.Helper()
	return s.ask(method, apiPath+path, "", body, func(r *http.Request) {
		r.Header.Del("X-Parley")
		r.Header.Del("Origin")
		r.Header.Set("Authorization", "Bearer "+secret)
	})
}

// TestSchemeInAnyCase lets a token in however its scheme is written, and nothing that
// comes under another.
func TestSchemeInAnyCase(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("ada", desk.RoleAdmin)
	secret, _ := s.channelSecret(admin, "Form")
	for header, want := range map[string]int{
		"Bearer " + secret: 200, "bearer " + secret: 200, "BEARER " + secret: 200,
		"Basic " + secret: 401, secret: 401, "Bearer": 401, "Bearer  " + secret: 401,
	} {
		status, answer := s.ask("GET", apiPath+"/conversations", "", nil, func(r *http.Request) { r.Header.Set("Authorization", header) })
		if status != want {
			t.Errorf("%.8s…: %d %v, want %d", header, status, answer, want)
		}
	}
}

func channelBody(external, customer, text string) map[string]any {
	return map[string]any{"external_id": external, "text": text, "customer": map[string]any{"external_id": customer, "name": "Elif"}}
}

// ok takes the answer of a request that has to succeed.
func ok(t *testing.T) func(status int, answer map[string]any) map[string]any {
	return func(status int, answer map[string]any) map[string]any {
		t.Helper()
		if status != http.StatusOK {
			t.Fatal(status, answer)
		}
		return answer
	}
}

// TestChannelMessages begins a conversation and goes on with it, each message once
// however often it is sent, and reads what was answered and no note.
func TestChannelMessages(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	secret, _ := s.channelSecret(admin, "Shop")
	first := ok(t)(s.asChannel("POST", "/conversations", secret, channelBody("m-1", "c-1", "Hello")))
	number := first["number"].(float64)
	messages := fmt.Sprintf("/conversations/%.0f/messages", number)
	for range 3 {
		again := ok(t)(s.asChannel("POST", "/conversations", secret, channelBody("m-1", "c-1", "Hello")))
		if fmt.Sprint(again["message"], again["number"]) != fmt.Sprint(first["message"], first["number"]) {
			t.Errorf("again: %v, first %v", again, first)
		}
		ok(t)(s.asChannel("POST", messages, secret, map[string]any{"external_id": "m-2", "text": "Are you there?"}))
	}
	for _, post := range []map[string]any{{"text": "canary-note", "note": true}, {"text": "Here I am"}} {
		post["client_id"] = app.NewID()
		ok(t)(s.ask("POST", apiPath+messages, admin, post))
	}
	ok(t)(s.ask("POST", apiPath+fmt.Sprintf("/conversations/%.0f/tags", number), admin, map[string]any{"tags": []string{"canary-tag"}}))
	_, whole := s.ask("GET", apiPath+fmt.Sprintf("/conversations/%.0f", number), admin, nil)
	customer := apiPath + "/customers/" + whole["conversation"].(map[string]any)["customer"].(map[string]any)["id"].(string)
	ok(t)(s.ask("POST", customer+"/block", admin, map[string]any{"reason": "canary-reason", "number": number}))
	ok(t)(s.ask("POST", customer+fmt.Sprintf("/unblock?number=%.0f", number), admin, nil))
	thread := ok(t)(s.asChannel("GET", messages+"?after=0", secret, nil))
	var texts []string
	for _, m := range thread["messages"].([]any) {
		texts = append(texts, m.(map[string]any)["text"].(string))
	}
	if !slices.Equal(texts, []string{"Hello", "Are you there?", "Here I am"}) {
		t.Errorf("the thread is %q", texts)
	}
	if whole, _ := json.Marshal(thread); strings.Contains(string(whole), "canary") || strings.Contains(string(whole), "admin@example.com") {
		t.Errorf("it tells of the team: %s", whole)
	}
	_, opened := s.ask("GET", apiPath+fmt.Sprintf("/conversations/%.0f", number), admin, nil)
	c := opened["conversation"].(map[string]any)
	if c["channel"] != "api" || c["customer"].(map[string]any)["name"] != "Elif" || c["last_seq"] != 7.0 {
		t.Errorf("agents see %v", c)
	}
	for name, row := range map[string]struct {
		path string
		body map[string]any
		want desk.Code
	}{
		"another text":          {"/conversations", channelBody("m-1", "c-1", "Bye"), desk.CodeConflict},
		"another customer":      {"/conversations", channelBody("m-1", "c-2", "Hello"), desk.CodeConflict},
		"a later message":       {"/conversations", channelBody("m-2", "c-1", "Are you there?"), desk.CodeConflict},
		"a first message":       {messages, map[string]any{"external_id": "m-1", "text": "Bye"}, desk.CodeConflict},
		"no text":               {messages, map[string]any{"external_id": "m-3", "text": " "}, desk.CodeEmpty},
		"no external id":        {messages, map[string]any{"text": "Hello"}, desk.CodeInvalid},
		"no customer":           {"/conversations", map[string]any{"external_id": "m-4", "text": "Hello"}, desk.CodeInvalid},
		"a customer's bad id":   {"/conversations", channelBody("m-4", "c\x00", "Hello"), desk.CodeBadText},
		"an unknown field":      {messages, map[string]any{"external_id": "m-3", "text": "x", "note": true}, desk.CodeInvalid},
		"an unknown number":     {"/conversations/999/messages", map[string]any{"external_id": "m-3", "text": "x"}, desk.CodeNotFound},
		"an unknown attachment": {messages, map[string]any{"external_id": "m-3", "attachments": []desk.ID{app.NewID()}}, desk.CodeNotFound},
	} {
		head := s.app.Head()
		status, answer := s.asChannel("POST", row.path, secret, row.body)
		if code(answer) != row.want || status >= 500 || s.app.Head() != head {
			t.Errorf("%s: %d %v, want %s and no change", name, status, answer, row.want)
		}
	}
}

// TestChannelsDoNotMeet shows one token nothing of another's, of the team's, or
// of what a token brought that is gone.
func TestChannelsDoNotMeet(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	one, oneID := s.channelSecret(admin, "One")
	two, _ := s.channelSecret(admin, "Two")
	mine := ok(t)(s.asChannel("POST", "/conversations", one, channelBody("m-1", "c-1", "canary-one")))
	theirs := ok(t)(s.asChannel("POST", "/conversations", two, channelBody("m-1", "c-1", "canary-two")))
	if mine["number"] == theirs["number"] {
		t.Fatal("one external id of two tokens is one message")
	}
	for _, ask := range []struct{ method, path string }{{"GET", "/conversations/%v/messages"}, {"POST", "/conversations/%v/messages"}} {
		in := map[string]any{"external_id": "m-9", "text": "x"}
		status, answer := s.asChannel(ask.method, fmt.Sprintf(ask.path, theirs["number"]), one, in)
		unknownStatus, unknown := s.asChannel(ask.method, fmt.Sprintf(ask.path, 9999), one, in)
		if status != http.StatusNotFound || status != unknownStatus || fmt.Sprint(answer) != fmt.Sprint(unknown) {
			t.Errorf("%s %s: %d %v, an unknown one %d %v", ask.method, ask.path, status, answer, unknownStatus, unknown)
		}
	}
	if _, page := s.asChannel("GET", "/conversations", one, nil); len(page["conversations"].([]any)) != 1 || strings.Contains(fmt.Sprint(page), "canary-two") {
		t.Errorf("the list is %v", page)
	}
	_, rotated := s.ask("POST", apiPath+"/channel-tokens/"+oneID+"/rotate", admin, map[string]any{})
	if status, _ := s.asChannel("GET", "/conversations", one, nil); status != http.StatusUnauthorized {
		t.Errorf("the secret before goes on: %d", status)
	}
	one = rotated["token"].(string)
	again := ok(t)(s.asChannel("POST", "/conversations", one, channelBody("m-1", "c-1", "canary-one")))
	if again["number"] != mine["number"] {
		t.Errorf("under another secret the message is another: %v", again["number"])
	}
	for range 2 {
		if status, answer := s.ask("DELETE", apiPath+"/channel-tokens/"+oneID, admin, nil); status != http.StatusNoContent {
			t.Errorf("delete: %d %v", status, answer)
		}
	}
	if status, _ := s.asChannel("GET", "/conversations", one, nil); status != http.StatusUnauthorized {
		t.Errorf("a token that is gone: %d", status)
	}
	_, list := s.ask("GET", apiPath+"/channel-tokens", admin, nil)
	if tokens := list["tokens"].([]any); len(tokens) != 1 || strings.Contains(fmt.Sprint(list), "parley_") || tokens[0].(map[string]any)["used_at"] == nil {
		t.Errorf("the tokens are %v", list)
	}
}

// TestWhatAChannelTokenOpens asks every route with a token: it opens its own and
// none of the agents', and a name of somebody else's has no meaning with it.
func TestWhatAChannelTokenOpens(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("admin", desk.RoleAdmin)
	secret, _ := s.channelSecret(admin, "Shop")
	opened := 0
	for _, r := range s.Routes() {
		if r.Action.Open() || r.Action.OfVisitors() || r.Path == apiPath+"/socket" {
			continue // visitors' tokens are asked for where this one means nothing
		}
		path := strings.NewReplacer(":number", "999999", ":id", "0198c0de-0000-7000-8000-00000000ffff", ":n", "1").Replace(strings.TrimPrefix(r.Path, apiPath))
		if strings.HasPrefix(r.Path, "/metrics") {
			continue // not below the interface
		}
		status, answer := s.asChannel(r.Method, path, secret, map[string]any{})
		switch refused := status == http.StatusUnauthorized || status == http.StatusForbidden; {
		case status >= 500:
			t.Errorf("%s %s: %d %v", r.Method, r.Path, status, answer)
		case r.Action == desk.ActionChannel && refused:
			t.Errorf("%s %s: %d %v", r.Method, r.Path, status, answer)
		case r.Action == desk.ActionChannel:
			opened++
		case !refused && !strings.HasPrefix(path, "/conversations") && !strings.HasPrefix(path, "/attachments"):
			t.Errorf("%s %s is open to a channel token: %d %v", r.Method, r.Path, status, answer)
		case !refused && strings.Count(path, "/") > 2 && !strings.HasSuffix(path, "/messages") && !strings.HasPrefix(path, "/attachments") && status < 400:
			t.Errorf("%s %s did something: %d %v", r.Method, r.Path, status, answer)
		}
	}
	if opened != 8 {
		t.Errorf("%d routes were open", opened)
	}
}

// TestChannelLimit lets a token ask 60 times a second.
func TestChannelLimit(t *testing.T) {
	now := time.Now()
	l := newLimits(func() time.Time { return now }, false)
	for i := range 60 {
		if err := allow(l.channel, "a"); err != nil {
			t.Fatalf("request %d: %v", i+1, err)
		}
	}
	if err := allow(l.channel, "a"); desk.CodeOf(err) != desk.CodeRateLimited {
		t.Errorf("request 61: %v", err)
	}
	if err := allow(l.channel, "b"); err != nil {
		t.Errorf("another token: %v", err)
	}
	if now = now.Add(time.Second); allow(l.channel, "a") != nil {
		t.Error("a second later it is still closed")
	}
}
