//go:build unix

package store

import "golang.org/x/sys/unix"

// freeBytes is how much room a normal user has left on the disk that holds path.
func freeBytes(path string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, err
	}
	return uint64(stat.Bavail) * uint64(stat.Bsize), nil // the types differ between systems
}

// diskBytes is how large the disk is that holds path.
func diskBytes(path string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, err
	}
	return stat.Blocks * uint64(stat.Bsize), nil //nolint:unconvert // the types differ between systems
}
