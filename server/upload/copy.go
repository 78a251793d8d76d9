package upload

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"parley/desk"
)

// Copy brings a file of another store into this one, unless it is there already.
// When it returns, the file is on the disk, and has the size and the bytes that its
// name promises.
func (s *Store) Copy(from *Store, sum [sha256.Size]byte, size uint64) error {
	if info, err := os.Stat(s.path(sum)); err == nil && uint64(info.Size()) == size {
		return nil
	}
	source, err := from.File(sum)
	if err != nil {
		return err
	}
	defer source.Close()
	dir := filepath.Join(s.dir, tmp)
	if err := makeDir(dir); err != nil {
		return fault("make "+dir, err)
	}
	err = writeWhole(dir,
		func(file *os.File) error { return verify(file, source, sum, size) },
		func(path string) error { return s.keep(path, sum, size) })
	return fault(fmt.Sprintf("copy %x", sum), err)
}

// verify copies a file and says what is wrong with it.
func verify(into io.Writer, source io.Reader, sum [sha256.Size]byte, size uint64) error {
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(into, digest), source)
	switch {
	case err != nil:
		return fmt.Errorf("upload: file %x: %w", sum, err)
	case uint64(n) != size:
		return fmt.Errorf("upload: file %x has %d bytes instead of %d", sum, n, size)
	case [sha256.Size]byte(digest.Sum(nil)) != sum:
		return fmt.Errorf("upload: file %x has other bytes than its name says", sum)
	}
	return nil
}

// Examine judges a kept file as Complete judges one that was uploaded; it needs the
// attachment's Name, Size, SHA256 and declared Type. Refused: desk.CodeFileType and
// desk.CodeTooLarge.
func (s *Store) Examine(a *desk.Attachment) (Kept, error) {
	if _, err := Announce(a.Name, a.Size); err != nil {
		return Kept{}, err
	}
	file, err := s.File(a.SHA256)
	if err != nil {
		return Kept{}, err
	}
	defer file.Close()
	kept := Kept{SHA256: a.SHA256}
	return kept, kept.examine(file, a)
}
