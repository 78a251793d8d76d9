// Package vault seals the few secrets that Parley must be able to read again,
// such as the secret by which a website signs for its visitors. They are sealed
// with a key that lies in a file of its own beside the store, so that a copy of
// the store alone opens nothing.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// KeySize is the length of a vault's key, in bytes.
const KeySize = 32

// ErrSealed says that something cannot be opened: it was sealed with another key
// or under another name, or it is damaged.
var ErrSealed = errors.New("vault: this was sealed with another key, or is damaged")

// A sealed secret is a version byte, the key's mark, the nonce and the AES-256-GCM
// cipher text with its tag.
const (
	version   = 1
	markSize  = 4
	nonceSize = 12
)

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	cipher cipher.AEAD
	mark   [markSize]byte // tells whether a secret was sealed with this key
}

// New makes a vault with a key.
func New(key [KeySize]byte) *Vault {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // the key has the right length
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES has the block size that GCM takes
	}
	v := &Vault{cipher: gcm}
	sum := sha256.Sum256(append([]byte("parley vault mark "), key[:]...))
	copy(v.mark[:], sum[:])
	return v
}

// Random makes a vault that nobody can open once it is gone.
func Random() *Vault { return New(newKey()) }

// Load makes a vault with the key in a file: KeySize bytes in hexadecimal digits.
// A file that is not there is made, for its owner alone to read.
func Load(path string) (*Vault, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return create(path)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != KeySize {
		return nil, fmt.Errorf("vault: %s does not hold a key of %d hexadecimal digits", path, 2*KeySize)
	}
	return New([KeySize]byte(key)), nil
}

// create makes the key's file complete under a name of its own and then gives it
// the right one, so that a power cut leaves either none or a whole one.
func create(path string) (*Vault, error) {
	key := newKey()
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // 0600
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = fmt.Fprintf(file, "%x\n", key)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = errors.Join(os.Rename(file.Name(), path), syncDir(filepath.Dir(path)))
	}
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return New(key), nil
}

// syncDir makes the names in a folder durable: secrets that were sealed with a key whose
// name is gone after a power cut could never be opened again.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be synced there; NTFS journals the rename
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func newKey() (key [KeySize]byte) {
	_, _ = rand.Read(key[:]) // never fails: crypto/rand
	return key
}

// Seal seals a secret under the name of what it belongs to; only the same name
// opens it again. Two seals of one secret differ.
func (v *Vault) Seal(name string, secret []byte) []byte {
	sealed := make([]byte, 1+markSize+nonceSize, 1+markSize+nonceSize+len(secret)+v.cipher.Overhead())
	sealed[0] = version
	copy(sealed[1:], v.mark[:])
	nonce := sealed[1+markSize:]
	_, _ = rand.Read(nonce) // never fails: crypto/rand
	return v.cipher.Seal(sealed, nonce, secret, []byte(name))
}

// Open opens what was sealed under a name, or answers ErrSealed.
func (v *Vault) Open(name string, sealed []byte) ([]byte, error) {
	if len(sealed) < 1+markSize+nonceSize || sealed[0] != version || [markSize]byte(sealed[1:]) != v.mark {
		return nil, ErrSealed
	}
	nonce, text := sealed[1+markSize:1+markSize+nonceSize], sealed[1+markSize+nonceSize:]
	secret, err := v.cipher.Open(nil, nonce, text, []byte(name))
	if err != nil {
		return nil, ErrSealed
	}
	return secret, nil
}
