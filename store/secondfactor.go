package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"parley/desk"
)

// Buckets: passwords, after the hash; settings, under second_factor. The two that an
// agent signs in with lie in one value, so that a program that knows of the first alone
// finds no password in it and lets nobody past the second.

// credentials are the two parts of what an agent signs in with, as they lie in the file.
func (tx *Tx) credentials(id desk.ID) (hash, factor []byte) {
	hash, factor, _ = bytes.Cut(tx.bucket(bucketPasswords).Get(id[:]), []byte{0})
	return hash, factor
}

func (tx *Tx) saveCredentials(id desk.ID, hash, factor []byte) error {
	value := bytes.Clone(hash)
	if len(factor) > 0 {
		value = append(append(value, 0), factor...)
	}
	return tx.change(bucketPasswords).Put(id[:], value)
}

// SecondFactor reads an agent's second factor; the zero value for who has none.
func (tx *Tx) SecondFactor(id desk.ID) (desk.SecondFactor, error) {
	_, factor := tx.credentials(id)
	if len(factor) == 0 {
		return desk.SecondFactor{}, nil
	}
	f, err := decodeSecondFactor(factor)
	if err != nil {
		err = fmt.Errorf("store: second factor of %s: %w", id, err)
	}
	return f, err
}

// SaveSecondFactor keeps an agent's second factor, the zero value for none, with the
// event that made it so; the one where a code was spent may have none.
func (tx *Tx) SaveSecondFactor(id desk.ID, f *desk.SecondFactor, events []desk.Event) error {
	hash, _ := tx.credentials(id)
	var factor []byte
	if f.On() {
		factor = encodeSecondFactor(f)
	}
	if err := tx.saveCredentials(id, hash, factor); err != nil {
		return fmt.Errorf("store: second factor of %s: %w", id, err)
	}
	return tx.append(events)
}

func encodeSecondFactor(f *desk.SecondFactor) []byte {
	w := newWriter(1)
	w.text(string(f.Secret))
	w.time(f.Since)
	w.uint(f.Step)
	w.uint(uint64(len(f.Recovery)))
	for i := range f.Recovery {
		w.b = append(w.b, f.Recovery[i][:]...)
	}
	return w.b
}

func decodeSecondFactor(b []byte) (desk.SecondFactor, error) {
	r := newReader(b)
	f := desk.SecondFactor{Secret: []byte(r.text()), Since: r.time(), Step: r.uint()}
	for range r.count() {
		f.Recovery = append(f.Recovery, [sha256.Size]byte{})
		copy(f.Recovery[len(f.Recovery)-1][:], r.take(sha256.Size))
	}
	return f, r.done()
}

// FactorRequired reports whether everyone of the team must have a second factor.
func (tx *Tx) FactorRequired() (bool, error) {
	r := tx.setting(settingFactor)
	if r == nil {
		return false, nil
	}
	required := r.flag()
	return required, r.done()
}

// RequireFactor keeps whether everyone must have a second factor.
func (tx *Tx) RequireFactor(required bool, events []desk.Event) error {
	w := newWriter(1)
	w.flag(required)
	return tx.saveSetting(settingFactor, w, events)
}

// checkCredentials looks whether every second factor can be read and is somebody's.
func (tx *Tx) checkCredentials(ctx context.Context, report *Report) error {
	return tx.bucket(bucketPasswords).ForEach(func(k, _ []byte) error {
		id, _ := readID(k)
		if _, err := tx.SecondFactor(id); err != nil {
			report.fault("agent %s: the second factor cannot be read: %v", id, err)
		}
		if tx.bucket(bucketAgents).Get(k) == nil {
			report.fault("credentials of %x: there is no such agent", k)
		}
		return ctx.Err()
	})
}
