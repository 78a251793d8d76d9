package socket_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"parley/desk"
	"parley/server/socket"
)

func TestFramesArriveInOrder(t *testing.T) {
	q := newQueue()
	conn := serve(t, socket.Options{}, with(q)).dial(t)
	var want []string
	for _, size := range []int{1, 125, 126, 65535, 65536, 70_000, 3, 20_000, 16 << 10, 5} {
		want = append(want, strings.Repeat("x", size))
	}
	q.push(want...) // all at once
	for i := range 300 {
		frame := fmt.Sprintf(`{"seq":%d,"text":"çğı"}`, i)
		want = append(want, frame)
		q.push(frame) // and one by one
	}
	for i, frame := range want {
		if got := read(t, conn); got != frame {
			t.Fatalf("frame %d is %.40q (%d bytes), want %.40q (%d bytes)", i, got, len(got), frame, len(frame))
		}
	}
}

func TestMessagesReachTheSession(t *testing.T) {
	q := newQueue()
	q.receive = func(msg []byte) error { q.push("echo " + string(msg)); return nil }
	conn := serve(t, socket.Options{}, with(q)).dial(t)
	for i := range 20 {
		msg := strings.Repeat(fmt.Sprintf("%d ğ ", i), 1+i*400)
		if err := conn.WriteMessage(websocket.TextMessage, []byte(msg)); err != nil {
			t.Fatal(err)
		}
		if got := read(t, conn); got != "echo "+msg {
			t.Fatalf("message %d came back as %.60q", i, got)
		}
	}
}

func TestRefusedMessageIsPassedOver(t *testing.T) {
	q := newQueue()
	q.receive = func(msg []byte) error {
		if string(msg) == "nonsense" {
			return desk.Refuse(desk.CodeInvalid, "", "A frame is a JSON object with a type.")
		}
		q.push("echo " + string(msg))
		return nil
	}
	conn := serve(t, socket.Options{}, with(q)).dial(t)
	for _, msg := range []string{"nonsense", "sense"} {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(msg)); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, conn); got != "echo sense" {
		t.Errorf("got %q", got)
	}
}

func TestHowSocketsEnd(t *testing.T) {
	text := func(payload string) func(*websocket.Conn) error {
		return func(c *websocket.Conn) error { return c.WriteMessage(websocket.TextMessage, []byte(payload)) }
	}
	for name, test := range map[string]struct {
		act     func(*websocket.Conn) error
		receive func([]byte) error
		take    error
		code    int
		reason  string
		logged  bool
	}{
		"binary":             {act: func(c *websocket.Conn) error { return c.WriteMessage(websocket.BinaryMessage, []byte("x")) }, code: 1003, reason: "text only"},
		"invalid text":       {act: text("a\xffb"), code: 1007},
		"cut letter":         {act: text("\xc4"), code: 1007},
		"too long":           {act: text(strings.Repeat("a", socket.MaxMessage+1)), code: 1009},
		"refused by session": {act: text("x"), receive: func([]byte) error { return socket.Ending{Code: 4401, Reason: "signed out"} }, code: 4401, reason: "signed out"},
		"fault of session":   {act: text("x"), receive: func([]byte) error { return errors.New("page 7 is torn") }, code: 1011, logged: true},
		"panic of session":   {act: text("x"), receive: func([]byte) error { panic("page 7 is torn") }, code: 1011, logged: true},
		"session is over":    {take: io.EOF, code: 1000},
		"too slow":           {take: fmt.Errorf("live: %w", socket.Ending{Code: 1013, Reason: "too slow"}), code: 1013, reason: "too slow"},
		"signed out":         {take: desk.Refuse(desk.CodeUnauthorized, "", "Sign in first."), code: 4401},
		"fault in take":      {take: errors.New("page 7 is torn"), code: 1011, logged: true},
		"flood": {act: func(c *websocket.Conn) error {
			for range 100 {
				if err := text("x")(c); err != nil {
					return nil // already closed
				}
			}
			return nil
		}, code: 1008, reason: "too many messages"},
		"flood of pings": {act: func(c *websocket.Conn) error {
			for range 100 {
				_ = c.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
			}
			return nil
		}, code: 1008, reason: "too many messages"},
		"peer leaves": {act: func(c *websocket.Conn) error {
			return c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1001, ""), time.Now().Add(time.Second))
		}, code: 1001},
	} {
		t.Run(name, func(t *testing.T) {
			q := newQueue()
			q.receive = test.receive
			d := serve(t, socket.Options{}, with(q))
			conn := d.dial(t)
			if test.act != nil {
				if err := test.act(conn); err != nil {
					t.Fatal(err)
				}
			} else {
				q.fail(test.take)
			}
			closed := closing(t, conn)
			if closed.Code != test.code || closed.Text != test.reason {
				t.Errorf("closed with %d %q, want %d %q", closed.Code, closed.Text, test.code, test.reason)
			}
			<-q.closed
			if got := strings.Contains(d.log.String(), "page 7 is torn"); got != test.logged {
				t.Errorf("logged: %t\n%s", got, d.log)
			}
			wait(t, "the place to be free", func() bool { return d.sockets.Len() == 0 })
		})
	}
}

