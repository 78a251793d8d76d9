package guardrail_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
	"parley/server/limit"
)

func TestFaultsAndPanicsStayInside(t *testing.T) {
	h := build(t, func(app *fiber.App, _ *guardrail.Headers) {
		app.Get("/fault", func(*fiber.Ctx) error { return errors.New("page 7 is torn") })
		app.Get("/panic", func(*fiber.Ctx) error { panic("page 8 is torn") })
	})
	for path, text := range map[string]string{"/fault": "page 7 is torn", "/panic": "page 8 is torn"} {
		a := h.ask(t, httptest.NewRequest(http.MethodGet, path, nil))
		if a.status != 500 || a.code != "internal" || strings.Contains(a.body, "torn") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
		id := a.header.Get("X-Request-Id")
		line := lineWith(h.log.String(), "id="+id)
		if id == "" || !strings.Contains(line, text) || !strings.Contains(line, "level=ERROR") {
			t.Errorf("%s: the log says %q for %q", path, line, id)
		}
	}
	if !strings.Contains(h.log.String(), "observe_test.go") {
		t.Error("no stack in the log")
	}
	if a := h.ask(t, httptest.NewRequest(http.MethodGet, "/hello", nil)); a.body != "hello" {
		t.Errorf("afterwards: %q", a.body)
	}
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

func TestLogHoldsNoSecrets(t *testing.T) {
	h := build(t, nil)
	request := httptest.NewRequest(http.MethodPost, "/echo?code=hunter2", strings.NewReader("hunter2"))
	request.Header.Set("X-Parley", "1")
	request.Header.Set("Cookie", "sid=hunter2")
	request.Header.Set("Authorization", "Bearer hunter2")
	if a := h.ask(t, request); a.status != 200 {
		t.Fatalf("%d", a.status)
	}
	if log := h.log.String(); strings.Contains(log, "hunter2") || !strings.Contains(log, "path=/echo") {
		t.Errorf("log: %s", log)
	}
}

func TestLogLevels(t *testing.T) {
	h := build(t, nil)
	h.ask(t, httptest.NewRequest(http.MethodGet, "/hello", nil))
	h.ask(t, httptest.NewRequest(http.MethodPost, "/echo", nil)) // without X-Parley
	if line := lineWith(h.log.String(), "path=/hello"); !strings.Contains(line, "level=DEBUG") {
		t.Errorf("%q", line)
	}
	if line := lineWith(h.log.String(), "path=/echo"); !strings.Contains(line, "level=WARN") || !strings.Contains(line, "status=403") {
		t.Errorf("%q", line)
	}
}

func TestMeasureGetsThePattern(t *testing.T) {
	addresses, err := guardrail.TrustProxies(nil)
	if err != nil {
		t.Fatal(err)
	}
	var routes []string
	app := fiber.New()
	app.Use(guardrail.Observe(slog.New(slog.DiscardHandler), addresses, func(method, route string, status int, _ time.Duration) {
		routes = append(routes, method+" "+route+" "+http.StatusText(status))
	}))
	app.Get("/c/:number", func(c *fiber.Ctx) error { return nil })
	for _, path := range []string{"/c/7", "/c/8", "/nowhere/9"} {
		if _, err := app.Test(httptest.NewRequest(http.MethodGet, path, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(routes, ", "); got != "GET /c/:number OK, GET /c/:number OK, GET / Not Found" {
		t.Errorf("measured %s", got)
	}
}

func TestReports(t *testing.T) {
	var log syncBuffer
	app := fiber.New()
	limiter := limit.New(time.Now, limit.Rate{N: 3, Per: time.Hour})
	app.Post(guardrail.ReportPath, guardrail.Reports(slog.New(slog.NewTextHandler(&log, nil)), limiter))
	send := func(body string) {
		t.Helper()
		response, err := app.Test(httptest.NewRequest(http.MethodPost, guardrail.ReportPath, strings.NewReader(body)))
		if err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(response.Body)
		if response.StatusCode != 204 || len(rest) > 0 {
			t.Errorf("%d %s", response.StatusCode, rest)
		}
	}
	send("nonsense")
	for range 10 {
		send(`{"csp-report":{"effective-directive":"script-src","blocked-uri":"https://evil.example.com/` + strings.Repeat("x", 9000) + `","line-number":7}}`)
	}
	text := log.String()
	if n := strings.Count(text, "rule=script-src"); n != 2 || len(text) > 2000 {
		t.Errorf("%d reports in %d bytes of log", n, len(text))
	}
}
