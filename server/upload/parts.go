package upload

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"parley/desk"
)

// Parts is how many parts a file of a size comes in.
func Parts(size uint64) int {
	return int((size + desk.PartBytes - 1) / desk.PartBytes)
}

// partSize is how many bytes part n has, counted from 1.
func partSize(size uint64, n int) uint64 {
	return min(desk.PartBytes, size-uint64(n-1)*desk.PartBytes)
}

// PutPart keeps part n, counted from 1, of an upload of size bytes. Sending a part
// again replaces it. When it returns, the part is on the disk. It does not keep
// body. Refused: desk.CodeInvalid for a number or a length that does not fit,
// desk.CodeStorageFull.
func (s *Store) PutPart(id desk.ID, size uint64, n int, body []byte) error {
	if n < 1 || n > Parts(size) {
		return desk.Refuse(desk.CodeInvalid, "n", fmt.Sprintf("This file has the parts 1 to %d.", Parts(size)))
	}
	if want := partSize(size, n); uint64(len(body)) != want {
		return desk.Refuse(desk.CodeInvalid, "body", fmt.Sprintf("Part %d of this file has %d bytes.", n, want))
	}
	if err := s.fits(uint64(len(body))); err != nil {
		return err
	}
	dir := s.uploadDir(id)
	if err := makeDir(dir); err != nil {
		return fault("make a folder for "+id.String(), err)
	}
	err := writeWhole(dir,
		func(file *os.File) error { _, err := file.Write(body); return err },
		func(path string) error { return os.Rename(path, filepath.Join(dir, strconv.Itoa(n))) })
	return fault(fmt.Sprintf("part %d of %s", n, id), err)
}

// Have lists the parts of an upload that are there, in order.
func (s *Store) Have(id desk.ID, size uint64) ([]int, error) {
	have := []int{}
	for n := 1; n <= Parts(size); n++ {
		info, err := os.Stat(filepath.Join(s.uploadDir(id), strconv.Itoa(n)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fault("look for parts", err)
		}
		if uint64(info.Size()) == partSize(size, n) {
			have = append(have, n)
		}
	}
	return have, nil
}

// Discard removes the parts of an upload, after it was kept or given up.
func (s *Store) Discard(id desk.ID) error {
	return fault("discard", os.RemoveAll(s.uploadDir(id)))
}
