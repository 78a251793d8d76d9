package store

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// The pages of bbolt, as they lie in the file in the machine's byte order: a head
// of id(8) kind(2) count(2) overflow(4), then count elements of 16 bytes each. A
// branch's element is pos(4) ksize(4) page(8); a leaf's is flags(4) pos(4)
// ksize(4) vsize(4). pos counts from the element itself. A bucket is a leaf
// element with flags 1, whose value is root(8) sequence(8) and, where root is 0,
// a leaf page within the value. The first two pages are the metas, of which the
// one with the transaction's number holds: after the head magic(4) version(4)
// page size(4) flags(4) root(8) sequence(8) freelist(8) pages(8) transaction(8).
const (
	pageHead    = 16
	elementSize = 16
	kindBranch  = 1
	kindLeaf    = 2
	flagBucket  = 1

	metaFreelist    = pageHead + 32
	metaTransaction = pageHead + 48
	noFreelist      = ^uint64(0)
)

// pageWalk looks at every page that can be reached.
type pageWalk struct {
	file  io.ReaderAt
	size  uint64 // of a page
	pages uint64 // in use
	seen  map[uint64]bool
}

// checkPages walks the tree of pages before bbolt is let loose on it: a page that
// points outside of the file, or back to its parent, would end the program there.
func checkPages(tx *bbolt.Tx) error {
	file, err := os.Open(tx.DB().Path())
	if err != nil {
		return err
	}
	defer file.Close()
	size := uint64(tx.DB().Info().PageSize)
	w := pageWalk{file: file, size: size, pages: uint64(tx.Size()) / size, seen: make(map[uint64]bool)}
	if err := w.freelist(uint64(tx.ID())); err != nil {
		return err
	}
	return w.tree(uint64(tx.Cursor().Bucket().Root()))
}

// freelist looks at the head of the list of free pages.
func (w *pageWalk) freelist(transaction uint64) error {
	for meta := range uint64(2) {
		b := make([]byte, metaTransaction+8)
		if _, err := w.file.ReadAt(b, int64(meta*w.size)); err != nil {
			return fmt.Errorf("page %d: %w", meta, err)
		}
		id := binary.NativeEndian.Uint64(b[metaFreelist:])
		if binary.NativeEndian.Uint64(b[metaTransaction:]) == transaction && id != noFreelist {
			_, err := w.read(id)
			return err
		}
	}
	return nil
}

// tree looks at a page and all below it.
func (w *pageWalk) tree(id uint64) error {
	b, err := w.read(id)
	if err != nil {
		return err
	}
	children, err := w.children(b)
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	for _, child := range children {
		if err := w.tree(child); err != nil {
			return err
		}
	}
	return nil
}

// read reads a page with its overflow, none of which may have been met before.
func (w *pageWalk) read(id uint64) ([]byte, error) {
	if id < 2 || id >= w.pages {
		return nil, fmt.Errorf("page %d: outside of the %d pages in use", id, w.pages)
	}
	head := make([]byte, pageHead)
	if _, err := w.file.ReadAt(head, int64(id*w.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	own, overflow := binary.NativeEndian.Uint64(head), uint64(binary.NativeEndian.Uint32(head[12:]))
	if own != id || overflow >= w.pages-id {
		return nil, fmt.Errorf("page %d: says it is page %d with %d more", id, own, overflow)
	}
	for i := id; i <= id+overflow; i++ {
		if w.seen[i] {
			return nil, fmt.Errorf("page %d: reached twice", i)
		}
		w.seen[i] = true
	}
	b := make([]byte, (1+overflow)*w.size)
	if _, err := w.file.ReadAt(b, int64(id*w.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return b, nil
}

// children checks that the elements of a page lie within it, and lists the pages
// that they lead to.
func (w *pageWalk) children(b []byte) (pages []uint64, err error) {
	if len(b) < pageHead {
		return nil, errShort
	}
	kind, count := binary.NativeEndian.Uint16(b[8:]), int(binary.NativeEndian.Uint16(b[10:]))
	if kind != kindBranch && kind != kindLeaf {
		return nil, fmt.Errorf("is of no kind (%d)", kind)
	}
	if pageHead+count*elementSize > len(b) {
		return nil, errShort
	}
	for i := range count {
		at := pageHead + i*elementSize
		element := b[at : at+elementSize]
		if kind == kindBranch {
			if _, err := within(b, at, element[0:], element[4:]); err != nil {
				return nil, err
			}
			pages = append(pages, binary.NativeEndian.Uint64(element[8:]))
			continue
		}
		value, err := within(b, at, element[4:], element[8:], element[12:])
		if err != nil {
			return nil, err
		}
		if binary.NativeEndian.Uint32(element)&flagBucket == 0 {
			continue
		}
		below, err := w.bucket(value)
		if err != nil {
			return nil, err
		}
		pages = append(pages, below...)
	}
	return pages, nil
}

// bucket lists the pages that a bucket's value leads to.
func (w *pageWalk) bucket(value []byte) ([]uint64, error) {
	if len(value) < pageHead {
		return nil, errShort
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return []uint64{root}, nil
	}
	return w.children(value[pageHead:])
}

// within gives the last of an element's parts, whose lengths are written one
// after the other, if all of them lie in the page.
func within(b []byte, element int, position []byte, lengths ...[]byte) ([]byte, error) {
	start := uint64(element) + uint64(binary.NativeEndian.Uint32(position))
	end := start
	for _, length := range lengths {
		start, end = end, end+uint64(binary.NativeEndian.Uint32(length))
	}
	if end > uint64(len(b)) {
		return nil, errShort
	}
	return b[start:end], nil
}
