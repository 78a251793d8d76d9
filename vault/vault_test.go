package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"parley/vault"
)

// TestSeal opens what was sealed, and nothing that differs from it in one bit, in
// its name or in its key.
func TestSeal(t *testing.T) {
	v, secret := vault.Random(), []byte("kept for a website")
	sealed := v.Seal("site 1", secret)
	if got, err := v.Open("site 1", sealed); err != nil || !bytes.Equal(got, secret) {
		t.Fatalf("%q, %v", got, err)
	}
	if bytes.Contains(sealed, secret) || bytes.Equal(sealed, v.Seal("site 1", secret)) {
		t.Error("the seal shows the secret, or that two are the same")
	}
	for i := range sealed {
		bent := bytes.Clone(sealed)
		bent[i] ^= 1
		if _, err := v.Open("site 1", bent); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := v.Open("site 1", sealed[:i]); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("cut to %d bytes: %v", i, err)
		}
	}
	if _, err := v.Open("site 2", sealed); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another name: %v", err)
	}
	if _, err := vault.Random().Open("site 1", sealed); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another key: %v", err)
	}
}

// TestLoad makes the key's file once, for its owner alone, and refuses to go on
// with another.
func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	first, err := vault.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed := first.Seal("x", []byte("secret"))
	second, err := vault.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := second.Open("x", sealed); err != nil || string(got) != "secret" {
		t.Errorf("after loading again: %q, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	if err := os.WriteFile(path, []byte("not a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Load(path); err == nil {
		t.Error("took a file without a key")
	}
	if _, err := vault.Load(filepath.Join(t.TempDir(), "none", "secret.key")); err == nil {
		t.Error("made a key in a folder that is not there")
	}
}
