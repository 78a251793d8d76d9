package guardrail_test

import (
	"bufio"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"parley/server/guardrail"
	"parley/server/problem"
)

const origin = "https://desk.example.com"

// house is a router with everything of this package in front of a few routes.
type house struct {
	app      *fiber.App
	address  string
	log      *syncBuffer
	smuggled int // how often GET /smuggled was served
	mu       sync.Mutex
}

type syncBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func large(header *fasthttp.RequestHeader) bool {
	return strings.HasPrefix(string(header.RequestURI()), "/large")
}

// build makes the house; more adds routes.
func build(t *testing.T, more func(app *fiber.App, headers *guardrail.Headers)) *house {
	t.Helper()
	h := &house{log: &syncBuffer{}}
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	addresses, err := guardrail.TrustProxies(nil)
	if err != nil {
		t.Fatal(err)
	}
	headers := guardrail.NewHeaders([]string{origin})
	h.app = guardrail.New(headers.OnError(problem.Handler), large)
	h.app.Use(guardrail.Observe(log, addresses, func(string, string, int, time.Duration) {}),
		headers.Base, guardrail.Bodies, guardrail.SameOrigin([]string{origin}, "/tokens/"))
	h.app.Get("/smuggled", func(c *fiber.Ctx) error {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.smuggled++
		return c.SendString("smuggled")
	})
	h.app.Get("/hello", func(c *fiber.Ctx) error { return c.SendString("hello") })
	h.app.Post("/echo", func(c *fiber.Ctx) error { return c.Send(c.Body()) })
	h.app.Post("/tokens/echo", func(c *fiber.Ctx) error { return c.Send(c.Body()) })
	h.app.Put("/large", func(c *fiber.Ctx) error { return c.SendString("took it") })
	if more != nil {
		more(h.app, headers)
	}
	return h
}

// open lets the house be reached from outside.
func (h *house) open(t *testing.T) *house {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.address = listener.Addr().String()
	done := make(chan error, 1)
	go func() { done <- h.app.Listener(listener) }()
	t.Cleanup(func() {
		if err := h.app.ShutdownWithTimeout(5 * time.Second); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-done; err != nil {
			t.Errorf("listen: %v", err)
		}
	})
	return h
}

func (h *house) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	return conn
}

// answer is what came back for one request.
type answer struct {
	status int
	header http.Header
	body   string
	code   string // of a problem
}

// read reads one answer; ok is false when the connection ended instead.
func read(t *testing.T, from *bufio.Reader) (a answer, ok bool) {
	t.Helper()
	response, err := http.ReadResponse(from, nil)
	if err != nil {
		return answer{}, false
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answerOf(t, response, body), true
}

func answerOf(t *testing.T, response *http.Response, body []byte) answer {
	t.Helper()
	a := answer{status: response.StatusCode, header: response.Header, body: string(body)}
	if response.Header.Get("Content-Type") == problem.ContentType {
		var p problem.Problem
		if err := json.Unmarshal(body, &p); err != nil {
			t.Fatalf("%v in %q", err, body)
		}
		a.code = string(p.Code)
	}
	return a
}

// ask sends a request inside the process.
func (h *house) ask(t *testing.T, request *http.Request) answer {
	t.Helper()
	response, err := h.app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answerOf(t, response, body)
}
