//go:build unix

package cli

import "syscall"

// openFiles is how many files and connections the process may have open; 0 where that
// is not known. Go has raised the soft limit to the hard one at the start.
func openFiles() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	// Some systems say "no limit" by the greatest number that there is.
	const plenty = 1 << 30
	return int(min(uint64(limit.Cur), plenty)) //nolint:unconvert // the types differ between systems
}
