package store_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"parley/store"
	"parley/store/storetest"
)

// TestSlate drives a bucket whose changes wait on the slate, and a plain map beside
// it, through changes small and large, refusals, sweeps, and starts with and without
// an end before: what one reads is always what the map says, forwards, backwards and
// in turns, and what an earlier reader sees does not change under it.
func TestSlate(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		m := newSlateModel(t, dir)
		defer m.close()
		t.Repeat(map[string]func(*rapid.T){
			"change": m.change, "refuse": m.refuse, "sweep": m.sweep, "reopen": m.reopen, "kill": m.kill,
			"": m.compare,
		})
	})
}

type slateModel struct {
	t    *rapid.T
	dir  string
	st   *store.Store
	want map[string]string
}

func newSlateModel(t *rapid.T, root string) *slateModel {
	dir := root + "/" + rapid.StringMatching(`[a-z0-9]{20}`).Draw(t, "folder")
	m := &slateModel{t: t, dir: dir, want: map[string]string{}}
	m.open()
	return m
}

func (m *slateModel) open() {
	st, err := store.Open(m.dir, storetest.Options())
	if err != nil {
		m.t.Fatal(err)
	}
	m.st = st
}

func (m *slateModel) close() { _ = m.st.Close() }

func (m *slateModel) reopen(*rapid.T) {
	if err := m.st.Close(); err != nil {
		m.t.Fatal(err)
	}
	m.open()
}

// kill lets go of the file as a process does that ends at once.
func (m *slateModel) kill(*rapid.T) {
	if err := m.st.Bolt().Close(); err != nil {
		m.t.Fatal(err)
	}
	m.open()
}

func (m *slateModel) key(t *rapid.T) string { return rapid.StringMatching(`[a-d]{1,3}`).Draw(t, "key") }

func (m *slateModel) edit(t *rapid.T, order store.Order, into map[string]string) error {
	for range rapid.IntRange(1, 30).Draw(t, "edits") {
		key := m.key(t)
		if rapid.Bool().Draw(t, "deletes") {
			delete(into, key)
			if err := order.Delete([]byte(key)); err != nil {
				return err
			}
			continue
		}
		value := rapid.StringN(0, 200, -1).Draw(t, "value")
		into[key] = value
		if err := order.Put([]byte(key), []byte(value)); err != nil {
			return err
		}
	}
	return nil
}

func (m *slateModel) change(t *rapid.T) {
	next := maps.Clone(m.want)
	m.still(func() {
		if err := m.st.Update(func(tx *store.Tx) error { return m.edit(t, store.OrderOf(tx), next) }); err != nil {
			t.Fatal(err)
		}
	})
	m.want = next
}

func (m *slateModel) refuse(t *rapid.T) {
	_ = m.st.Update(func(tx *store.Tx) error {
		_ = m.edit(t, store.OrderOf(tx), map[string]string{})
		return store.ErrMissing
	})
}

func (m *slateModel) sweep(t *rapid.T) {
	m.still(func() {
		if _, err := m.st.SweepSome(rapid.IntRange(0, 20).Draw(t, "lines")); err != nil {
			t.Fatal(err)
		}
	})
}

// still wants what a reader sees who was there before to stay as it was.
func (m *slateModel) still(change func()) {
	started, done := make(chan struct{}), make(chan struct{})
	read := make(chan map[string]string)
	go func() {
		all := map[string]string{}
		_ = m.st.View(func(tx *store.Tx) error {
			close(started)
			<-done
			return store.OrderOf(tx).ForEach(func(k, v []byte) error { all[string(k)] = string(v); return nil })
		})
		read <- all
	}()
	<-started
	change()
	close(done)
	if got := <-read; !maps.Equal(got, m.want) {
		m.t.Fatalf("a reader who was there before sees %v, want %v", got, m.want)
	}
}

func (m *slateModel) compare(t *rapid.T) {
	keys := slices.Sorted(maps.Keys(m.want))
	err := m.st.View(func(tx *store.Tx) error {
		order := store.OrderOf(tx)
		var up []string
		_ = order.ForEach(func(k, v []byte) error {
			up = append(up, string(k))
			if m.want[string(k)] != string(v) {
				t.Fatalf("%s is %q, want %q", k, v, m.want[string(k)])
			}
			return nil
		})
		if !slices.Equal(up, keys) {
			t.Fatalf("forwards %v, want %v", up, keys)
		}
		var down []string
		c := order.Cursor()
		for k, _ := c.Below([]byte("e")); k != nil; k, _ = c.Prev() {
			down = append(down, string(k))
		}
		slices.Reverse(down)
		if !slices.Equal(down, keys) {
			t.Fatalf("backwards %v, want %v", down, keys)
		}
		m.wander(t, order, keys)
		for range 5 {
			key := m.key(t)
			value, found := m.want[key]
			if v := order.Get([]byte(key)); (v != nil) != found || string(v) != value {
				t.Fatalf("%s is %q, want %q", key, v, value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wander walks to and fro.
func (m *slateModel) wander(t *rapid.T, order store.Order, keys []string) {
	from := m.key(t)
	at, _ := slices.BinarySearch(keys, from)
	c := order.Cursor()
	k, _ := c.Seek([]byte(from))
	for range 12 {
		if at < 0 || at >= len(keys) {
			if k != nil {
				t.Fatalf("stands on %s beyond the end", k)
			}
			return
		}
		if !bytes.Equal(k, []byte(keys[at])) {
			t.Fatalf("stands on %q, want %q", k, keys[at])
		}
		if rapid.Bool().Draw(t, "forwards") {
			at++
			k, _ = c.Next()
		} else {
			at--
			k, _ = c.Prev()
		}
	}
}

// TestSlateSweeps fills the slate beyond its room: what waits stays bounded, and when
// nobody writes all of it goes where it belongs, and its records with it.
func TestSlateSweeps(t *testing.T) {
	st := mustOpen(t, t.TempDir())
	most := 0
	for i := range 3_000 {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			for j := range 50 {
				if err := store.OrderOf(tx).Put(spread(i*50+j), nil); err != nil {
					return err
				}
			}
			return nil
		})
		waiting, _ := store.Waiting(st)
		most = max(most, waiting)
	}
	if most < 40_000 || most > 60_000 {
		t.Errorf("%d lines waited at most", most)
	}
	storetest.SweepAll(t, st)
	if waiting, records := store.Waiting(st); waiting != 0 || records != 0 {
		t.Errorf("%d lines wait, %d records are kept", waiting, records)
	}
	kept := 0
	if err := st.Bolt().View(func(tx *bbolt.Tx) error { kept = tx.Bucket([]byte("order")).Stats().KeyN; return nil }); err != nil {
		t.Fatal(err)
	}
	if kept != 150_000 {
		t.Errorf("%d keys are where they belong", kept)
	}
}

// spread makes keys that come in no order.
func spread(i int) []byte {
	x := uint64(i) * 0x9E3779B97F4A7C15
	return []byte{byte(x >> 56), byte(x >> 48), byte(x >> 40), byte(x >> 32), byte(i >> 16), byte(i >> 8), byte(i)}
}
