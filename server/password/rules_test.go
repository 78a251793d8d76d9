package password_test

import (
	"strings"
	"testing"
	"time"

	"parley/desk"
	"parley/server/password"
)

func TestRules(t *testing.T) {
	rules := password.NewRules()
	about := []string{"Zübeyde Hanımefendi", "z.hanimefendi@kargomotor.example", "Kargomotor Destek"}
	for _, test := range []struct {
		password string
		code     desk.Code
	}{
		// Good ones: long enough, and not built in a way that is tried first.
		{"vapur tuz kereste", ""},
		{"correct horse battery staple", ""},
		{"ağaçlar yürürken bak", ""},
		{"gR7#kk2!mzQp", ""},
		{"tumturakli-merdiven", ""},
		{"私は毎朝パンを食べてから学校に行きます", ""},
		{"mavi kedi yagmur pencere", ""},
		{"👩‍🚀 uzay vapuru 7", ""},
		{strings.Repeat("vapur tuz ", 12) + "kereste!", ""},
		// Too short, too long, not text.
		{"", desk.CodeInvalid},
		{"gR7#kk2!mzQ", desk.CodeInvalid},
		{"çğıöşüÇĞİÖŞ", desk.CodeInvalid},
		{strings.Repeat("vapur tuz ", 13), desk.CodeTooLong},
		{strings.Repeat("a", 100_000), desk.CodeTooLong},
		{"vapur tuz\x00kereste", desk.CodeBadText},
		{"vapur tuz\xffkereste", desk.CodeBadText},
		// One or two well-known words and what is put around them.
		{"password1234", desk.CodeInvalid},
		{"Password2026!", desk.CodeInvalid},
		{"P@ssw0rd1234", desk.CodeInvalid},
		{"p4$$w0rd!!!!", desk.CodeInvalid},
		{"!!!!PASSWORD", desk.CodeInvalid},
		{"galatasaray1905", desk.CodeInvalid},
		{"Fenerbahçe1907!", desk.CodeInvalid},
		{"FENERBAHÇE1907", desk.CodeInvalid},
		{"ILOVEYOU2026", desk.CodeInvalid},
		{"seniseviyorum", desk.CodeInvalid},
		{"istanbul34ankara06", desk.CodeInvalid},
		{"admin_password", desk.CodeInvalid},
		{"Welcome.to.2026", ""},
		{"mustafa.kemal.1881", desk.CodeInvalid},
		// The person, the team and the product.
		{"parley-parley", desk.CodeInvalid},
		{"Parley2026!!!", desk.CodeInvalid},
		{"zubeyde123456", desk.CodeInvalid},
		{"HANIMEFENDİ.1", desk.CodeInvalid},
		{"kargomotordestek", desk.CodeInvalid},
		{"kargomotorsifre1", desk.CodeInvalid},
		// Pieces over and over, and walks.
		{"aaaaaaaaaaaa", desk.CodeInvalid},
		{"abababababab", desk.CodeInvalid},
		{"abcabcabcabcabc", desk.CodeInvalid},
		{"123123123123", desk.CodeInvalid},
		{"tuzlu1tuzlu1", desk.CodeInvalid},
		{"123456789012", desk.CodeInvalid},
		{"210987654321", desk.CodeInvalid},
		{"qwertyuiop12", desk.CodeInvalid},
		{"qwerty123456", desk.CodeInvalid},
		{"1q2w3e4r5t6y", desk.CodeInvalid},
		{"1qaz2wsx3edc", desk.CodeInvalid},
		{"zxcvbnm,asdfgh", desk.CodeInvalid},
		{"abcdefghijkl", desk.CodeInvalid},
		{"qwertyuıopğü", desk.CodeInvalid},
	} {
		err := rules.Check(test.password, about...)
		got := desk.Code("")
		if err != nil {
			got = desk.CodeOf(err)
		}
		if got != test.code {
			t.Errorf("%.40q: %q, want %q", test.password, got, test.code)
		}
	}
}

// TestWorstCaseIsQuick has the longest password over words that overlap at every
// letter.
func TestWorstCaseIsQuick(t *testing.T) {
	rules := password.NewRules()
	worst := strings.Repeat("canan", 25) + "xyq"
	begun := time.Now()
	for range 20 {
		_ = rules.Check(worst, worst)
	}
	if took := time.Since(begun) / 20; took > 20*time.Millisecond {
		t.Errorf("one check took %v", took)
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{good, "Password2026!", "İIıi", "\xff", strings.Repeat("\ufdfa", 40), "a\u0301\u0301\u0301\u0301\u0301"} {
		f.Add(seed, "somebody")
	}
	rules := password.NewRules()
	f.Fuzz(func(t *testing.T, tried, about string) {
		err := rules.Check(tried, about)
		if err != nil && desk.CodeOf(err) == desk.CodeInternal {
			t.Errorf("%q: %v", tried, err)
		}
		if err == nil && len(tried) < password.MinRunes {
			t.Errorf("%q passed", tried)
		}
	})
}
