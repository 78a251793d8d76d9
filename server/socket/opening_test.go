package socket_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/server/socket"
)

// numbered opens each request with the next queue and marks its owner 1, 2, 3 …
func numbered(queues <-chan *queue) socket.Opener {
	var n byte
	return func(*fiber.Ctx) (socket.Opening, error) {
		n++
		return socket.Opening{Owner: socket.Owner{Session: [32]byte{n}}, Start: func() (socket.Session, error) { return <-queues, nil }}, nil
	}
}

// shake sends one handshake with the headers given and returns the answer.
func (d *deskServer) shake(t *testing.T, headers ...string) (int, string) {
	t.Helper()
	conn, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	request := "GET /socket HTTP/1.1\r\nHost: desk.example.com\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusSwitchingProtocols {
		return response.StatusCode, ""
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestOnlyOurOwnPagesConnect(t *testing.T) {
	started := 0
	d := serve(t, socket.Options{}, one(func() (socket.Session, error) { started++; return newQueue(), nil }))
	upgrade := []string{"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="}
	for _, test := range []struct {
		origin string
		status int
	}{
		{"", 403},
		{"Origin: null", 403},
		{"Origin: https://evil.example.com", 403},
		{"Origin: http://desk.example.com", 403},
		{"Origin: https://desk.example.com.evil.example", 403},
		{"Origin: https://desk.example.com:8443", 403},
		{"Origin: https://desk.example.com/", 403},
		{"Origin: " + origin + ", https://evil.example.com", 403},
	} {
		headers := upgrade
		if test.origin != "" {
			headers = append(headers[:len(headers):len(headers)], test.origin)
		}
		status, body := d.shake(t, headers...)
		if status != test.status || !strings.Contains(body, `"code":"csrf"`) {
			t.Errorf("%q: status %d, %s", test.origin, status, body)
		}
	}
	if status, body := d.shake(t, "Origin: "+origin); status != 426 || !strings.Contains(body, `"code"`) {
		t.Errorf("without an upgrade: status %d, %s", status, body)
	}
	if status, body := d.shake(t, append(upgrade[:3:3], "Origin: "+origin)...); status < 400 || !strings.Contains(body, `"code"`) {
		t.Errorf("without a key: status %d, %s", status, body)
	}
	if started != 0 {
		t.Errorf("%d sessions started", started)
	}
	if status, _ := d.shake(t, append(upgrade, "Origin: "+origin)...); status != 101 {
		t.Errorf("our own page: status %d", status)
	}
}

func TestWithoutOriginsNobodyConnects(t *testing.T) {
	d := serve(t, socket.Options{Origins: []string{}}, with(newQueue()))
	if conn, err := d.dialAs(""); err == nil {
		conn.Close()
		t.Error("connected")
	}
}

func TestOpenerRefuses(t *testing.T) {
	d := serve(t, socket.Options{}, func(*fiber.Ctx) (socket.Opening, error) {
		return socket.Opening{}, desk.Refuse(desk.CodeUnauthorized, "", "Sign in first.")
	})
	status, body := d.shake(t, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: "+origin)
	if status != 401 || !strings.Contains(body, `"code":"unauthorized"`) {
		t.Errorf("status %d, %s", status, body)
	}
}

func TestRoomIsLimited(t *testing.T) {
	d := serve(t, socket.Options{Max: 3}, one(func() (socket.Session, error) { return newQueue(), nil }))
	for range 3 {
		d.dial(t)
	}
	wait(t, "three sockets", func() bool { return d.sockets.Len() == 3 })
	status, body := d.shake(t, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: "+origin)
	if status != 503 || !strings.Contains(body, `"code":"unavailable"`) {
		t.Errorf("status %d, %s", status, body)
	}
}
