package search

import (
	index "github.com/blevesearch/bleve_index_api"

	"parley/follow"
)

// The fields of the index. Their postings hold documents and nothing else: no
// frequencies, no positions, no stored text.
const (
	fieldWord  = "w" // folded words
	fieldGram  = "g" // the first 2 and 3 letters of the words, for what is being typed
	fieldPair  = "b" // hashes of neighbouring words, which narrow phrases down
	fieldCode  = "k" // order numbers, phone numbers, e-mail addresses; see eachCode
	fieldWeak  = "x" // words of tags and attributes; heads only
	fieldFacet = "f" // what filters ask for; see facets.go
	fieldMeta  = "m" // stored with a piece: its extent and times; see pieceMeta
	fieldID    = "_id"
)

// document is a head or a piece on its way into the index. Its words are taken
// apart when the index first asks for its fields, which happens on the workers
// that analyse a batch.
type document struct {
	id     string
	meta   []byte   // pieces only
	texts  []string // each is a text of its own: no phrase reaches from one to the next
	weak   []string
	facets []string

	fields []*field
	fault  error // why words are missing
}

// field is the terms of one field of a document.
type field struct {
	name    string
	value   []byte
	terms   index.TokenFrequencies
	options index.FieldIndexingOptions
}

// present marks a posting that is nothing but there; alone marks one whose term
// most likely occurs in no other document, which lets the index keep it in the
// dictionary itself.
var (
	present = &index.TokenFreq{}
	alone   = func() *index.TokenFreq {
		once := &index.TokenFreq{}
		once.SetFrequency(1)
		return once
	}()
)

// build takes the texts apart. One that panics costs the words from there on: the
// workers have no recover of their own, and would end the process at each building.
func (d *document) build() {
	b := newTermBuilder()
	weak, facets := index.TokenFrequencies{}, make(index.TokenFrequencies, len(d.facets))
	d.fault = follow.Contain(func() error {
		for _, text := range d.texts {
			b.add(text)
		}
		for _, text := range d.weak {
			for t := (tokenizer{text: text}); t.next(); {
				weak[string(t.term)] = present
			}
		}
		return nil
	})
	for _, facet := range d.facets {
		facets[facet] = present
	}
	for _, f := range []*field{
		{name: fieldWord, terms: b.words},
		{name: fieldGram, terms: b.grams},
		{name: fieldPair, terms: b.pairs},
		{name: fieldCode, terms: b.codes},
		{name: fieldWeak, terms: weak},
		{name: fieldFacet, terms: facets},
	} {
		if len(f.terms) > 0 {
			f.options = index.IndexField
			d.fields = append(d.fields, f)
		}
	}
	if d.meta != nil {
		d.fields = append(d.fields, &field{name: fieldMeta, value: d.meta, options: index.StoreField})
	}
	d.fields = append(d.fields, &field{
		name: fieldID, value: []byte(d.id), options: index.IndexField | index.StoreField,
		terms: index.TokenFrequencies{d.id: alone},
	})
}

// VisitFields implements index.Document.
func (d *document) VisitFields(visit index.FieldVisitor) {
	if d.fields == nil {
		d.build()
	}
	for _, f := range d.fields {
		visit(f)
	}
}

// The rest of index.Document.

func (d *document) ID() string                                 { return d.id }
func (d *document) Size() int                                  { return 0 } // only counted, for statistics
func (d *document) AddIDField()                                {}           // build adds it
func (d *document) Indexed() bool                              { return true }
func (d *document) HasComposite() bool                         { return false }
func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) StoredFieldsBytes() uint64                  { return 0 }

// index.Field.

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return 1 } // written as the norm: one byte
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
