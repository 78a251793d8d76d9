package socket_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"parley/server/problem"
	"parley/server/socket"
)

const origin = "https://desk.example.com"

// queue is a session fed by a test: what push adds is taken in order.
type queue struct {
	mu      sync.Mutex
	frames  [][]byte
	err     error
	ready   chan struct{}
	receive func(msg []byte) error
	closed  chan struct{}
}

func newQueue() *queue {
	return &queue{ready: make(chan struct{}, 1), closed: make(chan struct{})}
}

func (q *queue) push(frames ...string) {
	q.mu.Lock()
	for _, frame := range frames {
		q.frames = append(q.frames, []byte(frame))
	}
	q.mu.Unlock()
	q.wake()
}

func (q *queue) fail(err error) {
	q.mu.Lock()
	q.err = err
	q.mu.Unlock()
	q.wake()
}

func (q *queue) wake() {
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

func (q *queue) Ready() <-chan struct{} { return q.ready }

func (q *queue) Take() ([][]byte, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	frames := q.frames
	q.frames = nil
	if len(frames) > 0 {
		return frames, nil
	}
	return nil, q.err
}

func (q *queue) Receive(msg []byte) error {
	if q.receive == nil {
		return nil
	}
	return q.receive(msg)
}

func (q *queue) Close() { close(q.closed) }

// desk is a server with one socket route.
type deskServer struct {
	sockets *socket.Sockets
	address string
	log     *syncBuffer
}

// syncBuffer is a log that several goroutines write.
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

// serve starts a server whose sockets open decides on. It is stopped with the
// test, and the test fails if a socket is left.
func serve(t testing.TB, options socket.Options, open socket.Opener) *deskServer {
	t.Helper()
	return serveRoute(t, options, func(app *fiber.App, sockets *socket.Sockets) { app.Get("/socket", sockets.Handler(open)) })
}

// serveRoute is serve for any kind of sockets.
func serveRoute(t testing.TB, options socket.Options, route func(app *fiber.App, sockets *socket.Sockets)) *deskServer {
	t.Helper()
	log := &syncBuffer{}
	options.Log = slog.New(slog.NewTextHandler(log, nil))
	if options.Origins == nil {
		options.Origins = []string{origin}
	}
	sockets := socket.New(options)
	app := fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true, ErrorHandler: problem.Handler, ReduceMemoryUsage: true,
	})
	route(app, sockets)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- app.Listener(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := sockets.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := app.ShutdownWithContext(ctx); err != nil {
			t.Errorf("shutdown of the server: %v", err)
		}
		if err := <-done; err != nil {
			t.Errorf("listen: %v", err)
		}
	})
	return &deskServer{sockets: sockets, address: listener.Addr().String(), log: log}
}

// one opens every request with the session that start makes.
func one(start func() (socket.Session, error)) socket.Opener {
	return func(*fiber.Ctx) (socket.Opening, error) { return socket.Opening{Start: start}, nil }
}

// with opens every request with the same queue, which must be one only.
func with(q *queue) socket.Opener { return one(func() (socket.Session, error) { return q, nil }) }

func (d *deskServer) dial(t testing.TB) *websocket.Conn {
	t.Helper()
	conn, err := d.dialAs("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func (d *deskServer) dialAs(name string) (*websocket.Conn, error) {
	conn, response, err := websocket.DefaultDialer.Dial("ws://"+d.address+"/socket?name="+name, http.Header{"Origin": {origin}})
	if response != nil && response.Body != nil {
		response.Body.Close()
	}
	return conn, err
}

// read returns the next text, failing the test after five seconds.
func read(t testing.TB, conn *websocket.Conn) string {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	kind, msg, err := conn.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	if kind != websocket.TextMessage {
		t.Fatalf("a message of kind %d", kind)
	}
	return string(msg)
}

// closing reads until the close frame and returns it.
func closing(t testing.TB, conn *websocket.Conn) *websocket.CloseError {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, _, err := conn.ReadMessage()
		if err == nil {
			continue
		}
		closed, ok := err.(*websocket.CloseError)
		if !ok {
			t.Fatalf("no close frame: %v", err)
		}
		return closed
	}
}

func wait(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func newRequest(path string, headers map[string]string) *http.Request {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	return request
}
