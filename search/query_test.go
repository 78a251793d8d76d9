package search

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"parley/desk"
)

// noon is the moment at which the tests ask.
var noon = time.Date(2026, 9, 15, 12, 0, 0, 0, time.FixedZone("TRT", 3*3600))

// describe writes a query down: units as a+b for words that stand together, … for
// one that may be unfinished, {codes}, =joined, and the filters.
func describe(q *Query) string {
	var out []string
	if q.Number != 0 {
		out = append(out, fmt.Sprintf("#%d", q.Number))
	}
	for i := range q.units {
		u := &q.units[i]
		words := make([]string, len(u.words))
		for k := range u.words {
			words[k] = u.words[k].term
			if u.words[k].last {
				words[k] += "…"
			}
		}
		text := strings.Join(words, "+")
		if u.quoted {
			text = `"` + text + `"`
		}
		if u.joined != "" {
			text += "=" + u.joined
		}
		if len(u.codes) > 0 {
			text += "{" + strings.Join(u.codes, ",") + "}"
		}
		out = append(out, text)
	}
	f := &q.Filter
	for _, k := range f.From {
		out = append(out, "from:"+k.String())
	}
	for _, list := range []struct {
		name   string
		values []string
	}{{"agent", f.Agents}, {"team", f.Teams}, {"customer", f.Customers}, {"tag", f.Tags}} {
		for _, v := range list.values {
			out = append(out, list.name+":"+v)
		}
	}
	for _, v := range f.Views {
		out = append(out, "view:"+string(v))
	}
	if f.HasFile {
		out = append(out, "has:file")
	}
	if !f.After.IsZero() {
		out = append(out, "after:"+f.After.Go().In(noon.Location()).Format("2006-01-02T15"))
	}
	if !f.Before.IsZero() {
		out = append(out, "before:"+f.Before.Go().In(noon.Location()).Format("2006-01-02T15"))
	}
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"   \t\n", ""},
		{"!!! ???", ""},
		{"👍", ""},
		{"kargo", "kargo…"},
		{"kargo ", "kargo"},
		{"İADE kargom", "iade kargom…"},
		{"İzmir'den ", "izmir"},
		{"Almanya’ya", "almanya…"},
		{"don't ", "don"},
		{"O'Brien ", "obrien"},
		{"#1042", "#1042"},
		{" #1042 ", "#1042"},
		{"1042", "#1042 1042…{1042}"},
		{"#0", "0…"},
		{"#12a", "12a…"},
		{"99999999999999999999999", "99999999999999999999999…{99999999999999999999999}"},
		{`"hata kodu"`, `"hata+kodu"`},
		{`“hata kodu”`, `"hata+kodu"`},
		{`"hata kod`, `"hata+kod…"`},
		{`kart "hata kodu" yok `, `kart "hata+kodu" yok`},
		{`""`, ""},
		{`"`, ""},
		{`"a" "b`, `"a" "b…"`},
		{"check-in ", "check+in=checkin"},
		{"e-Devlet'ten ", "e+devlet=edevlet"},
		{"a,b", "a b…"},
		{"KP-513377", "kp+513377…{kp513377}"},
		{"203.0.113.220 ", "203+0+113+220{2030113220}"},
		{"ada@example.com ", "ada+example+com{ada@example.com}"},
		{"0322 000 12 34 ", "0322+000+12+34{03220001234,3220001234}"},
		{"+90 500 000 11 41", "90+500+000+11+41…{905000001141,5000001141}"},
		{"12 34", "12 34…"},
		{"kat 3 daire 12 ", "kat 3 daire 12"},
		{"from:customer kargo ", "kargo from:customer"},
		{"kimden:müşteri from:bot", "from:customer from:bot"},
		{"FROM:Agent", "from:agent"},
		{"from:nobody", "from+nobody…"},
		{"from: kargo ", "from kargo"},
		{"renk:mavi ", "renk+mavi"},
		{"http://x.org/a ", "http x+org+a"},
		{"tag:İade etiket:vip", "tag:iade tag:vip"},
		{`tag:"çok acil" x `, "x tag:cok acil"},
		{"view:resolved görünüm:arşiv", "view:resolved view:archive"},
		{"view:x", "view+x…"},
		{`team:iadeler ekip:"kargo ve iade"`, "team:iadeler team:kargo ve iade"},
		{"agent:me temsilci:zeynep@example.com", "agent:me agent:zeynep@example.com"},
		{`customer:"Elif Şahin"`, "customer:elif sahin"},
		{"has:file var:dosya has:x", "has+x… has:file"},
		{"after:2026-09-01 before:2026-10", "after:2026-09-01T00 before:2026-10-01T00"},
		{"after:3.9.2026", "after:2026-09-03T00"},
		{"after:bugün before:today", "after:2026-09-15T00 before:2026-09-15T00"},
		{"sonra:dün", "after:2026-09-14T00"},
		{"after:7d", "after:2026-09-08T00"},
		{"after:2026-13-01", "after+2026+13+01…{after20261301}"},
		{"before:soon", "before+soon…"},
		{"after:2026 after:2025", "after:2026-01-01T00"},
		{"\xff\xfe kargo ", "kargo"},
		{"a\x00b ", "a b"},
	} {
		q := Parse(c.text, noon)
		if got := describe(&q); got != c.want {
			t.Errorf("%q is read as\n  %s, want\n  %s", c.text, got, c.want)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("kelime ", 5000), strings.Repeat("a", 1<<20), strings.Repeat(`"a `, 5000), strings.Repeat("tag:x ", 5000),
		strings.Repeat("12 ", 5000), strings.Repeat("a-", 5000), strings.Repeat("from:", 5000), strings.Repeat("日", 5000),
	} {
		q := Parse(text, noon)
		if len(q.units) > maxUnits || len(q.Filter.Tags) > maxFilters {
			t.Errorf("%.10q… asks for %d units", text, len(q.units))
		}
		for i := range q.units {
			if len(q.units[i].words) > maxUnits*maxPhrase {
				t.Errorf("%.10q… has a unit of %d words", text, len(q.units[i].words))
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"kargo nerede", `"hata kodu" from:customer`, "#1042", "+90 500 000 12 34", "KP-513377", "ada@example.com", "tag:\"x", "before:2026-01",
		"view:", ":", "\"", "from:from:from:", "İ\u0307ıI", "e-Devlet'ten", "\xff", "日本語", "a\u00adb",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text, noon)
		if len(q.units) > maxUnits {
			t.Fatalf("%d units", len(q.units))
		}
		for i := range q.units {
			u := &q.units[i]
			if len(u.words) == 0 {
				t.Fatal("a unit without words")
			}
			for k := range u.words {
				if u.words[k].term == "" || len(u.words[k].term) > maxTerm || Fold(u.words[k].term) != u.words[k].term {
					t.Fatalf("the term %q", u.words[k].term)
				}
				if k < len(u.words)-1 && u.words[k].last {
					t.Fatalf("a word inside a unit is unfinished: %s", describe(&q))
				}
			}
		}
		_ = q.Terms()
		_ = newMatcher(q.units, make([]bool, len(q.units))).find(text)
		_, _ = readCursor(text, text)
	})
}

func TestCursor(t *testing.T) {
	c := pageCursor{query: hashText("kargo"), at: place{7, 1_790_000_000, 42}, shown: 20}
	back, err := readCursor(c.encode(), "kargo")
	if err != nil || *back != c {
		t.Errorf("read back %+v, %v", back, err)
	}
	for _, bad := range []string{"x", "!!!", c.encode() + "AA", c.encode()[2:], strings.Repeat("A", 26)} {
		if _, err := readCursor(bad, "kargo"); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("the cursor %q answers %v", bad, err)
		}
	}
	if _, err := readCursor(c.encode(), "iade"); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("a cursor of another search answers %v", err)
	}
}

// TestParseReadsWhatIsCompleted holds the query language to what the search box
// writes when it completes a filter.
func TestParseReadsWhatIsCompleted(t *testing.T) {
	raw, err := os.ReadFile("../ui/src/screens/conversations/search/complete/written.vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Text, Read string }
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors) == 0 {
		t.Fatalf("%d vectors: %v", len(vectors), err)
	}
	for _, v := range vectors {
		q := Parse(v.Text+" ", noon)
		if got := describe(&q); got != v.Read {
			t.Errorf("%q is read as %q, want %q", v.Text, got, v.Read)
		}
	}
}
