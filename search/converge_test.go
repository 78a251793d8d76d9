package search_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/store/storetest"
)

var (
	convergeRounds = flag.Int("rounds", 14, "rounds of the convergence test")
	convergeSeed   = flag.Uint64("seed", 1, "seed of the convergence test")
)

// now is when the tests of the world ask.
var now = time.UnixMilli(1_780_000_000_000).In(time.FixedZone("TRT", 3*3600))

// asked are the queries by which an index is compared with a plain scan: words of
// every kind, phrases, numbers, filters, and what nobody would ask for.
var asked = strings.Split(`kargo|kargo |kargom |iademi |İADE |fatura |fatruam |aboneliğim |renk |kitabı |hesap |isim |izmir'e |sikayet |hata kodu |`+
	`"hata kodu"|"verildi"|"kargo verildi"|"kodu hata|check-in |checkin |e-devlet |KP-513377|KP-5133|TR-2024-001234|0322 000 12 34|0500 000 11 41|203.0.113.7|8862915|88629|`+
	`refund |order |televiyon |webhok |batarye |sandaliye |日本|العربية|strasse|obrien |don't |su |ev |ka|ge|ha|k|elif şahin|elif.3@example.com|gold |vip |özel |`+
	`from:customer kargo |from:agent iade |from:bot|from:note kart |view:resolved kargo |view:archive|view:unassigned su |agent:me|agent:zeynep iade |agent:nobody|team:iade|ekip:"değişim iade" kargo |team:kar view:unassigned |team:nobody|`+
	`tag:vip kart |tag:kargo|customer:"elif şahin" kargo |customer:elif.2@example.com|after:2026-05-29 kargo |before:2026-05-29|after:2027-01-01 kargo |has:file|`+
	`kart limit iade |kombi bak|gelmedi|şifre modem |qqqq|"gelmedi şifre"`, "|")

// compare asks everything and returns the first difference from a plain scan.
func compare(t testing.TB, e *running, st *store.Store, me desk.ID) error {
	t.Helper()
	for _, text := range asked {
		want := search.PlainScan(t, st, text, me, now)
		got, err := allPages(e, text, me, 7)
		if err != nil {
			return fmt.Errorf("%q: %w", text, err)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("%q finds\n  %v, a plain scan\n  %v", text, got, want)
		}
	}
	return nil
}

// allPages gives the conversations of all pages of a search.
func allPages(e *running, text string, me desk.ID, limit int) (numbers []desk.Number, err error) {
	cursor := ""
	for range 1000 {
		a, err := e.Search(context.Background(), search.Request{Text: text, Agent: me, Cursor: cursor, Limit: limit, Now: now})
		if err != nil {
			return nil, err
		}
		for _, h := range a.Hits {
			numbers = append(numbers, h.Conversation.Number)
		}
		if a.TotalExact && a.Total < len(numbers) {
			return nil, fmt.Errorf("the total %d is below the %d that were given", a.Total, len(numbers))
		}
		if cursor = a.Next; cursor == "" {
			return numbers, nil
		}
	}
	return nil, errors.New("the pages do not end")
}

// eventually waits until the index answers as a plain scan does and is found whole:
// what no answer shows, such as a byte in a part that nobody asks for, is found by the
// look at it after the start.
func eventually(t *testing.T, e *running, w *world, what string) {
	t.Helper()
	e.waitUntilCurrent(t, w.st)
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = compare(t, e, w.st, w.agents[0].ID); err != nil {
			continue
		}
		if err = e.Check(context.Background(), 0); err == nil {
			return
		}
	}
	t.Fatalf("after %s, with -seed %d: %v", what, *convergeSeed, err)
}

// TestConverges lets random things happen, breaks the index in every way that is
// known, and compares with a plain scan of the store each time.
func TestConverges(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, *convergeSeed)
	dir := filepath.Join(t.TempDir(), "search")
	e := mustRun(t, dir, st)
	for round := range *convergeRounds {
		for range 40 {
			w.step()
		}
		what := mishaps[round%len(mishaps)]
		e = what.happens(t, e, w, dir)
		eventually(t, e, w, fmt.Sprintf("round %d: %s", round, what.name))
	}
	if bad, _ := filepath.Glob(filepath.Join(dir, "bad-*")); len(bad) > 1 {
		t.Errorf("%d damaged folders were kept", len(bad))
	}
}

