package socket_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"go.uber.org/goleak"

	"parley/desk"
	"parley/server/socket"
)

func TestQuietFramesArriveInOrder(t *testing.T) {
	l := &lobby{}
	conn := serveQuiet(t, socket.Options{}, l).greets(t, "elif")
	q := l.of(t, "elif")
	var want []string
	for _, size := range []int{1, 125, 126, 65535, 65536, 70_000, 3} {
		want = append(want, strings.Repeat("x", size))
	}
	q.push(want...)
	for i := range 300 {
		frame := fmt.Sprintf(`{"seq":%d,"text":"çğı"}`, i)
		want = append(want, frame)
		q.push(frame)
	}
	for i, frame := range want {
		if got := read(t, conn); got != frame {
			t.Fatalf("frame %d is %.40q (%d bytes), want %.40q (%d bytes)", i, got, len(got), frame, len(frame))
		}
	}
}

// TestQuietMessagesReachTheSession also when they come in parts, with a ping
// between them.
func TestQuietMessagesReachTheSession(t *testing.T) {
	l := &lobby{receive: func(q *quietQueue, msg []byte) error {
		if string(msg) == "nonsense" {
			return desk.Refuse(desk.CodeInvalid, "", "A frame is a JSON object with a type.")
		}
		q.push("echo " + string(msg))
		return nil
	}}
	conn := serveQuiet(t, socket.Options{PerSecond: 100}, l).greets(t, "elif")
	for _, msg := range []string{"nonsense", "", "a", strings.Repeat("ğ", 62), strings.Repeat("x", 126), strings.Repeat("y", 4096)} {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(msg)); err != nil {
			t.Fatal(err)
		}
		if msg == "nonsense" {
			continue
		}
		if got := read(t, conn); got != "echo "+msg {
			t.Fatalf("%.20q came back as %.20q", msg, got)
		}
	}
	var pongs atomic.Int32
	conn.SetPongHandler(func(string) error { pongs.Add(1); return nil })
	raw := conn.NetConn()
	for _, part := range [][]byte{masked(0x01, "in "), masked(0x89, "?"), masked(0x00, "three "), masked(0x80, "parts")} {
		if _, err := raw.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, conn); got != "echo in three parts" || pongs.Load() != 1 {
		t.Errorf("got %q and %d pongs", got, pongs.Load())
	}
}

// masked makes a client's frame with a first byte of flags and kind.
func masked(first byte, payload string) []byte {
	frame := []byte{first}
	switch n := len(payload); {
	case n < 126:
		frame = append(frame, 0x80|byte(n))
	default:
		frame = binary.BigEndian.AppendUint16(append(frame, 0x80|126), uint16(n))
	}
	mask := []byte{1, 2, 3, 4}
	frame = append(frame, mask...)
	for i := range len(payload) {
		frame = append(frame, payload[i]^mask[i%4])
	}
	return frame
}

