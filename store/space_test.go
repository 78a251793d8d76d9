package store_test

import (
	"path/filepath"
	"testing"

	"parley/store"
)

// TestReserve keeps a share of the disk free that neither starves a small one nor
// wastes a large one.
func TestReserve(t *testing.T) {
	const mib, gib = 1 << 20, 1 << 30
	for _, row := range []struct{ total, want uint64 }{
		{0, 0},
		{48 * mib, 12 * mib},
		{gib, 256 * mib},
		{4 * gib, 256 * mib},
		{10 * gib, 512 * mib},
		{1000 * gib, gib},
	} {
		if got := store.ReserveOf(row.total); got != row.want {
			t.Errorf("of %d MiB it keeps %d MiB, want %d", row.total/mib, got/mib, row.want/mib)
		}
	}
	dir := t.TempDir()
	if here := store.Reserve(dir); here == 0 || store.Reserve(filepath.Join(dir, "not", "there")) != here {
		t.Errorf("of this disk it keeps %d", here)
	}
}