// mishap is something that happens to an index.
type mishap struct {
	name    string
	happens func(t *testing.T, e *running, w *world, dir string) *running
}

var mishaps = []mishap{
	{"nothing", func(_ *testing.T, e *running, _ *world, _ string) *running { return e }},
	{"a restart", restartAfter(func(*testing.T, string) {})},
	{"a kill", func(t *testing.T, e *running, w *world, dir string) *running {
		kept := filepath.Join(t.TempDir(), "kept")
		copyDir(t, dir, kept) // what the disk holds at some moment
		for range 20 {
			w.step()
		}
		e.stop(t)
		mustOS(t, os.RemoveAll(dir))
		copyDir(t, kept, dir)
		return mustRun(t, dir, w.st)
	}},
	{"a deleted folder", restartAfter(func(t *testing.T, dir string) { mustOS(t, os.RemoveAll(dir)) })},
	{"a cut segment", restartAfter(func(t *testing.T, dir string) {
		path := aFile(t, dir, "*.zap")
		info, err := os.Stat(path)
		mustOS(t, err)
		mustOS(t, os.Truncate(path, info.Size()/2))
	})},
	{"a missing segment", restartAfter(func(t *testing.T, dir string) { mustOS(t, os.Remove(aFile(t, dir, "*.zap"))) })},
	{"a flipped byte", restartAfter(func(t *testing.T, dir string) { flip(t, aFile(t, dir, "*.zap"), 3) })},
	{"a flipped byte at the end", restartAfter(func(t *testing.T, dir string) { flip(t, aFile(t, dir, "*.zap"), 1) })},
	{"a missing root", restartAfter(func(t *testing.T, dir string) { mustOS(t, os.Remove(aFile(t, dir, "root.bolt"))) })},
	{"an empty root", restartAfter(func(t *testing.T, dir string) { mustOS(t, os.Truncate(aFile(t, dir, "root.bolt"), 0)) })},
	{"an older layout", restartAfter(func(t *testing.T, dir string) {
		folder := filepath.Dir(aFile(t, dir, "root.bolt"))
		mustOS(t, os.Rename(folder, filepath.Join(dir, "v0-9")))
		mustOS(t, os.WriteFile(filepath.Join(dir, "._junk"), []byte("x"), 0o600))
	})},
	{"a reindex", func(t *testing.T, e *running, w *world, _ string) *running {
		done := make(chan error)
		go func() { done <- e.Reindex(context.Background(), nil) }()
		for range 20 {
			w.step()
		}
		mustOS(t, <-done)
		return e
	}},
}

// restartAfter stops the engine, lets something happen to its folder and starts it again.
func restartAfter(do func(t *testing.T, dir string)) func(t *testing.T, e *running, w *world, dir string) *running {
	return func(t *testing.T, e *running, w *world, dir string) *running {
		e.waitUntilCurrent(t, w.st)
		e.stop(t)
		do(t, dir)
		for range 10 {
			w.step()
		}
		return mustRun(t, dir, w.st)
	}
}

func mustOS(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// aFile finds the largest file of a name in the index folders.
func aFile(t *testing.T, dir, name string) (largest string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "v*-*", name))
	mustOS(t, err)
	size := int64(-1)
	for _, path := range paths {
		info, err := os.Stat(path)
		mustOS(t, err)
		if info.Size() > size {
			largest, size = path, info.Size()
		}
	}
	if largest == "" {
		t.Fatalf("there is no %s in %s", name, dir)
	}
	return largest
}

// flip changes one byte, at that part of the file.
func flip(t *testing.T, path string, part int) {
	t.Helper()
	raw, err := os.ReadFile(path)
	mustOS(t, err)
	at := len(raw)/part - 1
	if part == 1 {
		at = len(raw) - 30 // in the footer
	}
	raw[at] ^= 0x55
	mustOS(t, os.WriteFile(path, raw, 0o600))
}

// copyDir copies a folder while it is in use, as a crash would leave it.
func copyDir(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // merged away meanwhile
		}
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, path)
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), raw, 0o600)
	})
	mustOS(t, err)
}
