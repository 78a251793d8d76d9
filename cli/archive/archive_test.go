package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/cli/archive"
	"parley/server/upload"
	"parley/store/storetest"
)

// TestStopped holds: what is told to stop says so, blames no backup for it, and leaves
// nothing behind.
func TestStopped(t *testing.T) {
	st := storetest.Open(t)
	files, err := upload.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a.tar.gz")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := archive.Make(stopped, path, st, files, time.Now()); !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "write ") {
		t.Errorf("a backup: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	if _, err := archive.Make(t.Context(), path, st, files, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Check(stopped, path); !errors.Is(err, context.Canceled) || errors.Is(err, archive.ErrDamaged) {
		t.Errorf("a look at it: %v", err)
	}
	_, err = archive.Restore(stopped, path, filepath.Join(dir, "data"), func(string, *archive.Summary) error { return nil })
	if !errors.Is(err, context.Canceled) || errors.Is(err, archive.ErrDamaged) {
		t.Errorf("taking it out: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("it left %v, %v", left, err)
	}
}
