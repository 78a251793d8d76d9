package bench

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"strconv"
	"time"
)

// listener is one socket of a crowd. It is fed what was read from its connection.
type listener struct {
	crowd    *crowd
	conn     net.Conn
	early    []byte // what came together with the answer to the upgrade
	rest     []byte // the beginning of a frame that is not whole yet
	strict   bool
	greeted  bool   // it has got a frame
	sequence uint64 // of the last frame that had one
	write    func(frame []byte) error
}

// newListener connects, upgrades and says what is to be said first.
func newListener(c *crowd, address string, d *door, i int) (*listener, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	l := &listener{crowd: c, conn: conn, strict: d.strict}
	l.write = func(frame []byte) error { _, err := conn.Write(frame); return err }
	request := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: Upgrade\r\n"+
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", d.path, address, address)
	if d.cookie != nil {
		request += "Cookie: sid=" + d.cookie(i) + "\r\n"
	}
	if _, err := conn.Write([]byte(request + "\r\n")); err != nil {
		return nil, err
	}
	if err := l.upgraded(); err != nil || d.first == nil {
		return l, err
	}
	return l, l.write(clientFrame(frameText, []byte(d.first(i))))
}

// upgraded reads the answer to the upgrade.
func (l *listener) upgraded() error {
	conn := l.conn
	if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return err
	}
	var head []byte
	for buf := make([]byte, 4096); ; {
		n, err := conn.Read(buf)
		if err != nil {
			return err
		}
		head = append(head, buf[:n]...)
		if before, after, found := bytes.Cut(head, []byte("\r\n\r\n")); found {
			if !bytes.HasPrefix(before, []byte("HTTP/1.1 101 ")) {
				return fmt.Errorf("bench: no upgrade: %.300s", head)
			}
			l.early = after
			return conn.SetReadDeadline(time.Time{})
		}
	}
}

// The frames of RFC 6455 that a server sends.
const (
	frameText  = 1
	frameClose = 8
	framePing  = 9
	framePong  = 10
)

// feed takes what was read, frame by frame.
func (l *listener) feed(data []byte) error {
	l.crowd.octets.Add(int64(len(data)))
	if len(l.rest) > 0 {
		l.rest = append(l.rest, data...)
		data = l.rest
	}
	for {
		kind, payload, size := cutFrame(data)
		if size == 0 {
			break
		}
		if err := l.take(kind, payload); err != nil {
			return err
		}
		data = data[size:]
	}
	l.rest = append(l.rest[:0], data...)
	return nil
}

// cutFrame takes the first frame off; size 0 when it is not whole yet.
func cutFrame(data []byte) (kind byte, payload []byte, size int) {
	if len(data) < 2 {
		return 0, nil, 0
	}
	head, length := 2, uint64(data[1]&0x7f)
	switch {
	case length == 126 && len(data) >= 4:
		head, length = 4, uint64(binary.BigEndian.Uint16(data[2:]))
	case length == 127 && len(data) >= 10:
		head, length = 10, binary.BigEndian.Uint64(data[2:])
	case length >= 126:
		return 0, nil, 0
	}
	if uint64(len(data)-head) < length {
		return 0, nil, 0
	}
	size = head + int(length)
	return data[0] & 0x0f, data[head:size], size
}

// take handles one frame.
func (l *listener) take(kind byte, payload []byte) error {
	switch kind {
	case framePing:
		return l.write(clientFrame(framePong, payload))
	case frameClose:
		return fmt.Errorf("bench: a socket was closed by the server: % x", payload)
	case frameText:
		if !l.greeted {
			l.greeted = true
			l.crowd.joined.Add(1)
		}
		if bytes.HasPrefix(payload, pingText) {
			return l.write(clientFrame(frameText, pongText))
		}
		if l.strict {
			if err := l.order(payload); err != nil {
				return err
			}
		}
		l.crowd.hear(payload)
	}
	return nil
}

// What a page is asked for a sign of life with, and what it says.
var pingText, pongText = []byte(`{"type":"ping"`), []byte(`{"type":"pong"}`)

// clientFrame makes a frame of at most 125 bytes. The mask that clients must use may
// be zero.
func clientFrame(kind byte, payload []byte) []byte {
	return append([]byte{0x80 | kind, 0x80 | byte(len(payload)), 0, 0, 0, 0}, payload...)
}

// order holds the sequences of frames to rise by one.
func (l *listener) order(text []byte) error {
	after, found := bytes.CutPrefix(text, []byte(`{"seq":`))
	if !found {
		return nil
	}
	digits, _, _ := bytes.Cut(after, []byte(","))
	sequence, err := strconv.ParseUint(string(digits), 10, 64)
	if err != nil {
		return err
	}
	if l.sequence > 0 && sequence != l.sequence+1 {
		return fmt.Errorf("bench: a socket got sequence %d after %d", sequence, l.sequence)
	}
	l.sequence = sequence
	return nil
}
