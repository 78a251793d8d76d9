package search_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"parley/desk"
	"parley/search"
	"parley/store"
)

var (
	benchMessages = flag.Int("messages", 50_000, "messages in the data set of the benchmarks")
	benchDir      = flag.String("benchdir", "", "a folder in which the data set is kept for the next run")
)

// zipf writes texts of about 80 bytes in which few words are frequent and most are
// rare, in Turkish and English syllables.
type zipf struct {
	random *rand.Rand
	words  []string
	sums   []float64
}

var (
	turkish  = strings.Fields("ka ki ko ke sa si so su ba bi bo be ta ti te da di do ma mi mu me ra ri re la li le na ni ne ya yi ye ga ge ha he pa pe va ve za ze sipa kar fat müş ter ver gel git al bil yap dur son sır çöz gör şik lük ğı")
	english  = strings.Fields("the re in con pro com de ex per tion ing er ment al ly ship pay ord ret fund bill card ac count pass word log sup port tick mail del iv track num stat charge can cel plan price")
	suffixes = strings.Fields("- - - - ı i yi m im ın in e ye de den da dan ler lar leri ları nin imi iniz le la miş di dim")
)

func newZipf(seed uint64, size int) *zipf {
	z := &zipf{random: rand.New(rand.NewPCG(seed, 1))}
	seen := map[string]bool{}
	sum := 0.0
	for len(z.words) < size {
		syllables, count := turkish, 2+z.random.IntN(3)
		if z.random.IntN(3) == 0 {
			syllables = english
		}
		if len(z.words) < 200 {
			count = 1 + z.random.IntN(2)
		}
		var b strings.Builder
		for range count {
			b.WriteString(syllables[z.random.IntN(len(syllables))])
		}
		if s := suffixes[z.random.IntN(len(suffixes))]; s != "-" && len(z.words) > 100 {
			b.WriteString(s)
		}
		if word := b.String(); !seen[word] {
			seen[word] = true
			z.words = append(z.words, word)
			sum += 1 / math.Pow(float64(len(z.words))+2.7, 1.05)
			z.sums = append(z.sums, sum)
		}
	}
	return z
}

func (z *zipf) word() string {
	return z.words[sort.SearchFloat64s(z.sums, z.random.Float64()*z.sums[len(z.sums)-1])]
}

func (z *zipf) text() string {
	var b strings.Builder
	for size := 30 + z.random.IntN(100); b.Len() < size; {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if z.random.IntN(60) == 0 {
			fmt.Fprintf(&b, "KP-%06d", z.random.IntN(1_000_000))
			continue
		}
		b.WriteString(z.word())
	}
	return b.String()
}

// id makes the id that a number stands for.
func id(kind byte, n uint64) (made desk.ID) {
	made[0] = kind
	for i := range 8 {
		made[15-i] = byte(n >> (8 * i))
	}
	return made
}

