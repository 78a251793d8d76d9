package password_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"parley/desk"
	"parley/server/password"
)

func TestVerify(t *testing.T) {
	h, ctx := password.New(), context.Background()
	hash, err := h.Hash(ctx, "kahve fincanı mavi kapı")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := h.Hash(ctx, "kahve fincanı mavi kapı")
	if hash == again {
		t.Error("two hashes of one password are equal: there is no salt")
	}
	older := strings.Replace(hash, "t=2", "t=1", 1)
	for name, c := range map[string]struct {
		hash, secret string
		want         password.Result
	}{
		"right":        {hash, "kahve fincanı mavi kapı", password.Result{Match: true}},
		"wrong":        {hash, "kahve fincanı mavi kapi", password.Result{}},
		"nobody":       {"", "", password.Result{}},
		"other costs":  {older, "kahve fincanı mavi kapı", password.Result{}}, // other costs, other hash
		"empty secret": {hash, "", password.Result{}},
	} {
		if got, err := h.Verify(ctx, c.hash, c.secret); err != nil || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", name, got, err, c.want)
		}
	}
	for _, bad := range []string{"x", "$argon2i$v=19$m=1,t=1,p=1$AA$AA", hash[:len(hash)-4]} {
		if _, err := h.Verify(ctx, bad, "x"); err == nil {
			t.Errorf("the hash %q was read", bad)
		}
	}
}

func TestTooManyAtOnceAreRefused(t *testing.T) {
	h := password.New()
	var wg sync.WaitGroup
	var mu sync.Mutex
	refused, done := 0, 0
	for range 60 {
		wg.Go(func() {
			_, err := h.Hash(context.Background(), "kahve fincanı mavi kapı")
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				done++
			case desk.CodeOf(err) == desk.CodeUnavailable:
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if refused == 0 || done < 20 {
		t.Errorf("%d refused and %d done of 60 at once", refused, done)
	}
}

func TestCheck(t *testing.T) {
	for secret, code := range map[string]desk.Code{
		"kahve fincanı mavi kapı":  "",
		"correct horse battery":    "",
		"x7#Kd92mQpL!":             "",
		"kısa":                     desk.CodeInvalid,
		"passwordpassword":         desk.CodeInvalid,
		"Qwertyuiop123456":         desk.CodeInvalid,
		"aaaaaaaaaaaaaaaa":         desk.CodeInvalid,
		"parley2026parley":         desk.CodeInvalid,
		"ayşekaya@ayşekaya1":       desk.CodeInvalid,
		strings.Repeat("aB3x", 33): desk.CodeTooLong,
		"NUL inside \x00 here":     desk.CodeBadText,
		"\xff\xfe not text at all": desk.CodeBadText,
	} {
		err := password.Check(secret, "Ayşe Kaya", "ayşe.kaya@example.com")
		if got := desk.CodeOf(err); (err == nil) != (code == "") || (err != nil && got != code) {
			t.Errorf("%q: %v, want %q", secret, err, code)
		}
	}
}
