package widget_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"hash"
	"strings"
	"testing"
	"time"

	"parley/channel/widget"
	"parley/desk"
)

var (
	now    = time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)
	secret = []byte("the website's secret")
)

const siteKey = "Ab3xyz"

type object = map[string]any

// claims are those of a token that is taken, changed as asked; nil takes one away.
func claims(changes object) object {
	c := object{
		"sub": "crm-7", "aud": siteKey, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "jti": "j-1",
		"name": "Elif Kaya", "email": "elif@example.com",
	}
	for name, value := range changes {
		if c[name] = value; value == nil {
			delete(c, name)
		}
	}
	return c
}

func encode(v any) string {
	b, _ := json.Marshal(v) // objects of texts and numbers always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

// sign makes a token.
func sign(header, claims any, key []byte, with func() hash.Hash) string {
	signed := encode(header) + "." + encode(claims)
	mac := hmac.New(with, key)
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func signed(changes object) string {
	return sign(object{"alg": "HS256", "typ": "JWT"}, claims(changes), secret, sha256.New)
}

// TestIdentityIsTaken reads what a website has signed as it should.
func TestIdentityIsTaken(t *testing.T) {
	for name, token := range map[string]string{
		"plain":                  signed(nil),
		"a list of one audience": signed(object{"aud": []string{siteKey}}),
		"no type":                sign(object{"alg": "HS256"}, claims(nil), secret, sha256.New),
		"a website's clock that is a little ahead": signed(object{"iat": now.Add(50 * time.Second).Unix(), "exp": now.Add(5 * time.Minute).Unix()}),
		"fractions of a second":                    signed(object{"iat": float64(now.Unix()) + 0.5, "exp": float64(now.Unix()) + 300.25}),
	} {
		got, err := widget.ReadIdentity(token, siteKey, secret, now)
		if err != nil || got.External != "crm-7" || got.Name != "Elif Kaya" || got.Email != "elif@example.com" || got.JTI != "j-1" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got.Expires < desk.TimeOf(now.Add(5*time.Minute)) {
			t.Errorf("%s: remembered only until %s", name, got.Expires)
		}
	}
}

// TestIdentityIsRefused takes nothing that is forged, expired, meant for somebody
// else, signed in another way or not quite a token.
func TestIdentityIsRefused(t *testing.T) {
	good := signed(nil)
	parts := strings.Split(good, ".")
	for name, token := range map[string]string{
		"empty":                "",
		"no dots":              "abc",
		"two parts":            parts[0] + "." + parts[1],
		"four parts":           good + "." + parts[2],
		"five parts (JWE)":     "a.b.c.d.e",
		"no signature":         parts[0] + "." + parts[1] + ".",
		"another secret":       sign(object{"alg": "HS256"}, claims(nil), []byte("guess"), sha256.New),
		"an empty secret":      sign(object{"alg": "HS256"}, claims(nil), nil, sha256.New),
		"changed claims":       parts[0] + "." + encode(claims(object{"sub": "crm-1"})) + "." + parts[2],
		"changed header":       encode(object{"alg": "HS256", "kid": "x"}) + "." + parts[1] + "." + parts[2],
		"alg none":             encode(object{"alg": "none"}) + "." + parts[1] + ".",
		"alg none, signed":     sign(object{"alg": "none"}, claims(nil), secret, sha256.New),
		"alg HS512":            sign(object{"alg": "HS512"}, claims(nil), secret, sha512.New),
		"alg RS256, by HMAC":   sign(object{"alg": "RS256"}, claims(nil), secret, sha256.New),
		"alg in lower case":    sign(object{"alg": "hs256"}, claims(nil), secret, sha256.New),
		"no alg":               sign(object{"typ": "JWT"}, claims(nil), secret, sha256.New),
		"another type":         sign(object{"alg": "HS256", "typ": "at+jwt"}, claims(nil), secret, sha256.New),
		"critical extension":   sign(object{"alg": "HS256", "crit": []string{"b64"}, "b64": false}, claims(nil), secret, sha256.New),
		"signed by HS512":      sign(object{"alg": "HS256"}, claims(nil), secret, sha512.New),
		"padded signature":     good + "=",
		"spaces":               " " + good,
		"signature cut":        good[:len(good)-2],
		"claims are no object": sign(object{"alg": "HS256"}, []int{1}, secret, sha256.New),
		"a name that is none":  signed(object{"name": 5}),
		"expired":              signed(object{"iat": now.Add(-6 * time.Minute).Unix(), "exp": now.Add(-time.Second).Unix()}),
		"expires now":          signed(object{"exp": now.Unix()}),
		"lives too long":       signed(object{"exp": now.Add(10*time.Minute + time.Second).Unix()}),
		"lives for ever":       signed(object{"exp": 1e300}),
		"expires before time":  signed(object{"exp": -1e300}),
		"of the future":        signed(object{"iat": now.Add(5 * time.Minute).Unix(), "exp": now.Add(9 * time.Minute).Unix()}),
		"very old, still good": signed(object{"iat": now.Add(-time.Hour).Unix(), "exp": now.Add(time.Minute).Unix()}),
		"no exp":               signed(object{"exp": nil}),
		"no iat":               signed(object{"iat": nil}),
		"exp is a text":        signed(object{"exp": "2027"}),
		"no jti":               signed(object{"jti": nil}),
		"a long jti":           signed(object{"jti": strings.Repeat("j", 129)}),
		"no sub":               signed(object{"sub": nil}),
		"an empty sub":         signed(object{"sub": ""}),
		"a long sub":           signed(object{"sub": strings.Repeat("s", 201)}),
		"a NUL in the sub":     signed(object{"sub": "a\x00b"}),
		"another site":         signed(object{"aud": "Other1"}),
		"no audience":          signed(object{"aud": nil}),
		"two audiences":        signed(object{"aud": []string{siteKey, "Other1"}}),
		"empty audiences":      signed(object{"aud": []string{}}),
		"very long":            signed(object{"name": strings.Repeat("n", 5000)}),
	} {
		got, err := widget.ReadIdentity(token, siteKey, secret, now)
		if desk.CodeOf(err) != desk.CodeUnauthorized {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if _, err := widget.ReadIdentity(sign(object{"alg": "HS256"}, claims(nil), nil, sha256.New), siteKey, nil, now); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("a site without a secret takes what is signed with none: %v", err)
	}
}

// TestEveryByteCounts changes a token that is taken in each place.
func TestEveryByteCounts(t *testing.T) {
	good := signed(nil)
	for i := range good {
		for _, letter := range []byte("Ab0-_.=") {
			bent := good[:i] + string(letter) + good[i+1:]
			if got, err := widget.ReadIdentity(bent, siteKey, secret, now); err == nil && bent != good {
				t.Fatalf("taken with %q at %d: %+v", letter, i, got)
			}
		}
	}
}

func FuzzIdentity(f *testing.F) {
	for _, seed := range []string{signed(nil), "..", "a.b.c", signed(object{"exp": 1e300, "aud": []any{1, nil}})} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		if got, err := widget.ReadIdentity(token, siteKey, secret, now); err == nil && got.External == "" {
			t.Errorf("%q is somebody without an id", token)
		}
	})
}
