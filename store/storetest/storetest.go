// Package storetest opens real stores for tests.
package storetest

import (
	"context"
	"testing"

	"parley/store"
)

// Open opens a new store in a temporary folder, and at the end of the test
// checks and closes it.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenIn(t, t.TempDir())
}

// OpenIn opens the store in dir as Open does.
func OpenIn(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir, store.Options{PageHint: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		MustCheck(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// MustCheck fails the test on any broken invariant.
func MustCheck(t testing.TB, s *store.Store) {
	t.Helper()
	report, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range report.Faults {
		t.Error(fault)
	}
}
