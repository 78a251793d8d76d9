// Package demohost is a website of our own that carries the widget: for trying it
// out, and for proving that it works where a website makes it hard. Its style sheet
// takes every style from every element, its policy allows nothing that it does not
// need, and its pages change without loading.
package demohost

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
	"parley/server/static"
)

//go:embed page.html host.css host.js
var files embed.FS

// Host is the website, ready to be served.
type Host struct {
	headers *guardrail.Headers
	page    *template.Template
	files   map[string]*static.Text
}

// New reads the website's files.
func New(headers *guardrail.Headers) (*Host, error) {
	page, err := template.ParseFS(files, "page.html")
	if err != nil {
		return nil, fmt.Errorf("demohost: %w", err)
	}
	h := &Host{headers: headers, page: page, files: make(map[string]*static.Text)}
	for _, name := range []string{"host.css", "host.js"} {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("demohost: %w", err)
		}
		h.files[name] = static.NewText(name, body)
	}
	return h, nil
}

// File sends the style sheet or the script.
func (h *Host) File(c *fiber.Ctx, name string) error {
	text, found := h.files[name]
	if !found {
		return fiber.ErrNotFound
	}
	h.headers.File(c)
	return text.Send(c)
}

// Page sends the page with the widget of a site, in the language that is asked for
// by ?lang=, or else the browser's.
func (h *Host) Page(c *fiber.Ctx, key, team string) error {
	language := languageOf(c)
	var out bytes.Buffer
	if err := h.page.Execute(&out, struct {
		Key, Team, Language string
		Words               words
	}{key, team, language, wordsIn[language]}); err != nil {
		return fmt.Errorf("demohost: %w", err)
	}
	h.headers.Host(c)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(out.Bytes())
}

// languageOf is tr or en.
func languageOf(c *fiber.Ctx) string {
	asked := c.Query("lang")
	if _, known := wordsIn[asked]; known {
		return asked
	}
	if strings.HasPrefix(strings.ToLower(c.Get(fiber.HeaderAcceptLanguage)), "tr") {
		return "tr"
	}
	return "en"
}
