package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fasthttp/websocket"

	"parley/app"
	"parley/desk"
	"parley/server/socket"
)

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// signsIn signs in as a browser would and gives its cookie's token.
func (s *stand) signsIn(email, secret, browser string) string {
	s.t.Helper()
	_, token := s.cookied(http.MethodPost, "/session", "", `{"email":"`+email+`","password":"`+secret+`"}`, browser)
	return token
}

// cookied sends a request and gives its status and the token in the cookie that it sets.
func (s *stand) cookied(method, path, token, body, browser string) (int, string) {
	s.t.Helper()
	r := httptest.NewRequest(method, apiPath+path, strings.NewReader(body))
	for name, value := range map[string]string{
		"Content-Type": "application/json", "X-Parley": "1", "Origin": testOrigin, "User-Agent": browser, "Cookie": "sid=" + token,
	} {
		r.Header.Set(name, value)
	}
	answer, err := s.fiber.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	for _, cookie := range answer.Cookies() {
		if cookie.Name == "sid" && cookie.HttpOnly && cookie.MaxAge > 0 {
			return answer.StatusCode, cookie.Value
		}
	}
	return answer.StatusCode, ""
}

// sessions lists where somebody is signed in.
func (s *stand) sessions(token string) []map[string]any {
	s.t.Helper()
	status, answer := s.ask(http.MethodGet, apiPath+"/me/sessions", token, nil)
	list, ok := answer["sessions"].([]any)
	if status != http.StatusOK || !ok {
		s.t.Fatal(status, answer)
	}
	sessions := make([]map[string]any, len(list))
	for i := range list {
		sessions[i] = list[i].(map[string]any)
	}
	return sessions
}

func (s *stand) isIn(token string) bool {
	s.t.Helper()
	status, _ := s.ask(http.MethodGet, apiPath+"/me", token, nil)
	return status == http.StatusOK
}

// secretive makes an agent with a password.
func (s *stand) secretive(name string, role desk.Role, secret string) desk.ID {
	s.t.Helper()
	hash, err := s.hashNew(s.t.Context(), secret)
	if err != nil {
		s.t.Fatal(err)
	}
	agent, err := s.app.CreateAgent(app.CreateAgent{Name: name, Email: name + "@example.com", Role: role, Password: hash})
	if err != nil {
		s.t.Fatal(err)
	}
	return agent.ID
}

const bread = "quince-jam-on-warm-bread"

// TestSessions lists where one is signed in and ends one of them, or all others, and
// nobody else's.
func TestSessions(t *testing.T) {
	s := newStand(t)
	ada := s.secretive("ada", desk.RoleReporter, bread)
	_, other := s.agent("can", desk.RoleOwner)
	here, there := s.signsIn("ada@example.com", bread, firefox), s.signsIn("ada@example.com", bread, "curl/8")
	list := s.sessions(here)
	if len(list) != 2 || list[0]["present"] != true || list[0]["browser"] != "Firefox on Linux" || list[0]["address"] != "0.0.0.0" || list[1]["present"] != false || list[1]["browser"] != "" {
		t.Fatalf("%v", list)
	}
	path := apiPath + "/me/sessions"
	strange := s.sessions(other)[0]["id"].(string)
	if status, answer := s.ask(http.MethodDelete, path+"/"+strange, here, nil); status != http.StatusNotFound || !s.isIn(other) {
		t.Errorf("somebody else's: %d %v", status, answer)
	}
	if status, answer := s.ask(http.MethodDelete, path+"/"+list[1]["id"].(string), here, nil); status != http.StatusNoContent || s.isIn(there) || !s.isIn(here) {
		t.Errorf("one: %d %v", status, answer)
	}
	third, fourth := s.signedIn(ada, sessionLife), s.signedIn(ada, sessionLife)
	if status, answer := s.ask(http.MethodDelete, path, here, nil); status != http.StatusNoContent || s.isIn(third) || s.isIn(fourth) || !s.isIn(here) || !s.isIn(other) {
		t.Errorf("the others: %d %v", status, answer)
	}
	page, err := s.app.Audit(app.AuditFilter{Kind: desk.AuditSigning}, 0, 10)
	if err != nil || page.Entries[0].Type != string(desk.AgentSessionEnded) || page.Entries[0].Address != "0.0.0.0" {
		t.Errorf("the audit log: %+v, %v", page.Entries[0], err)
	}
}

// TestEndAnAgentsSessions is for who may manage the agent.
func TestEndAnAgentsSessions(t *testing.T) {
	s := newStand(t)
	owner, own := s.agent("olcay", desk.RoleOwner)
	agent, theirs := s.agent("ada", desk.RoleAgent)
	_, admin := s.agent("kemal", desk.RoleAdmin)
	end := func(id desk.ID, token string) int {
		status, _ := s.ask(http.MethodDelete, apiPath+"/agents/"+id.String()+"/sessions", token, nil)
		return status
	}
	if status := end(owner, admin); status != http.StatusForbidden || !s.isIn(own) {
		t.Errorf("an owner's, by an admin: %d", status)
	}
	if status := end(agent, theirs); status != http.StatusForbidden || !s.isIn(theirs) {
		t.Errorf("one's own, by an agent: %d", status)
	}
	if status := end(agent, admin); status != http.StatusNoContent || s.isIn(theirs) || !s.isIn(admin) {
		t.Errorf("an agent's, by an admin: %d", status)
	}
	if status := end(app.NewID(), admin); status != http.StatusNotFound {
		t.Errorf("nobody's: %d", status)
	}
}

// TestPasswordChangesTheSession goes on under another cookie, with the sockets that
// are open, and shuts out who had got hold of the old one.
func TestPasswordChangesTheSession(t *testing.T) {
	w := newWeb(t)
	w.secretive("ada", desk.RoleAgent, bread)
	old, elsewhere := w.signsIn("ada@example.com", bread, firefox), w.signsIn("ada@example.com", bread, firefox)
	join := func(token string) *websocket.Conn {
		conn, response, err := websocket.DefaultDialer.Dial("ws://"+w.address+apiPath+"/socket", http.Header{"Origin": {testOrigin}, "Cookie": {"sid=" + token}})
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	stays, goes := join(old), join(elsewhere)
	before := w.sessions(old)[0]
	status, next := w.cookied(http.MethodPost, "/me/password", old, `{"current":"`+bread+`","new":"wolf-lamp-tide-copper"}`, firefox)
	if status != http.StatusNoContent || next == "" || next == old || w.isIn(old) || w.isIn(elsewhere) || !w.isIn(next) {
		t.Fatalf("%d: the old one opens: %t; the other: %t; the new: %t", status, w.isIn(old), w.isIn(elsewhere), w.isIn(next))
	}
	list := w.sessions(next)
	if len(list) != 1 || list[0]["id"] == before["id"] || list[0]["created_at"] != before["created_at"] || list[0]["browser"] != "Firefox on Linux" {
		t.Errorf("%v, before %v", list, before)
	}
	if code := w.ends(goes); code != socket.CodeSessionEnded {
		t.Errorf("another browser's socket: closed with %d", code)
	}
	w.endSockets(func(o socket.Owner) bool { // as once a minute
		_, _, err := w.app.Session(o.Session)
		return err != nil
	})
	waitUntil(t, func() bool { return w.sockets.Len() == 1 })
	if status, answer := w.ask(http.MethodDelete, apiPath+"/session", next, nil); status != http.StatusNoContent {
		t.Errorf("signing out: %d %v", status, answer)
	}
	if code := w.ends(stays); code != socket.CodeSessionEnded {
		t.Errorf("after signing out: closed with %d", code)
	}
}
