package server

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

const factorPassword = "quince-jam-on-warm-bread"

// hire makes an agent with a password and signs them in.
func (s *stand) hire(name string, role desk.Role) (desk.Agent, string) {
	s.t.Helper()
	hash, err := s.passwords.Hash(context.Background(), factorPassword)
	if err != nil {
		s.t.Fatal(err)
	}
	made, err := s.app.CreateAgent(app.CreateAgent{Name: name, Email: name + "@example.com", Role: role, Password: hash})
	if err != nil {
		s.t.Fatal(err)
	}
	return desk.Agent{ID: made.ID, Email: made.Email, Role: role}, s.signedIn(made.ID, time.Hour)
}

// ownFactor turns somebody's second factor on as the page does, and gives what their
// phone shows, a number of steps from now, and their recovery codes.
func (s *stand) ownFactor(token string) (shows func(off int) string, recovery []any) {
	s.t.Helper()
	status, offer := s.ask(http.MethodPost, apiPath+"/me/second-factor/offer", token, map[string]any{"password": factorPassword})
	if status != http.StatusOK {
		s.t.Fatal(status, offer)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(offer["secret"].(string))
	if err != nil || !strings.Contains(offer["address"].(string), "secret="+offer["secret"].(string)) {
		s.t.Fatal(offer, err)
	}
	shows = func(off int) string {
		return desk.OneTimeCode(secret, desk.CodeStep(s.app.Now())+uint64(off))
	}
	status, now := s.ask(http.MethodPost, apiPath+"/me/second-factor", token, map[string]any{"offer": offer["offer"], "code": shows(0)})
	recovery, _ = now["recovery_codes"].([]any)
	if status != http.StatusOK || now["on"] != true || len(recovery) != desk.RecoveryCodes {
		s.t.Fatal(status, now)
	}
	return shows, recovery
}

func (s *stand) signs(email, password, code string) (int, map[string]any) {
	s.t.Helper()
	in := map[string]any{"email": email, "password": password}
	if code != "" {
		in["code"] = code
	}
	return s.ask(http.MethodPost, apiPath+"/session", "", in)
}

// TestSigningInWithACode asks for the code only who knows the password, and opens the
// door once for each.
func TestSigningInWithACode(t *testing.T) {
	s := newStand(t)
	ada, token := s.hire("ada", desk.RoleAgent)
	shows, recovery := s.ownFactor(token)
	for _, row := range []struct {
		name, email, password, code string
		status                      int
		want                        desk.Code
	}{
		{"a wrong password", ada.Email, "x", "", 401, desk.CodeUnauthorized},
		{"a wrong password with a right code", ada.Email, "x", shows(1), 401, desk.CodeUnauthorized},
		{"nobody with a code", "nobody@example.com", factorPassword, shows(1), 401, desk.CodeUnauthorized},
		{"the password alone", ada.Email, factorPassword, "", 401, desk.CodeFactorRequired},
		{"both", ada.Email, factorPassword, shows(1), 200, ""},
		{"the same code again", ada.Email, factorPassword, shows(1), 401, desk.CodeWrongFactor},
		{"a recovery code", ada.Email, factorPassword, recovery[0].(string), 200, ""},
		{"the same again", ada.Email, factorPassword, recovery[0].(string), 401, desk.CodeWrongFactor},
	} {
		s.logins = newLogins(time.Now) // how often is TestGuessingCodes
		if status, answer := s.signs(row.email, row.password, row.code); status != row.status || code(answer) != row.want {
			t.Errorf("%s: %d %v", row.name, status, answer)
		}
	}
	page, err := s.app.Audit(app.AuditFilter{Kind: desk.AuditSigning}, 0, 2)
	if err != nil || page.Entries[0].Why != string(desk.CodeWrongFactor) || page.Entries[1].Type != "agent.signed_in" {
		t.Errorf("the audit log: %+v, %v", page, err)
	}
	if _, state := s.ask(http.MethodGet, apiPath+"/me/second-factor", token, nil); state["recovery_left"] != 9.0 || state["since"] == nil {
		t.Errorf("afterwards: %v", state)
	}
}

// wrong is a code that the phone does not show now.
func wrong(shows func(int) string) string {
	for _, guess := range []string{"000000", "111111", "222222", "333333"} {
		if guess != shows(-1) && guess != shows(0) && guess != shows(1) {
			return guess
		}
	}
	return "444444"
}

// TestGuessingCodes slows down who knows the password: from one address like who
// guesses passwords, from many by the agent, and never who has a recovery code.
func TestGuessingCodes(t *testing.T) {
	s := newStand(t)
	ada, token := s.hire("ada", desk.RoleAgent)
	shows, recovery := s.ownFactor(token)
	var last int
	for range 8 {
		last, _ = s.signs(ada.Email, factorPassword, wrong(shows))
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("eight guesses from one address: %d", last)
	}
	guesses := 0
	for i := range 1000 {
		from := &caller{address: netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(i+1)<<8)))}
		_, err := s.proveFactor(from, &ada, wrong(shows))
		switch desk.CodeOf(err) {
		case desk.CodeWrongFactor:
			guesses++
		case desk.CodeRateLimited:
		default:
			t.Fatal(err)
		}
	}
	if guesses > 10 || s.codes.failures.Wait(ada.ID.String()) == 0 {
		t.Errorf("%d guesses from many addresses, and no wait after them", guesses)
	}
	from := &caller{address: netip.MustParseAddr("203.0.113.7")}
	if _, err := s.proveFactor(from, &ada, shows(1)); desk.CodeOf(err) != desk.CodeRateLimited {
		t.Errorf("a right code while it is guessed: %v", err)
	}
	if proof, err := s.proveFactor(from, &ada, recovery[0].(string)); err != nil || !proof.ByRecovery() {
		t.Errorf("a recovery code while it is guessed: %v", err)
	}
}

