package search

import (
	"strings"
	"testing"
	"unsafe"
)

// rotten is a text that nobody can read without a panic.
func rotten() string {
	return *(*string)(unsafe.Pointer(&struct {
		at     uintptr
		length int
	}{0, 5}))
}

// TestTextThatPanics costs a document the words that cannot be had, and nothing else: not
// the process, not the documents beside it, not what was read before.
func TestTextThatPanics(t *testing.T) {
	v, err := openVolume(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = v.close(0) }()
	b := newBatch()
	b.put(&document{id: "c1", texts: []string{"quince", rotten()}, facets: []string{"bad"}})
	b.put(&document{id: "c2", texts: []string{"quince"}})
	if err := v.apply(t.Context(), b, Head{Layout: layout, Epoch: "e"}); err != nil {
		t.Fatal(err)
	}
	if faults := b.faults(); len(faults) != 1 || !strings.Contains(faults[0].Error(), "panic") {
		t.Errorf("told of %v", faults)
	}
	if n := v.documents(); n != 2 {
		t.Errorf("%d documents", n)
	}
	for _, d := range b.docs {
		for _, f := range d.fields {
			if f.name == fieldWord && f.terms["quince"] == nil {
				t.Errorf("%s lacks the word before the bad text", d.id)
			}
		}
	}
}
