package socket_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"go.uber.org/goleak"

	"parley/server/socket"
)

func TestPingsAreSentAndAnswered(t *testing.T) {
	q := newQueue()
	conn := serve(t, socket.Options{Ping: 20 * time.Millisecond}, with(q)).dial(t)
	var pings, pongs atomic.Int32
	conn.SetPingHandler(func(string) error { pings.Add(1); return nil })
	conn.SetPongHandler(func(text string) error {
		if text == "are you there?" {
			pongs.Add(1)
		}
		return nil
	})
	if err := conn.WriteControl(websocket.PingMessage, []byte("are you there?"), time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(300*time.Millisecond, func() { q.push("end") })
	read(t, conn)
	if pings.Load() < 3 || pongs.Load() != 1 {
		t.Errorf("%d pings and %d pongs came", pings.Load(), pongs.Load())
	}
}

// TestPingsGoOutWhileBusy has more frames than the writer ever gets done with.
func TestPingsGoOutWhileBusy(t *testing.T) {
	q := newQueue()
	conn := serve(t, socket.Options{Ping: 20 * time.Millisecond}, one(func() (socket.Session, error) { return &endless{queue: q}, nil })).dial(t)
	var pings int
	conn.SetPingHandler(func(string) error { pings++; return nil })
	for deadline := time.Now().Add(5 * time.Second); pings < 3 && time.Now().Before(deadline); {
		read(t, conn)
	}
	if pings < 3 {
		t.Errorf("%d pings", pings)
	}
}

type endless struct{ *queue }

func (e *endless) Take() ([][]byte, error) { return [][]byte{[]byte("more")}, nil }

func TestSilentPeerIsDropped(t *testing.T) {
	quiet, lively := newQueue(), newQueue()
	queues := make(chan *queue, 2)
	queues <- quiet
	queues <- lively
	d := serve(t, socket.Options{Ping: 50 * time.Millisecond, Pong: 300 * time.Millisecond}, numbered(queues))
	d.dial(t) // reads nothing, so answers no ping
	wait(t, "the first socket", func() bool { return d.sockets.Len() == 1 })
	conn := d.dial(t)
	go func() { // answers pings, because it reads
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}()
	select {
	case <-quiet.closed:
	case <-time.After(5 * time.Second):
		t.Fatal("the silent peer is still there")
	}
	time.Sleep(500 * time.Millisecond)
	select {
	case <-lively.closed:
		t.Error("the peer that answers was dropped too")
	default:
	}
}

// TestStalledPeerHoldsNobodyUp has one peer that does not read among others that
// do.
func TestStalledPeerHoldsNobodyUp(t *testing.T) {
	stalled, fine := newQueue(), newQueue()
	queues := make(chan *queue, 2)
	queues <- stalled
	queues <- fine
	d := serve(t, socket.Options{Write: 300 * time.Millisecond}, numbered(queues))
	d.dial(t)
	wait(t, "the first socket", func() bool { return d.sockets.Len() == 1 })
	conn := d.dial(t)
	stalled.push(strings.Repeat("x", 32<<20))
	for i := range 50 {
		begun := time.Now()
		fine.push(fmt.Sprint(i))
		read(t, conn)
		if took := time.Since(begun); took > 200*time.Millisecond {
			t.Errorf("frame %d took %v", i, took)
		}
	}
	select {
	case <-stalled.closed:
	case <-time.After(5 * time.Second):
		t.Error("the stalled peer is still there")
	}
}

// TestNobodyGetsAnothersFrames is about the trap that this package exists for:
// sessions go on producing frames while their peers come and go, and every frame
// must bear the name of the one who reads it.
func TestNobodyGetsAnothersFrames(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
	const workers, rounds = 12, 25
	t.Run("churn", func(t *testing.T) {
		d := serve(t, socket.Options{}, func(c *fiber.Ctx) (socket.Opening, error) {
			name := c.Query("name")
			return socket.Opening{Start: func() (socket.Session, error) { return &named{queue: newQueue(), name: name}, nil }}, nil
		})
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				for r := range rounds {
					name := fmt.Sprintf("agent-%d-%d", w, r)
					conn, err := d.dialAs(name)
					if err != nil {
						t.Error(err)
						return
					}
					for range 1 + r%5 {
						_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
						_, msg, err := conn.ReadMessage()
						if err != nil || string(msg) != "secret for "+name {
							t.Errorf("%s got %q, %v", name, msg, err)
						}
					}
					if r%2 == 0 { // half say goodbye, half are just gone
						_ = conn.WriteControl(websocket.CloseMessage, nil, time.Now().Add(time.Second))
					}
					conn.Close()
				}
			})
		}
		group.Wait()
		wait(t, "all to be gone", func() bool { return d.sockets.Len() == 0 })
		if log := d.log.String(); log != "" {
			t.Errorf("log: %s", log)
		}
	})
}

// named always has another frame with the name of its peer.
type named struct {
	*queue
	name string
}

func (n *named) Take() ([][]byte, error) { return [][]byte{[]byte("secret for " + n.name)}, nil }

// TestCredentialsAreNotKept looks at what the library would hold on to for the
// life of a socket.
func TestCredentialsAreNotKept(t *testing.T) {
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error {
		socket.Forget(c)
		if c.Cookies("sid") != "" || c.Get("Authorization") != "" || len(c.Request().Header.Peek("Cookie")) > 0 || c.Query("since") != "" {
			t.Errorf("kept: %s", c.Request().Header.String())
		}
		if c.Get("Origin") == "" || c.Get("Host") == "" || c.Get("Sec-WebSocket-Key") == "" {
			t.Errorf("lost: %s", c.Request().Header.String())
		}
		return nil
	})
	request := newRequest("/?since=7", map[string]string{
		"Cookie": "sid=secret", "Authorization": "Bearer secret", "Origin": origin, "Sec-WebSocket-Key": "x",
	})
	if _, err := app.Test(request); err != nil {
		t.Fatal(err)
	}
}
