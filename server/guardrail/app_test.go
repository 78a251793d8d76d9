package guardrail_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"parley/server/guardrail"
)

const ours = "Host: desk.example.com\r\nX-Parley: 1\r\n"

func TestBodiesAreLimited(t *testing.T) {
	h := build(t, nil).open(t)
	for _, test := range []struct {
		line   string
		size   int
		status int
	}{
		{"POST /echo", guardrail.SmallBody, 200},
		{"POST /echo", guardrail.SmallBody + 1, 413},
		{"PUT /large", guardrail.LargeBody, 200},
		{"PUT /large", guardrail.LargeBody + 1, 413},
	} {
		conn := h.dial(t)
		go func() { // the answer may come, and the connection end, before all is sent
			_, _ = fmt.Fprintf(conn, "%s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n", test.line, ours, test.size)
			_, _ = io.Copy(conn, io.LimitReader(zeros{}, int64(test.size)))
		}()
		a, ok := read(t, bufio.NewReader(conn))
		if !ok || a.status != test.status || (test.status == 413 && a.code != "too_large") {
			t.Errorf("%s with %d: %t, %d %s", test.line, test.size, ok, a.status, a.code)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestLargeBodiesGetTheTimeTheyNeed(t *testing.T) {
	received := build(t, nil).app.Server().HeaderReceived
	header := func(uri string, length int) *fasthttp.RequestHeader {
		var h fasthttp.RequestHeader
		h.SetRequestURI(uri)
		h.SetContentLength(length)
		return &h
	}
	if got := received(header("/echo", 1<<30)); got.ReadTimeout != 0 || got.MaxRequestBodySize != guardrail.SmallBody {
		t.Errorf("small: %+v", got)
	}
	if got := received(header("/large", 4<<20)); got.ReadTimeout != 143*time.Second || got.MaxRequestBodySize != guardrail.LargeBody {
		t.Errorf("a part: %+v", got)
	}
	if got := received(header("/large", 1<<40)); got.ReadTimeout > 3*time.Minute {
		t.Errorf("a lie: %+v", got)
	}
	if got := received(header("/large", -1)); got.ReadTimeout > 15*time.Second {
		t.Errorf("unknown length: %+v", got)
	}
}

func TestEncodedAndUnmeasuredBodies(t *testing.T) {
	h := build(t, nil).open(t)
	for name, test := range map[string]struct {
		headers, body string
		status        int
	}{
		"plain":    {"Content-Length: 5\r\n", "hello", 200},
		"gzip":     {"Content-Encoding: gzip\r\nContent-Length: 5\r\n", "hello", 415},
		"identity": {"Content-Encoding: identity\r\nContent-Length: 5\r\n", "hello", 415},
		"chunked":  {"Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", 411},
	} {
		conn := h.dial(t)
		_, _ = fmt.Fprintf(conn, "POST /echo HTTP/1.1\r\n%s%s\r\n%s", ours, test.headers, test.body)
		if a, ok := read(t, bufio.NewReader(conn)); !ok || a.status != test.status {
			t.Errorf("%s: %t, %d %s", name, ok, a.status, a.body)
		}
	}
}

// TestNoSmuggling sends requests on whose end two servers might disagree, each
// hiding a second request. What is hidden must never be served.
func TestNoSmuggling(t *testing.T) {
	h := build(t, nil).open(t)
	const hidden = "GET /smuggled HTTP/1.1\r\nHost: desk.example.com\r\n\r\n"
	chunked := "0\r\n\r\n" + hidden
	for name, request := range map[string]string{
		"both lengths":         ours + "Content-Length: " + fmt.Sprint(len(chunked)) + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked,
		"two lengths":          ours + "Content-Length: 0\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
		"list of lengths":      ours + "Content-Length: 0, " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
		"plus sign":            ours + "Content-Length: +0\r\n\r\n" + hidden,
		"space before colon":   ours + "Content-Length : 0\r\n\r\n" + hidden,
		"odd coding":           ours + "Transfer-Encoding: xchunked\r\n\r\n" + chunked,
		"coding twice":         ours + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunked,
		"folded line":          ours + "Transfer-Encoding:\r\n chunked\r\n\r\n" + chunked,
		"early answer":         "Host: desk.example.com\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
		"refused coding":       ours + "Content-Encoding: gzip\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
		"two hosts":            ours + "Host: evil.example.com\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
		"chunk extension":      ours + "Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n45\r\n0\r\n\r\n" + hidden,
		"expect and an answer": "Host: desk.example.com\r\nExpect: 100-continue\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\n\r\n" + hidden,
	} {
		t.Run(name, func(t *testing.T) {
			h.smuggled = 0
			conn := h.dial(t)
			_, _ = io.WriteString(conn, "POST /echo HTTP/1.1\r\n"+request)
			_ = conn.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
			from := bufio.NewReader(conn)
			for {
				a, ok := read(t, from)
				if !ok {
					break
				}
				if a.status >= 500 {
					t.Errorf("status %d: %s", a.status, a.body)
				}
			}
			h.mu.Lock()
			defer h.mu.Unlock()
			if h.smuggled > 0 {
				t.Error("the hidden request was served")
			}
		})
	}
}

// TestDribblersAreCutOff has a request that never gets finished, one byte at a
// time, while others are served.
func TestDribblersAreCutOff(t *testing.T) {
	h := build(t, nil)
	h.app.Server().ReadTimeout = 300 * time.Millisecond
	h.open(t)
	conn := h.dial(t)
	_, _ = fmt.Fprintf(conn, "POST /echo HTTP/1.1\r\n%sContent-Length: 1000\r\n\r\n", ours)
	begun := time.Now()
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				_, _ = io.WriteString(conn, "x")
			}
		}
	}()
	defer close(stop)
	a, ok := read(t, bufio.NewReader(conn))
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it was suffered for %v", took)
	}
	if ok && a.status != 408 {
		t.Errorf("status %d: %s", a.status, a.body)
	}
	other := h.dial(t)
	_, _ = io.WriteString(other, "GET /hello HTTP/1.1\r\nHost: desk.example.com\r\n\r\n")
	if a, ok := read(t, bufio.NewReader(other)); !ok || a.body != "hello" {
		t.Errorf("the other got %t %q", ok, a.body)
	}
}

