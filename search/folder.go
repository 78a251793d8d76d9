package search

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"parley/store"
)

// layout names what is written into the index and how. Raise it with every change
// of the fold, the tokens, the terms or the documents: an index of another layout
// is built again.
const layout = "1"

// An index folder is named after its layout and a number that rises with each
// building: v1-3. The highest whole one is used. Damaged ones are kept as
// bad-v1-3-…, at most one, for those who want to know why.
const badPrefix = "bad-"

func folderName(number uint64) string { return fmt.Sprintf("v%s-%d", layout, number) }

// readFolder reads the number of an index folder of any layout.
func readFolder(name string) (number uint64, isPresent, isOurs bool) {
	of, rest, found := strings.Cut(name, "-")
	number, err := strconv.ParseUint(rest, 10, 64)
	if !found || err != nil || !strings.HasPrefix(of, "v") {
		return 0, false, false
	}
	return number, of == "v"+layout, true
}

// folders lists the numbers of the folders of this layout, highest first, and the
// names of all others that were ours.
func (e *Engine) folders() (numbers []uint64, others []string, err error) {
	entries, err := os.ReadDir(e.dir)
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		switch number, isPresent, isOurs := readFolder(entry.Name()); {
		case isPresent:
			numbers = append(numbers, number)
		case isOurs:
			others = append(others, entry.Name())
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	return numbers, others, nil
}

// choose opens the newest index that can be used and removes all others. It
// returns none, with the reason to build one, if there is none.
func (e *Engine) choose() (chosen *volume, reason string, err error) {
	numbers, others, err := e.folders()
	if err != nil {
		return nil, "", err
	}
	reason = "there is none"
	for _, name := range others {
		reason = "its layout has changed"
		e.drop(filepath.Join(e.dir, name))
	}
	for _, number := range numbers {
		path := filepath.Join(e.dir, folderName(number))
		if chosen != nil {
			e.drop(path)
			continue
		}
		v, fault := e.tryOpen(path)
		switch {
		case fault == nil:
			chosen = v
		case errors.Is(fault, errUnfit):
			reason = fault.Error()
			e.drop(path)
		case isOfSystem(fault):
			return nil, "", fault
		default:
			reason = fault.Error()
			e.quarantine(path, fault)
		}
	}
	return chosen, reason, nil
}

// isOfSystem reports whether a fault lies with permissions, a disk that can only be read
// or the limits of the process. The index may be whole, and a new one could not be made.
func isOfSystem(fault error) bool {
	for _, of := range []error{fs.ErrPermission, syscall.EROFS, syscall.EMFILE, syscall.ENFILE} {
		if errors.Is(fault, of) {
			return true
		}
	}
	return false
}

// errUnfit says that an index is whole but can not be used with this store.
var errUnfit = errors.New("search: the index does not fit")

// tryOpen opens a folder if it can be used.
func (e *Engine) tryOpen(path string) (*volume, error) {
	v, err := openVolume(path, e.workers)
	if err != nil {
		return nil, err
	}
	if err := e.fits(v.head); err != nil {
		_ = v.close(0)
		return nil, err
	}
	return v, nil
}

// fits says why an index can not be used with the store as it is.
func (e *Engine) fits(h Head) error {
	return e.store.View(func(tx *store.Tx) error {
		switch {
		case h.Layout != layout:
			return fmt.Errorf("%w: it is empty or of the layout %q", errUnfit, h.Layout)
		case h.Epoch != e.store.Epoch():
			return fmt.Errorf("%w: it was made from another store", errUnfit)
		case h.Scan != 0:
			return fmt.Errorf("%w: it was never finished", errUnfit)
		case h.Cursor > tx.Head():
			return fmt.Errorf("%w: it is ahead of the store", errUnfit)
		case h.Cursor < tx.Floor():
			return fmt.Errorf("%w: the journal no longer goes back to it", errUnfit)
		}
		return nil
	})
}

// drop removes a folder that nothing uses.
func (e *Engine) drop(path string) {
	if err := os.RemoveAll(path); err != nil {
		e.log.Warn("search: an old index could not be removed", "path", path, "err", err)
	}
}

// quarantine moves a damaged folder aside, in the place of the one before.
func (e *Engine) quarantine(path string, fault error) {
	old, _ := filepath.Glob(filepath.Join(e.dir, badPrefix+"*"))
	for _, before := range old {
		e.drop(before)
	}
	aside := filepath.Join(e.dir, fmt.Sprintf("%s%s-%d", badPrefix, filepath.Base(path), time.Now().Unix()))
	e.log.Error("search: the index is damaged; it is moved aside and built again", "path", path, "aside", aside, "err", fault)
	if err := os.Rename(path, aside); err != nil {
		e.drop(path)
	}
}