// TestPanicsStayInside lets each of a session's methods panic; the server must
// serve the next socket as if nothing had been.
func TestPanicsStayInside(t *testing.T) {
	for _, where := range []string{"start", "ready", "take", "close", "error"} {
		t.Run(where, func(t *testing.T) {
			d := serve(t, socket.Options{}, one(func() (socket.Session, error) {
				if where == "start" {
					panic("page 7 is torn")
				}
				if where == "error" {
					return nil, errors.New("page 7 is torn")
				}
				return &bomb{queue: newQueue(), where: where}, nil
			}))
			for range 3 {
				conn := d.dial(t)
				if where == "close" {
					conn.Close()
					continue
				}
				if closed := closing(t, conn); closed.Code != 1011 || closed.Text != "" {
					t.Errorf("closed with %d %q", closed.Code, closed.Text)
				}
			}
			wait(t, "the sockets to end", func() bool { return d.sockets.Len() == 0 })
			if !strings.Contains(d.log.String(), "page 7 is torn") {
				t.Errorf("nothing in the log: %s", d.log)
			}
		})
	}
}

type bomb struct {
	*queue
	where string
}

func (b *bomb) Ready() <-chan struct{} { b.at("ready"); return b.queue.Ready() }

func (b *bomb) Take() ([][]byte, error) { b.at("take"); return b.queue.Take() }

func (b *bomb) Close() { b.at("close") }

func (b *bomb) at(where string) {
	if b.where == where {
		panic("page 7 is torn")
	}
}

func TestShutdownTellsWhenToComeBack(t *testing.T) {
	d := serve(t, socket.Options{}, one(func() (socket.Session, error) { return newQueue(), nil }))
	var conns []*websocket.Conn
	for range 20 {
		conns = append(conns, d.dial(t))
	}
	wait(t, "20 sockets", func() bool { return d.sockets.Len() == 20 })
	done := make(chan error, 1)
	go func() { done <- d.sockets.Shutdown(context.Background()) }()
	for _, conn := range conns {
		closed := closing(t, conn)
		var seconds int
		if _, err := fmt.Sscanf(closed.Text, "retry_after=%d", &seconds); err != nil || closed.Code != 1012 || seconds < 1 || seconds > 20 {
			t.Errorf("closed with %d %q", closed.Code, closed.Text)
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if conn, err := d.dialAs(""); err == nil {
		conn.Close()
		t.Error("a socket opened after the shutdown")
	}
}

// TestShutdownCutsTheStuck has a peer that neither reads nor answers.
func TestShutdownCutsTheStuck(t *testing.T) {
	q := newQueue()
	d := serve(t, socket.Options{Write: time.Hour, Goodbye: time.Hour}, with(q))
	d.dial(t)
	q.push(strings.Repeat("x", 32<<20)) // more than any buffer between the two holds
	wait(t, "the frame to be taken", func() bool { q.mu.Lock(); defer q.mu.Unlock(); return q.frames == nil })
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := d.sockets.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("shutdown: %v", err)
	}
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	<-q.closed
}

func TestCloseWhere(t *testing.T) {
	first, second := newQueue(), newQueue()
	queues := make(chan *queue, 2)
	queues <- first
	queues <- second
	d := serve(t, socket.Options{}, numbered(queues))
	// One after the other: who is answered first need not be served first.
	a := d.dial(t)
	wait(t, "a socket", func() bool { return d.sockets.Len() == 1 })
	b := d.dial(t)
	wait(t, "two sockets", func() bool { return d.sockets.Len() == 2 })
	d.sockets.CloseWhere(func(o socket.Owner) bool { return o.Session[0] == 1 }, socket.Ending{Code: socket.CodeSessionEnded, Reason: "signed out"})
	if closed := closing(t, a); closed.Code != 4401 {
		t.Errorf("closed with %d", closed.Code)
	}
	second.push("still here")
	if got := read(t, b); got != "still here" {
		t.Errorf("got %q", got)
	}
}