func TestWhatCannotBeReadIsAProblemToo(t *testing.T) {
	h := build(t, nil).open(t)
	for name, test := range map[string]struct {
		request string
		status  int
	}{
		"unknown method": {"BREW /hello HTTP/1.1\r\nHost: desk.example.com\r\n\r\n", 405},
		"no host":        {"GET /hello HTTP/1.1\r\n\r\n", 400},
		"huge header":    {"GET /hello HTTP/1.1\r\nHost: desk.example.com\r\nX: " + strings.Repeat("x", 20_000) + "\r\n\r\n", 431},
		"not HTTP":       {"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400},
		"wrong method":   {"DELETE /hello HTTP/1.1\r\n" + ours + "\r\n", 405},
		"nowhere":        {"GET /nowhere HTTP/1.1\r\nHost: desk.example.com\r\n\r\n", 404},
		"other case":     {"GET /Hello HTTP/1.1\r\nHost: desk.example.com\r\n\r\n", 404},
	} {
		conn := h.dial(t)
		_, _ = io.WriteString(conn, test.request)
		a, ok := read(t, bufio.NewReader(conn))
		if !ok || a.status != test.status || a.code == "" {
			t.Errorf("%s: %t, %d %q", name, ok, a.status, a.body)
		}
		if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: headers %v", name, a.header)
		}
	}
}

func TestNobodyForwardsForUs(t *testing.T) {
	h := build(t, func(app *fiber.App, _ *guardrail.Headers) {
		app.Get("/where", func(c *fiber.Ctx) error {
			return c.SendString(c.Hostname() + " " + c.Protocol() + " " + c.IP())
		})
	})
	request := httptest.NewRequest(http.MethodGet, "/where", nil)
	request.Host = "desk.example.com"
	for _, name := range []string{"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For"} {
		request.Header.Set(name, "evil")
	}
	if a := h.ask(t, request); strings.Contains(a.body, "evil") || !strings.HasPrefix(a.body, "desk.example.com http ") {
		t.Errorf("got %q", a.body)
	}
}
