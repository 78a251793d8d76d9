package search_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"parley/search"
	"parley/store/storetest"
)

// An index on a disk that can only be read is not damaged: it is refused and left alone.
func TestReadOnlyDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("a small file system can not be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	st := storetest.Open(t)
	w := newWorld(t, st, 7)
	folder := filepath.Join(dir, "search")
	e := mustRun(t, folder, st)
	w.step()
	e.waitUntilCurrent(t, st)
	e.stop(t)
	before := names(t, folder)

	mustOS(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	if _, err := search.Open(folder, st, quiet, search.Options{}); !errors.Is(err, syscall.EROFS) {
		t.Errorf("opening it answers %v", err)
	}
	mustOS(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""))
	if after := names(t, folder); !slices.Equal(before, after) {
		t.Errorf("the folder held %v, now %v", before, after)
	}
	eventually(t, mustRun(t, folder, st), w, "a disk that could only be read")
}

// names lists what is in a folder.
func names(t *testing.T, folder string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	mustOS(t, err)
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

// A disk that is full for the index alone stops nothing but the index, which goes
// on by itself when there is room again.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("a small file system can not be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	st := storetest.Open(t)
	w := newWorld(t, st, 7)
	e := mustRun(t, filepath.Join(dir, "search"), st)
	for range 50 {
		w.step()
	}
	e.waitUntilCurrent(t, st)

	ballast := filepath.Join(dir, "ballast")
	file, err := os.Create(ballast)
	mustOS(t, err)
	for block := make([]byte, 4096); ; { // until nothing more goes in
		if _, err := file.Write(block); err != nil {
			break
		}
	}
	mustOS(t, file.Close())
	for deadline := time.Now().Add(20 * time.Second); e.Status().Fault == nil; {
		if time.Now().After(deadline) {
			t.Fatal("the fault did not become known")
		}
		w.step()
		time.Sleep(5 * time.Millisecond)
	}
	for range 20 {
		w.step() // messages are taken all the same
	}
	mustOS(t, os.Remove(ballast))
	eventually(t, e, w, "a full disk")
	for deadline := time.Now().Add(20 * time.Second); e.Status().Fault != nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the fault stays: %v", e.Status().Fault)
		}
	}
}