// TestQuietPeersAreAskedForLife drops who does not answer and keeps who does.
func TestQuietPeersAreAskedForLife(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{Ping: 40 * time.Millisecond, Pong: 1500 * time.Millisecond}, l)
	d.greets(t, "silent")
	lively := d.greets(t, "lively")
	stop := make(chan struct{})
	var group sync.WaitGroup
	defer group.Wait()
	defer close(stop)
	var pings atomic.Int32
	group.Go(func() {
		for {
			_ = lively.SetReadDeadline(time.Now().Add(5 * time.Second))
			_, msg, err := lively.ReadMessage()
			if err == nil && string(msg) == `{"type":"ping"}` {
				pings.Add(1)
				err = lively.WriteMessage(websocket.TextMessage, []byte(`{"type":"pong"}`))
			}
			select {
			case <-stop:
				return
			default:
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	select {
	case <-l.of(t, "silent").closed:
	case <-time.After(5 * time.Second):
		t.Fatal("the silent peer is still there")
	}
	time.Sleep(2 * time.Second) // longer than it would have taken
	select {
	case <-l.of(t, "lively").closed:
		t.Error("the peer that answers was dropped too")
	default:
	}
	if n := pings.Load(); n < 10 {
		t.Errorf("it was asked %d times", n)
	}
}

// TestStalledQuietPeerHoldsNobodyUp has one peer that does not read.
func TestStalledQuietPeerHoldsNobodyUp(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{Write: 300 * time.Millisecond}, l)
	d.greets(t, "stalled")
	conn := d.greets(t, "fine")
	l.of(t, "stalled").push(strings.Repeat("x", 32<<20))
	for i := range 50 {
		begun := time.Now()
		l.of(t, "fine").push(fmt.Sprint(i))
		read(t, conn)
		if took := time.Since(begun); took > 200*time.Millisecond {
			t.Errorf("frame %d took %v", i, took)
		}
	}
	select {
	case <-l.of(t, "stalled").closed:
	case <-time.After(5 * time.Second):
		t.Error("the stalled peer is still there")
	}
}

// TestNobodyGetsAnothersQuietFrames lets peers come and go while their sessions go
// on producing frames, and leaves nothing behind.
func TestNobodyGetsAnothersQuietFrames(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
	const workers, rounds = 12, 25
	t.Run("churn", func(t *testing.T) {
		l := &lobby{}
		d := serveQuiet(t, socket.Options{}, l)
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				for r := range rounds {
					name := fmt.Sprintf("visitor-%d-%d", w, r)
					conn, err := d.dialAs(name)
					if err != nil {
						t.Error(err)
						return
					}
					if err := conn.WriteMessage(websocket.TextMessage, []byte(name)); err != nil {
						t.Error(err)
					}
					for i := range 1 + r%5 {
						_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
						_, msg, err := conn.ReadMessage()
						if err != nil || string(msg) != "hello "+name {
							t.Errorf("%s got %q, %v", name, msg, err)
						}
						q := l.of(t, name)
						group.Go(func() { q.push("hello " + name) })
						if i == 3 { // talks until the end, and beyond
							group.Go(func() {
								for range 50 {
									q.push("hello " + name)
								}
							})
						}
					}
					if r%2 == 0 {
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

// TestQuietPeersAreOneGoroutine each, while nothing happens.
func TestQuietPeersAreOneGoroutine(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{}, l)
	const peers = 100
	before := runtime.NumGoroutine()
	for i := range peers {
		d.greets(t, fmt.Sprint(i))
	}
	wait(t, "the writers to be done", func() bool { return runtime.NumGoroutine()-before < peers+peers/10 })
}

func TestQuietSocketsAreToldOfTheShutdown(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{}, l)
	greeted, mute := d.greets(t, "elif"), d.dial(t)
	wait(t, "both", func() bool { return d.sockets.Len() == 2 })
	done := make(chan error, 1)
	go func() { done <- d.sockets.Shutdown(t.Context()) }()
	for _, conn := range []*websocket.Conn{greeted, mute} {
		if closed := closing(t, conn); closed.Code != socket.CodeRestart || !strings.HasPrefix(closed.Text, "retry_after=") {
			t.Errorf("closed with %d %q", closed.Code, closed.Text)
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestShutdownCutsTheStuckQuiet has a peer that neither reads nor answers.
func TestShutdownCutsTheStuckQuiet(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{Write: time.Hour, Goodbye: time.Hour}, l)
	d.greets(t, "stuck")
	q := l.of(t, "stuck")
	q.push(strings.Repeat("x", 32<<20))
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := d.sockets.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("shut down with %v", err)
	}
	<-q.closed
}

// TestQuietRoomIsLimited refuses before the upgrade what there is no room for.
func TestQuietRoomIsLimited(t *testing.T) {
	d := serveQuiet(t, socket.Options{Max: 2}, &lobby{})
	d.greets(t, "a")
	d.greets(t, "b")
	status, body := d.shake(t, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: "+origin)
	if status != 503 || !strings.Contains(body, `"code":"unavailable"`) {
		t.Errorf("status %d, %s", status, body)
	}
	status, body = d.shake(t, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: https://evil.example.com")
	if status != 403 || !strings.Contains(body, `"code":"csrf"`) {
		t.Errorf("a foreign page: status %d, %s", status, body)
	}
}

// TestCrowdedAddress refuses an address that has its share of the places, until one
// of them is free again; others are let in.
func TestCrowdedAddress(t *testing.T) {
	d := serveQuiet(t, socket.Options{MaxFrom: 2}, &lobby{})
	from := func(address string) (*websocket.Conn, int) {
		conn, response, err := websocket.DefaultDialer.Dial("ws://"+d.address+"/socket?from="+address, http.Header{"Origin": {origin}})
		if response == nil {
			t.Fatal(err)
		}
		if response.Body != nil {
			response.Body.Close()
		}
		if err == nil {
			t.Cleanup(func() { conn.Close() })
		}
		return conn, response.StatusCode
	}
	first, _ := from("a")
	from("a")
	wait(t, "two sockets", func() bool { return d.sockets.Len() == 2 })
	if _, status := from("a"); status != http.StatusTooManyRequests {
		t.Errorf("a third of one address: %d", status)
	}
	if _, status := from("b"); status != http.StatusSwitchingProtocols {
		t.Errorf("another address: %d", status)
	}
	first.Close()
	wait(t, "a free place", func() bool { return d.sockets.Len() == 2 })
	if _, status := from("a"); status != http.StatusSwitchingProtocols {
		t.Errorf("after one has left: %d", status)
	}
}

// TestEarlyWordsAreHeard sends the first message together with the request.
func TestEarlyWordsAreHeard(t *testing.T) {
	l := &lobby{}
	d := serveQuiet(t, socket.Options{}, l)
	conn, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	request := "GET /socket HTTP/1.1\r\nHost: desk.example.com\r\nOrigin: " + origin +
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if _, err := conn.Write(append([]byte(request), masked(0x81, "hasty")...)); err != nil {
		t.Fatal(err)
	}
	l.of(t, "hasty")
}
