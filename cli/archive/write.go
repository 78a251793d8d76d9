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

// list is the last entry: what stands before it.
type list struct {
	Form    int       `json:"form"`
	MadeAt  time.Time `json:"made_at"`
	Layout  uint64    `json:"layout"` // of the store
	Entries []entry   `json:"entries"`
}

// entry is one file of an archive.
type entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Summary is what an archive holds.
type Summary struct {
	Files int   // of attachments
	Bytes int64 // of everything, unpacked
	Made  time.Time
}

// Make writes an archive to a file, packed if its name ends with .gz, reads it
// again to see that it is whole, and only then gives it its name. The store may be
// in use. When ctx ends it stops and leaves nothing behind.
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

// write writes one moment of the store and the files that it needs. They stay where
// they are while anything refers to them, and for a day after.
func write(w io.Writer, st *store.Store, files *upload.Store, now time.Time) error {
	a := &writer{tar: tar.NewWriter(w), list: list{Form: listForm, MadeAt: now.UTC(), Layout: store.FileLayout()}}
	needed := map[[sha256.Size]byte]uint64{}
	err := st.Snapshot(func(tx *store.Tx, size int64, copyStore func(w io.Writer) error) error {
		if err := a.add(store.FileName, size, copyStore); err != nil {
			return err
		}
		return tx.Files(func(sum [32]byte, size uint64) error {
			needed[sum] = size
			return nil
		})
	})
	if err != nil {
		return err
	}
	for sum, size := range needed {
		if err := a.addFile(files, sum, size); err != nil {
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
	a.list.Entries = append(a.list.Entries, entry{name, size, hex.EncodeToString(digest.Sum(nil))})
	return nil
}

func (a *writer) addFile(files *upload.Store, sum [sha256.Size]byte, size uint64) error {
	file, err := files.File(sum)
	if err != nil {
		return err
	}
	defer file.Close()
	return a.add(fileName(sum), int64(size), func(w io.Writer) error { _, err := io.Copy(w, file); return err })
}

// fileName is where an attachment's file lies, in an archive and in a data folder.
func fileName(sum [sha256.Size]byte) string {
	name := hex.EncodeToString(sum[:])
	return filesDir + "/" + name[:2] + "/" + name
}
