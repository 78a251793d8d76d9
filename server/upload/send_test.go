package upload_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"parley/desk"
	"parley/server/guardrail"
	"parley/server/problem"
	"parley/server/upload"
)

// shelf serves one kept file at / and, to be saved, at /?download=1.
func shelf(t *testing.T, name, mediaType string, data []byte) *fiber.App {
	t.Helper()
	s, _ := newStore(t)
	a := attachment(1, "x.dat", data)
	kept := sendAll(t, s, a, data)
	a.Name, a.Type = name, mediaType
	headers := guardrail.NewHeaders([]string{"https://desk.example.com"})
	app := guardrail.New(headers.OnError(problem.Handler), func(*fasthttp.RequestHeader) bool { return false })
	app.Use(headers.Base)
	app.Get("/", func(c *fiber.Ctx) error {
		file, err := s.File(kept.SHA256)
		if err != nil {
			return err
		}
		return upload.Send(c, headers, file, a, c.Query("download") != "")
	})
	return app
}

func TestHowFilesLeave(t *testing.T) {
	for _, test := range []struct {
		name, mediaType, path string
		kind, disposition     string
	}{
		{"a.png", "image/png", "/", "image/png", "inline"},
		{"a.png", "image/png", "/?download=1", "image/png", "attachment"},
		{"a.mp4", "video/mp4", "/", "video/mp4", "inline"},
		{"a.html", "text/html", "/", upload.Unknown, "attachment"},
		{"a.svg", "image/svg+xml", "/", upload.Unknown, "attachment"},
		{"a.pdf", "application/pdf", "/", upload.Unknown, "attachment"},
		{"a.txt", "text/plain", "/", upload.Unknown, "attachment"},
		{"a", "nonsense", "/", upload.Unknown, "attachment"},
	} {
		data := noise(3000, 9)
		response, err := shelf(t, test.name, test.mediaType, data).Test(httptest.NewRequest(http.MethodGet, test.path, nil), -1)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 || !bytes.Equal(body, data) {
			t.Errorf("%s: %d, %d bytes, %v", test.name, response.StatusCode, len(body), err)
		}
		for header, want := range map[string]string{
			"Content-Type":            test.kind,
			"Content-Disposition":     test.disposition + `; filename="` + test.name + `"; filename*=UTF-8''` + test.name,
			"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff",
			"Cache-Control":           "private, no-store",
			"Accept-Ranges":           "bytes",
			"Content-Length":          "3000",
		} {
			if got := response.Header.Get(header); got != want {
				t.Errorf("%s%s: %s is %q, want %q", test.path, test.name, header, got, want)
			}
		}
	}
}

func TestRanges(t *testing.T) {
	data := noise(1000, 9)
	app := shelf(t, "a.mp4", "video/mp4", data)
	for header, want := range map[string]struct {
		status      int
		first, last int
	}{
		"":                {200, 0, 999},
		"bytes=0-":        {206, 0, 999},
		"bytes=0-0":       {206, 0, 0},
		"bytes=10-19":     {206, 10, 19},
		"bytes=990-5000":  {206, 990, 999},
		"bytes=-1":        {206, 999, 999},
		"bytes=-5000":     {206, 0, 999},
		"bytes=1000-":     {416, 0, -1},
		"bytes=-0":        {416, 0, -1},
		"bytes=20-10":     {200, 0, 999},
		"bytes=0-1,5-6":   {200, 0, 999},
		"bytes=-":         {200, 0, 999},
		"bytes=+1-2":      {200, 0, 999},
		"bytes=a-b":       {200, 0, 999},
		"lines=1-2":       {200, 0, 999},
		"bytes=0-9" + "9": {206, 0, 99},
	} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		if header != "" {
			request.Header.Set("Range", header)
		}
		response, err := app.Test(request, -1)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != want.status {
			t.Errorf("%q: %d, %v", header, response.StatusCode, err)
		}
		span := response.Header.Get("Content-Range")
		switch want.status {
		case 416:
			if span != "bytes */1000" {
				t.Errorf("%q: %q", header, span)
			}
			continue
		case 206:
			if span != fmt.Sprintf("bytes %d-%d/1000", want.first, want.last) {
				t.Errorf("%q: %q", header, span)
			}
		}
		if !bytes.Equal(body, data[want.first:want.last+1]) {
			t.Errorf("%q: %d bytes", header, len(body))
		}
	}
}

func FuzzParseRange(f *testing.F) {
	for _, seed := range []string{"bytes=0-", "bytes=-5", "bytes=3-9", "bytes=9223372036854775807-", "bytes=-9223372036854775808", "bytes= 1-2", "bytes=0-18446744073709551616"} {
		f.Add(seed, int64(10))
		f.Add(seed, int64(0))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		if size < 0 {
			return
		}
		first, length, partial, outside := upload.ParseRange(header, size)
		switch {
		case outside && partial, !outside && (first < 0 || length < 0 || first+length > size), partial && length == 0:
			t.Errorf("%q of %d: %d, %d, %t, %t", header, size, first, length, partial, outside)
		case !outside && !partial && (first != 0 || length != size):
			t.Errorf("%q of %d is not the whole: %d, %d", header, size, first, length)
		}
	})
}

// TestSlowLineGetsTheWholeFile has a client that takes longer for a file than the
// server gives a whole answer, but never stops taking.
func TestSlowLineGetsTheWholeFile(t *testing.T) {
	data := noise(8<<20, 9)
	app := shelf(t, "a.mp4", "video/mp4", data)
	app.Server().WriteTimeout = 200 * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- app.Listener(listener) }()
	defer func() {
		if err := app.ShutdownWithTimeout(5 * time.Second); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.(*net.TCPConn).SetReadBuffer(64 << 10)
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: desk.example.com\r\nConnection: close\r\n\r\n")
	begun := time.Now()
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for {
		n, err := io.CopyN(&got, response.Body, 1<<20)
		if err != nil && err != io.EOF {
			t.Fatalf("after %d bytes and %v: %v", got.Len(), time.Since(begun), err)
		}
		if n == 0 || err == io.EOF {
			break
		}
		time.Sleep(120 * time.Millisecond)
	}
	if !bytes.Equal(got.Bytes(), data) {
		t.Errorf("%d bytes of %d came", got.Len(), len(data))
	}
	t.Logf("the file took %v, a whole answer may take 200 ms", time.Since(begun))
}

// TestMissingFileIsAFault has a row whose file is gone.
func TestMissingFileIsAFault(t *testing.T) {
	s, _ := newStore(t)
	if _, err := s.File([32]byte{1}); err == nil || desk.CodeOf(err) != desk.CodeInternal {
		t.Errorf("%v", err)
	}
}
