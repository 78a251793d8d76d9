package search

import (
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"
)

// The browser's fold is held to the same table.
func TestFoldVectors(t *testing.T) {
	raw, err := os.ReadFile("../ui/src/text/fold.vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ In, Out string }
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 80 {
		t.Fatalf("the table has %d vectors, want at least 80", len(vectors))
	}
	for _, v := range vectors {
		if got := Fold(v.In); got != v.Out {
			t.Errorf("Fold(%+q) = %+q, want %+q", v.In, got, v.Out)
		}
		if again := Fold(v.Out); again != v.Out {
			t.Errorf("folding %+q again gives %+q", v.Out, again)
		}
	}
}

func TestFoldTableAgreesWithDefinition(t *testing.T) {
	for r := rune(utf8.RuneSelf); r < latinEnd; r++ {
		if got, want := Fold(string(r)), string(appendFoldSlow(nil, r)); got != want {
			t.Errorf("Fold(%U) = %q, want %q", r, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"İstanbul'dan", "\xff\xfe", "한글", "ŞİKÂYET", "\u0307"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Fatalf("Fold(%q) is not UTF-8: %q", s, once)
		}
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%+q) = %+q, folded again %+q", s, once, twice)
		}
	})
}
