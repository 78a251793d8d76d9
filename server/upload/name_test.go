package upload_test

import (
	"mime"
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/desk"
	"parley/server/upload"
)

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"fatura.pdf":                          "fatura.pdf",
		"Fatura Ağustos (2).pdf":              "Fatura Ağustos (2).pdf",
		"/etc/passwd":                         "passwd",
		`C:\Users\me\photo.png`:               "photo.png",
		"../../../x.png":                      "x.png",
		"..":                                  "file",
		".":                                   "file",
		"":                                    "file",
		"   ":                                 "file",
		"\x00\x01\x02":                        "file",
		".bashrc":                             "bashrc",
		"photo.png.":                          "photo.png",
		"photo.png. . .":                      "photo.png",
		"a\r\nSet-Cookie: x.png":              "a Set-Cookie x.png",
		"photo\u202egnp.exe":                  "photognp.exe",
		"zero\u200bwidth\ufeff.txt":           "zerowidth.txt",
		"a<b>c:d\"e|f?g*.txt":                 "abcdefg.txt",
		"CON":                                 "_CON",
		"nul.txt":                             "_nul.txt",
		"com1.tar.gz":                         "_com1.tar.gz",
		"console.txt":                         "console.txt",
		"bad\xffutf8.txt":                     "badutf8.txt",
		"u\u0308ber.txt":                      "über.txt",
		"aile 👨‍👩‍👧.jpg":                      "aile 👨‍👩‍👧.jpg",
		strings.Repeat("ş", 300) + ".jpeg":    strings.Repeat("ş", 195) + ".jpeg",
		strings.Repeat("a", 300):              strings.Repeat("a", 200),
		"a." + strings.Repeat("b", 300):       "a." + strings.Repeat("b", 198),
		strings.Repeat("a ", 150) + "end.txt": strings.Repeat("a ", 97) + "a.txt",
	} {
		if got := upload.CleanName(name); got != want && !(len(got) > 150 && got[:100] == want[:100] && path.Ext(got) == path.Ext(want)) {
			t.Errorf("%.40q: %q, want %q", name, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, seed := range []string{
		"fatura.pdf", "..", ". .", "con.", "_con", "a/b\\c", "\u200d.\u200d", "\u202e", strings.Repeat("ğ.", 150), "a\u0301.\u0301x",
		". .con", "0000\u200d.", "a\u200b\u0301.txt", strings.Repeat("\u0958", 120), "\ufeff", " .x", "x. \u200d", "lpt9.\u200bx", "\xf0\x28", "👨‍👩‍👧.", strings.Repeat("x", 199) + ". y",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := upload.CleanName(name)
		switch {
		case got == "" || got == "." || got == "..":
			t.Errorf("%q: %q is no name", name, got)
		case !utf8.ValidString(got) || !norm.NFC.IsNormalString(got):
			t.Errorf("%q: %q is not composed text", name, got)
		case utf8.RuneCountInString(got) > desk.MaxFileNameRunes:
			t.Errorf("%q: %d runes", name, utf8.RuneCountInString(got))
		case strings.ContainsAny(got, "/\\<>:\"|?*"):
			t.Errorf("%q: %q holds a forbidden character", name, got)
		case strings.HasPrefix(got, ".") || strings.HasSuffix(got, ".") || strings.TrimSpace(got) != got:
			t.Errorf("%q: %q begins or ends badly", name, got)
		case upload.CleanName(got) != got:
			t.Errorf("%q: %q, and again %q", name, got, upload.CleanName(got))
		}
		for _, r := range got {
			if unicode.Is(unicode.Cc, r) || (unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d') {
				t.Errorf("%q: %q holds %U", name, got, r)
			}
		}
		header := upload.Disposition(got, false)
		kind, params, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || params["filename"] != got {
			t.Errorf("%q: %s reads as %s %q, %v", got, header, kind, params["filename"], err)
		}
	})
}

func TestDisposition(t *testing.T) {
	for _, test := range []struct {
		name   string
		inline bool
		want   string
	}{
		{"photo.png", true, `inline; filename="photo.png"; filename*=UTF-8''photo.png`},
		{"a b%c\"d.txt", false, `attachment; filename="a b_c_d.txt"; filename*=UTF-8''a%20b%25c%22d.txt`},
		{"ağ.pdf", false, `attachment; filename="a_.pdf"; filename*=UTF-8''a%C4%9F.pdf`},
	} {
		if got := upload.Disposition(test.name, test.inline); got != test.want {
			t.Errorf("%q: %s, want %s", test.name, got, test.want)
		}
	}
}