// TestGuessesOfADay counts how many wrong codes anybody gets in, all at once and however
// patient.
func TestGuessesOfADay(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	c := newCodes(func() time.Time { return now })
	id, guesses := app.NewID(), 0
	for range 1000 { // none of them has failed yet
		if c.allow(id) == nil {
			guesses++
		}
	}
	if guesses != 10 {
		t.Errorf("%d guesses at the same moment", guesses)
	}
	id, guesses = app.NewID(), 0
	for end := now.Add(24 * time.Hour); now.Before(end); now = now.Add(time.Second) {
		if c.allow(id) == nil {
			guesses++
			c.failures.Failed(id.String())
		}
	}
	if guesses < 200 || guesses > 320 {
		t.Errorf("%d guesses in a day", guesses)
	}
}

// TestChangingOnesFactor takes the password and a code for everything.
func TestChangingOnesFactor(t *testing.T) {
	s := newStand(t)
	_, token := s.hire("ada", desk.RoleAgent)
	ask := func(path, password, code string) (int, map[string]any) {
		s.logins = newLogins(time.Now)
		return s.ask(http.MethodPost, apiPath+"/me/second-factor"+path, token, map[string]any{"password": password, "code": code})
	}
	s.logins = newLogins(time.Now)
	if status, answer := s.ask(http.MethodPost, apiPath+"/me/second-factor/offer", token, map[string]any{"password": "x"}); status != http.StatusUnprocessableEntity || answer["field"] != "password" {
		t.Errorf("an offer without the password: %d %v", status, answer)
	}
	shows, old := s.ownFactor(token)
	for _, path := range []string{"/recovery", "/off"} {
		for _, row := range []struct {
			password, code string
			want           desk.Code
		}{
			{"x", shows(1), desk.CodeInvalid}, {factorPassword, "", desk.CodeFactorRequired}, {factorPassword, wrong(shows), desk.CodeWrongFactor},
		} {
			if status, answer := ask(path, row.password, row.code); status < 400 || code(answer) != row.want {
				t.Errorf("%s with %v: %d %v", path, row, status, answer)
			}
		}
	}
	status, answer := ask("/recovery", factorPassword, shows(1))
	if fresh, _ := answer["recovery_codes"].([]any); status != http.StatusOK || len(fresh) != desk.RecoveryCodes || fresh[0] == old[0] {
		t.Errorf("new recovery codes: %d %v", status, answer)
	}
	if status, answer := ask("/off", factorPassword, answer["recovery_codes"].([]any)[0].(string)); status != http.StatusOK || answer["on"] != false {
		t.Errorf("off: %d %v", status, answer)
	}
	if status, answer := s.signs("ada@example.com", factorPassword, ""); status != http.StatusOK {
		t.Errorf("after it was turned off: %d %v", status, answer)
	}
}

