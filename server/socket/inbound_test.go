package socket

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/fasthttp/websocket"
)

// FuzzInbound reads any bytes as frames: it ends, keeps to the limits, and gives no
// more than came in.
func FuzzInbound(f *testing.F) {
	for _, seed := range []string{
		"", "\x81\x80\x00\x00\x00\x00", "\x81\x81\x01\x02\x03\x04x", "\x01\x81\x00\x00\x00\x00a\x89\x80\x00\x00\x00\x00\x80\x81\x00\x00\x00\x00b",
		"\x88\x82\x00\x00\x00\x00\x03\xe8", "\x81\xfe\x00\x7e\x00\x00\x00\x00", "\x81\xff\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\x00\x00",
		"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", "\x81\x01x", "\xc1\x80\x00\x00\x00\x00", "\x82\x81\x00\x00\x00\x00\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, begun, given := inbound{from: bytes.NewReader(data)}, new(incoming), 0
		for {
			m, err := in.next(begun)
			if err != nil {
				return
			}
			given += len(m.payload)
			control := m.kind >= websocket.CloseMessage
			if given > len(data) || len(m.payload) > maxQuiet || (control && len(m.payload) > maxControl) || !knownKind(m.kind) || m.kind == continuation {
				t.Fatalf("%q gave %d, %q", data, m.kind, m.payload)
			}
			if m.kind == websocket.TextMessage && !utf8.Valid(m.payload) {
				t.Fatalf("%q is no text", m.payload)
			}
		}
	})
}
