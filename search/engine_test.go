package search_test

import (
	"context"
	"errors"
	"fmt"
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

// mustSearch asks for a page.
func mustSearch(t *testing.T, e *running, r search.Request) search.Answer {
	t.Helper()
	if r.Now.IsZero() {
		r.Now = now
	}
	a, err := e.Search(context.Background(), r)
	if err != nil {
		t.Fatalf("%q: %v", r.Text, err)
	}
	return a
}

// say opens a conversation with some messages of a customer.
func (w *world) say(c desk.Customer, texts ...string) desk.Number {
	w.t.Helper()
	var n desk.Number
	w.now += 1000
	w.update(func(tx *store.Tx) (err error) {
		if n, err = tx.NextNumber(); err != nil {
			return err
		}
		past := desk.Past{Number: n, Customer: c.ID, Channel: "web", Tags: []string{"özel"}}
		for _, text := range texts {
			past.Messages = append(past.Messages, desk.Message{
				Kind: desk.KindCustomer, Author: desk.CustomerActor(c.ID), Text: text, At: w.now,
			})
		}
		turn, err := past.Turn(desk.Actor{}, w.now)
		if err != nil {
			return err
		}
		return tx.SaveTurn(nil, &turn)
	})
	w.last = n
	return n
}

// known is a customer with every field.
func (w *world) known() desk.Customer {
	c := desk.Customer{
		ID: id('k', 1), Name: "Elif Şahin", Email: "elif@example.com", Phone: "+90 500 000 11 41",
		Attributes: map[string]string{"şehir": "Kütahya"},
	}
	w.update(func(tx *store.Tx) error {
		return tx.SaveCustomer(nil, &c, []desk.Event{{Type: desk.CustomerCreated, Subject: c.ID}})
	})
	return c
}

func TestHit(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 1)
	e := mustRun(t, t.TempDir(), st)
	n := w.say(w.known(), "Merhaba", "Kargom nerede?", "İyi günler", "kargo geldi 👍 kargo")
	e.waitUntilCurrent(t, st)

	a := mustSearch(t, e, search.Request{Text: "kargo "})
	if len(a.Hits) != 1 || a.Total != 1 || !a.TotalExact || a.State != search.Ready || a.Next != "" || !slices.Equal(a.Terms, []string{"kargo"}) {
		t.Fatalf("the answer is %+v", a)
	}
	hit := a.Hits[0]
	if hit.Conversation.Number != n || hit.Customer.Name != "Elif Şahin" || hit.Hits != 2 || len(hit.Snippets) != 2 {
		t.Fatalf("the hit is %+v", hit)
	}
	if s := hit.Snippets[0]; s.Seq != 4 || s.Kind != desk.KindCustomer || fmt.Sprint(s.Ranges) != "[[0 5] [15 20]]" {
		t.Errorf("the newest message gives the snippet %+v", s)
	}
	for text, field := range map[string]string{
		"elif sahin ": "customer.name", "elif@example.com ": "customer.email", "0500 000 11 41 ": "customer.phone",
		"kütahya ": "customer.attribute", "özel ": "conversation.tag",
	} {
		a := mustSearch(t, e, search.Request{Text: text})
		if len(a.Hits) != 1 || len(a.Hits[0].Fields) == 0 || a.Hits[0].Fields[0].Name != field || len(a.Hits[0].Fields[0].Ranges) == 0 {
			t.Errorf("%q gives %+v, want the field %s", text, a.Hits, field)
		}
	}
}

func TestNumberJump(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 1)
	n := w.say(w.known(), "bir", "iki")
	e, err := search.Open(t.TempDir(), st, quiet, search.Options{}) // nothing runs: there is no index
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for text, want := range map[string]search.NumberHit{"#1": {Number: n, Found: true}, " 1 ": {Number: n, Found: true}, "#77": {Number: 77}} {
		a, err := e.Search(context.Background(), search.Request{Text: text, Now: now})
		if err != nil || a.Number == nil || *a.Number != want {
			t.Errorf("%q gives %+v, %v", text, a.Number, err)
		}
	}
	a, err := e.Search(context.Background(), search.Request{Text: "bir ", Now: now})
	if err != nil || a.State != search.Building || len(a.Hits) != 0 || a.TotalExact {
		t.Errorf("without an index the answer is %+v, %v", a, err)
	}
}

