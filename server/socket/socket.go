package socket

import (
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/fasthttp/websocket"

	"parley/desk"
)

// shared is what all sockets of a set have in common.
type shared struct {
	log                        *slog.Logger
	ping, pong, write, goodbye time.Duration
	greetIn                    time.Duration
	perSecond                  int
	batches                    sync.Pool // of *[]byte: a socket has one only while it writes
}

// socket is one connection for as long as its handler runs.
type socket struct {
	*shared
	conn  *websocket.Conn // touched by the two goroutines of this socket alone, but for force
	owner Owner           // its Session is under the lock of the set

	ending atomic.Pointer[Ending] // set once; the writer then says goodbye
	answer atomic.Pointer[[]byte] // the newest ping's payload that awaits its pong
	poke   chan struct{}          // tells the writer to look at the two above

	deadline sync.Mutex // orders read deadlines: the last word belongs to the ending
	window   rateWindow // of the reader alone
}

func newSocket(conn *websocket.Conn, owner Owner, s *shared) *socket {
	return &socket{shared: s, conn: conn, owner: owner, poke: make(chan struct{}, 1)}
}

// run serves the connection until it has ended. When it returns, nothing touches
// the connection any more.
func (k *socket) run(start func() (Session, error)) {
	session := k.start(start)
	if session == nil {
		k.sayGoodbye()
		return
	}
	k.conn.SetReadLimit(MaxMessage)
	k.conn.SetPongHandler(func(string) error { k.alive(); return nil })
	k.conn.SetPingHandler(k.answerPing)
	k.conn.SetCloseHandler(func(int, string) error { return nil }) // answered by the writer
	k.alive()

	var writer sync.WaitGroup
	writer.Go(func() {
		k.pump(session)
		k.sayGoodbye()
	})
	k.read(session)
	writer.Wait()
	func() {
		defer k.contain("close")
		session.Close()
	}()
}

// start returns nil, and ends the socket, when there is no session.
func (k *socket) start(start func() (Session, error)) Session {
	defer k.contain("start")
	session, err := start()
	if err != nil {
		k.endWith(err)
		return nil
	}
	return session
}

// end asks the socket to end; the first to ask decides how. It is safe from any
// goroutine at any time.
func (k *socket) end(e Ending) {
	if k.ending.CompareAndSwap(nil, &e) {
		k.nudge()
	}
}

func (k *socket) endWith(err error) {
	ending, fault := endingOf(err)
	if fault {
		k.log.Error("socket failed", "agent", k.owner.Agent, "err", err)
	}
	k.end(ending)
}

func (k *socket) nudge() {
	select {
	case k.poke <- struct{}{}:
	default:
	}
}

// contain turns a panic of the session into an ending. To be deferred.
func (k *socket) contain(part string) {
	if fault := recover(); fault != nil {
		k.log.Error("socket panicked", "part", part, "agent", k.owner.Agent, "panic", fault, "stack", string(debug.Stack()))
		k.end(Ending{Code: CodeFault})
	}
}

// read reads until the connection fails. Once the socket is ending it reads on,
// unheeded, because closing with unread input would reset the connection and the
// peer would lose the close frame.
func (k *socket) read(session Session) {
	for {
		kind, msg, err := k.conn.ReadMessage()
		if err != nil {
			k.end(afterRead(err))
			return
		}
		if k.ending.Load() == nil {
			k.deliver(session, kind, msg)
		}
	}
}

func (k *socket) deliver(session Session, kind int, msg []byte) {
	defer k.contain("receive")
	switch {
	case kind != websocket.TextMessage:
		k.end(Ending{Code: CodeUnsupported, Reason: "text only"})
	case !k.window.allow(time.Now(), k.perSecond):
		k.end(Ending{Code: CodePolicy, Reason: "too many messages"})
	case !utf8.Valid(msg):
		k.end(Ending{Code: CodeInvalidText})
	default:
		k.alive()
		if err := session.Receive(msg); err != nil && desk.CodeOf(err) == desk.CodeInternal {
			k.endWith(err)
		}
	}
}

// alive gives the peer another while to show itself.
func (k *socket) alive() {
	k.deadline.Lock()
	defer k.deadline.Unlock()
	if k.ending.Load() == nil {
		_ = k.conn.SetReadDeadline(time.Now().Add(k.pong))
	}
}

func (k *socket) answerPing(payload string) error {
	if !k.window.allow(time.Now(), k.perSecond) {
		k.end(Ending{Code: CodePolicy, Reason: "too many messages"})
		return nil
	}
	answer := []byte(payload)
	k.answer.Store(&answer)
	k.nudge()
	return nil
}

func (k *socket) owned() Owner { return k.owner }

func (k *socket) address() string { return "" }

// force cuts a socket that did not end in time. Only for Sockets, under the lock
// that the handler takes before it gives the connection back.
func (k *socket) force() {
	// Close on the connection itself does nothing: the HTTP server closes it when
	// the handler has returned, which is what a stuck one will not do.
	if hijacked, ok := k.conn.NetConn().(interface{ UnsafeConn() net.Conn }); ok {
		_ = hijacked.UnsafeConn().Close()
	}
}
