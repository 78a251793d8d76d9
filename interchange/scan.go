package interchange

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Source is one line of a file: its number from 1 and its bytes, which hold until
// the next one is taken.
type Source struct {
	Number int
	Bytes  []byte
}

// Scan reads the lines of a file, unpacking gzip by itself, and passes over
// blank ones and a byte order mark at the start. It stops at the first error of
// each or of reading. A file that is cut off within its compressed bytes is such
// an error, and the piece of a line before the cut is no line.
func Scan(r io.Reader, each func(Source) error) error {
	in := bufio.NewReaderSize(r, 1<<20)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("not a gzip file: %w", err)
		}
		in = bufio.NewReaderSize(unpacked, 1<<20)
	}
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = in.Discard(len(mark)) // they are in the buffer
	}
	for number := 1; ; number++ {
		line, err := readLine(in)
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("line %d: the compressed file is cut off", number)
		case err != nil && !errors.Is(err, io.EOF):
			return fmt.Errorf("line %d: %w", number, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if err := each(Source{number, line}); err != nil {
				return err
			}
		}
		if err != nil { // the end
			return nil
		}
	}
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		if line == nil && err == nil {
			return piece, nil
		}
		line = append(line, piece...)
		if len(line) > MaxLineBytes {
			return nil, errors.New("longer than 64 MiB")
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
