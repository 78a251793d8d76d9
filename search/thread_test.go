package search_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"

	"parley/desk"
	"parley/search"
	"parley/store/storetest"
)

// seqsOf asks where in a conversation a query is found.
func seqsOf(t *testing.T, e *search.Engine, n desk.Number, text string) []uint64 {
	t.Helper()
	found, err := e.InThread(context.Background(), n, text, now)
	if err != nil || !found.All {
		t.Fatalf("%q in %d: %+v, %v", text, n, found, err)
	}
	seqs := []uint64{}
	for _, h := range found.Hits {
		seqs = append(seqs, h.Seq)
	}
	return seqs
}

func TestInThread(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 1)
	e := mustRun(t, t.TempDir(), st)
	short := w.say(w.known(), "Merhaba", "👍 Kargom nerede? İADE", "iademi istiyorum", "teşekkürler")
	texts := make([]string, 400)
	for i := range texts {
		texts[i] = "sıradan bir söz"
	}
	for _, seq := range []int{3, 17, 18, 200, 399} {
		texts[seq-1] = "televizyon bozuldu"
	}
	long := w.say(w.known(), texts...)
	e.waitUntilCurrent(t, st)

	for _, c := range []struct {
		n    desk.Number
		text string
		want []uint64
	}{
		{short, "iade", []uint64{2, 3}},
		{short, "kargo iade ", []uint64{2, 3}}, // any part of the query
		{short, "view:archive agent:nobody iade ", []uint64{2, 3}},
		{short, "from:customer", []uint64{1, 2, 3, 4}},
		{short, "from:bot iade ", []uint64{}},
		{short, "yok", []uint64{}},
		{short, "", []uint64{}},
		{short, "#1", []uint64{}},
		{long, "televizyon ", []uint64{3, 17, 18, 200, 399}},
		{long, "televziyon ", []uint64{3, 17, 18, 200, 399}}, // with a typing error, which the index knows of
	} {
		if got := seqsOf(t, e.Engine, c.n, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d is at %v, want %v", c.text, c.n, got, c.want)
		}
	}
	found, err := e.InThread(context.Background(), short, "iade", now)
	if want := "[{2 [[18 22]]} {3 [[0 6]]}]"; err != nil || fmt.Sprint(found.Hits) != want {
		t.Errorf("the ranges are %v, %v; want %s in UTF-16 units", found.Hits, err, want)
	}
	if _, err := e.InThread(context.Background(), 999, "iade", now); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("an unknown conversation answers %v", err)
	}
}

// What the page of a search counts is what one can walk through, with the index
// and without one.
func TestInThreadAgreesWithSearch(t *testing.T) {
	st := storetest.Open(t)
	w := newWorld(t, st, 7)
	e := mustRun(t, t.TempDir(), st)
	for range 2000 {
		w.step()
	}
	e.waitUntilCurrent(t, st)
	bare, err := search.Open(t.TempDir(), st, quiet, search.Options{}) // nothing runs: there is no index
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	compared := 0
	for _, text := range []string{"kargo ", "iade fatura ", `"hata kodu"`, "from:customer renk ", "from:agent", "KP-513377", "ka"} {
		for hit := range firstHits(t, e, text, 10) {
			n := hit.Conversation.Number
			seqs := seqsOf(t, e.Engine, n, text)
			if len(seqs) != hit.Hits {
				t.Errorf("%q in %d: %d are counted, %v are found", text, n, hit.Hits, seqs)
			}
			if without := seqsOf(t, bare, n, text); !slices.Equal(seqs, without) {
				t.Errorf("%q in %d: %v with the index, %v without", text, n, seqs, without)
			}
			compared++
		}
	}
	if compared < 50 {
		t.Errorf("only %d conversations were compared", compared)
	}
}

// firstHits are the first hits of a search, taken few at a time, so that none is cut
// short by what one request may read.
func firstHits(t *testing.T, e *running, text string, count int) iter.Seq[search.Hit] {
	t.Helper()
	return func(yield func(search.Hit) bool) {
		for cursor := ""; count > 0; {
			answer := mustSearch(t, e, search.Request{Text: text, Limit: 2, Cursor: cursor})
			for _, hit := range answer.Hits {
				if count--; !yield(hit) {
					return
				}
			}
			if cursor = answer.Next; cursor == "" {
				return
			}
		}
	}
}
