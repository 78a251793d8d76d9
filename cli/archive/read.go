package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"parley/cli/until"
	"parley/desk"
	"parley/store"
)

// The faults of an archive.
var (
	ErrDamaged = errors.New("the backup is damaged or not whole")
	ErrNewer   = errors.New("the backup was made by a newer Parley; use that version or a later one")
	ErrInUse   = errors.New("there is something in the folder; restore into an empty or a new one")
)

// Check reads an archive to its end and says what is wrong with it.
func Check(ctx context.Context, path string) (Summary, error) {
	return read(ctx, path, func(string, io.Reader) error { return nil })
}

// Restore unpacks an archive into a folder that is empty or not there, all or
// nothing: into another folder beside it, checked and synced, which then gets the
// name. The store gets another epoch. check is asked about the unpacked folder before.
// When ctx ends it stops and leaves nothing behind.
func Restore(ctx context.Context, path, dir string, check func(dir string, summary *Summary) error) (summary Summary, err error) {
	if left, err := os.ReadDir(dir); err == nil && len(left) > 0 {
		return Summary{}, ErrInUse
	} else if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Summary{}, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return Summary{}, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".restoring-")
	if err != nil {
		return Summary{}, err
	}
	defer os.RemoveAll(temp)
	summary, err = read(ctx, path, func(name string, content io.Reader) error {
		return unpack(filepath.Join(temp, filepath.FromSlash(name)), content)
	})
	if err != nil {
		return summary, err
	}
	if err := store.Renew(temp); err != nil { // before check, which may bring it to the present layout and copy it
		return summary, err
	}
	if err := check(temp, &summary); err != nil {
		return summary, err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return summary, err
	}
	return summary, errors.Join(os.Rename(temp, dir), syncDir(filepath.Dir(dir)))
}

func unpack(path string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Sync(), file.Close(), syncDir(filepath.Dir(path)))
}

// read goes through an archive, hands the store and every file to take, and
// compares all of it with the list at the end.
func read(ctx context.Context, path string, take func(name string, content io.Reader) error) (summary Summary, err error) {
	in, err := os.Open(path)
	if err != nil {
		return Summary{}, err
	}
	defer in.Close()
	defer func() {
		if ctx.Err() != nil {
			err = ctx.Err() // not the backup's fault
		}
	}()
	unpacked, err := unpacking(bufio.NewReaderSize(until.Reader(ctx, in), 1<<20))
	if err != nil {
		return Summary{}, err
	}
	r := &reader{tar: tar.NewReader(unpacked), found: map[string]entry{}}
	for {
		header, err := r.tar.Next()
		if err != nil {
			return r.summary, fmt.Errorf("%w: it ends without its list (%w)", ErrDamaged, err)
		}
		if header.Name == listName {
			return r.summary, r.compare()
		}
		if err := r.entry(header, take); err != nil {
			return r.summary, err
		}
	}
}

// unpacking unpacks gzip where it is there.
func unpacking(in *bufio.Reader) (io.Reader, error) {
	if magic, _ := in.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return in, nil
	}
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return unpacked, nil
}

// reader is an archive being read.
type reader struct {
	tar     *tar.Reader
	found   map[string]entry
	summary Summary
}

// entry hands one entry on. Only names that an archive of ours has are taken, so
// that nothing lands outside of the folder.
func (r *reader) entry(header *tar.Header, take func(name string, content io.Reader) error) error {
	_, again := r.found[header.Name]
	if header.Typeflag != tar.TypeReg || again || !isOurs(header.Name) {
		return fmt.Errorf("%w: it has an entry %q", ErrDamaged, header.Name)
	}
	digest := sha256.New()
	content := io.TeeReader(source{r.tar}, digest)
	if err := take(header.Name, content); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return err
	}
	sum := hex.EncodeToString(digest.Sum(nil))
	if header.Name != store.FileName {
		r.summary.Files++
	}
	r.summary.Bytes += header.Size
	damaged := header.Name != store.FileName && !strings.HasSuffix(header.Name, sum) // the list says whether it was so before
	r.found[header.Name] = entry{header.Name, header.Size, sum, damaged}
	return nil
}

// source reads an archive; that it cannot be read is its own fault, not that of what
// it is written to.
type source struct{ in io.Reader }

// Read implements io.Reader.
func (s source) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w (%w)", ErrDamaged, err)
	}
	return n, err
}

func isOurs(name string) bool {
	_, isFile := sumOf(name)
	return name == store.FileName || isFile
}

// sumOf is the SHA-256 in the name of an attachment's file.
func sumOf(name string) (sum [sha256.Size]byte, isFile bool) {
	raw, err := hex.DecodeString(name[strings.LastIndexByte(name, '/')+1:])
	if err != nil || copy(sum[:], raw) != sha256.Size || name != FileName(sum) {
		return sum, false
	}
	return sum, true
}

// compare holds what was found against the list.
func (r *reader) compare() error {
	var l list
	if err := json.NewDecoder(r.tar).Decode(&l); err != nil {
		return fmt.Errorf("%w: its list cannot be read (%w)", ErrDamaged, err)
	}
	r.summary.Made = l.MadeAt
	switch {
	case l.Form > listForm || l.Layout > store.FileLayout():
		return ErrNewer
	case len(l.Entries) != len(r.found) || r.found[store.FileName].Name == "":
		return fmt.Errorf("%w: it has %d of %d entries", ErrDamaged, len(r.found), len(l.Entries))
	}
	for _, e := range l.Entries {
		if r.found[e.Name] != e {
			return fmt.Errorf("%w: %s is not what was put in", ErrDamaged, e.Name)
		}
		if sum, isFile := sumOf(e.Name); isFile && e.Damaged {
			r.summary.Lost = append(r.summary.Lost, desk.LostFile{SHA256: sum})
		}
	}
	for _, name := range l.Missing {
		if sum, isFile := sumOf(name); isFile {
			r.summary.Lost = append(r.summary.Lost, desk.LostFile{SHA256: sum, Missing: true})
		}
	}
	return nil
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be synced there; NTFS journals the rename
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
