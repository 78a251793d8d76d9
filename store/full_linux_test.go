package store_test

import (
	"errors"
	"syscall"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestFileSizeLimit fills a store up to the system's limit on the size of a file:
// that is a full disk and no broken one, whether growing the file hits the limit or
// a write does, and writing goes on once the limit is lifted.
func TestFileSizeLimit(t *testing.T) {
	st := storetest.Open(t)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := before
	limit.Cur = 20 << 20
	lift := func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skipf("this system does not limit the size of files: %v", err)
	}
	defer lift()
	save := func(n uint64) error {
		return st.Update(func(tx *store.Tx) error {
			return tx.SetPreferences(desk.ID{15: byte(n), 14: byte(n >> 8)}, make([]byte, 16<<10))
		})
	}
	saved := uint64(0)
	var fault error
	for fault == nil && saved < 5000 {
		if fault = save(saved + 1); fault == nil {
			saved++
		}
	}
	if !errors.Is(fault, store.ErrFull) || st.Failed() {
		t.Fatalf("after %d saves: %v, failed %v", saved, fault, st.Failed())
	}
	storetest.MustCheck(t, st)
	lift()
	if err := save(saved + 1); err != nil {
		t.Errorf("with more room: %v", err)
	}
	storetest.MustCheck(t, st)
}
