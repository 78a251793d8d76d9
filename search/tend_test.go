package search_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/search"
	"parley/store"
)

// An index that an import has left in many segments is put together by the next
// process, though nothing is written any more.
func TestScatteredIndexIsPutTogether(t *testing.T) {
	st, err := store.Open(filepath.Join(t.TempDir(), "parley.db"), store.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	a, dir := newApp(t, st), t.TempDir()
	first := mustRun(t, dir, st)
	first.waitUntilCurrent(t, st)
	for part := range 6 {
		var lines strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&lines, `{"customer":{"id":"c-%d-%d"},"status":"open","messages":[{"from":"customer","text":"kargo %d","at":"2026-09-03T10:02:11Z"}]}`+"\n", part, i, i)
		}
		if _, err := a.ImportFile(strings.NewReader(lines.String()), app.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		first.waitUntilCurrent(t, st)
		// Long enough for the batch to be written down as a segment of its own.
		time.Sleep(700 * time.Millisecond)
	}
	first.stop(t)
	if n := segments(t, dir); n <= 3 {
		t.Fatalf("%d segments after the import, which shows nothing", n)
	}

	second := mustRun(t, dir, st)
	for deadline := time.Now().Add(time.Minute); segments(t, dir) > 1; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still %d segments", segments(t, dir))
		}
	}
	if s := second.Status(); s.State != search.Ready {
		t.Errorf("the index is %+v", s)
	}
}

// segments counts the segments of an index on the disk.
func segments(t *testing.T, dir string) int {
	t.Helper()
	found := 0
	for _, depth := range []string{"*.zap", "*/*.zap", "*/*/*.zap", "*/*/*/*.zap"} {
		files, err := filepath.Glob(filepath.Join(dir, depth))
		if err != nil {
			t.Fatal(err)
		}
		found += len(files)
	}
	return found
}
