package static

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// How hard texts are compressed when the build has not done it: the step where
// twice the time saves less than a twentieth of the bytes.
const (
	brotliLevel = 5
	gzipLevel   = 6
)

// file is one file in up to three forms.
type file struct {
	mediaType string
	text      bool // worth compressing
	plain     func() (form, error)
	brotli    func() (form, error)
	gzip      func() (form, error)
}

// form is what is sent. The body is never written to.
type form struct {
	body     []byte
	encoding string // empty for the plain form
	etag     string // of this form: two forms of a file are different answers
}

// newFile prepares a file; nothing is read until it is asked for.
func newFile(read func(name string) ([]byte, error), name string, names map[string]bool) *file {
	mediaType, text := typeOf(name)
	plain := sync.OnceValues(func() (form, error) {
		body, err := read(name)
		return newForm(body, ""), err
	})
	compressed := func(ext, encoding string, level int, compress func(dst, src []byte, level int) []byte) func() (form, error) {
		return sync.OnceValues(func() (form, error) {
			if names[name+ext] {
				body, err := read(name + ext)
				return newForm(body, encoding), err
			}
			whole, err := plain()
			if err != nil {
				return form{}, err
			}
			body := compress(nil, whole.body, level)
			if len(body) >= len(whole.body) {
				return whole, nil
			}
			return newForm(body, encoding), nil
		})
	}
	return &file{
		mediaType: mediaType,
		text:      text,
		plain:     plain,
		brotli:    compressed(".br", "br", brotliLevel, fasthttp.AppendBrotliBytesLevel),
		gzip:      compressed(".gz", "gzip", gzipLevel, fasthttp.AppendGzipBytesLevel),
	}
}

func newForm(body []byte, encoding string) form {
	sum := sha256.Sum256(body)
	return form{body: body, encoding: encoding, etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`}
}

// send answers with the form that the client takes best, or with 304 when it has
// that one already.
func (f *file) send(c *fiber.Ctx) error {
	chosen, err := f.choose(c)()
	if err != nil {
		return fmt.Errorf("static: %s: %w", c.Path(), err)
	}
	if f.text {
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	}
	c.Set(fiber.HeaderETag, chosen.etag)
	if holds(c.Get(fiber.HeaderIfNoneMatch), chosen.etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	if chosen.encoding != "" {
		c.Set(fiber.HeaderContentEncoding, chosen.encoding)
	}
	c.Set(fiber.HeaderContentType, f.mediaType)
	c.Response().SetBodyRaw(chosen.body)
	return nil
}

// choose asks for brotli first and by itself: asked for both, the router would
// follow the order in the header, where browsers put gzip first. A client that
// says nothing gets the plain form.
func (f *file) choose(c *fiber.Ctx) func() (form, error) {
	if !f.text || c.Get(fiber.HeaderAcceptEncoding) == "" {
		return f.plain
	}
	if c.AcceptsEncodings("br") == "br" {
		return f.brotli
	}
	if c.AcceptsEncodings("gzip") == "gzip" {
		return f.gzip
	}
	return f.plain
}

// holds tells whether an If-None-Match header names the tag.
func holds(header, etag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == etag {
			return true
		}
	}
	return false
}

// typeOf is a table of our own, because the system's differs between machines.
func typeOf(name string) (mediaType string, text bool) {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8", true
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8", true
	case ".css":
		return "text/css; charset=utf-8", true
	case ".json", ".map":
		return "application/json; charset=utf-8", true
	case ".webmanifest":
		return "application/manifest+json; charset=utf-8", true
	case ".svg":
		return "image/svg+xml", true
	case ".txt":
		return "text/plain; charset=utf-8", true
	case ".wasm":
		return "application/wasm", true
	case ".woff2":
		return "font/woff2", false
	case ".png":
		return "image/png", false
	case ".jpg":
		return "image/jpeg", false
	case ".webp":
		return "image/webp", false
	case ".ico":
		return "image/x-icon", false
	case ".mp3":
		return "audio/mpeg", false
	}
	return "application/octet-stream", false
}
