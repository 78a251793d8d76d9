package search_test

import (
	"bufio"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"parley/search"

	"parley/store/storetest"
)

// judged is a query with the conversations that answer it.
type judged struct {
	Query, Kind string
	Relevant    []uint64
}

// tally sums up the queries of one kind.
type tally struct {
	queries    int
	recall, rr float64
	slowest    time.Duration
}

// TestRelevance holds search to queries that people judged, with all real
// conversations indexed: how much of what is relevant comes within the first 100
// conversations, and how far up the first of it stands.
func TestRelevance(t *testing.T) {
	data := shared(t)
	queries := readJudged(t, filepath.Join(data, "search-queries-tr.jsonl"))
	if extra := os.Getenv("PARLEY_QUERIES"); extra != "" {
		queries = readJudged(t, extra)
	}
	st := storetest.Open(t)
	a := newApp(t, st)
	engine := mustRun(t, t.TempDir(), st)
	mustImport(t, a, filepath.Join(data, "conversations-tr.jsonl"), filepath.Join(data, "conversations-en.jsonl.gz"))
	engine.waitUntilCurrent(t, st)
	if err := engine.Check(context.Background(), 0); err != nil {
		t.Error(err)
	}
	if err := engine.Reindex(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	all := &tally{}
	kinds := map[string]*tally{}
	for _, q := range queries {
		recall, rr, took := ask(t, engine, q)
		if recall < 1 || rr < 1 {
			t.Logf("%-24q %-10s recall %.2f  reciprocal rank %.2f", q.Query, q.Kind, recall, rr)
		}
		if kinds[q.Kind] == nil {
			kinds[q.Kind] = &tally{}
		}
		for _, k := range []*tally{all, kinds[q.Kind]} {
			k.queries++
			k.recall += recall
			k.rr += rr
			k.slowest = max(k.slowest, took)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		kinds[kind].log(t, kind)
	}
	all.log(t, "all")
	if n := float64(all.queries); all.recall/n < 0.95 || all.rr/n < 0.85 {
		t.Errorf("recall %.3f and mean reciprocal rank %.3f; at least 0.95 and 0.85 are wanted", all.recall/n, all.rr/n)
	}
}

func (k *tally) log(t *testing.T, name string) {
	n := float64(k.queries)
	t.Logf("%-11s %3d queries  recall %.3f  MRR %.3f  slowest %s", name, k.queries, k.recall/n, k.rr/n, k.slowest.Round(10*time.Microsecond))
}

// ask gives the recall within the first 100 and the reciprocal rank of a query.
// The Turkish file was imported first, so its lines are the numbers 1, 2, 3 …
func ask(t *testing.T, engine *running, q judged) (recall, rr float64, took time.Duration) {
	t.Helper()
	started := time.Now()
	answer, err := engine.Search(context.Background(), search.Request{Text: q.Query, Limit: 100, Now: time.Now()})
	took = time.Since(started)
	if err != nil {
		t.Fatalf("%q: %v", q.Query, err)
	}
	found := 0
	for i, hit := range answer.Hits {
		if !slices.Contains(q.Relevant, uint64(hit.Conversation.Number)) {
			continue
		}
		if found++; found == 1 {
			rr = 1 / float64(i+1)
		}
	}
	return float64(found) / float64(len(q.Relevant)), rr, took
}

func readJudged(t *testing.T, path string) []judged {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var queries []judged
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var q judged
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		queries = append(queries, q)
	}
	if len(queries) < 50 {
		t.Fatalf("only %d queries in %s", len(queries), path)
	}
	return queries
}
