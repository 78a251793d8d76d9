package archive_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/cli/archive"
	"parley/desk"
	"parley/server/upload"
	"parley/store"
	"parley/store/storetest"
)

// attach keeps a file in a folder of uploads, and an attachment that needs it.
func attach(t *testing.T, st *store.Store, dir string, content []byte) [sha256.Size]byte {
	t.Helper()
	sum := sha256.Sum256(content)
	path := filepath.Join(filepath.Dir(dir), filepath.FromSlash(archive.FileName(sum)))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
		t.Fatal(err)
	}
	a := desk.Attachment{ID: app.NewID(), Name: "a.txt", Size: uint64(len(content)), Type: "text/plain", SHA256: sum, Complete: true, CreatedAt: 1}
	if err := st.Update(func(tx *store.Tx) error { return tx.SaveAttachment(&a) }); err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestLostFiles holds: files that are missing, cut or rotten keep nothing else from
// being saved; the archive says which they are, brings back what was left of them, and
// is not taken for a damaged one.
func TestLostFiles(t *testing.T) {
	st := storetest.Open(t)
	dir := filepath.Join(t.TempDir(), "files")
	files, err := upload.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	place := func(sum [sha256.Size]byte) string {
		return filepath.Join(filepath.Dir(dir), filepath.FromSlash(archive.FileName(sum)))
	}
	whole := attach(t, st, dir, []byte("as it was sent"))
	missing := attach(t, st, dir, []byte("soon gone"))
	rotten := attach(t, st, dir, bytes.Repeat([]byte("rotten"), 1000))
	cut := attach(t, st, dir, bytes.Repeat([]byte("cut"), 1000))
	unreadable := attach(t, st, dir, []byte("a folder in its place"))
	bad := bytes.Repeat([]byte("rotten"), 1000)
	bad[17] ^= 1
	if err := errors.Join(os.Remove(place(missing)), os.WriteFile(place(rotten), bad, 0o600), os.Truncate(place(cut), 100),
		os.Remove(place(unreadable)), os.Mkdir(place(unreadable), 0o700)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.tar.gz")
	made, err := archive.Make(t.Context(), path, st, files, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "data")
	restored, err := archive.Restore(t.Context(), path, target, func(_ string, summary *archive.Summary) error {
		if len(summary.Lost) != len(made.Lost) {
			t.Errorf("while it is checked: %v", summary.Lost)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for doing, summary := range map[string]archive.Summary{"made": made, "restored": restored} {
		if summary.Files != 4 || len(summary.Lost) != 4 {
			t.Errorf("%s: %d files, of which lost %v", doing, summary.Files, summary.Lost)
		}
		for sum, isMissing := range map[[sha256.Size]byte]bool{missing: true, rotten: false, cut: false, unreadable: false} {
			if !slices.Contains(summary.Lost, desk.LostFile{SHA256: sum, Missing: isMissing}) {
				t.Errorf("%s: %x is not told, missing: %v", doing, sum[:4], isMissing)
			}
		}
	}
	for sum, want := range map[[sha256.Size]byte][]byte{whole: []byte("as it was sent"), rotten: bad, cut: bytes.Repeat([]byte("cut"), 1000)[:100]} {
		got, err := os.ReadFile(filepath.Join(target, filepath.FromSlash(archive.FileName(sum))))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%x: %d bytes, %v", sum[:4], len(got), err)
		}
	}
}

// TestRottenArchive holds: a file that was whole and is not in the archive any more is
// the archive's fault.
func TestRottenArchive(t *testing.T) {
	st := storetest.Open(t)
	dir := filepath.Join(t.TempDir(), "files")
	files, err := upload.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	attach(t, st, dir, []byte("words that stand in it once"))
	path := filepath.Join(t.TempDir(), "a.tar")
	if made, err := archive.Make(t.Context(), path, st, files, time.Now()); err != nil || len(made.Lost) > 0 {
		t.Fatal(made, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[bytes.LastIndex(text, []byte("words that stand"))] ^= 1
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Check(t.Context(), path); !errors.Is(err, archive.ErrDamaged) {
		t.Error(err)
	}
}

// TestSweptMeanwhile holds: what is removed from the inbox while a backup is made, and
// what sweeps after it, takes no file from under the backup.
func TestSweptMeanwhile(t *testing.T) {
	st := storetest.Open(t)
	dir := filepath.Join(t.TempDir(), "files")
	files, err := upload.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	const n = 100
	for i := range n {
		attach(t, st, dir, bytes.Repeat([]byte{byte(i)}, 100_000))
	}
	path := filepath.Join(t.TempDir(), "a.tar")
	var sweeper sync.WaitGroup
	sweeper.Go(func() {
		for { // until the first bytes of the backup are out
			if info, err := os.Stat(path + archive.Unfinished); err == nil && info.Size() > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := st.Update(func(tx *store.Tx) error { _, err := tx.DropAttachments(2, 1000); return err }); err != nil {
			t.Error(err)
		}
		if _, err := files.Sweep(time.Now().Add(time.Hour), time.Minute, func([sha256.Size]byte) (bool, error) { return false, nil }); err != nil {
			t.Error(err)
		}
	})
	made, err := archive.Make(t.Context(), path, st, files, time.Now())
	sweeper.Wait()
	if err != nil || made.Files != n || len(made.Lost) > 0 {
		t.Errorf("%d of %d files, lost %v, %v", made.Files, n, made.Lost, err)
	}
}
