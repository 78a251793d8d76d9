package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fasthttp/websocket"
)

// Socket is one connection to the realtime socket.
type Socket struct {
	conn  *websocket.Conn
	Hello frame
}

// frameLimit is how long a socket may be silent; the heartbeat comes more often.
const frameLimit = 40 * time.Second

// Dial connects through an address (the server's or a proxy's) with the session of
// the client. since and epoch are left out of the request when empty.
func (c *Client) Dial(address, since, epoch string) (*Socket, error) {
	query := url.Values{}
	if since != "" {
		query.Set("since", since)
	}
	if epoch != "" {
		query.Set("epoch", epoch)
	}
	return c.dial(address, query, c.URL)
}

// dial connects as a page of an origin would.
func (c *Client) dial(address string, query url.Values, origin string) (*Socket, error) {
	own, err := url.Parse(c.URL)
	if err != nil {
		return nil, err
	}
	var cookies []string
	for _, cookie := range c.HTTP.Jar.Cookies(own) {
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	dialer := websocket.Dialer{HandshakeTimeout: 5 * time.Second}
	conn, answer, err := dialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/api/v1/socket?"+query.Encode(), http.Header{
		"Cookie": {strings.Join(cookies, "; ")}, "Origin": {origin},
	})
	if err != nil {
		if answer != nil {
			return nil, fmt.Errorf("the server answered %d: %w", answer.StatusCode, err)
		}
		return nil, err
	}
	s := &Socket{conn: conn}
	if s.Hello, err = s.Next(); err != nil {
		conn.Close()
		return nil, err
	}
	if s.Hello.Type != "hello" || s.Hello.Epoch == "" {
		conn.Close()
		return nil, fmt.Errorf("the first frame is %+v", s.Hello)
	}
	return s, nil
}

// Next reads the next frame of any type.
func (s *Socket) Next() (frame, error) {
	if err := s.conn.SetReadDeadline(time.Now().Add(frameLimit)); err != nil {
		return frame{}, err
	}
	_, text, err := s.conn.ReadMessage()
	if err != nil {
		return frame{}, err
	}
	var f frame
	if err := json.Unmarshal(text, &f); err != nil {
		return frame{}, fmt.Errorf("%s: %w", text, err)
	}
	if f.Type == "ping" {
		return f, s.conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"pong"}`))
	}
	return f, nil
}

// NextEvent reads on to the next frame that stands in the journal, or a reset.
func (s *Socket) NextEvent() (frame, error) {
	for {
		f, err := s.Next()
		if err != nil || f.Seq > 0 || f.Type == "reset" {
			return f, err
		}
	}
}

// Close ends the connection without a word.
func (s *Socket) Close() { s.conn.Close() }
