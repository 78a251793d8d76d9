package socket

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/fasthttp/websocket"

	"parley/desk"
)

// quiet is one connection of a quiet peer. A goroutine reads it for as long as it
// lives; another one writes for as long as there is something to write.
type quiet struct {
	*shared
	conn  net.Conn
	early []byte // to be read before the connection
	greet Greet
	from  string // the address that it counts against

	in     inbound
	window rateWindow // of the reader alone
	pings  *time.Timer

	mu      sync.Mutex
	session QuietSession // nil until the peer has said who it is
	due     due          // what the writer has to do
	ending  *Ending
	writing bool          // a writer runs
	closed  bool          // none may begin any more
	over    chan struct{} // closed by the last writer, once the reader waits for it
}

// run serves the connection until it has ended. When it returns, nobody writes or
// takes frames any more.
func (k *quiet) run() {
	defer k.finish()
	k.in.from = k.conn
	if len(k.early) > 0 {
		k.in.from = io.MultiReader(bytes.NewReader(k.early), k.conn)
	}
	_ = k.conn.SetReadDeadline(time.Now().Add(k.greetIn))
	for begun := new(incoming); ; {
		message, err := k.in.next(begun)
		switch {
		case err != nil:
			k.end(k.afterRead(err))
			k.drain()
			return
		case message.kind == websocket.CloseMessage:
			k.end(Ending{Code: closeCode(message.payload)})
			return
		}
		k.take(message)
	}
}

// refuse ends a connection that there is no room for.
func (k *quiet) refuse(e Ending) {
	k.end(e)
	k.drain()
	k.finish()
}

// afterRead is the ending that follows from a failed read.
func (k *quiet) afterRead(err error) Ending {
	var asked Ending
	switch {
	case errors.As(err, &asked):
		return asked
	case errors.Is(err, os.ErrDeadlineExceeded) && !k.greeted():
		return Ending{Code: CodePolicy, Reason: "nobody said who it is"}
	}
	return Ending{Code: silent}
}

// take handles one message or control frame. Once the socket is ending it heeds
// none: the peer's goodbye is all that is waited for.
func (k *quiet) take(m incoming) {
	if k.ended() {
		return
	}
	if !k.window.allow(time.Now(), k.perSecond) {
		k.end(Ending{Code: CodePolicy, Reason: "too many messages"})
		return
	}
	switch m.kind {
	case websocket.PingMessage:
		k.answer(m.payload)
	case websocket.BinaryMessage:
		k.end(Ending{Code: CodeUnsupported, Reason: "text only"})
	case websocket.TextMessage:
		k.receive(m.payload)
	}
	k.alive()
}

// receive hands a message on; the first one starts the session.
func (k *quiet) receive(text []byte) {
	defer k.contain("receive")
	if k.session != nil { // set by this goroutine alone
		if err := k.session.Receive(text); err != nil && desk.CodeOf(err) == desk.CodeInternal {
			k.endWith(err)
		}
		return
	}
	session, err := k.greet(text, k.wake)
	if err != nil {
		k.endWith(err)
		return
	}
	k.mu.Lock()
	k.session, k.greet = session, nil
	// Peers that came together are not to be pinged together for ever.
	k.pings = time.AfterFunc(k.ping/2+rand.N(k.ping/2), k.askForLife)
	k.mu.Unlock()
	k.wake()
}

func (k *quiet) greeted() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.session != nil
}

func (k *quiet) ended() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.ending != nil
}

// alive gives the peer another while to show itself.
func (k *quiet) alive() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.session != nil && k.ending == nil { // the last word belongs to the ending
		_ = k.conn.SetReadDeadline(time.Now().Add(k.pong))
	}
}

// drain reads what is no frames until the peer has seen how the socket ends, because
// closing with unread input would take that from it. The writer sets the end of it.
func (k *quiet) drain() {
	var unheeded [64]byte
	for {
		if _, err := k.conn.Read(unheeded[:]); err != nil {
			return
		}
	}
}

// finish waits until nobody writes any more, and gives the session up.
func (k *quiet) finish() {
	if k.pings != nil {
		k.pings.Stop()
	}
	k.mu.Lock()
	k.closed = true
	if k.writing {
		k.over = make(chan struct{})
	}
	over := k.over
	k.mu.Unlock()
	if over != nil {
		<-over
	}
	defer k.contain("close")
	if k.session != nil {
		k.session.Close()
	}
}

// owned is nobody: who a quiet peer is shows only in its session.
func (k *quiet) owned() Owner { return Owner{} }

func (k *quiet) address() string { return k.from }

// force cuts a socket that did not end in time.
func (k *quiet) force() { _ = k.conn.Close() }

func (k *quiet) endWith(err error) {
	ending, fault := endingOf(err)
	if fault {
		k.log.Error("socket failed", "err", err)
	}
	k.end(ending)
}

// contain turns a panic of the session into an ending. To be deferred.
func (k *quiet) contain(part string) {
	if fault := recover(); fault != nil {
		k.log.Error("socket panicked", "part", part, "panic", fault, "stack", string(debug.Stack()))
		k.end(Ending{Code: CodeFault})
	}
}
