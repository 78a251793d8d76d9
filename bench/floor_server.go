package bench

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"

	"github.com/fasthttp/websocket"
	fiberws "github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
)

// ServeFloor serves what the server is compared with, in a process of its own:
// HTTP with nothing behind it at one address, an echo at another. It ends with
// ctx.
func ServeFloor(ctx context.Context, httpAddress, echoAddress string) error {
	echo, err := net.Listen("tcp", echoAddress)
	if err != nil {
		return err
	}
	go serveEcho(echo)
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/json", func(c *fiber.Ctx) error { return c.JSON(floorAnswer) })
	fan := &fan{listeners: make(map[chan []byte]struct{})}
	app.Get("/fan", fiberws.New(func(c *fiberws.Conn) { fan.serve(c.Conn) }))
	app.Post("/fan", func(c *fiber.Ctx) error {
		fan.tell(append([]byte(nil), c.Body()...))
		return c.JSON(struct{}{})
	})
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stopped <- errors.Join(echo.Close(), app.Shutdown())
	}()
	if err := app.Listen(httpAddress); err != nil {
		return err
	}
	return <-stopped
}

// serveEcho sends back what comes.
func serveEcho(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return // it was closed
		}
		go func() {
			defer conn.Close()
			_, _ = io.Copy(conn, conn) // until the other side goes
		}()
	}
}

// floorAnswer is about 4 kB of JSON, with the shape of a list.
var floorAnswer = func() any {
	type row struct {
		Number int      `json:"number"`
		Name   string   `json:"name"`
		Text   string   `json:"text"`
		Tags   []string `json:"tags"`
		At     string   `json:"at"`
	}
	out := struct {
		Rows []row  `json:"rows"`
		Next string `json:"next"`
	}{Next: "next"}
	for i := range 20 {
		out.Rows = append(out.Rows, row{
			i, "A customer with a name", "A message that is shown in the list, cut to one line of it, with an end …",
			[]string{"one", "two"},
			"2026-11-01T10:00:00.000Z",
		})
	}
	return out
}()

// floorBytes is how long floorAnswer is as JSON.
func floorBytes() int {
	text, _ := json.Marshal(floorAnswer) // a struct of texts and numbers
	return len(text)
}

// fan hands one message to every socket, encoded once, with nothing stored,
// ordered or allowed.
type fan struct {
	mu        sync.Mutex
	listeners map[chan []byte]struct{}
}

func (f *fan) tell(message []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for l := range f.listeners {
		select {
		case l <- message:
		default: // its peer is gone, or it would be heard of soon enough
		}
	}
}

func (f *fan) serve(conn *websocket.Conn) {
	inbox := make(chan []byte, 16)
	f.mu.Lock()
	f.listeners[inbox] = struct{}{}
	f.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_, _, _ = conn.ReadMessage() // nothing is ever said: it returns when the peer goes
	}()
	inbox <- []byte("hello") // from now on it hears everything
	for open := true; open; {
		select {
		case message := <-inbox:
			open = conn.WriteMessage(websocket.TextMessage, message) == nil
		case <-gone:
			open = false
		}
	}
	f.mu.Lock()
	delete(f.listeners, inbox)
	f.mu.Unlock()
	_ = conn.Close() // so that the reader ends
	<-gone
}
