package search

import (
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// snapshot is one moment of a volume. It must be released.
type snapshot struct {
	volume   *volume
	bleve    *scorch.IndexSnapshot
	segments []segmentView
}

// segmentView is one segment with what its documents stand for.
type segmentView struct {
	bleve *scorch.SegmentSnapshot
	convs []uint32 // by document: the conversation
}

// read calls fn with the present moment. A panic inside Bleve, such as one of a
// damaged file, comes back as an error and makes the volume unusable.
func (v *volume) read(fn func(s *snapshot) error) (err error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.isClosed {
		return errClosed
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: read: %v\n%s", errFault, fault, debug.Stack())
			v.fail(err)
		}
	}()
	reader, err := v.bleve.Reader()
	if err != nil {
		return fmt.Errorf("search: read: %w", err)
	}
	defer reader.Close()
	s := &snapshot{volume: v, bleve: reader.(*scorch.IndexSnapshot)}
	for _, seg := range s.bleve.Segments() {
		convs, err := v.maps.of(seg, &v.times)
		if err != nil {
			return fmt.Errorf("search: read: %w", err)
		}
		s.segments = append(s.segments, segmentView{bleve: seg, convs: convs})
	}
	v.maps.forget(s.segments)
	return fn(s)
}

// warm reads what searches need of new segments, so that none of them has to.
func (v *volume) warm() error { return v.read(func(*snapshot) error { return nil }) }

// docMaps keeps which conversation each document of a segment stands for, 4
// bytes a document. A segment never changes, only which of its documents are
// still good.
type docMaps struct {
	mu    sync.Mutex
	known map[uint64]*docMap // by the segment's id
}

type docMap struct {
	once  sync.Once
	convs []uint32
	err   error
}

// of gives a segment's map, reading it if it is new; the times of the pieces are
// taken note of on the way.
func (m *docMaps) of(seg *scorch.SegmentSnapshot, times *timeline) ([]uint32, error) {
	m.mu.Lock()
	if m.known == nil {
		m.known = map[uint64]*docMap{}
	}
	at := m.known[seg.Id()]
	if at == nil {
		at = new(docMap)
		m.known[seg.Id()] = at
	}
	m.mu.Unlock()
	at.once.Do(func() { at.convs, at.err = readDocMap(seg.Segment(), times) })
	return at.convs, at.err
}

func readDocMap(stored segment.Segment, times *timeline) ([]uint32, error) {
	convs := make([]uint32, stored.Count())
	var n uint32
	var first uint64
	visit := func(name string, _ byte, value []byte, _ []uint64) bool {
		switch name {
		case fieldID:
			n, first = readID(value)
		case fieldMeta:
			if meta, ok := readMeta(value, first); ok {
				times.see(n, meta.opened, meta.ended)
			}
		}
		return true // Bleve gives a buffer back twice when a visit is cut short
	}
	for doc := range convs {
		n, first = 0, 0
		if err := stored.VisitStoredFields(uint64(doc), visit); err != nil {
			return nil, err
		}
		convs[doc] = n
		times.page(n) // so that every conversation of the snapshot has its place
	}
	return convs, nil
}

// forget drops the maps of segments that were merged away. A search that still
// reads an older moment has its own hold on them.
func (m *docMaps) forget(present []segmentView) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) <= len(present)+8 {
		return
	}
	keep := make(map[uint64]*docMap, len(present))
	for _, s := range present {
		if at := m.known[s.bleve.Id()]; at != nil {
			keep[s.bleve.Id()] = at
		}
	}
	m.known = keep
}

// first gives the seq of the first message of a document; 0 for a head.
func (s *segmentView) first(doc uint32) (uint64, error) {
	id, err := s.bleve.DocID(uint64(doc))
	if err != nil {
		return 0, err
	}
	_, first := readID(id)
	return first, nil
}

// postings gives the documents that hold a term; nil for none. The bitmap may be
// the segment's own: it must not be changed.
func (s *segmentView) postings(dict segment.TermDictionary, term string) (*roaring.Bitmap, error) {
	list, err := dict.PostingsList([]byte(term), s.bleve.Deleted(), nil)
	if err != nil {
		return nil, err
	}
	it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, nil // Bleve's empty iterator
	}
	if docs := it.ActualBitmap(); docs != nil {
		return docs, nil
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(doc)), nil
	}
	return nil, nil
}
