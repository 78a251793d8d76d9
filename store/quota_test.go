package store_test

import (
	"maps"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestFileBytesOfOlderFiles counts the attachments of a file that was written
// before they were counted.
func TestFileBytesOfOlderFiles(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for n := range 5 {
			owner := desk.CustomerActor(idOf(0xc0, 1+n%2))
			if err := tx.SaveAttachment(&desk.Attachment{ID: idOf(0xf0, 1+n), Owner: owner, Size: uint64(100 + n)}); err != nil {
				return err
			}
		}
		return nil
	})
	before := storetest.Dump(t, st)
	if err := st.Alter(func(tx *bbolt.Tx) error {
		if err := tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(number(2))); err != nil {
			return err
		}
		return tx.DeleteBucket([]byte("file_bytes"))
	}); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = storetest.OpenIn(t, filepath.Dir(st.Path()))
	if got := storetest.Dump(t, st); !maps.Equal(got, before) {
		t.Errorf("counted %v, want %v", got, before)
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if all, one := tx.FileBytes(), tx.FileBytesOf(desk.CustomerActor(idOf(0xc0, 2))); all != 510 || one != 204 {
			t.Errorf("%d bytes, %d of one customer", all, one)
		}
		return nil
	})
}