// Pages follow each other without doubles, whatever the size of the page, also
// while messages come in.
func TestPaging(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 3)
	e := mustRun(t, t.TempDir(), st)
	for range 300 {
		w.step()
	}
	e.waitUntilCurrent(t, st)
	for _, text := range []string{"ka", "kargo ", "from:customer iade ", `"hata kodu"`, "view:inbox", "özel "} {
		want, err := allPages(e, text, desk.ID{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int{1, 3, 10} {
			if got, err := allPages(e, text, desk.ID{}, limit); err != nil || !slices.Equal(got, want) {
				t.Errorf("%q by %d gives %v, %v; by 100 %v", text, limit, got, err, want)
			}
		}
	}
	seen := map[desk.Number]bool{}
	cursor := ""
	for {
		a := mustSearch(t, e, search.Request{Text: "ka", Limit: 5, Cursor: cursor})
		for _, h := range a.Hits {
			if seen[h.Conversation.Number] {
				t.Fatalf("conversation %d came twice", h.Conversation.Number)
			}
			seen[h.Conversation.Number] = true
		}
		if cursor = a.Next; cursor == "" {
			break
		}
		for range 5 {
			w.step()
		}
		e.waitUntilCurrent(t, st)
	}
	if _, err := e.Search(context.Background(), search.Request{Text: "ka", Cursor: "nonsense", Now: now}); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("a bad cursor answers %v", err)
	}
}

// Nothing that a person can type takes long, or is an error.
func TestNoQueryIsSlow(t *testing.T) {
	st := storetest.Open(t)
	e := mustRun(t, t.TempDir(), st)
	fillStore(t, st, 20_000)
	e.waitUntilCurrent(t, st)
	many := strings.Repeat
	for _, text := range []string{
		"a", "ka", "k*", "%", "*", "?", "ka ka ka ka ka ka ka ka ka ka ka ka ka", many("ka ke ki ", 400), many("x", 5000), `"` + many("ka ", 500) + `"`,
		`"ka ke" "ki ko" "si so" "su ba"`, "from:bot from:customer ka", "before:2020-01-01 ka", "after:2026-01-01 ka ke", "from:note ka", "has:file ka",
		"1 2 3 4 5 6 7 8 9 0", "00000000000000000000", "KP-", "KP-0", "KP-00", "e", "view:archive ka", "tag:yok ka", "agent:yok ka", "customer:yok ka",
		"zzzzzzzzzz", "kakikokeke kakikokeki kakikokeko", many("日本", 300), "\x00\xff\"", "before:2026-01-02", many("tag:x ", 200), "a-b-c-d-e-f-g", many("👍", 300),
	} {
		started := time.Now()
		a := mustSearch(t, e, search.Request{Text: text, Limit: 100})
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("%.30q took %s", text, took)
		}
		if len(a.Hits) > 100 {
			t.Errorf("%.30q gives %d hits", text, len(a.Hits))
		}
	}
}

// An index of another store is not used.
func TestOtherStore(t *testing.T) {
	dir := t.TempDir()
	first := storetest.Open(t)
	w := newWorld(t, first, 1)
	w.say(w.known(), "birinci")
	e := mustRun(t, dir, first)
	e.waitUntilCurrent(t, first)
	e.stop(t)

	second := storetest.Open(t)
	other := newWorld(t, second, 1)
	other.say(other.known(), "ikinci")
	e = mustRun(t, dir, second)
	e.waitUntilCurrent(t, second)
	if a := mustSearch(t, e, search.Request{Text: "birinci "}); len(a.Hits) != 0 {
		t.Errorf("the other store's conversation is found: %+v", a.Hits)
	}
	if a := mustSearch(t, e, search.Request{Text: "ikinci "}); len(a.Hits) != 1 {
		t.Errorf("the own conversation is not found")
	}
}

// A folder that vanishes under a running engine is made again.
func TestFolderVanishes(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 5)
	dir := filepath.Join(t.TempDir(), "search")
	e := mustRun(t, dir, st)
	for range 100 {
		w.step()
	}
	e.waitUntilCurrent(t, st)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for range 50 {
		w.step()
	}
	eventually(t, e, w, "a folder that vanished")
	deadline := time.Now().Add(20 * time.Second)
	for {
		if roots, _ := filepath.Glob(filepath.Join(dir, "v*-*", "root.bolt")); len(roots) == 1 && e.Status().Fault == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the folder was not made again: %+v", e.Status())
		}
		time.Sleep(20 * time.Millisecond)
	}
	eventually(t, e, w, "a folder that was made again")
}

// A building that is given up leaves the present index in its place.
func TestReindexGivenUp(t *testing.T) {
	st := storetest.Open(t)
	dir := t.TempDir()
	e := mustRun(t, dir, st)
	fillStore(t, st, 5_000)
	e.waitUntilCurrent(t, st)
	before := mustSearch(t, e, search.Request{Text: "ka"}).Total
	ctx, cancel := context.WithCancel(context.Background())
	err := e.Reindex(ctx, func(float64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a building that was given up ends with %v", err)
	}
	if folders, _ := filepath.Glob(filepath.Join(dir, "v*-*")); len(folders) != 1 {
		t.Errorf("it leaves the folders %v", folders)
	}
	if after := mustSearch(t, e, search.Request{Text: "ka"}).Total; after != before || before == 0 {
		t.Errorf("%d conversations were found before, %d after", before, after)
	}
}
