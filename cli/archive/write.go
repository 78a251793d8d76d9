// Package archive writes a whole inbox into one file and takes it out again: a tar
// file, packed with gzip or not, with a copy of the store, the attachments' files,
// and at its end a list of everything with its SHA-256, without which it is not
// whole. The key that opens sealed secrets is not in it: it belongs somewhere else.
package archive

import (
	"archive/tar"
	"bufio"
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
	"strings"
	"time"

	"parley/cli/until"
	"parley/desk"
	"parley/server/upload"
	"parley/store"
)

// What an archive holds.
const (
	listName = "list.json" // the last entry
	listForm = 1           // of the list
	filesDir = "files"
)

// Unfinished ends the name of an archive that is being written.
const Unfinished = ".part"

// list is the last entry: what stands before it, and what should and does not.
type list struct {
	Form    int       `json:"form"`
	MadeAt  time.Time `json:"made_at"`
	Layout  uint64    `json:"layout"` // of the store
	Entries []entry   `json:"entries"`
	Missing []string  `json:"missing,omitempty"` // names of files that the store needs
}

// entry is one file of an archive.
type entry struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`
	SHA256  string `json:"sha256"`
	Damaged bool   `json:"damaged,omitempty"` // it had other bytes than its name says before it was put in
}

// Summary is what an archive holds.
type Summary struct {
	Files int   // of attachments
	Bytes int64 // of everything, unpacked
	Made  time.Time
	Lost  []desk.LostFile // what it could not hold as it was sent
}

// Make writes an archive to a file, packed if its name ends with .gz, reads it
// again to see that it is whole, and only then gives it its name. The store may be
// in use. A file that is missing or damaged is told in the summary and keeps nothing
// else from being saved. When ctx ends it stops and leaves nothing behind.
func Make(ctx context.Context, path string, st *store.Store, files *upload.Store, now time.Time) (Summary, error) {
	temp := path + Unfinished
	defer os.Remove(temp)
	if err := writeFile(ctx, temp, strings.HasSuffix(path, ".gz"), st, files, now); err != nil {
		return Summary{}, fmt.Errorf("write %s: %w", path, err)
	}
	summary, err := Check(ctx, temp)
	if err != nil {
		return Summary{}, fmt.Errorf("what was written to %s cannot be read again: %w", path, err)
	}
	if err := os.Rename(temp, path); err != nil {
		return Summary{}, err
	}
	return summary, syncDir(filepath.Dir(path))
}

func writeFile(ctx context.Context, path string, pack bool, st *store.Store, files *upload.Store, now time.Time) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(until.Writer(ctx, out), 1<<20)
	if pack {
		packer, _ := gzip.NewWriterLevel(buffered, gzip.BestSpeed) // the level is one that there is
		err = errors.Join(write(packer, st, files, now), packer.Close())
	} else {
		err = write(buffered, st, files, now)
	}
	return errors.Join(err, buffered.Flush(), out.Sync(), out.Close())
}

// write writes one moment of the store and the files that it needs. They are held where
// they are until it is done: what refers to them may be removed meanwhile.
func write(w io.Writer, st *store.Store, files *upload.Store, now time.Time) error {
	defer files.Hold()()
	a := &writer{tar: tar.NewWriter(w), list: list{Form: listForm, MadeAt: now.UTC(), Layout: store.FileLayout()}}
	needed := map[[sha256.Size]byte]bool{}
	err := st.Snapshot(func(tx *store.Tx, size int64, copyStore func(w io.Writer) error) error {
		if err := a.add(store.FileName, size, copyStore); err != nil {
			return err
		}
		return tx.Files(func(sum [32]byte, _ uint64) error {
			needed[sum] = true
			return nil
		})
	})
	if err != nil {
		return err
	}
	for sum := range needed {
		if err := a.addFile(files, sum); err != nil {
			return err
		}
	}
	text, err := json.Marshal(&a.list)
	if err != nil {
		return err
	}
	return errors.Join(a.add(listName, int64(len(text)), func(w io.Writer) error { _, err := w.Write(text); return err }), a.tar.Close())
}

// writer adds entries to an archive and to its list.
type writer struct {
	tar  *tar.Writer
	list list
}

func (a *writer) add(name string, size int64, write func(w io.Writer) error) error {
	header := &tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: a.list.MadeAt, Format: tar.FormatPAX}
	if err := a.tar.WriteHeader(header); err != nil {
		return err
	}
	digest := sha256.New()
	if err := write(io.MultiWriter(a.tar, digest)); err != nil {
		return err
	}
	a.list.Entries = append(a.list.Entries, entry{Name: name, Size: size, SHA256: hex.EncodeToString(digest.Sum(nil))})
	return nil
}

// addFile adds an attachment's file, and fails only when the archive cannot be written.
// One that cannot be opened is missing. Of one that is damaged, what can be read is
// added: a picture with a wrong bit is still worth having.
func (a *writer) addFile(files *upload.Store, sum [sha256.Size]byte) error {
	file, size, err := open(files, sum)
	if err != nil {
		a.list.Missing = append(a.list.Missing, FileName(sum))
		return nil
	}
	defer file.Close()
	err = a.add(FileName(sum), size, func(w io.Writer) error { _, err := io.CopyN(w, &patched{in: file}, size); return err })
	if err != nil {
		return err
	}
	added := &a.list.Entries[len(a.list.Entries)-1]
	added.Damaged = added.SHA256 != hex.EncodeToString(sum[:])
	return nil
}

// open opens a file and says how long it is by now.
func open(files *upload.Store, sum [sha256.Size]byte) (*os.File, int64, error) {
	file, err := files.File(sum)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// patched reads a file and goes on with zeros where no more of it can be read.
type patched struct {
	in     io.Reader
	failed bool
}

// Read implements io.Reader.
func (p *patched) Read(b []byte) (int, error) {
	if !p.failed {
		n, err := p.in.Read(b)
		p.failed = err != nil
		if n > 0 || !p.failed {
			return n, nil
		}
	}
	clear(b)
	return len(b), nil
}

// FileName is where an attachment's file lies, in an archive and in a data folder.
func FileName(sum [sha256.Size]byte) string {
	name := hex.EncodeToString(sum[:])
	return filesDir + "/" + name[:2] + "/" + name
}
