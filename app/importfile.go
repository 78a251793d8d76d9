package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
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
}

// ImportProgress is how far an import has come.
type ImportProgress struct {
	Imported
	Lines int // read so far
	Bad   int
}

// A piece is saved together once it has this many conversations or messages.
const (
	pieceLines    = 500
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
	line, err := interchange.Parse(source.Bytes)
	if err == nil {
		err = CheckImport(line)
	}
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
	im.piece = append(im.piece, ImportLine{Key: im.key(source.Bytes), Line: line})
	if line.Customer != nil {
		im.conversations++
	}
	im.messages += len(line.Messages)
	if len(im.piece) >= pieceLines || im.messages >= pieceMessages {
		return im.flush()
	}
	return nil
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
	if !im.opts.DryRun {
		var err error
		if done, err = im.app.Import(im.piece); err != nil {
			return err
		}
	}
	im.total.Conversations += done.Conversations
	im.total.Messages += done.Messages
	im.total.Again += done.Again
	im.piece, im.conversations, im.messages = nil, 0, 0
	if im.opts.Step != nil {
		im.opts.Step(im.total)
	}
	return nil
}
