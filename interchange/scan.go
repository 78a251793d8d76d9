package interchange

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// Source is one line of a file: its number from 1 and its bytes, or the fault
// that kept it from being read. The bytes hold until the next one is taken.
type Source struct {
	Number int
	Bytes  []byte
}

// Scan reads the lines of a file, unpacking gzip by itself, and passes over
// blank ones. It stops at the first error of each or of reading; a file that is
// cut in the middle of a line or of its compressed bytes is such an error.
func Scan(r io.Reader, each func(Source) error) error {
	in := bufio.NewReaderSize(r, 1<<20)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("not a gzip file: %w", err)
		}
		in = bufio.NewReaderSize(unpacked, 1<<20)
	}
	for number := 1; ; number++ {
		line, err := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 {
			if err := each(Source{number, line}); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("line %d: the compressed file is cut off", number)
		case err != nil:
			return fmt.Errorf("line %d: %w", number, err)
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
