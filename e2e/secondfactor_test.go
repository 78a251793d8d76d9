package e2e

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// phoneShows is what an authenticator app makes of a secret, a number of steps from now.
// It is written here again, so that the server is not held to itself.
func phoneShows(t *testing.T, secret string, off int64) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	must(t, err)
	mac := hmac.New(sha1.New, key)
	must(t, binary.Write(mac, binary.BigEndian, time.Now().Unix()/30+off))
	sum := mac.Sum(nil)
	last := sum[19] & 15
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[last:last+4])&(1<<31-1))%1_000_000)
}

// TestSecondFactor holds: with two-step verification nobody signs in with the password
// alone, whatever happens to the process; recovery codes outlive the key of the secrets,
// and the command line takes it away.
func TestSecondFactor(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	var offer struct{ Secret, Offer string }
	owner.Must(t, "POST", "/me/second-factor/offer", body{"password": password}, &offer)
	var on struct {
		On    bool
		Codes []string `json:"recovery_codes"`
	}
	owner.Must(t, "POST", "/me/second-factor", body{"offer": offer.Offer, "code": phoneShows(t, offer.Secret, 0)}, &on)
	if !on.On || len(on.Codes) != 10 {
		t.Fatalf("turned on: %+v", on)
	}
	signs := func(url, code string) string {
		t.Helper()
		in := body{"email": "owner@example.com", "password": password}
		if code != "" {
			in["code"] = code
		}
		err := NewClient(url).Call("POST", "/session", in, nil)
		if r := refusal(err); r != nil {
			return r.Code
		}
		must(t, err)
		return ""
	}
	next := phoneShows(t, offer.Secret, 1)
	if got := signs(server.URL, ""); got != "second_factor_required" {
		t.Errorf("the password alone: %q", got)
	}
	if got := signs(server.URL, next); got != "" {
		t.Errorf("with a code: %q", got)
	}
	server.Kill()
	server.Restart(t)
	if got := signs(server.URL, next); got != "second_factor_wrong" {
		t.Errorf("the same code after a kill: %q", got)
	}
	server.Stop(t)

	restored := filepath.Join(t.TempDir(), "restored")
	file := filepath.Join(t.TempDir(), "backup.tar.gz")
	mustRun(t, "backup", "--data", server.Dir, file)
	if out := mustRun(t, "restore", "--data", restored, file); !strings.Contains(out, "secret.key") {
		t.Errorf("a restore says nothing of the key: %s", out)
	}
	if _, err := os.Stat(filepath.Join(restored, "secret.key")); err == nil {
		t.Error("the backup held the key")
	}
	other := StartIn(t, restored)
	if got := signs(other.URL, phoneShows(t, offer.Secret, 2)); got != "second_factor_sealed" {
		t.Errorf("a code without the key: %q", got)
	}
	if got := signs(other.URL, on.Codes[0]); got != "" {
		t.Errorf("a recovery code without the key: %q", got)
	}
	other.Stop(t)

	who := []string{"agent", "second-factor", "--data", server.Dir, "owner@example.com"}
	if out := mustRun(t, who...); !strings.Contains(out, "10 recovery codes") {
		t.Errorf("it says: %s", out)
	}
	mustRun(t, append(who, "--off")...)
	if out := mustRun(t, who...); !strings.Contains(out, "no two-step") {
		t.Errorf("afterwards it says: %s", out)
	}
	server.Restart(t)
	if got := signs(server.URL, ""); got != "" {
		t.Errorf("after it was taken away: %q", got)
	}
}
