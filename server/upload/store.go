package upload

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"parley/desk"
)

// tmp is the folder of what is on its way.
const tmp = "tmp"

// Store keeps files in one folder. It is safe for concurrent use, by one process.
type Store struct {
	dir string

	// kept is held while a file gets its name and while an old one is removed, so
	// that an upload never counts on a file that is just being swept away.
	kept sync.Mutex

	held  sync.RWMutex // see Hold
	spare func(dir string) (uint64, error)

	turns [64]sync.Mutex // see Turn
}

// Open returns the store of a folder, which need not exist yet. It changes
// nothing.
func Open(dir string) (*Store, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("upload: open %s: %w", dir, err)
	case !info.IsDir():
		return nil, fmt.Errorf("upload: open %s: not a folder", dir)
	}
	return &Store{dir: dir}, nil
}

// Watch has every upload ask for room before anything of it is written: spare is how
// many bytes may be written into a folder. Call it before the first upload.
func (s *Store) Watch(spare func(dir string) (uint64, error)) { s.spare = spare }

// fits refuses what the disk has no room for. Where that cannot be told, a write that
// fails will tell. Refused: desk.CodeStorageFull.
func (s *Store) fits(need uint64) error {
	if s.spare == nil {
		return nil
	}
	spare, err := s.spare(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		spare, err = s.spare(filepath.Dir(s.dir)) // nothing was ever sent
	}
	if err == nil && spare < need {
		return desk.Refuse(desk.CodeStorageFull, "", "There is no room for this file. Free some space and send it again.")
	}
	return nil
}

// Fits refuses a file that the disk has no room for, before any of it is sent: its parts
// and then the whole, beside each other. Refused: desk.CodeStorageFull.
func (s *Store) Fits(id desk.ID, size uint64) error {
	have, err := s.Have(id, size)
	if err != nil {
		return err
	}
	need := 2 * size
	for _, n := range have {
		need -= partSize(size, n)
	}
	return s.fits(need)
}

// Turn waits until nobody else is at work on an upload, and returns what ends the
// turn. A client that gave up waiting sends a part, or the word that all were sent,
// again while the first is still being seen to; one after the other both get the
// answer that is true by then. Uploads share turns, so nobody takes two.
func (s *Store) Turn(id desk.ID) (end func()) {
	turn := &s.turns[int(id[len(id)-1])%len(s.turns)]
	turn.Lock()
	return turn.Unlock
}

// Hold keeps every file where it is until release is called: no sweep begins meanwhile,
// and one that has begun is waited for. Who copies all that one moment of the inbox
// needs holds the files before looking at it.
func (s *Store) Hold() (release func()) {
	s.held.RLock()
	return s.held.RUnlock
}

func (s *Store) path(sum [sha256.Size]byte) string {
	name := hex.EncodeToString(sum[:])
	return filepath.Join(s.dir, name[:2], name)
}

func (s *Store) uploadDir(id desk.ID) string { return filepath.Join(s.dir, tmp, id.String()) }

// File opens a kept file; the caller closes it. A file that is not there is a
// fault, not a refusal: somebody holds its hash.
func (s *Store) File(sum [sha256.Size]byte) (*os.File, error) {
	file, err := os.Open(s.path(sum))
	if err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	return file, nil
}

// Check reads a kept file and returns what is wrong with it: that it is missing,
// or that it has not the size or the bytes that it should.
func (s *Store) Check(sum [sha256.Size]byte, size uint64) error {
	file, err := s.File(sum)
	if err != nil {
		return err
	}
	defer file.Close()
	return verify(io.Discard, file, sum, size)
}
