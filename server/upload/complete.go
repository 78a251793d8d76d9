package upload

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"parley/desk"
)

// Kept is what is known of a file once all of it is there.
type Kept struct {
	SHA256        [sha256.Size]byte
	Type          string // what it is, agreed by its name, its sender and its bytes
	Width, Height uint64 // of a picture that can be shown; otherwise 0
}

// Complete puts the parts of an upload together, judges the whole and keeps it
// under its hash; it needs the attachment's ID, Size, Name and declared Type. When
// it returns, the file is on the disk under its name, to be referred to within the
// age that Sweep is called with. The parts stay until Discard, so Complete may be
// called again.
//
// Refused: desk.CodeUnfinished while parts are missing, desk.CodeFileType and
// desk.CodeTooLarge as the file is judged, desk.CodeStorageFull.
func (s *Store) Complete(a *desk.Attachment) (Kept, error) {
	have, err := s.Have(a.ID, a.Size)
	if err != nil {
		return Kept{}, err
	}
	if len(have) < Parts(a.Size) || a.Size == 0 {
		return Kept{}, unfinished()
	}
	if err := s.fits(a.Size); err != nil {
		return Kept{}, err
	}
	var kept Kept
	err = writeWhole(s.uploadDir(a.ID),
		func(file *os.File) (err error) {
			if kept.SHA256, err = s.join(file, a); err != nil {
				return err
			}
			return kept.examine(file, a)
		},
		func(path string) error { return s.keep(path, kept.SHA256, a.Size) })
	return kept, fault("complete "+a.ID.String(), err)
}

func unfinished() error {
	return desk.Refuse(desk.CodeUnfinished, "", "Some parts have not arrived; send those that are missing.")
}

// join writes the parts into one file and returns its hash.
func (s *Store) join(into io.Writer, a *desk.Attachment) (sum [sha256.Size]byte, err error) {
	digest := sha256.New()
	both := io.MultiWriter(into, digest)
	for n := 1; n <= Parts(a.Size); n++ {
		if err := copyPart(both, filepath.Join(s.uploadDir(a.ID), strconv.Itoa(n)), partSize(a.Size, n)); err != nil {
			return sum, err
		}
	}
	return [sha256.Size]byte(digest.Sum(nil)), nil
}

// copyPart refuses a part that has vanished or changed since it was looked at.
func copyPart(into io.Writer, path string, size uint64) error {
	part, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return unfinished()
	}
	if err != nil {
		return err
	}
	defer part.Close()
	n, err := io.Copy(into, part)
	if err == nil && uint64(n) != size {
		return unfinished()
	}
	return err
}

// examine judges the whole file.
func (k *Kept) examine(file io.ReadSeeker, a *desk.Attachment) error {
	head := make([]byte, headBytes)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if k.Type, err = judge(a.Name, a.Type, head[:n]); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	k.Width, k.Height, err = measure(k.Type, file)
	return err
}

// keep gives a whole, synced file its name. The same bytes may be there already,
// and about to be swept away as old: making them young again saves them.
func (s *Store) keep(path string, sum [sha256.Size]byte, size uint64) error {
	target := s.path(sum)
	if err := makeDir(filepath.Dir(target)); err != nil {
		return err
	}
	s.kept.Lock()
	defer s.kept.Unlock()
	if info, err := os.Stat(target); err == nil && uint64(info.Size()) == size {
		now := time.Now()
		if err := errors.Join(os.Chtimes(target, now, now), os.Remove(path)); err != nil {
			return err
		}
	} else if err := os.Rename(path, target); err != nil {
		return err
	}
	return syncDir(filepath.Dir(target))
}
