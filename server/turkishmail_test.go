package server

import (
	"net/http"
	"net/netip"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

// TestSignInWithTurkishCapitals knows an address whatever a Turkish keyboard or
// browser has made of its i, and counts all spellings as one account.
func TestSignInWithTurkishCapitals(t *testing.T) {
	s := newStand(t)
	const secret = "quince-jam-on-warm-bread"
	hash, err := s.hashNew(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.CreateAgent(app.CreateAgent{Name: "Destek", Email: "İnfo@Example.com", Role: desk.RoleAgent, Password: hash}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.CreateAgent(app.CreateAgent{Name: "Twin", Email: "ınfo@example.com", Role: desk.RoleAgent}); desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("another spelling is another agent: %v", err)
	}
	for _, spelling := range []string{"info@example.com", "İNFO@EXAMPLE.COM", "i\u0307nfo@example.com", " ınfo@example.com "} {
		status, answer := s.ask(http.MethodPost, apiPath+"/session", "", map[string]any{"email": spelling, "password": secret})
		if status != http.StatusOK {
			t.Errorf("%q: %d %v", spelling, status, answer)
		}
	}
	l, from := newLogins(time.Now), netip.MustParseAddr("192.0.2.1")
	for range 6 {
		l.Failed(from, "İNFO@example.com")
	}
	if err := l.Allow(from, "info@example.com"); desk.CodeOf(err) != desk.CodeRateLimited {
		t.Errorf("wrong passwords under another spelling do not count: %v", err)
	}
}
