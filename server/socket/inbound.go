package socket

import (
	"encoding/binary"
	"io"
	"unicode/utf8"

	"github.com/fasthttp/websocket"
)

// maxQuiet is the most bytes that a message from a quiet peer may have.
const maxQuiet = 4 << 10

// inbound reads one peer's messages, as in RFC 6455 section 5. It reads no more
// than it needs and keeps nothing between two messages, so an idle one is a few
// bytes.
type inbound struct {
	from io.Reader
	head [leastFrame + 8]byte
}

// incoming is what a peer sent: a whole text or binary message, or a control frame.
type incoming struct {
	kind    byte
	payload []byte
}

// violation is an ending that the peer's own bytes ask for.
func violation(code int, reason string) error { return Ending{Code: code, Reason: reason} }

var (
	errFrame = violation(websocket.CloseProtocolError, "not a frame")
	errBig   = violation(websocket.CloseMessageTooBig, "too long")
	errUTF8  = violation(CodeInvalidText, "not UTF-8")
)

// next reads the next message or control frame. Control frames may come between
// the parts of a message, whose parts so far are in begun.
func (in *inbound) next(begun *incoming) (incoming, error) {
	for {
		final, frame, err := in.frame(maxQuiet - len(begun.payload))
		if err != nil {
			return incoming{}, err
		}
		if frame.kind >= websocket.CloseMessage {
			if !final {
				return incoming{}, errFrame
			}
			return frame, nil
		}
		if starts := begun.kind == 0; starts == (frame.kind == continuation) {
			return incoming{}, errFrame
		} else if starts {
			begun.kind = frame.kind
		}
		begun.payload = append(begun.payload, frame.payload...)
		if !final {
			continue
		}
		whole := *begun
		*begun = incoming{}
		if whole.kind == websocket.TextMessage && !utf8.Valid(whole.payload) {
			return incoming{}, errUTF8
		}
		return whole, nil
	}
}

const (
	continuation = 0
	reservedBits = 0x70
	kindBits     = 0x0f
	maskBit      = 0x80
	maskBytes    = 4
	leastFrame   = 2 + maskBytes
)

// frame reads one frame of at most limit bytes and takes its mask off.
func (in *inbound) frame(limit int) (final bool, frame incoming, err error) {
	if _, err := io.ReadFull(in.from, in.head[:leastFrame]); err != nil {
		return false, incoming{}, err
	}
	final, frame.kind = in.head[0]&finalBit != 0, in.head[0]&kindBits
	control := frame.kind >= websocket.CloseMessage
	if in.head[0]&reservedBits != 0 || in.head[1]&maskBit == 0 || !knownKind(frame.kind) {
		return false, incoming{}, errFrame
	}
	length, mask, err := in.rest()
	switch {
	case err != nil:
		return false, incoming{}, err
	case control && length > maxControl:
		return false, incoming{}, errFrame
	case !control && length > uint64(limit):
		return false, incoming{}, errBig
	}
	frame.payload = make([]byte, length)
	if _, err := io.ReadFull(in.from, frame.payload); err != nil {
		return false, incoming{}, err
	}
	for i := range frame.payload {
		frame.payload[i] ^= mask[i%maskBytes]
	}
	return final, frame, nil
}

// rest reads what a longer frame has more of a head, and gives length and mask.
func (in *inbound) rest() (length uint64, mask []byte, err error) {
	extra := 0
	switch length = uint64(in.head[1] &^ maskBit); length {
	case length16:
		extra = 2
	case length64:
		extra = 8
	}
	if _, err := io.ReadFull(in.from, in.head[leastFrame:leastFrame+extra]); err != nil {
		return 0, nil, err
	}
	switch extra {
	case 2:
		length = uint64(binary.BigEndian.Uint16(in.head[2:]))
	case 8:
		length = binary.BigEndian.Uint64(in.head[2:])
	}
	return length, in.head[2+extra : leastFrame+extra], nil
}

func knownKind(kind byte) bool {
	switch kind {
	case continuation, websocket.TextMessage, websocket.BinaryMessage,
		websocket.CloseMessage, websocket.PingMessage, websocket.PongMessage:
		return true
	}
	return false
}
