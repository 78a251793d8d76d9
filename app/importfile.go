package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"parley/interchange"
	"parley/store"
)

// ImportOptions say how a file is imported.
type ImportOptions struct {
	DryRun  bool                       // check every line, save nothing
	SkipBad bool                       // leave out lines that cannot be taken, and go on
	Bad     func(line int, err error)  // told of each line that cannot be taken
	Step    func(total ImportProgress) // told after each piece that was saved or checked
	// File brings the bytes of an attachment into their place, before the line that
	// carries it is saved, and corrects what the line says of it. With DryRun it only
	// looks whether it could. nil refuses lines with attachments.
	File func(f *interchange.File) error
	// NoFiles leaves attachments out.
	NoFiles bool
}

// ImportProgress is how far an import has come.
type ImportProgress struct {
	Imported
	Lines int // read so far
	Files int // attachments whose bytes came along
	Bad   int
}

// A piece is saved together once it has this many conversations or messages.
const (
	pieceLines    = 2000
	pieceMessages = 10_000
)

// importer turns a file into pieces.
type importer struct {
	app   *App
	opts  ImportOptions
	piece []ImportLine
	seen  map[uint64]uint32 // lines by hash: how many equal ones there were
	total ImportProgress

	conversations, messages int // in the piece
}

// ImportFile imports a JSON Lines file, packed with gzip or not. It stops at the
// first line that cannot be taken unless told to skip those; what was saved up to
// there stays, and the same file again goes on after it.
func (a *App) ImportFile(r io.Reader, opts ImportOptions) (ImportProgress, error) {
	im := &importer{app: a, opts: opts, seen: make(map[uint64]uint32)}
	err := interchange.Scan(r, im.take)
	if saveErr := im.flush(); err == nil {
		err = saveErr
	}
	return im.total, err
}

// take checks a line and puts it into the piece.
func (im *importer) take(source interchange.Source) error {
	im.total.Lines++
	piece, err := im.read(source)
	if err != nil {
		im.total.Bad++
		if im.opts.Bad != nil {
			im.opts.Bad(source.Number, err)
		}
		if im.opts.SkipBad || im.opts.DryRun {
			return nil
		}
		return fmt.Errorf("line %d: %w", source.Number, err)
	}
	im.piece = append(im.piece, piece)
	if piece.Line.IsConversation() {
		im.conversations++
	}
	im.messages += len(piece.Line.Messages)
	if len(im.piece) >= pieceLines || im.messages >= pieceMessages {
		return im.flush()
	}
	return nil
}

// read checks a line and has the bytes of its attachments brought.
func (im *importer) read(source interchange.Source) (ImportLine, error) {
	line, err := interchange.Parse(source.Bytes)
	if err != nil {
		return ImportLine{}, err
	}
	if err := CheckImport(line); err != nil {
		return ImportLine{}, err
	}
	piece := ImportLine{Line: line}
	if line.IsConversation() {
		piece.Key = im.key(source.Bytes)
	}
	return piece, im.bring(&piece)
}

// errNoFiles refuses an attachment of which nobody brings the bytes.
var errNoFiles = errors.New("it has attachments, and there is no folder with their files: name it with --files, or leave them out with --without-files")

// bring has the bytes of a line's attachments brought, unless they came along when
// the line was imported before.
func (im *importer) bring(piece *ImportLine) error {
	for i := range piece.Line.Messages {
		if im.opts.NoFiles {
			piece.Line.Messages[i].Attachments = nil
		}
		for j := range piece.Line.Messages[i].Attachments {
			f := &piece.Line.Messages[i].Attachments[j]
			if im.app.imported(piece.Key) {
				return nil
			}
			if im.opts.File == nil {
				return errNoFiles
			}
			if err := im.opts.File(f); err != nil {
				return fmt.Errorf("messages[%d].attachments[%d]: %w", i, j, err)
			}
			im.total.Files++
		}
	}
	return nil
}

// imported reports whether a line was imported before.
func (a *App) imported(key [store.ImportKeySize]byte) bool {
	found, _ := view(a, func(tx *store.Tx) (bool, error) { // the reading itself cannot fail
		_, found := tx.Imported(key)
		return found, nil
	})
	return found
}

// key tells a line from all others: by what it says and by how many equal ones
// came before it.
func (im *importer) key(line []byte) (key [store.ImportKeySize]byte) {
	sum := sha256.Sum256(bytes.TrimSpace(line))
	hash := binary.BigEndian.Uint64(sum[:])
	copy(key[:], sum[:])
	binary.BigEndian.PutUint32(key[store.ImportKeySize-4:], im.seen[hash])
	im.seen[hash]++
	return key
}

// flush saves the piece.
func (im *importer) flush() error {
	if len(im.piece) == 0 {
		return nil
	}
	done := Imported{Conversations: im.conversations, Messages: im.messages}
	piece := im.piece
	im.piece, im.conversations, im.messages = nil, 0, 0 // one that is refused is not tried again
	if !im.opts.DryRun {
		var err error
		if done, err = im.app.Import(piece); err != nil {
			return err
		}
	}
	im.total.Conversations += done.Conversations
	im.total.Messages += done.Messages
	im.total.Records += done.Records
	im.total.Again += done.Again
	if im.opts.Step != nil {
		im.opts.Step(im.total)
	}
	return nil
}
