package socket

import (
	"time"

	"github.com/fasthttp/websocket"
)

// batchBytes is about how much is written at once: many small frames that wait
// together cost one system call. A longer frame is written by itself.
const batchBytes = 16 << 10

// always is a channel that never blocks.
var always = func() <-chan struct{} { c := make(chan struct{}); close(c); return c }()

// pump is the writer: it sends what the session has, pings, answers pings, and
// returns when the socket is to end.
func (k *socket) pump(session Session) {
	defer k.contain("send")
	ping := time.NewTimer(k.ping)
	defer ping.Stop()
	for k.ending.Load() == nil {
		ready := session.Ready()
		frames, err := session.Take()
		if err != nil {
			k.endWith(err)
			return
		}
		if len(frames) > 0 {
			if err := k.shared.send(k.writeWhole, frames); err != nil {
				k.end(Ending{Code: silent})
				return
			}
			ready = always
		}
		select {
		case <-ready:
		case <-k.poke:
			err = k.sendPong()
		case <-ping.C:
			ping.Reset(k.ping)
			err = k.sendControl(websocket.PingMessage, nil)
		}
		if err != nil {
			k.end(Ending{Code: silent})
			return
		}
	}
}

// send writes text frames, together where they are small.
func (s *shared) send(write func(frames []byte) error, frames [][]byte) error {
	buf := s.batches.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= 2*batchBytes { // one huge frame must not stay in memory
			s.batches.Put(buf)
		}
	}()
	*buf = (*buf)[:0]
	for i, frame := range frames {
		*buf = appendFrame(*buf, websocket.TextMessage, frame)
		last := i == len(frames)-1
		if last || len(*buf)+len(frames[i+1])+maxHead > batchBytes {
			if err := write(*buf); err != nil {
				return err
			}
			*buf = (*buf)[:0]
		}
	}
	return nil
}

// writeWhole writes whole frames within the write deadline, in one call, which
// the connection beneath lets nobody interrupt.
func (k *socket) writeWhole(frames []byte) error {
	conn := k.conn.NetConn()
	if err := conn.SetWriteDeadline(time.Now().Add(k.write)); err != nil {
		return err
	}
	_, err := conn.Write(frames)
	return err
}

func (k *socket) sendPong() error {
	payload := k.answer.Swap(nil)
	if payload == nil {
		return nil
	}
	return k.sendControl(websocket.PongMessage, *payload)
}

func (k *socket) sendControl(kind byte, payload []byte) error {
	return k.writeWhole(appendFrame(make([]byte, 0, maxHead+len(payload)), kind, payload))
}

// sayGoodbye sends the close frame and gives the reader a moment to see the
// peer's; a socket that ends silently is cut at once.
func (k *socket) sayGoodbye() {
	ending := k.ending.Load()
	wait := time.Unix(1, 0)
	if ending.Code != silent && k.sendControl(websocket.CloseMessage, closePayload(*ending)) == nil {
		wait = time.Now().Add(k.goodbye)
	}
	k.deadline.Lock()
	defer k.deadline.Unlock()
	_ = k.conn.SetReadDeadline(wait)
}
