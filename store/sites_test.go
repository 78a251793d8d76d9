package store_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

var siteSaved = []desk.Event{{Type: desk.SiteSaved, At: noon}}

// TestSiteRows reads sites back by id and key, until they are deleted.
func TestSiteRows(t *testing.T) {
	st := storetest.Open(t)
	first := desk.NewSite(idOf(0x51, 1), "First1", "Shop", noon)
	second := desk.NewSite(idOf(0x51, 2), "Second", "Blog", noon)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if tx.HadSites() {
			t.Error("a new store had a site")
		}
		if err := tx.SaveSite(nil, &first, siteSaved); err != nil {
			return err
		}
		return tx.SaveSite(nil, &second, siteSaved)
	})
	again := desk.NewSite(idOf(0x51, 3), "First1", "Copy", noon)
	if err := st.Update(func(tx *store.Tx) error { return tx.SaveSite(nil, &again, siteSaved) }); desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("a second site under one key: %v", err)
	}
	next := first
	next.Origins, next.Secret = []string{"https://shop.example"}, []byte{1, 2}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveSite(&first, &next, siteSaved) })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if got, err := tx.SiteByKey("First1"); err != nil || !reflect.DeepEqual(got, next) || got.Rev != 2 {
			t.Errorf("%+v, %v; want %+v", got, err, next)
		}
		if all, err := tx.Sites(); err != nil || len(all) != 2 || all[1].Name != "Blog" {
			t.Errorf("%+v, %v", all, err)
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if err := tx.DeleteSite(&next, siteSaved); err != nil {
			return err
		}
		return tx.DeleteSite(&second, siteSaved)
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		for name, err := range map[string]error{"by key": third(tx.SiteByKey("First1")), "by id": third(tx.Site(first.ID)), "no key": third(tx.SiteByKey(""))} {
			if desk.CodeOf(err) != desk.CodeNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !tx.HadSites() {
			t.Error("it is forgotten that there was a site")
		}
		return nil
	})
}

func third[T any](_ T, err error) error { return err }

// TestVisitorRows reads tokens back by their hash alone, and forgets those that no
// longer hold, in steps.
func TestVisitorRows(t *testing.T) {
	st := storetest.Open(t)
	visitor := func(n byte, seen desk.Time) store.Visitor {
		return store.Visitor{
			First: idOf(0xf0, int(n)), Hash: [32]byte{n}, Customer: idOf(0xc0, int(n%3)), Site: idOf(0x51, 1), CreatedAt: noon, SeenAt: seen,
			Seed: store.VisitorSeed{Language: "tr", Zone: "Europe/Istanbul", Browser: "Firefox", Page: desk.Page{URL: "https://a.example", Title: "A", At: noon}},
		}
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for n := byte(1); n <= 9; n++ {
			v := visitor(n, noon+desk.Time(n))
			if err := tx.AddVisitor(&v); err != nil {
				return err
			}
		}
		return nil
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if got, err := tx.Visitor([32]byte{4}); err != nil || !reflect.DeepEqual(got, visitor(4, noon+4)) {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := tx.Visitor([32]byte{99}); desk.CodeOf(err) != desk.CodeUnauthorized {
			t.Errorf("an unknown token: %v", err)
		}
		return nil
	})
	left, steps := 0, 0
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for from := []byte{}; from != nil; steps++ {
			var err error
			if from, err = tx.ForgetVisitors(noon+store.StrangerIdle+5, from, 2); err != nil {
				return err
			}
		}
		for n := byte(1); n <= 9; n++ {
			if _, err := tx.Visitor([32]byte{n}); err == nil {
				left++
			}
		}
		return nil
	})
	if left != 4 || steps < 4 {
		t.Errorf("%d tokens left after %d steps", left, steps)
	}
}

// firstBuckets are those of the first layout.
var firstBuckets = []string{
	"meta", "journal", "cursors", "conversations", "messages", "message_places", "sent", "order", "counts", "customers",
	"customers_external", "customers_email", "customer_conversations", "customer_notes", "agents", "agents_email", "passwords",
	"sessions", "agent_sessions", "emoji", "drafts", "preferences", "replies", "attachments", "files", "imports",
}

// TestFirstLayout opens a file as the first release left it, with everything in it,
// and puts into it what came later.
func TestFirstLayout(t *testing.T) {
	st, s := storetest.Open(t), newScene(60)
	s.teams = nil // they came later
	s.fill(t, st, 30, 60)
	if err := st.Alter(func(tx *bbolt.Tx) error {
		var later [][]byte
		if err := tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
			if !slices.Contains(firstBuckets, string(name)) {
				later = append(later, slices.Clone(name))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, name := range later {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		meta := tx.Bucket([]byte("meta"))
		if err := meta.Delete([]byte("handle")); err != nil {
			return err
		}
		return meta.Put([]byte("schema"), []byte(number(1)))
	}); err != nil {
		t.Fatal(err)
	}
	epoch := st.Epoch()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = storetest.OpenIn(t, filepath.Dir(st.Path()))
	if store.SchemaOf(st) != store.Layout || st.Epoch() != epoch || st.HandleKey() == ([store.HandleKeySize]byte{}) {
		t.Errorf("brought to layout %d, epoch %s, handles %x", store.SchemaOf(st), st.Epoch(), st.HandleKey())
	}
	key := st.HandleKey()
	site := desk.NewSite(idOf(0x51, 1), "First1", "Shop", noon)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveSite(nil, &site, siteSaved) })
	if st = storetest.Reopen(t, st); st.HandleKey() != key {
		t.Error("handles have another key after a restart")
	}
}
