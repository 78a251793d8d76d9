package desk_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"parley/desk"
)

func TestCheckText(t *testing.T) {
	for _, row := range []struct {
		name, text string
		code       desk.Code
	}{
		{"empty", "", ""},
		{"to the limit", "12345678", ""},
		{"over it", "123456789", desk.CodeTooLong},
		{"over it in bytes", "şşşşş", desk.CodeTooLong},
		{"any script", "a\u200dß", ""},
		{"a NUL", "a\x00", desk.CodeBadText},
		{"half a rune", "a\xc5", desk.CodeBadText},
		{"a surrogate", "\xed\xa0\x80", desk.CodeBadText},
	} {
		t.Run(row.name, func(t *testing.T) { wantCode(t, desk.CheckText("text", row.text, 8), row.code, "text") })
	}
}

func TestCleanName(t *testing.T) {
	for _, row := range []struct {
		name, in, want string
		code           desk.Code
	}{
		{"plain", "Elif Kaya", "Elif Kaya", ""},
		{"white space", "\t Elif \u00a0\n Kaya  ", "Elif Kaya", ""},
		{"controls", "El\x07if\x1b[31m", "Elif[31m", ""},
		{"turned around", "Elif\u202e\u2066Kaya", "ElifKaya", ""},
		{"a byte order mark", "\ufeffElif", "Elif", ""},
		{"a family", "👩\u200d👧", "👩\u200d👧", ""},
		{"Persian", "می\u200cخواهم", "می\u200cخواهم", ""},
		{"an accent of its own", "Jose\u0301", "José", ""},
		{"a dotted capital in two parts", "I\u0307nci", "İnci", ""},
		{"shorter when composed", strings.Repeat("e\u0301", 13), strings.Repeat("é", 13), ""},
		{"a joiner at the ends", "\u200dElif\u200c", "Elif", ""},
		{"a joiner before a space", "\u200d Elif \u200c Kaya \u200d", "Elif Kaya", ""},
		{"to the limit", "Elif Kaya Dem", "Elif Kaya Dem", ""},
		{"over it", "Elif Kaya Demir", "", desk.CodeTooLong},
		{"far over it", strings.Repeat("a", 400), "", desk.CodeTooLong},
		{"nothing", "", "", desk.CodeEmpty},
		{"nothing visible", " \u200b\u200d\u00ad ", "", desk.CodeEmpty},
		{"not text", "\xff", "", desk.CodeBadText},
		{"a NUL", "a\x00b", "", desk.CodeBadText},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := desk.CleanName("name", row.in, 13)
			wantCode(t, err, row.code, "name")
			if got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestCleanTags(t *testing.T) {
	many := make([]string, desk.MaxTags+1)
	for i := range many {
		many[i] = fmt.Sprintf("t%02d", i)
	}
	for _, row := range []struct {
		name     string
		in, want []string
		code     desk.Code
	}{
		{"none", nil, []string{}, ""},
		{"sorted, once each", []string{"refund", "Cargo", " cargo "}, []string{"cargo", "refund"}, ""},
		{"one spelling", []string{"caf\u00e9", "cafe\u0301", "I\u0307ADE", "iade"}, []string{"café", "iade"}, ""},
		{"Turkish capitals", []string{"İADE", "ILIK", "ılık"}, []string{"iade", "ilik", "ılık"}, ""},
		{"as many as may be", many[:desk.MaxTags], many[:desk.MaxTags], ""},
		{"one too many", many, nil, desk.CodeTooMany},
		{"a long one", []string{strings.Repeat("a", desk.MaxTagRunes+1)}, nil, desk.CodeTooLong},
		{"an empty one", []string{"a", ""}, nil, desk.CodeEmpty},
		{"no text", []string{"\xff"}, nil, desk.CodeBadText},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := desk.CleanTags(row.in)
			wantCode(t, err, row.code, "tags")
			if !reflect.DeepEqual(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestCodeOf(t *testing.T) {
	wrapped := fmt.Errorf("app: post: %w", desk.Refuse(desk.CodeArchived, "", "Reopen it."))
	for err, want := range map[error]desk.Code{wrapped: desk.CodeArchived, errors.New("disk"): desk.CodeInternal, desk.NotFound("reply"): desk.CodeNotFound} {
		if got := desk.CodeOf(err); got != want {
			t.Errorf("%v has the code %q, want %q", err, got, want)
		}
	}
	if got := desk.Refuse(desk.CodeEmpty, "text", "Write.").Error(); got != "empty: text: Write." {
		t.Errorf("a refusal reads %q", got)
	}
}

func FuzzCleanName(f *testing.F) {
	for _, seed := range []string{"", "Elif Kaya", " \u200d a \u200d b \u200c", "\u202eabc", "👩\u200d👧", "a\x00", "\xff\xfe", "\u2028x\u0085", strings.Repeat("ş", 41), "\u200d\u00a0\u200d"} {
		f.Add(seed, uint8(40))
	}
	f.Fuzz(func(t *testing.T, in string, limit uint8) {
		got, err := desk.CleanName("name", in, int(limit))
		if err != nil {
			if got != "" || desk.CodeOf(err) == desk.CodeInternal {
				t.Fatalf("%q: %q with %v", in, got, err)
			}
			return
		}
		if n := utf8.RuneCountInString(got); n == 0 || n > int(limit) || !utf8.ValidString(got) {
			t.Fatalf("%q became %q", in, got)
		}
		if strings.Join(strings.Fields(got), " ") != got {
			t.Fatalf("%q became %q with white space to spare", in, got)
		}
		for _, word := range strings.Fields(got) {
			if strings.Trim(word, "\u200c\u200d") != word {
				t.Fatalf("%q became %q with a joiner that joins nothing", in, got)
			}
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r != '\u200c' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf) }) {
			t.Fatalf("%q became %q with something invisible", in, got)
		}
		if again, err := desk.CleanName("name", got, int(limit)); err != nil || again != got {
			t.Fatalf("cleaning %q again gives %q, %v", got, again, err)
		}
	})
}
