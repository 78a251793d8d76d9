package socket

import (
	"encoding/binary"

	"github.com/fasthttp/websocket"
)

// A frame on the wire, server to client, as in RFC 6455 section 5.2: one byte of
// flags and kind, the length in one, three or nine bytes, then the payload as it
// is. A server does not mask, so the same text costs every socket two to ten
// bytes of head and one copy.
const (
	finalBit   = 0x80
	shortLimit = 125
	length16   = 126
	length64   = 127
	maxHead    = 10
	maxControl = 125 // bytes of payload in a close, ping or pong
)

// appendFrame appends one whole frame to buf.
func appendFrame(buf []byte, kind byte, payload []byte) []byte {
	buf = append(buf, finalBit|kind)
	switch n := len(payload); {
	case n <= shortLimit:
		buf = append(buf, byte(n))
	case n <= 0xffff:
		buf = binary.BigEndian.AppendUint16(append(buf, length16), uint16(n))
	default:
		buf = binary.BigEndian.AppendUint64(append(buf, length64), uint64(n))
	}
	return append(buf, payload...)
}

// closePayload is the payload of a close frame; a code that may not be sent makes
// an empty one.
func closePayload(e Ending) []byte {
	payload := websocket.FormatCloseMessage(e.Code, e.Reason)
	return payload[:min(len(payload), maxControl)]
}