// TestRequiredFactor closes every door but a few to who has no second factor, until they
// have one.
func TestRequiredFactor(t *testing.T) {
	s := newStand(t)
	_, owner := s.hire("olive", desk.RoleOwner)
	_, due := s.hire("olga", desk.RoleOwner)
	put := func(token string, required bool) (int, map[string]any) {
		return s.ask(http.MethodPut, apiPath+"/second-factors", token, map[string]any{"required": required})
	}
	if status, answer := put(owner, true); status != http.StatusConflict {
		t.Errorf("before one's own: %d %v", status, answer)
	}
	s.ownFactor(owner)
	if status, answer := put(owner, true); status != http.StatusOK || answer["required"] != true {
		t.Fatal(status, answer)
	}
	open := 0
	for _, r := range s.Routes() {
		if r.ID == "sign-out" || r.Action.Open() || r.Action.OfVisitors() || r.Action == desk.ActionChannel || r.URL() == apiPath+"/socket" {
			continue
		}
		path := strings.NewReplacer(":number", "1", ":id", "0198c0de-0000-7000-8000-00000000ffff", ":n", "1").Replace(r.URL())
		_, answer := s.ask(r.Method, path, due, map[string]any{})
		if refused := code(answer) == desk.CodeFactorDue; refused == r.Action.BeforeFactor() {
			t.Errorf("%s %s: %v", r.Method, r.URL(), answer)
		} else if !refused {
			open++
		}
	}
	if open != 6 {
		t.Errorf("%d doors are open", open)
	}
	if _, me := s.ask(http.MethodGet, apiPath+"/me", due, nil); me["second_factor_due"] != true {
		t.Errorf("their page: %v", me)
	}
	s.ownFactor(due)
	if status, answer := s.ask(http.MethodGet, apiPath+"/views", due, nil); status != http.StatusOK {
		t.Errorf("afterwards: %d %v", status, answer)
	}
}

// TestTakingAFactorAway lets an admin see who has one, and reset an agent's.
func TestTakingAFactorAway(t *testing.T) {
	s := newStand(t)
	ada, agent := s.hire("ada", desk.RoleAgent)
	_, admin := s.hire("alan", desk.RoleAdmin)
	s.ownFactor(agent)
	_, list := s.ask(http.MethodGet, apiPath+"/second-factors", admin, nil)
	if holders, _ := list["holders"].([]any); len(holders) != 1 || holders[0].(map[string]any)["agent_id"] != ada.ID.String() {
		t.Errorf("who has one: %v", list)
	}
	for range 2 {
		if status, answer := s.ask(http.MethodDelete, apiPath+"/agents/"+ada.ID.String()+"/second-factor", admin, nil); status != http.StatusNoContent {
			t.Errorf("%d %v", status, answer)
		}
	}
	if status, answer := s.signs(ada.Email, factorPassword, ""); status != http.StatusOK {
		t.Errorf("afterwards: %d %v", status, answer)
	}
}
