package desk

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what RFC 6238 and every authenticator app use
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
)

// One-time codes as in RFC 6238 (TOTP), over RFC 4226 (HOTP): SHA-1, six digits, a new
// one every 30 seconds. Apps that read other kinds are the exception, so there is no
// choice.
const (
	CodeDigits      = 6
	CodeSecretBytes = 20 // as long as the hash, which RFC 4226 recommends
	codePeriod      = 30_000
	// codeSkew is how many steps a clock may be off, either way.
	codeSkew = 1
)

// codeModulus cuts a number to CodeDigits digits.
const codeModulus = 1_000_000

// CodeStep is the step that a moment lies in: how many periods have passed since 1970.
func CodeStep(at Time) uint64 { return uint64(max(at, 0)) / codePeriod }

// OneTimeCode is the code of a step.
func OneTimeCode(secret []byte, step uint64) string {
	mac := hmac.New(sha1.New, secret)
	_, _ = mac.Write(binary.BigEndian.AppendUint64(nil, step)) // a hash takes everything
	sum := mac.Sum(nil)
	from := sum[len(sum)-1] & 0xf
	number := binary.BigEndian.Uint32(sum[from:]) & 0x7fff_ffff
	return fmt.Sprintf("%0*d", CodeDigits, number%codeModulus)
}

// MatchCode finds the step whose code this is, at a moment or one step beside it. It
// takes as long for a wrong code as for a right one.
func MatchCode(secret []byte, code string, now Time) (step uint64, ok bool) {
	present := CodeStep(now)
	for try := present - min(present, codeSkew); try <= present+codeSkew; try++ {
		if subtle.ConstantTimeCompare([]byte(OneTimeCode(secret, try)), []byte(code)) == 1 {
			step, ok = try, true
		}
	}
	return step, ok
}

// SecretText is a secret as people type it into an app: base32, without padding.
func SecretText(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// CodeAddress is what the picture says that an authenticator app reads: where the codes
// are for, whose they are, and the secret. An app shows the first two.
func CodeAddress(team, email string, secret []byte) string {
	team = strings.ReplaceAll(team, ":", " ") // it parts the two
	values := url.Values{
		"secret": {SecretText(secret)}, "issuer": {team},
		"algorithm": {"SHA1"}, "digits": {fmt.Sprint(CodeDigits)}, "period": {fmt.Sprint(codePeriod / 1000)},
	}
	// Apps read a plus as a plus.
	query := strings.ReplaceAll(values.Encode(), "+", "%20")
	return "otpauth://totp/" + url.PathEscape(team+":"+email) + "?" + query
}
