package upload_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"parley/desk"
)

// TestCopy brings whole files from one store to another, once, and refuses those
// that are not what their name says.
func TestCopy(t *testing.T) {
	from, fromDir := newStore(t)
	into, intoDir := newStore(t)
	data := noise(desk.PartBytes+17, 3)
	a := attachment(1, "noise.bin", data)
	kept := sendAll(t, from, a, data)
	for range 2 {
		if err := into.Copy(from, kept.SHA256, a.Size); err != nil {
			t.Fatal(err)
		}
	}
	if err := into.Check(kept.SHA256, a.Size); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Join(intoDir, "tmp")); err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	if err := into.Copy(from, [32]byte{1}, 5); err == nil {
		t.Error("a file that is not there was copied")
	}

	path := onlyFile(t, fromDir)
	other, otherDir := newStore(t)
	for name, broken := range map[string][]byte{
		"cut":   data[:len(data)-1],
		"other": bytes.Repeat([]byte{7}, len(data)),
	} {
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := other.Copy(from, kept.SHA256, a.Size); err == nil {
			t.Errorf("%s: it was copied", name)
		}
	}
	if shelves, err := os.ReadDir(otherDir); err != nil || len(shelves) > 1 {
		t.Errorf("kept all the same: %v, %v", shelves, err)
	}
}

// onlyFile is the path of the one file that a store keeps.
func onlyFile(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "??", "*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("kept %v, %v", found, err)
	}
	return found[0]
}

// TestExamine judges a file that came another way as one that was uploaded.
func TestExamine(t *testing.T) {
	s, _ := newStore(t)
	a := attachment(1, "notes.txt", []byte("plain text"))
	kept := sendAll(t, s, a, []byte("plain text"))
	for name, want := range map[string]desk.Code{
		"notes.txt": "", "notes.png": desk.CodeFileType, "notes.exe": desk.CodeFileType, "notes.strange": "",
	} {
		examined := *a
		examined.Name, examined.SHA256 = name, kept.SHA256
		got, err := s.Examine(&examined)
		if (err == nil) != (want == "") || (err != nil && desk.CodeOf(err) != want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if name == "notes.txt" && got.Type != kept.Type {
			t.Errorf("%s is %q, was %q", name, got.Type, kept.Type)
		}
	}
}
