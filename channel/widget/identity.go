package widget

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"parley/app"
	"parley/desk"
)

// Limits on a signed identity.
const (
	maxTokenBytes   = 4 << 10
	maxSubjectBytes = 200
	maxJTIBytes     = 128
	identityLife    = 10 * time.Minute
	clockSkew       = time.Minute // between the website's clock and ours
)

// claims are what a website signs, as RFC 7519 names it.
type claims struct {
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Issued   *float64 `json:"iat"`
	Expires  *float64 `json:"exp"`
	ID       string   `json:"jti"`
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Phone    string   `json:"phone"`
}

// audience is one name or a list of them.
type audience []string

// UnmarshalJSON reads both forms.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// ReadIdentity checks what a website has signed of one of its visitors, a JSON Web
// Token, and returns what it says. Whatever the token calls for, the signature is
// HMAC with SHA-256 under the site's secret; the audience is the site alone; the
// token lives at most ten minutes and names itself, so that it can be used once.
//
// Refused: CodeUnauthorized, with a sentence for whoever builds the website.
func ReadIdentity(token, siteKey string, secret []byte, now time.Time) (app.Identity, error) {
	if len(token) > maxTokenBytes {
		return app.Identity{}, unproved("The token is too long.")
	}
	signed, signature, ok := cutLast(token, '.')
	header, payload, one := strings.Cut(signed, ".")
	if !ok || !one || strings.Contains(payload, ".") {
		return app.Identity{}, unproved("This is no JSON Web Token in its compact form.")
	}
	if err := checkHeader(header); err != nil {
		return app.Identity{}, err
	}
	if !signedBy(signed, signature, secret) {
		return app.Identity{}, unproved("The signature is not one of this site's secret.")
	}
	var c claims
	if raw, err := code.DecodeString(payload); err != nil || json.Unmarshal(raw, &c) != nil {
		return app.Identity{}, unproved("The token's claims cannot be read.")
	}
	return c.identity(siteKey, now)
}

// code takes only the one spelling that encoding gives.
var code = base64.RawURLEncoding.Strict()

func cutLast(text string, at byte) (before, after string, ok bool) {
	i := strings.LastIndexByte(text, at)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

// checkHeader refuses every way of signing but one, and what must be understood
// and is not.
func checkHeader(text string) error {
	raw, err := code.DecodeString(text)
	var header struct {
		Algorithm string   `json:"alg"`
		Type      string   `json:"typ"`
		Critical  []string `json:"crit"`
	}
	if err != nil || json.Unmarshal(raw, &header) != nil {
		return unproved("The token's header cannot be read.")
	}
	if header.Algorithm != "HS256" || len(header.Critical) > 0 || (header.Type != "" && !strings.EqualFold(header.Type, "JWT")) {
		return unproved("Sign with HS256 and nothing else.")
	}
	return nil
}

// signedBy compares in constant time.
func signedBy(signed, signature string, secret []byte) bool {
	given, err := code.DecodeString(signature)
	if err != nil || len(secret) == 0 {
		return false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(signed))
	return hmac.Equal(given, mac.Sum(nil))
}

// identity checks what the claims say.
func (c *claims) identity(siteKey string, now time.Time) (app.Identity, error) {
	switch {
	case len(c.Audience) != 1 || c.Audience[0] != siteKey:
		return app.Identity{}, unproved("aud must be the site's key, and nothing else.")
	case c.Subject == "" || len(c.Subject) > maxSubjectBytes || desk.CheckText("jwt", c.Subject, maxSubjectBytes) != nil:
		return app.Identity{}, unproved("sub must be the visitor's id on the website, of at most 200 bytes.")
	case c.ID == "" || len(c.ID) > maxJTIBytes:
		return app.Identity{}, unproved("jti must be a new random text of at most 128 bytes for each token.")
	case c.Issued == nil || c.Expires == nil:
		return app.Identity{}, unproved("iat and exp must be there, in seconds.")
	}
	issued, expires := moment(*c.Issued), moment(*c.Expires)
	switch {
	case issued.After(now.Add(clockSkew)):
		return app.Identity{}, unproved("iat lies in the future; check the website's clock.")
	case !expires.After(now):
		return app.Identity{}, unproved("The token has expired.")
	case expires.Sub(issued) > identityLife || expires.After(now.Add(identityLife+clockSkew)):
		return app.Identity{}, unproved("exp must be within ten minutes of iat.")
	}
	return app.Identity{
		Vouched: desk.Vouched{External: c.Subject, Name: c.Name, Email: c.Email, Phone: c.Phone},
		JTI:     c.ID, Expires: desk.TimeOf(expires.Add(clockSkew)),
	}, nil
}

// moment reads seconds since 1970. What lies beyond any calendar becomes a moment
// that no token may name.
func moment(seconds float64) time.Time {
	const last = 1 << 40
	return time.Unix(int64(min(max(seconds, -last), last)), 0)
}

func unproved(detail string) error { return desk.Refuse(desk.CodeUnauthorized, "jwt", detail) }
