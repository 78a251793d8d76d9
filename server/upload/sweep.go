package upload

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Swept is what a sweep has removed.
type Swept struct {
	Files   int   // kept files that nothing referred to
	Bytes   int64 // in them
	Uploads int   // that nobody went on with
}

// Sweep removes kept files that are older than age and not referred to, and
// uploads that nothing was added to for as long. Age must be longer than it ever
// takes from Complete to the moment at which referred answers yes; a day is plenty.
// It goes on after an error and returns all of them. While the files are held it does
// nothing.
func (s *Store) Sweep(now time.Time, age time.Duration, referred func(sum [sha256.Size]byte) (bool, error)) (Swept, error) {
	var swept Swept
	if !s.held.TryLock() {
		return swept, nil
	}
	defer s.held.Unlock()
	var errs []error
	before := now.Add(-age)
	shelves, err := readDir(s.dir)
	errs = append(errs, err)
	for _, shelf := range shelves {
		if len(shelf.Name()) != 2 || !shelf.IsDir() {
			continue
		}
		files, err := readDir(filepath.Join(s.dir, shelf.Name()))
		errs = append(errs, err)
		for _, file := range files {
			errs = append(errs, s.sweepFile(file, before, referred, &swept))
		}
	}
	errs = append(errs, s.sweepUploads(before, &swept))
	return swept, fault("sweep", errors.Join(errs...))
}

// sweepFile leaves alone what does not look like a kept file.
func (s *Store) sweepFile(entry fs.DirEntry, before time.Time, referred func([sha256.Size]byte) (bool, error), swept *Swept) error {
	name, err := hex.DecodeString(entry.Name())
	if err != nil || len(name) != sha256.Size {
		return nil
	}
	sum := [sha256.Size]byte(name)
	s.kept.Lock()
	defer s.kept.Unlock()
	info, err := os.Stat(s.path(sum)) // now, under the lock: it may have been made young
	if err != nil || info.ModTime().After(before) {
		return err
	}
	if wanted, err := referred(sum); err != nil || wanted {
		return err
	}
	if err := os.Remove(s.path(sum)); err != nil {
		return err
	}
	swept.Files++
	swept.Bytes += info.Size()
	return nil
}

func (s *Store) sweepUploads(before time.Time, swept *Swept) error {
	uploads, err := readDir(filepath.Join(s.dir, tmp))
	if err != nil {
		return err
	}
	var errs []error
	for _, upload := range uploads {
		dir := filepath.Join(s.dir, tmp, upload.Name())
		info, err := os.Stat(dir) // a folder's time is that of the last name put into it
		if err != nil || info.ModTime().After(before) {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, os.RemoveAll(dir))
		swept.Uploads++
	}
	return errors.Join(errs...)
}

// readDir lists a folder; one that is not there is empty.
func readDir(dir string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}