// fillStore imports conversations of 1 to 19 messages until there are enough.
func fillStore(t testing.TB, st *store.Store, messages int) {
	t.Helper()
	z := newZipf(1, 60_000)
	at := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)
	done, customer := 0, uint64(0)
	for done < messages {
		err := st.Update(func(tx *store.Tx) error {
			for range 200 {
				if done >= messages {
					return nil
				}
				customer++
				c := desk.Customer{
					ID: id('c', customer), Name: strings.ToUpper(z.word()) + " " + z.word(),
					Email: fmt.Sprintf("%s.%d@example.com", search.Fold(z.word()), customer),
					Phone: fmt.Sprintf("+90 500 %03d %02d %02d", customer/10_000%1000, customer/100%100, customer%100),
				}
				created := []desk.Event{{Type: desk.CustomerCreated, Subject: c.ID}}
				if err := tx.SaveCustomer(nil, &c, created); err != nil {
					return err
				}
				n, err := tx.NextNumber()
				if err != nil {
					return err
				}
				past := desk.Past{Number: n, Customer: c.ID, Channel: "web", Resolved: customer%3 == 0}
				for range 1 + z.random.IntN(19) {
					at = at.Add(time.Second)
					m := desk.Message{Kind: desk.KindCustomer, Author: desk.CustomerActor(c.ID), Text: z.text(), At: desk.TimeOf(at)}
					if len(past.Messages)%2 == 1 {
						m.Kind, m.Author = desk.KindBot, desk.Actor{Kind: desk.ActorBot}
					}
					past.Messages = append(past.Messages, m)
					done++
				}
				turn, err := past.Turn(desk.Actor{}, desk.TimeOf(at))
				if err != nil {
					return err
				}
				if err := tx.SaveTurn(nil, &turn); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// benchSet opens the data set, making it if it is not there.
func benchSet(b *testing.B) (*store.Store, string) {
	b.Helper()
	dir := *benchDir
	if dir == "" {
		dir = b.TempDir()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	st, err := store.Open(dir, store.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	var last desk.Number
	_ = st.View(func(tx *store.Tx) error {
		last = tx.LastNumber()
		return nil
	})
	if last == 0 {
		fillStore(b, st, *benchMessages)
	}
	return st, dir
}

// BenchmarkBuild measures the building of the index: messages a second, and its
// bytes a message.
func BenchmarkBuild(b *testing.B) {
	st, dir := benchSet(b)
	engine, err := search.Open(filepath.Join(dir, "search"), st, quiet, search.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		started := time.Now()
		if err := engine.Reindex(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(*benchMessages)/time.Since(started).Seconds(), "msg/s")
	}
	b.ReportMetric(float64(engine.Status().Documents), "documents")
	if err := engine.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(sizeOf(b, filepath.Join(dir, "search")))/float64(*benchMessages), "B/msg")
}

// BenchmarkFollow measures how fast the follower indexes imported conversations
// while they come in.
func BenchmarkFollow(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		st, err := store.Open(dir, store.Options{NoSync: true})
		if err != nil {
			b.Fatal(err)
		}
		engine := mustRun(b, filepath.Join(dir, "search"), st)
		before, started := cpuTime(), time.Now()
		fillStore(b, st, *benchMessages)
		filled, filling := time.Since(started), cpuTime()-before
		engine.waitUntilCurrent(b, st)
		took := time.Since(started)
		b.ReportMetric(float64(*benchMessages)/filled.Seconds(), "stored-msg/s")
		b.ReportMetric(float64(*benchMessages)/took.Seconds(), "indexed-msg/s")
		b.ReportMetric((cpuTime() - before).Seconds(), "cpu-s")
		b.ReportMetric(filling.Seconds(), "cpu-s-while-stored")
		engine.stop(b)
		b.ReportMetric(float64(sizeOf(b, filepath.Join(dir, "search")))/float64(*benchMessages), "B/msg")
		files, _ := filepath.Glob(filepath.Join(dir, "search", "v*", "*.zap"))
		b.ReportMetric(float64(len(files)), "segments")
		if err := st.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func sizeOf(b *testing.B, dir string) (size int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			info, statErr := entry.Info()
			if statErr == nil {
				size += info.Size()
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return size
}

// BenchmarkSearch measures searches of every kind, one at a time.
func BenchmarkSearch(b *testing.B) {
	st, dir := benchSet(b)
	engine := mustRun(b, filepath.Join(dir, "search"), st)
	engine.waitUntilCurrent(b, st)
	z := newZipf(1, 60_000) // the words of the data set
	pick := newZipf(1, 60_000)
	pick.random = rand.New(rand.NewPCG(7, 7))
	ascii := func(least int) string {
		for {
			if w := search.Fold(pick.word()); len(w) >= least {
				return w
			}
		}
	}
	for _, kind := range []struct {
		name string
		text func(i int) string
	}{
		{"top word", func(i int) string { return z.words[i%20] + " " }},
		{"word", func(int) string { return pick.word() + " " }},
		{"rare word", func(i int) string { return z.words[len(z.words)-1-i*7%20_000] + " " }},
		{"two words", func(int) string { return pick.word() + " " + pick.word() + " " }},
		{"no hit", func(i int) string { return fmt.Sprintf("qqx%dzz ", i) }},
		{"no hit, letters", func(i int) string { return "zzxq" + ascii(4) + " " }},
		{"number", func(i int) string { return fmt.Sprintf("KP-%06d", i*37%1_000_000) }},
		{"phone", func(i int) string { return fmt.Sprintf("0500 000 %02d %02d", i%100, i*7%100) }},
		{"phrase", func(int) string { return fmt.Sprintf("%q", pick.word()+" "+pick.word()) }},
		{"prefix 2", func(int) string { return ascii(2)[:2] }},
		{"prefix 3", func(int) string { return ascii(3)[:3] }},
		{"prefix 4", func(int) string { return ascii(4)[:4] }},
		{"prefix 5", func(int) string { return ascii(5)[:5] }},
		{"filtered", func(int) string { return "from:bot view:resolved " + pick.word() + " " }},
	} {
		b.Run(kind.name, func(b *testing.B) { benchQueries(b, engine, kind.text) })
	}
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	b.Logf("heap %d MB", memory.HeapAlloc>>20)
}

func benchQueries(b *testing.B, engine *running, text func(i int) string) {
	var took []time.Duration
	hits, i, before := 0, 0, cpuTime()
	for b.Loop() {
		i++
		request := search.Request{Text: text(i), Now: time.Now()}
		started := time.Now()
		answer, err := engine.Search(context.Background(), request)
		took = append(took, time.Since(started))
		if err != nil {
			b.Fatal(err)
		}
		hits += answer.Total
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(len(took)), "cpu-µs")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(hits)/float64(len(took)), "conversations")
}
