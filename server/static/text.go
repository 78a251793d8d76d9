package static

import (
	"errors"
	"io/fs"

	"github.com/gofiber/fiber/v2"
)

// Text is a text that is made while the server runs. It is sent as the frontend's
// files are: compressed, and not at all to who has it already.
type Text struct{ file *file }

// NewText prepares a text; what kind of text it is, is told by the name.
func NewText(name string, body []byte) *Text {
	read := func(string) ([]byte, error) { return body, nil }
	return &Text{newFile(read, name, nil)}
}

// Send answers with the text. Which headers go with it is the caller's to say.
func (t *Text) Send(c *fiber.Ctx) error { return t.file.send(c) }

// Send answers with one of the frontend's files, whatever the address asked for.
// Which headers go with it is the caller's to say. A name that is not there is
// answered with fiber.ErrNotFound.
func (s *Site) Send(c *fiber.Ctx, name string) error {
	f, found := s.files["/"+name]
	if !found {
		return fiber.ErrNotFound
	}
	return f.send(c)
}

// Read gives one of the frontend's files as it is; nil when it is not there.
func (s *Site) Read(name string) ([]byte, error) {
	f, found := s.files["/"+name]
	if !found {
		return nil, nil
	}
	whole, err := f.plain()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return whole.body, err
}
