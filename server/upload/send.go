package upload

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/server/guardrail"
	"parley/server/problem"
	"parley/wire"
)

// stall is how long a client may take none of an answer's bytes.
const stall = 30 * time.Second

// Send answers with an attachment's file, or with the piece of it that a Range
// header asks for, and sees to it that the file is closed. It is shown in place
// only when it is one of the media that may be, and download is not asked for.
func Send(c *fiber.Ctx, headers *guardrail.Headers, file *os.File, a *desk.Attachment, download bool) error {
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("upload: %w", err)
	}
	piece, partial, outside := parseRange(c.Get(fiber.HeaderRange), info.Size())
	if outside {
		_ = file.Close()
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", info.Size()))
		return problem.Handler(c, fiber.ErrRequestedRangeNotSatisfiable)
	}
	headers.Attachment(c)
	c.Set(fiber.HeaderContentType, servedType(a.Type))
	c.Set(fiber.HeaderContentDisposition, disposition(a.Name, !download && wire.ShownInPlace(a.Type)))
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	if partial {
		c.Status(fiber.StatusPartialContent)
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", piece.first, piece.first+piece.length-1, info.Size()))
	}
	c.Context().SetBodyStream(&stream{
		SectionReader: io.NewSectionReader(file, piece.first, piece.length), file: file, conn: c.Context().Conn(),
	}, int(piece.length))
	return nil
}

// stream reads a file for an answer. The server's own limit is on the time of the
// whole answer, which a large file on a slow line does not keep; so every piece
// that is read, after the one before has been written, gets its own.
type stream struct {
	*io.SectionReader
	file *os.File
	conn net.Conn
}

func (s *stream) Read(p []byte) (int, error) {
	if err := s.conn.SetWriteDeadline(time.Now().Add(stall)); err != nil {
		return 0, err
	}
	return s.SectionReader.Read(p)
}

// Close is called by the server, also when the client has gone.
func (s *stream) Close() error { return s.file.Close() }

// disposition is the Content-Disposition header (RFC 6266): the name in ASCII for
// old clients, and as it is for all others.
func disposition(name string, inline bool) string {
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	var ascii, exact strings.Builder
	for _, r := range name {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) {
			r = '_'
		}
		ascii.WriteRune(r)
	}
	for i := range len(name) {
		if b := name[i]; isAttributeChar(b) {
			exact.WriteByte(b)
		} else {
			fmt.Fprintf(&exact, "%%%02X", b)
		}
	}
	return kind + `; filename="` + ascii.String() + `"; filename*=UTF-8''` + exact.String()
}

// isAttributeChar tells what RFC 8187 lets stand as it is.
func isAttributeChar(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("!#$&+-.^_`|~", b) >= 0
}
