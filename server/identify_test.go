package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
	"parley/store/storetest"
	"parley/wire"
)

// secretOf makes a site's identity secret.
func (s *stand) secretOf(site wire.Site) string {
	s.t.Helper()
	owner, _ := s.agent("owner-"+app.NewID().String(), desk.RoleOwner)
	secret, err := s.app.NewSiteSecret(owner, site.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return secret
}

// vouch signs for a visitor as a website would.
func vouch(secret, siteKey, external, jti string) string {
	part := func(v any) string {
		b, _ := json.Marshal(v) // texts and numbers always encode
		return base64.RawURLEncoding.EncodeToString(b)
	}
	now := time.Now().Unix()
	signed := part(map[string]any{"alg": "HS256", "typ": "JWT"}) + "." + part(map[string]any{
		"sub": external, "aud": siteKey, "iat": now, "exp": now + 300, "jti": jti, "name": "Elif Kaya", "email": "elif@example.com",
	})
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// TestIdentify lets in whom the website vouches for, once for each signature.
func TestIdentify(t *testing.T) {
	s := newStand(t)
	site, other := s.newSite("Shop"), s.newSite("Blog")
	identify := func(site wire.Site, jwt, token string) (int, map[string]any) {
		return s.ask("POST", widgetPath+"/identify", "", map[string]any{"site": site.Key, "jwt": jwt, "token": token})
	}
	if status, answer := identify(site, vouch("", site.Key, "crm-7", "j0"), ""); status != http.StatusUnauthorized {
		t.Errorf("a site without a secret: %d %v", status, answer)
	}
	secret, otherSecret := s.secretOf(site), s.secretOf(other)
	status, unproved := s.ask("POST", widgetPath+"/visitors", "", map[string]any{"site": site.Key})
	if status != http.StatusCreated {
		t.Fatal(status, unproved)
	}
	jwt := vouch(secret, site.Key, "crm-7", "j1")
	status, first := identify(site, jwt, unproved["token"].(string))
	visitor, _ := first["visitor"].(map[string]any)
	if status != http.StatusOK || visitor["verified"] != true || visitor["name"] != "Elif Kaya" {
		t.Fatal(status, first)
	}
	before := storetest.Dump(t, s.store)
	for name, try := range map[string]struct {
		site wire.Site
		jwt  string
	}{
		"replayed":            {site, jwt},
		"for another site":    {other, vouch(otherSecret, site.Key, "crm-7", "j2")},
		"of another site":     {site, vouch(otherSecret, site.Key, "crm-7", "j3")},
		"signed with the key": {site, vouch(site.Key, site.Key, "crm-7", "j4")},
		"garbage":             {site, "a.b.c"},
	} {
		if status, answer := identify(try.site, try.jwt, first["token"].(string)); status != http.StatusUnauthorized || code(answer) != desk.CodeUnauthorized {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	for k, v := range storetest.Dump(t, s.store) {
		if before[k] != v {
			t.Errorf("a refused identity has changed %q", k)
		}
	}
	if status, _ := s.asVisitor(bearing(unproved["token"].(string)), "GET", "/me", nil); status != http.StatusUnauthorized {
		t.Errorf("what the browser was before: %d", status)
	}
	if status, again := identify(site, vouch(secret, site.Key, "crm-7", "j5"), ""); status != http.StatusOK || again["visitor"].(map[string]any)["id"] != visitor["id"] {
		t.Errorf("in another browser: %d %v", status, again)
	}
	s.secretOf(site) // the old one is good for nothing now
	if status, _ := identify(site, vouch(secret, site.Key, "crm-7", "j6"), ""); status != http.StatusUnauthorized {
		t.Errorf("signed with an old secret: %d", status)
	}
}

// TestTokenOverHTTP turns tokens over and ends them; they are taken from the header
// alone.
func TestTokenOverHTTP(t *testing.T) {
	s := newStand(t)
	_, entered := s.ask("POST", widgetPath+"/visitors", "", map[string]any{"site": s.newSite("Shop").Key})
	old := entered["token"].(string)
	opens := func(token string) bool {
		status, _ := s.asVisitor(bearing(token), "GET", "/me", nil)
		return status == http.StatusOK
	}
	_, rotated := s.asVisitor(bearing(old), "POST", "/me/token", nil)
	next := rotated["token"].(string)
	if len(old) != 43 || len(next) != 43 || old == next || !opens(old) || !opens(next) {
		t.Errorf("%q became %q", old, next)
	}
	if status, _ := s.asVisitor(bearing(next), "DELETE", "/me/token", nil); status != http.StatusNoContent || opens(next) || opens(old) {
		t.Errorf("ended: %d", status)
	}
	_, entered = s.ask("POST", widgetPath+"/visitors", "", map[string]any{"site": s.newSite("Blog").Key})
	if old = entered["token"].(string); !opens(old) {
		t.Fatal("a new token does not open")
	}
	for name, edit := range map[string]func(*http.Request){
		"as a cookie":      with("Cookie", "token="+old+"; sid="+old),
		"another scheme":   with("Authorization", "Basic "+old),
		"without a scheme": with("Authorization", old),
		"cut":              bearing(old[:42]),
		"longer":           bearing(old + "A"),
		"nothing":          bearing(""),
	} {
		if status, _ := s.asVisitor(edit, "GET", "/me", nil); status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := s.ask("GET", widgetPath+"/me?token="+old, "", nil); status != http.StatusUnauthorized {
		t.Errorf("in the address: %d", status)
	}
}

// TestIdentifyEndsTheSocketBefore shuts the socket of what the browser was before,
// at once.
func TestIdentifyEndsTheSocketBefore(t *testing.T) {
	w := newWeb(t)
	secret, err := w.app.NewSiteSecret(w.owner, w.site.ID)
	if err != nil {
		t.Fatal(err)
	}
	before := w.visitor("before")
	w.says(&before, "Hello")
	conn := w.dial(`{"type":"auth","token":"before"}`)
	w.hear(conn)
	status, answer := w.ask("POST", widgetPath+"/identify", "", map[string]any{
		"site": w.site.Key, "jwt": vouch(secret, w.site.Key, "crm-7", "j1"), "token": "before",
	})
	if status != http.StatusOK {
		t.Fatal(status, answer)
	}
	if got := w.ends(conn); got != 4401 {
		t.Errorf("closed with %d", got)
	}
}
