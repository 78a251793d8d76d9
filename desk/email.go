package desk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CleanEmail checks that a text can be an e-mail address and folds it as FoldEmail
// does. It does not promise that the address takes mail.
func CleanEmail(email string) (string, error) {
	clean := strings.TrimSpace(email)
	at := strings.LastIndexByte(clean, '@')
	if err := CheckText("email", clean, MaxEmailBytes); err != nil {
		return "", err
	}
	if at < 1 || at == len(clean)-1 || strings.ContainsFunc(clean, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || r == '"' || r == ',' || r == 0x7f }) {
		return "", Refuse(CodeInvalid, "email", "Write an e-mail address such as ada@example.com.")
	}
	return FoldEmail(clean), nil
}

// FoldEmail is the form in which e-mail addresses are kept and compared: without
// space around it, in lower case, with one spelling of each letter. What a Turkish
// keyboard or program makes of an i is an i again: İNFO, typed with the caps lock on,
// i with a dot above it, left by a browser that lowered İ, and ınfo, left by a
// program that lowered INFO as Turkish. A text that is no address folds too.
func FoldEmail(email string) string {
	lower := strings.Map(func(r rune) rune {
		if r == 'İ' {
			return 'i'
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(strings.TrimSpace(email)))
	lower = strings.ReplaceAll(lower, "i\u0307", "i")
	at := strings.LastIndexByte(lower, '@')
	return plainI(lower[:at+1]) + plainI(lower[at+1:])
}

// plainI puts an i for each ı of one side of an address, unless that side has other
// letters beyond ASCII: whoever writes ışık.example means the ı.
func plainI(part string) string {
	plain := strings.ReplaceAll(part, "ı", "i")
	if strings.ContainsFunc(plain, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return part
	}
	return plain
}
