package bench

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"parley/app"
	"parley/desk"
	"parley/store"
)

// TestFloorWritesWhatAReplyWrites holds the records of the commit floor to those
// of a real reply: the same buckets, the same number of keys, values of about the
// same size.
func TestFloorWritesWhatAReplyWrites(t *testing.T) {
	dir := t.TempDir()
	const line = `{"customer":{"id":"c"},"channel":"web","status":"open","agent":"a@example.com","tags":["kargo"],` +
		`"messages":[{"from":"customer","text":"hello","at":"2026-01-01T00:00:00Z"},{"from":"agent","text":"hello","at":"2026-01-01T00:00:01Z"}]}`
	with(t, dir, func(a *app.App) {
		if _, err := a.ImportFile(strings.NewReader(line+"\n"), app.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	before := keysOf(t, dir)
	with(t, dir, func(a *app.App) {
		agent, err := a.AgentByEmail("a@example.com")
		if err != nil {
			t.Fatal(err)
		}
		draft := desk.Draft{ClientID: app.NewID(), Text: strings.Repeat("x", meanText)}
		if _, err := a.Post(app.PostMessage{By: agent.ID, Number: 1, Draft: draft}); err != nil {
			t.Fatal(err)
		}
	})
	after := keysOf(t, dir)

	added, removed := differ(before, after), differ(after, before)
	for bucket, want := range map[string]int{"messages": messageBytes, "journal": eventBytes, "sent": sentBytes} {
		if len(added[bucket]) != 1 || len(removed[bucket]) != 0 {
			t.Errorf("%s: %d keys added, %d removed", bucket, len(added[bucket]), len(removed[bucket]))
			continue
		}
		for _, v := range added[bucket] {
			if len(v) < want*4/5 || len(v) > want*6/5 {
				t.Errorf("%s: a value of %d bytes, and the floor writes %d", bucket, len(v), want)
			}
		}
	}
	if len(added["order"]) != len(orderMoves) || len(removed["order"]) != len(orderMoves) {
		t.Errorf("order: %d keys added, %d removed, and the floor moves %d", len(added["order"]), len(removed["order"]), len(orderMoves))
	}
	for key := range added["order"] {
		known := false
		for _, prefix := range orderMoves {
			known = known || bytes.HasPrefix([]byte(key), prefix)
		}
		if !known {
			t.Errorf("order: a key %x that the floor does not move", key)
		}
	}
	for bucket := range added {
		switch bucket {
		case "messages", "journal", "sent", "order":
		default:
			t.Errorf("a reply also adds to %s", bucket)
		}
	}
}

// with opens the use cases over a folder, without an index.
func with(t *testing.T, dir string, do func(a *app.App)) {
	t.Helper()
	st, err := store.Open(dir, store.Options{PageHint: 1 << 24})
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(st, nil, time.Now, slog.New(slog.DiscardHandler))
	do(a)
	a.Close()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

// keysOf reads a whole data file: bucket → key → value.
func keysOf(t *testing.T, dir string) map[string]map[string]string {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, store.FileName), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := make(map[string]map[string]string)
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			keys := make(map[string]string)
			all[string(name)] = keys
			return b.ForEach(func(k, v []byte) error {
				keys[string(k)] = string(v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// differ gives what is in b and not in a.
func differ(a, b map[string]map[string]string) map[string]map[string]string {
	out := make(map[string]map[string]string)
	for bucket, keys := range b {
		for k, v := range keys {
			if _, there := a[bucket][k]; !there {
				if out[bucket] == nil {
					out[bucket] = make(map[string]string)
				}
				out[bucket][k] = v
			}
		}
	}
	return out
}
