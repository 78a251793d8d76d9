package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
)

// TestOneTimeCodes holds the codes to the vectors of RFC 6238, appendix B (SHA-1): its
// eight digits end with our six.
func TestOneTimeCodes(t *testing.T) {
	secret := []byte("12345678901234567890")
	for seconds, want := range map[desk.Time]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := desk.OneTimeCode(secret, desk.CodeStep(seconds*1000)); got != want[2:] {
			t.Errorf("at %d: %s, want %s", seconds, got, want[2:])
		}
	}
	// And of RFC 4226, appendix D, which counts by itself.
	for counter, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := desk.OneTimeCode(secret, uint64(counter)); got != want {
			t.Errorf("the code %d: %s, want %s", counter, got, want)
		}
	}
}

// TestClockSkew takes codes of one step beside the present one, and no other.
func TestClockSkew(t *testing.T) {
	secret := []byte("12345678901234567890")
	present := desk.CodeStep(noon)
	for off, want := range map[int]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		step := present + uint64(off)
		if got, ok := desk.MatchCode(secret, desk.OneTimeCode(secret, step), noon); ok != want || (ok && got != step) {
			t.Errorf("%d steps off: %t, step %d of %d", off, ok, got, step)
		}
	}
	if _, ok := desk.MatchCode(secret, desk.OneTimeCode(secret, 0), 0); !ok {
		t.Error("the first step of all is not matched")
	}
	for _, code := range []string{"", "12345", "1234567"} {
		if _, ok := desk.MatchCode(secret, code, noon); ok {
			t.Errorf("%q is matched", code)
		}
	}
}

// TestCodeAddress reads an address as an app does.
func TestCodeAddress(t *testing.T) {
	address, err := url.Parse(desk.CodeAddress("Çay: & Kahve", "işıl+1@example.com", []byte("12345678901234567890")))
	if err != nil || address.Scheme != "otpauth" || address.Host != "totp" {
		t.Fatal(address, err)
	}
	if address.Path != "/Çay  & Kahve:işıl+1@example.com" {
		t.Errorf("the label is %q", address.Path)
	}
	query := address.Query()
	for name, want := range map[string]string{
		"secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "issuer": "Çay  & Kahve", "algorithm": "SHA1", "digits": "6", "period": "30",
	} {
		if query.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, query.Get(name), want)
		}
	}
	if strings.Contains(address.RawQuery, "+") {
		t.Errorf("apps would read %s with a plus", address.RawQuery)
	}
}

// TestRecoveryCodesAreReadAsCopied hashes a code the same however a person writes it, and
// for each agent anew.
func TestRecoveryCodesAreReadAsCopied(t *testing.T) {
	code := desk.RecoveryCode([desk.RecoveryCodeBytes]byte{0, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf})
	if code != "0123-4567-89ab-cdef" {
		t.Fatal(code)
	}
	want, ok := desk.HashRecovery(ada.ID, code)
	if !ok {
		t.Fatal("what was made is not taken")
	}
	for _, written := range []string{"0123456789abcdef", "O123 4567 89AB CDEF", "oı23-4567-89ab-cdef", "0İ23–4567–89ab–cdef", " 0l23 4567 89ab cdef "} {
		if got, ok := desk.HashRecovery(ada.ID, written); !ok || got != want {
			t.Errorf("%q is another code", written)
		}
	}
	if other, _ := desk.HashRecovery(can.ID, code); other == want {
		t.Error("two agents' codes have the same hash")
	}
	for _, written := range []string{"", "123456", "0123-4567-89ab-cde", "0123-4567-89ab-cdef-0", "0123-4567-89ab-cdeu", "0123-4567-89ab-cdé"} {
		if _, ok := desk.HashRecovery(ada.ID, written); ok {
			t.Errorf("%q can be a code", written)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		chance := [desk.RecoveryCodeBytes]byte(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "chance"))
		other := [desk.RecoveryCodeBytes]byte(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "other"))
		if _, ok := desk.HashRecovery(ada.ID, desk.RecoveryCode(chance)); !ok {
			t.Fatalf("%s is not taken", desk.RecoveryCode(chance))
		}
		if (desk.RecoveryCode(chance) == desk.RecoveryCode(other)) != (chance == other) {
			t.Fatal("two chances make one code")
		}
	})
}

// TestCleanCode tells codes of the app from recovery codes.
func TestCleanCode(t *testing.T) {
	for written, want := range map[string]string{"123456": "123456", " 123 456 ": "123456", "123-456": "123456"} {
		if got, ok := desk.CleanCode(written); !ok || got != want {
			t.Errorf("%q: %q, %t", written, got, ok)
		}
	}
	for _, written := range []string{"", "12345", "1234567", "12345a", "١٢٣٤٥٦", "0123-4567-89ab-cdef"} {
		if got, ok := desk.CleanCode(written); ok {
			t.Errorf("%q is %q", written, got)
		}
	}
}
