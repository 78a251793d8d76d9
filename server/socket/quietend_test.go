package socket_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"parley/desk"
	"parley/server/socket"
)

// TestHowQuietSocketsEnd holds the close codes.
func TestHowQuietSocketsEnd(t *testing.T) {
	l := &lobby{receive: func(_ *quietQueue, msg []byte) error {
		switch string(msg) {
		case "panic":
			panic("in the session")
		case "fault":
			return fmt.Errorf("the store is closed")
		}
		return nil
	}}
	d := serveQuiet(t, socket.Options{PerSecond: 20, Goodbye: 200 * time.Millisecond}, l)
	for name, test := range map[string]struct {
		sends []byte
		code  int
	}{
		"unmasked":                    {[]byte{0x81, 0x01, 'x', 0, 0, 0}, 1002},
		"reserved bits":               {masked(0xc1, "x"), 1002},
		"unknown kind":                {masked(0x83, "x"), 1002},
		"unknown control":             {masked(0x8b, "x"), 1002},
		"a part of nothing":           {masked(0x80, "x"), 1002},
		"a message in a message":      {append(masked(0x01, "x"), masked(0x81, "y")...), 1002},
		"a control frame in parts":    {masked(0x09, "x"), 1002},
		"a long control frame":        {masked(0x89, strings.Repeat("x", 126)), 1002},
		"too long":                    {masked(0x81, strings.Repeat("x", 4097)), 1009},
		"too long by its parts":       {append(masked(0x01, strings.Repeat("x", 4096)), masked(0x80, "x")...), 1009},
		"longer than there is":        {[]byte{0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}, 1009},
		"binary":                      {masked(0x82, "x"), 1003},
		"not UTF-8":                   {masked(0x81, "\xff"), 1007},
		"a rune cut in two, for ever": {append(masked(0x01, "\xc4"), masked(0x80, "x")...), 1007},
		"goodbye":                     {masked(0x88, "\x03\xe8bye"), 1000},
		"goodbye without a code":      {masked(0x88, ""), 1005},
		"goodbye with a bad code":     {masked(0x88, "\x00\x07"), 1002},
		"an own code":                 {masked(0x88, "\x0f\xa0"), 4000},
		"a panic":                     {masked(0x81, "panic"), 1011},
		"a fault":                     {masked(0x81, "fault"), 1011},
		"too many messages":           {[]byte(strings.Repeat(string(masked(0x81, "x")), 50)), 1008},
	} {
		t.Run(name, func(t *testing.T) {
			conn := d.greets(t, name)
			if _, err := conn.NetConn().Write(test.sends); err != nil {
				t.Fatal(err)
			}
			if closed := closing(t, conn); closed.Code != test.code {
				t.Errorf("closed with %d %q, want %d", closed.Code, closed.Text, test.code)
			}
			select {
			case <-l.of(t, name).closed:
			case <-time.After(5 * time.Second):
				t.Error("the session was not closed")
			}
		})
	}
	if conn := d.greets(t, "after all that"); conn == nil {
		t.Error("nobody gets in any more")
	}
}

func TestQuietSessionEndsTheSocket(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		code int
	}{
		"the token has ended": {desk.Refuse(desk.CodeUnauthorized, "", "This token has ended."), 4401},
		"as it asks":          {socket.Ending{Code: 1008, Reason: "off"}, 1008},
		"a fault":             {fmt.Errorf("disk"), 1011},
	} {
		t.Run(name, func(t *testing.T) {
			l := &lobby{}
			d := serveQuiet(t, socket.Options{}, l)
			conn := d.greets(t, "elif")
			l.of(t, "elif").fail(test.err)
			if closed := closing(t, conn); closed.Code != test.code {
				t.Errorf("closed with %d, want %d", closed.Code, test.code)
			}
			l.refuse = test.err
			late := d.dial(t)
			if err := late.WriteMessage(websocket.TextMessage, []byte("can")); err != nil {
				t.Fatal(err)
			}
			if closed := closing(t, late); closed.Code != test.code {
				t.Errorf("refused with %d, want %d", closed.Code, test.code)
			}
		})
	}
}

func TestWhoSaysNothingIsShownOut(t *testing.T) {
	d := serveQuiet(t, socket.Options{Greet: 100 * time.Millisecond}, &lobby{})
	conn := d.dial(t)
	if closed := closing(t, conn); closed.Code != socket.CodePolicy {
		t.Errorf("closed with %d", closed.Code)
	}
	wait(t, "all to be gone", func() bool { return d.sockets.Len() == 0 })
}
