package guardrail_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
	"parley/server/problem"
)

func TestHeadersByKindOfAnswer(t *testing.T) {
	h := build(t, func(app *fiber.App, headers *guardrail.Headers) {
		app.Get("/api", func(c *fiber.Ctx) error { return c.JSON(fiber.Map{"a": 1}) })
		app.Get("/page", func(c *fiber.Ctx) error { headers.Document(c); c.Type("html"); return c.SendString("<p>") })
		app.Get("/asset", func(c *fiber.Ctx) error { headers.Asset(c); return c.SendString("x") })
		app.Get("/file", func(c *fiber.Ctx) error { headers.Attachment(c); return c.SendString("x") })
		app.Get("/broken", func(c *fiber.Ctx) error {
			headers.Document(c)
			c.Set("Content-Disposition", "attachment")
			return fiber.ErrNotFound
		})
	})
	everywhere := map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), geolocation=(), payment=(), usb=()",
		"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
		"Server":                       "",
		"X-Powered-By":                 "",
	}
	const api, page = "default-src 'none'; frame-ancestors 'none'; sandbox", "script-src 'self'; style-src 'self'; img-src"
	for path, want := range map[string]map[string]string{
		"/api":     {"Content-Security-Policy": api, "Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8"},
		"/page":    {"Content-Security-Policy": page, "Cache-Control": "no-store", "X-Frame-Options": "DENY"},
		"/asset":   {"Cache-Control": "public, max-age=31536000, immutable"},
		"/file":    {"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"},
		"/nowhere": {"Content-Security-Policy": api, "Cache-Control": "no-store", "Content-Type": problem.ContentType},
		"/broken":  {"Content-Security-Policy": api, "Cache-Control": "no-store", "X-Frame-Options": "", "Content-Disposition": ""},
	} {
		a := h.ask(t, httptest.NewRequest(http.MethodGet, path, nil))
		for name, value := range everywhere {
			if got := a.header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		for name, value := range want {
			if got := a.header.Get(name); got != value && (value == "" || !strings.Contains(got, value)) {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
	}
}

func TestPagePolicy(t *testing.T) {
	app := fiber.New()
	secure, plain := guardrail.NewHeaders([]string{origin}), guardrail.NewHeaders([]string{"http://localhost:8080"})
	app.Get("/secure", secure.Base, func(c *fiber.Ctx) error { secure.Document(c); return nil })
	app.Get("/plain", plain.Base, func(c *fiber.Ctx) error { plain.Document(c); return nil })
	policy := func(path string) (string, string) {
		response, err := app.Test(httptest.NewRequest(http.MethodGet, path, nil))
		if err != nil {
			t.Fatal(err)
		}
		return response.Header.Get("Content-Security-Policy"), response.Header.Get("Strict-Transport-Security")
	}
	got, hsts := policy("/secure")
	for _, part := range []string{"default-src 'none'", "style-src 'self';", "connect-src 'self' wss://desk.example.com;", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %s in %s", part, got)
		}
	}
	if strings.Contains(got, "unsafe") || strings.Contains(got, "*") || hsts == "" {
		t.Errorf("%s, %q", got, hsts)
	}
	if got, hsts := policy("/plain"); !strings.Contains(got, "connect-src 'self' ws://localhost:8080;") || hsts != "" {
		t.Errorf("%s, %q", got, hsts)
	}
}
