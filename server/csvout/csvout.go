// Package csvout sends tables as CSV files (RFC 4180), a page at a time: nothing is
// held in memory or in a transaction while a slow reader takes the bytes.
package csvout

import (
	"bytes"
	"encoding/csv"
	"io"
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// stall is how long a reader may take none of the bytes.
const stall = 30 * time.Second

// Send answers with a file: its columns, and then what next gives until it says that
// there is no more. A fault of next cuts the connection, so that half a file is not
// taken for a whole one. done is called when nothing more is read, however that came.
func Send(c *fiber.Ctx, name string, columns []string, next func() (rows [][]string, more bool, err error), done func()) {
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	t := &table{next: next, done: done, more: true, conn: c.Context().Conn()}
	t.write([][]string{columns})
	c.Context().SetBodyStream(t, -1)
}

type table struct {
	buffer bytes.Buffer
	next   func() ([][]string, bool, error)
	done   func()
	more   bool
	conn   net.Conn
}

// Close implements io.Closer; the router calls it after the last read, and when the
// connection is gone.
func (t *table) Close() error {
	t.done()
	return nil
}

// Read implements io.Reader. Each piece that is read, after the one before has been
// written, gets its own time.
func (t *table) Read(p []byte) (int, error) {
	for t.buffer.Len() == 0 {
		if !t.more {
			return 0, io.EOF
		}
		rows, more, err := t.next()
		if err != nil {
			return 0, err
		}
		t.more = more
		t.write(rows)
	}
	if err := t.conn.SetWriteDeadline(time.Now().Add(stall)); err != nil {
		return 0, err
	}
	return t.buffer.Read(p)
}

func (t *table) write(rows [][]string) {
	w := csv.NewWriter(&t.buffer)
	w.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Cell(cell)
		}
		_ = w.Write(safe) // into memory; never fails
	}
	w.Flush()
}

// Cell makes a text harmless in a spreadsheet, which takes one that begins with one of
// = + - @, a tab or a line's end for a formula: an apostrophe says that it is text.
func Cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
