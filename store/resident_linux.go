package store

import (
	"fmt"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// Release takes the file's pages out of this process's memory after a walk over
// much of it: they stay in the system's cache, and the next one that reads a page
// gets it from there. Without it every page ever touched, and its neighbours,
// count as the process's own.
func (s *Store) Release() error {
	return s.db.View(func(tx *bbolt.Tx) error { // nothing is mapped anew meanwhile
		_, _, fault := unix.Syscall(unix.SYS_MADVISE, s.db.Info().Data, uintptr(tx.Size()), unix.MADV_DONTNEED)
		if fault != 0 {
			return fmt.Errorf("store: release memory: %w", fault)
		}
		return nil
	})
}
