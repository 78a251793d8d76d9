package socket_test

import (
	"sync"
	"testing"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"parley/server/socket"
)

// quietQueue is a quiet session fed by a test.
type quietQueue struct {
	*queue
	greeting string
	wakes    func()
}

func (q *quietQueue) push(frames ...string) {
	q.queue.push(frames...)
	q.wakes()
}

func (q *quietQueue) fail(err error) {
	q.queue.fail(err)
	q.wakes()
}

// Take gives a few at a time, so that it must be asked again.
func (q *quietQueue) Take() ([][]byte, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.frames) == 0 {
		return nil, q.err
	}
	some := q.frames[:min(3, len(q.frames))]
	q.frames = q.frames[len(some):]
	return some, nil
}

func (q *quietQueue) Ping() []byte { return []byte(`{"type":"ping"}`) }

// lobby lets quiet peers in and keeps their sessions by what they said first.
type lobby struct {
	mu       sync.Mutex
	sessions map[string]*quietQueue
	receive  func(q *quietQueue, msg []byte) error
	refuse   error
}

func (l *lobby) greet(first []byte, wake func()) (socket.QuietSession, error) {
	if l.refuse != nil {
		return nil, l.refuse
	}
	q := &quietQueue{queue: newQueue(), greeting: string(first), wakes: wake}
	if l.receive != nil {
		q.receive = func(msg []byte) error { return l.receive(q, msg) }
	}
	q.push("hello " + q.greeting)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sessions == nil {
		l.sessions = make(map[string]*quietQueue)
	}
	l.sessions[q.greeting] = q
	return q, nil
}

// of is the session of whoever said that first.
func (l *lobby) of(t testing.TB, greeting string) *quietQueue {
	t.Helper()
	var q *quietQueue
	wait(t, "the session of "+greeting, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		q = l.sessions[greeting]
		return q != nil
	})
	return q
}

// serveQuiet starts a server whose sockets begin in the lobby.
func serveQuiet(t testing.TB, options socket.Options, l *lobby) *deskServer {
	t.Helper()
	return serveRoute(t, options, func(app *fiber.App, sockets *socket.Sockets) {
		socket.Keep(app)
		app.Get("/socket", sockets.QuietHandler(func(c *fiber.Ctx) (socket.QuietOpening, error) {
			return socket.QuietOpening{Greet: l.greet, Address: c.Query("from")}, nil
		}))
	})
}

// greets connects a peer that says who it is.
func (d *deskServer) greets(t testing.TB, greeting string) *websocket.Conn {
	t.Helper()
	conn := d.dial(t)
	if err := conn.WriteMessage(websocket.TextMessage, []byte(greeting)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, conn); got != "hello "+greeting {
		t.Fatalf("greeted with %q", got)
	}
	return conn
}
