// Package password hashes agents' passwords and says which ones are good enough.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"parley/desk"
)

// costs are Argon2id's parameters.
type costs struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// present is OWASP's minimum for Argon2id (Password Storage Cheat Sheet): about
// 30 ms and 19 MiB for one hash.
var present = costs{memory: 19456, passes: 2, threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
	// atOnce bounds the memory of hashing, queued the number who wait for it.
	atOnce = 2
	queued = 20
)

// Hasher hashes passwords, a few at once. It is safe for concurrent use.
type Hasher struct {
	working chan struct{}
	waiting chan struct{}
	dummy   string
}

// New makes a Hasher.
func New() *Hasher {
	return &Hasher{
		working: make(chan struct{}, atOnce), waiting: make(chan struct{}, atOnce+queued),
		dummy: encode(present, make([]byte, saltBytes), make([]byte, hashBytes)),
	}
}

// Result is the outcome of Verify.
type Result struct {
	Match  bool
	Rehash bool // it matches, but was hashed at other costs than today's
}

// Hash hashes a password with a new salt, in the PHC string form. Refused:
// CodeUnavailable when too many wait already.
func (h *Hasher) Hash(ctx context.Context, secret string) (string, error) {
	release, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails: crypto/rand
	return encode(present, salt, present.derive(secret, salt)), nil
}

// Verify compares a password with a hash, in constant time. An empty hash, of
// somebody who is not known, costs as much as a real one and never matches.
// Refused: CodeUnavailable when too many wait already.
func (h *Hasher) Verify(ctx context.Context, hash, secret string) (Result, error) {
	release, err := h.enter(ctx)
	if err != nil {
		return Result{}, err
	}
	defer release()
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	cost, salt, want, err := decode(hash)
	if err != nil {
		return Result{}, err
	}
	match := subtle.ConstantTimeCompare(cost.derive(secret, salt), want) == 1 && known
	return Result{Match: match, Rehash: match && cost != present}, nil
}

// enter waits for a turn.
func (h *Hasher) enter(ctx context.Context) (release func(), err error) {
	busy := desk.Refuse(desk.CodeUnavailable, "", "Too many people are signing in; try again in a few seconds.")
	select {
	case h.waiting <- struct{}{}:
	default:
		return nil, busy
	}
	timer := time.NewTimer(10 * time.Second)
	defer timer.Stop()
	select {
	case h.working <- struct{}{}:
		return func() { <-h.working; <-h.waiting }, nil
	case <-timer.C:
		err = busy
	case <-ctx.Done():
		err = ctx.Err()
	}
	<-h.waiting
	return nil, err
}

func (c costs) derive(secret string, salt []byte) []byte {
	return argon2.IDKey([]byte(secret), salt, c.passes, c.memory, c.threads, hashBytes)
}

// The PHC string form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash, both in base64
// without padding.
func encode(c costs, salt, hash []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(hash))
}

var errForm = errors.New("password: a stored hash has an unknown form")

func decode(text string) (c costs, salt, hash []byte, err error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errForm
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil {
		return c, nil, nil, errForm
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	hash, hashErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || hashErr != nil || len(hash) != hashBytes {
		return c, nil, nil, errForm
	}
	return c, salt, hash, nil
}
