package password

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// params are the costs of a hash.
type params struct {
	memory  uint32 // KiB
	time    uint32
	threads uint8
}

// current are today's costs, the least that OWASP's password storage cheat sheet
// recommends for Argon2id.
var current = params{memory: 19_456, time: 2, threads: 1}

const (
	saltBytes = 16
	sumBytes  = 32
)

// hash is a stored hash, taken apart. Its text form is the PHC string format:
//
//	$argon2id$v=19$m=19456,t=2,p=1$<salt>$<sum>      base64 without padding
type hash struct {
	params
	salt, sum []byte
}

func (h *hash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.sum))
}

func (h *hash) isCurrent() bool {
	return h.params == current && len(h.salt) == saltBytes && len(h.sum) == sumBytes
}

var errHash = errors.New("password: the stored hash cannot be read")

// The most that a stored hash may cost: a damaged one must not stop the server.
const (
	maxMemory  = 256 << 10 // KiB
	maxTime    = 10
	maxThreads = 8
)

// parse reads the text form, and only the one way of writing each hash.
func parse(text string) (hash, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return hash{}, errHash
	}
	h := hash{}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.threads); err != nil {
		return hash{}, errHash
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return hash{}, errHash
	}
	if h.sum, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil {
		return hash{}, errHash
	}
	sound := h.memory >= 8*uint32(h.threads) && h.memory <= maxMemory && h.time >= 1 && h.time <= maxTime &&
		h.threads >= 1 && h.threads <= maxThreads && len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.sum) >= 16 && len(h.sum) <= 64
	if !sound || h.String() != text {
		return hash{}, errHash
	}
	return h, nil
}
