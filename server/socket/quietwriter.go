package socket

import (
	"encoding/binary"
	"time"

	"github.com/fasthttp/websocket"
)

// due is what a quiet socket's writer has to do. It is guarded by quiet.mu.
type due struct {
	frames bool   // the session may have some
	ping   bool   // the peer is to show itself
	pong   []byte // the payload of its newest ping; nil for none
}

func (d *due) any() bool { return d.frames || d.ping || d.pong != nil }

// wake lets a writer look what the session has.
func (k *quiet) wake() {
	k.ask(func() { k.due.frames = true })
}

// askForLife pings the peer, and does so again after a while.
func (k *quiet) askForLife() {
	k.ask(func() { k.due.ping = true })
}

// answer sends a ping's payload back.
func (k *quiet) answer(payload []byte) {
	k.ask(func() { k.due.pong = payload })
}

// end asks the socket to end; the first to ask decides how. It is safe from any
// goroutine at any time.
func (k *quiet) end(e Ending) {
	k.ask(func() {
		if k.ending == nil {
			k.ending = &e
		}
	})
}

// ask notes something for the writer, and starts one when none runs.
func (k *quiet) ask(note func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	note()
	if !k.writing && !k.closed {
		k.writing = true
		go k.work()
	}
}

// work does what is due until nothing is, or the socket ends.
func (k *quiet) work() {
	for {
		now, session, ending := k.next()
		switch {
		case ending != nil:
			k.sayGoodbye(*ending)
			return
		case !now.any():
			return
		}
		if err := k.do(now, session); err != nil {
			k.cut()
		}
	}
}

// next takes what is due. When nothing is, the writer is one no more.
func (k *quiet) next() (due, QuietSession, *Ending) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.due
	k.due = due{}
	if k.session == nil {
		now.frames = false
	}
	if k.ending == nil && !now.any() {
		k.rest()
	}
	return now, k.session, k.ending
}

// rest is the end of a writer. k.mu is held.
func (k *quiet) rest() {
	k.writing = false
	if k.over != nil {
		close(k.over)
	}
}

// do writes what is due: control frames first, and of the session's frames what it
// has now; it is asked again until it has none. An error is one of the connection.
func (k *quiet) do(now due, session QuietSession) error {
	defer k.contain("send")
	if now.pong != nil {
		if err := k.put(appendFrame(nil, websocket.PongMessage, now.pong)); err != nil {
			return err
		}
	}
	if now.ping {
		if err := k.put(appendFrame(nil, websocket.TextMessage, session.Ping())); err != nil {
			return err
		}
		k.pings.Reset(k.ping)
	}
	if !now.frames {
		return nil
	}
	frames, err := session.Take()
	if err != nil {
		k.endWith(err)
		return nil
	}
	if len(frames) == 0 {
		return nil
	}
	k.wake()
	return k.shared.send(k.put, frames)
}

// put writes whole frames within the write deadline.
func (k *quiet) put(frames []byte) error {
	if err := k.conn.SetWriteDeadline(time.Now().Add(k.write)); err != nil {
		return err
	}
	_, err := k.conn.Write(frames)
	return err
}

// cut ends the socket without a word, because none would arrive.
func (k *quiet) cut() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ending = &Ending{Code: silent}
}

// sayGoodbye sends the close frame, as the last thing that is ever written, and
// gives the peer a moment to answer.
func (k *quiet) sayGoodbye(ending Ending) {
	wait := time.Unix(1, 0)
	if ending.Code != silent && k.put(appendFrame(nil, websocket.CloseMessage, closePayload(ending))) == nil {
		wait = time.Now().Add(k.goodbye)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	_ = k.conn.SetReadDeadline(wait)
	k.closed = true
	k.rest()
}

// closeCode is the code with which a peer says goodbye, to be sent back to it.
func closeCode(payload []byte) int {
	if len(payload) < 2 {
		return websocket.CloseNoStatusReceived
	}
	code := int(binary.BigEndian.Uint16(payload))
	registered := code >= CodeNormal && code <= websocket.CloseTLSHandshake-1 && code != websocket.CloseNoStatusReceived && code != websocket.CloseAbnormalClosure
	if registered || (code >= 3000 && code < 5000) {
		return code
	}
	return websocket.CloseProtocolError
}
