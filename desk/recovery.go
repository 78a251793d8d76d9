package desk

import (
	"crypto/sha256"
	"strings"
)

// A recovery code signs in once where the app that makes the codes is lost. It has 16
// letters and digits of 5 bits each. So much chance needs no slow hash: nobody can try
// 2^80 of them.
const (
	RecoveryCodes     = 10
	RecoveryCodeBytes = 10
	recoveryLetters   = "0123456789abcdefghjkmnpqrstvwxyz" // none that are easily taken for others
	recoveryLength    = RecoveryCodeBytes * 8 / 5
	recoveryGroup     = 4
)

// RecoveryCode writes chance as people copy it: xxxx-xxxx-xxxx-xxxx.
func RecoveryCode(chance [RecoveryCodeBytes]byte) string {
	var b strings.Builder
	for i := range recoveryLength {
		if i > 0 && i%recoveryGroup == 0 {
			b.WriteByte('-')
		}
		bit := i * 5
		pair := uint(chance[bit/8]) << 8
		if bit/8+1 < len(chance) {
			pair |= uint(chance[bit/8+1])
		}
		b.WriteByte(recoveryLetters[pair>>(11-bit%8)&31])
	}
	return b.String()
}

// alike reads what was copied by hand: letters that are left out as the digits that
// they are taken for, in either case and either alphabet.
var alike = strings.NewReplacer(
	" ", "", "-", "", "\u00a0", "", "\u2013", "", "\u2011", "", "\t", "",
	"o", "0", "O", "0", "i", "1", "I", "1", "ı", "1", "İ", "1", "l", "1", "L", "1",
)

// HashRecovery is what is kept of an agent's recovery code, however it is written; false
// for what cannot be one.
func HashRecovery(agent ID, code string) (hash [sha256.Size]byte, ok bool) {
	clean := strings.ToLower(alike.Replace(code))
	if len(clean) != recoveryLength || strings.Trim(clean, recoveryLetters) != "" {
		return hash, false
	}
	return sha256.Sum256(append(agent[:], clean...)), true
}

// CleanCode reads a one-time code as it was typed or pasted: six digits, with or without
// spaces between; false for what cannot be one.
func CleanCode(code string) (string, bool) {
	clean := strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\t", "").Replace(code)
	return clean, len(clean) == CodeDigits && strings.Trim(clean, "0123456789") == ""
}
