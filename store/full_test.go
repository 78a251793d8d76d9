package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestFull fills a store up to its quota: what does not fit is refused whole,
// reading goes on, and so does writing once there is room.
func TestFull(t *testing.T) {
	st, s := storetest.Open(t), newScene(60)
	s.fill(t, st, 3, 0)
	dir := filepath.Dir(st.Path())
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	opts := storetest.Options()
	opts.MaxBytes, opts.PageHint = 1<<20, 0 // the map is larger than the quota, as it is in life
	st, err := store.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("long ", 6000)
	post := func() error {
		return st.Update(func(tx *store.Tx) error {
			before, err := tx.Conversation(1)
			if err != nil {
				return err
			}
			d := s.draft()
			d.Text = fmt.Sprintf("%d %s", before.Messages+1, long)
			turn := before.Receive(d, nil, true, s.now)
			return s.save(tx, &before, &turn)
		})
	}
	var fault error
	acknowledged := len(s.threads[1])
	for fault == nil && acknowledged < 1000 {
		if fault = post(); fault == nil {
			acknowledged++
		}
	}
	if !errors.Is(fault, store.ErrFull) || st.Failed() {
		t.Fatalf("after %d messages: %v, failed %v", acknowledged, fault, st.Failed())
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		c, err := tx.Conversation(1)
		if err != nil || c.Messages != uint64(acknowledged) {
			t.Errorf("%d messages are there, %d were acknowledged, %v", c.Messages, acknowledged, err)
		}
		last, err := tx.Message(&c, c.Messages)
		if !strings.HasPrefix(last.Text, fmt.Sprintf("%d long", acknowledged)) {
			t.Errorf("the last one begins %.20q", last.Text)
		}
		return err
	})
	storetest.MustCheck(t, st)
	if err := post(); !errors.Is(err, store.ErrFull) {
		t.Errorf("once more: %v", err)
	}
	// A small change still finds room in the pages that the last commit let go of.
	if err := st.Update(func(tx *store.Tx) error { return tx.SetCursor("small", 1) }); err != nil {
		t.Errorf("a small change: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = storetest.OpenIn(t, dir) // with a larger quota
	s.threads[1] = s.threads[1][:acknowledged]
	if err := post(); err != nil {
		t.Errorf("with more room: %v", err)
	}
}

// TestKeepFree refuses to write while less is free on the disk than shall stay
// free, and reads all the same.
func TestKeepFree(t *testing.T) {
	opts := storetest.Options()
	opts.KeepFree = 1 << 62
	st, err := store.Open(t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := st.Update(func(tx *store.Tx) error { return tx.SetCursor("x", 1) }); !errors.Is(err, store.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.Cursor("x") != 0 {
			t.Error("it was written")
		}
		return nil
	})
	if st.Failed() {
		t.Error("a full disk is taken for a broken one")
	}
}

// TestClosedStore answers with an error, not a fault.
func TestClosedStore(t *testing.T) {
	st := mustOpen(t, t.TempDir())
	if err := errors.Join(st.Close(), st.Close()); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := st.View(func(*store.Tx) error { return nil }); err == nil {
		t.Error("a closed store was read")
	}
	if err := st.Update(func(*store.Tx) error { return nil }); err == nil {
		t.Error("a closed store was written to")
	}
	if _, err := st.Check(t.Context()); err == nil {
		t.Error("a closed store was checked")
	}
	var refusal *desk.Error
	if err := st.View(func(*store.Tx) error { return nil }); errors.As(err, &refusal) {
		t.Error("a closed store is a refusal")
	}
}
