package server

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"parley/server/socket"
)

// TestSlowVisitor is dropped when it reads nothing, holds nobody up meanwhile, and
// is told everything when it comes back.
func TestSlowVisitor(t *testing.T) {
	w := newWeb(t)
	impatient := socket.New(socket.Options{Log: w.log, Origins: []string{testOrigin}, Write: 300 * time.Millisecond})
	w.address = w.listenWith(impatient)
	slow := w.visitor("slow")
	other := w.visitor("other")
	n, theirs := w.says(&slow, "Hello"), w.says(&other, "Hi")

	stuck, fine := w.dialSlowly(`{"type":"auth","token":"slow"}`), w.dial(`{"type":"auth","token":"other"}`)
	defer stuck.Close()
	waitUntil(t, func() bool { return impatient.Len() == 2 })
	hello := w.hear(fine)
	sent := 0
	for text := strings.Repeat("x", 16<<10); impatient.Len() == 2; sent++ {
		if sent == 2000 {
			t.Fatal("the slow visitor is still there")
		}
		w.writes(n, text)
		if sent%50 == 0 {
			w.writes(theirs, fmt.Sprint(sent))
			if f := w.hear(fine); f.Message == nil || f.Message.Text != fmt.Sprint(sent) {
				t.Fatalf("the other is told %+v", f)
			}
		}
	}
	back := w.dial(`{"type":"auth","token":"slow","epoch":"` + hello.Epoch + `","since":` + jsonNumber(hello.Sequence) + `}`)
	w.hear(back)
	w.writes(n, "Welcome back")
	messages, resets := 0, 0
	for last := ""; last != "Welcome back"; {
		f := w.hear(back)
		switch {
		case f.Type == "reset": // more than is kept for one visitor: it loads anew, and hears on from there
			messages, resets = 0, resets+1
		case f.Message != nil:
			messages, last = messages+1, f.Message.Text
		}
	}
	if resets > 1 || (resets == 0 && messages != sent+1) {
		t.Errorf("told %d of %d after %d resets", messages, sent+1, resets)
	}
}

// listenWith serves the visitors' socket alone, with other limits, and returns its
// address.
func (w *web) listenWith(sockets *socket.Sockets) string {
	w.t.Helper()
	alone := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	socket.Keep(alone)
	alone.Get(widgetPath+"/socket", sockets.QuietHandler(func(*fiber.Ctx) (socket.QuietOpening, error) { return socket.QuietOpening{Greet: w.greetVisitor}, nil }))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- alone.Listener(listener) }()
	w.t.Cleanup(func() {
		if err := sockets.Shutdown(w.t.Context()); err != nil && w.t.Context().Err() == nil {
			w.t.Error(err)
		}
		if err := alone.Shutdown(); err != nil {
			w.t.Error(err)
		}
		if err := <-served; err != nil {
			w.t.Error(err)
		}
	})
	return listener.Addr().String()
}

// dialSlowly is dial for a peer that takes in little and reads nothing.
func (w *web) dialSlowly(first string) *websocket.Conn {
	w.t.Helper()
	dialer := websocket.Dialer{NetDial: func(network, address string) (net.Conn, error) {
		conn, err := net.Dial(network, address)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		}
		return conn, err
	}}
	conn, response, err := dialer.Dial("ws://"+w.address+widgetPath+"/socket", http.Header{"Origin": {testOrigin}})
	if err != nil {
		w.t.Fatal(err)
	}
	response.Body.Close()
	if err := conn.WriteMessage(websocket.TextMessage, []byte(first)); err != nil {
		w.t.Fatal(err)
	}
	return conn
}
