package bench

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// executable builds parley once for all tests.
var executable = sync.OnceValues(func() (string, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(root, "bin", "bench", "parley")
	command := exec.Command("go", "build", "-buildvcs=false", "-o", binary, ".")
	command.Dir = root
	out, err := command.CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return binary, nil
})

func mustBuild(t *testing.T) string {
	t.Helper()
	binary, err := executable()
	if err != nil {
		t.Fatalf("%v\n%s", err, binary)
	}
	return binary
}

// TestQuickRun measures everything on a small set, with the real executable, and
// holds: every part gives its rows, what was measured was right, and the table can
// be printed.
func TestQuickRun(t *testing.T) {
	report, err := Run(context.Background(), Options{
		Executable: mustBuild(t), Version: "test", Cache: t.TempDir(), Work: t.TempDir(), Quick: true, Say: t.Logf,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{
		"size.executable", "floor.disk", "floor.echo", "floor.http16", "floor.fan20", "import.stored", "disk.fresh",
		"floor.commit64", "floor.prefix2", "start", "memory.idle", "list.views", "list.filters", "list.page10", "list.16",
		"open.16", "search.common", "search.phrase", "search.prefix2", "search.typing16", "post.1", "post.64", "fanout.20",
		"visitors.idle", "visitors.post", "visitors.round", "lag.idle", "lag.flat", "disk.posts", "memory.loaded", "kill",
	} {
		if report.row(id, setTest) == nil && report.row(id, "") == nil {
			t.Errorf("there is no row %s", id)
		}
	}
	if k := report.row("kill", setTest); k != nil && (k.Verdict != Aim || k.Value < 100) {
		t.Errorf("after the kill: %+v", k)
	}
	for _, row := range report.Rows {
		if row.Times != nil && (row.Times.Count == 0 || row.Times.P50 > row.Times.P99 || row.Times.P99 > row.Times.Max) {
			t.Errorf("%s: %+v", row.ID, row.Times)
		}
	}
	var out strings.Builder
	if err := report.WriteTable(&out); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n| "); lines < len(report.Rows) {
		t.Errorf("the table has %d lines for %d rows", lines, len(report.Rows))
	}
}

// TestSetIsReused holds a set to be built once, and again when it is another.
func TestSetIsReused(t *testing.T) {
	b := &builder{executable: mustBuild(t), cache: t.TempDir(), say: t.Logf}
	set := Set{"tiny", 5, 2, layout}
	for round, reused := range []bool{false, true} {
		_, figures, err := b.ensure(context.Background(), set)
		if err != nil {
			t.Fatal(err)
		}
		if figures.Reused != reused || figures.Total < 5 || figures.Store == 0 || figures.Index == 0 || figures.Imported <= 0 {
			t.Errorf("round %d: %+v", round, figures)
		}
	}
	set.Messages = 3
	if _, figures, err := b.ensure(context.Background(), set); err != nil || figures.Reused {
		t.Errorf("another set: %+v, %v", figures, err)
	}
}

// TestChecksNotice holds the checks to notice what is wrong: a list in another
// order, a message that is not there, a search that finds too little.
func TestChecksNotice(t *testing.T) {
	s := startStage(t)
	plain, _ := listQueries(s.book)
	pages, err := s.pages(plain[:1], 1)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.dial(0)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	body, err := c.must(pages[0].path)
	if err != nil {
		t.Fatal(err)
	}
	if err := pages[0].check(body); err != nil {
		t.Error(err)
	}
	pages[0].want[0], pages[0].want[1] = pages[0].want[1], pages[0].want[0]
	if pages[0].check(body) == nil {
		t.Error("a list in another order passes")
	}

	if _, err := s.posts(2, 40); err != nil {
		t.Fatal(err)
	}
	s.ledger.add(1, 9999, [16]byte{1}, "never sent")
	s.ledger.acks[0].text++
	kept, err := s.ledger.compare(c)
	if err != nil || kept.lost != 1 || kept.changed != 1 || kept.found != len(s.ledger.acks)-2 {
		t.Errorf("%+v, %v", kept, err)
	}
}

// startStage serves a tiny set.
func startStage(t *testing.T) *stage {
	t.Helper()
	opts := Options{Executable: mustBuild(t), Cache: t.TempDir(), Work: t.TempDir(), Quick: true, Say: t.Logf}
	much, err := opts.settle()
	if err != nil {
		t.Fatal(err)
	}
	r := &run{ctx: context.Background(), opts: opts, much: much, report: &Report{}}
	r.build = &builder{executable: opts.Executable, cache: opts.Cache, say: t.Logf}
	s, err := r.prepare(Set{"tiny", 60, 4, layout})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.server.stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestLoad holds a load to its bounds, and to end when a try fails.
func TestLoad(t *testing.T) {
	l := &load{clients: 3, most: 50, lasts: time.Minute, try: func(int, int) (func() error, error) { return nil, nil }}
	result, err := l.run()
	if err != nil || result.times.Count != 50 {
		t.Errorf("%+v, %v", result, err)
	}
	l.try = func(_, n int) (func() error, error) {
		return func() error {
			if n == 7 {
				return context.Canceled
			}
			return nil
		}, nil
	}
	l.most = 0
	if _, err := l.run(); err == nil {
		t.Error("a check that fails does not end the load")
	}
}
