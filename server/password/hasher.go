// Package password keeps and judges passwords: Argon2id hashes, a bound on how
// much work they may cause, and the rules for choosing one.
//
// It knows no account. Who may try again when is the business of package limit.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"parley/desk"
)

// How much is done at once. One hash takes 19 MiB of memory and a good part of a
// core for some 30 ms, so a flood of sign-ins could stop everything else.
const (
	atOnce  = 2
	waiting = 20
)

// Hasher makes and checks hashes. It is safe for concurrent use.
type Hasher struct {
	places chan struct{} // held from the wait on
	slots  chan struct{} // held while hashing
}

// NewHasher makes a Hasher.
func NewHasher() *Hasher {
	return &Hasher{places: make(chan struct{}, atOnce+waiting), slots: make(chan struct{}, atOnce)}
}

// Hash returns a new password's hash as a PHC string. Refused with
// desk.CodeUnavailable when too many wait already; ctx's error ends the wait.
// Whether the password is a good one is for Check.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	fresh := hash{params: current, salt: salt, sum: make([]byte, sumBytes)}
	fresh.sum = fresh.of(password)
	return fresh.String(), nil
}

// Verdict is the outcome of a check.
type Verdict struct {
	Right bool
	Stale bool // right, but hashed with other parameters than today's: hash it anew
}

// Verify checks a password against a stored hash. For an account that does not
// exist, stored is empty: that takes just as long and is never right. Errors as
// Hash; also for a stored hash that cannot be read.
func (h *Hasher) Verify(ctx context.Context, stored, password string) (Verdict, error) {
	against := nobody
	if stored != "" {
		var err error
		if against, err = parse(stored); err != nil {
			return Verdict{}, err
		}
	}
	leave, err := h.enter(ctx)
	if err != nil {
		return Verdict{}, err
	}
	defer leave()
	right := subtle.ConstantTimeCompare(against.of(password), against.sum) == 1 && stored != ""
	return Verdict{Right: right, Stale: right && !against.isCurrent()}, nil
}

// enter waits for a turn.
func (h *Hasher) enter(ctx context.Context) (leave func(), err error) {
	select {
	case h.places <- struct{}{}:
	default:
		return nil, desk.Refuse(desk.CodeUnavailable, "", "Too many people are signing in at this moment; try again in a few seconds.")
	}
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots; <-h.places }, nil
	case <-ctx.Done():
		<-h.places
		return nil, ctx.Err()
	}
}

// nobody is the hash that an unknown account is checked against.
var nobody = hash{params: current, salt: make([]byte, saltBytes), sum: make([]byte, sumBytes)}

// of is the password's Argon2id sum under the parameters and salt of h. Keyboards
// write the same letter in different ways, so it is normalised first (NFKC, as
// NIST SP 800-63B advises).
func (h *hash) of(password string) []byte {
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), h.salt, h.time, h.memory, h.threads, uint32(len(h.sum)))
}
