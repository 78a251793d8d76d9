// Package static serves the compiled frontend from one file system, usually
// embedded in the executable.
//
// What is under /assets/ has a hash in its name and is kept by browsers for good.
// Every address without an extension that no other route has taken is the app's
// page, whose own router knows the rest. Files are looked up by their exact path
// in a list made at the start, so no path leads out of it.
//
// Texts are sent compressed: as NAME.br or NAME.gz where the build has put them
// beside NAME, otherwise compressed once, when they are first asked for. Nothing
// is read or compressed at the start.
package static

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
)

// page is the file that the app starts from.
const page = "index.html"

// assets is the folder of files whose name changes with their content.
const assets = "/assets/"

// Site is the frontend, ready to be served. It is safe for concurrent use.
type Site struct {
	headers *guardrail.Headers
	files   map[string]*file // by path, with a leading slash
	page    *file            // nil when the frontend was not built
}

// New lists the files of the frontend. Files may be empty or nil: then every page
// is answered with 503 and a word on what is missing.
func New(files fs.FS, headers *guardrail.Headers) (*Site, error) {
	s := &Site{headers: headers, files: make(map[string]*file)}
	if files == nil {
		return s, nil
	}
	names := make(map[string]bool)
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && !strings.HasPrefix(entry.Name(), ".") {
			names[name] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("static: list the frontend: %w", err)
	}
	read := func(name string) ([]byte, error) { return fs.ReadFile(files, name) }
	for name := range names {
		if ext := path.Ext(name); (ext == ".br" || ext == ".gz") && names[strings.TrimSuffix(name, ext)] {
			continue // another form of a file, not one of its own
		}
		s.files["/"+name] = newFile(read, name, names)
	}
	s.page = s.files["/"+page]
	return s, nil
}

// Serve answers GET and HEAD for every path that no other route has taken.
func (s *Site) Serve(c *fiber.Ctx) error {
	requested := c.Path()
	if requested == "/api" || strings.HasPrefix(requested, "/api/") {
		return fiber.ErrNotFound
	}
	if target, moved := canonical(requested); moved {
		return redirect(c, target)
	}
	if f, found := s.files[requested]; found && f != s.page {
		if strings.HasPrefix(requested, assets) {
			s.headers.Asset(c)
		} else {
			s.headers.File(c)
		}
		return f.send(c)
	}
	if strings.HasPrefix(requested, assets) || (path.Ext(requested) != "" && requested != "/"+page) {
		return fiber.ErrNotFound
	}
	if s.page == nil {
		c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
		return c.Status(fiber.StatusServiceUnavailable).SendString(notBuilt)
	}
	s.headers.Document(c)
	return s.page.send(c)
}

// notBuilt is for the developer who started an executable without its frontend.
const notBuilt = `Parley is running, but this executable was built without its pages.
Build them with "make ui", then build the executable again with "make build".

Parley çalışıyor, ama bu program sayfaları olmadan derlenmiş.
Önce "make ui", sonra "make build" çalıştırın.
`
