package bench

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// client is one kept-alive connection that sends one request at a time, as lean
// as it can be made, because it shares the cores with what it measures. The body
// of an answer holds until the next request.
type client struct {
	conn net.Conn
	host string
	who  string // the header line that says who asks, or ""
	out  []byte
	in   []byte // what was read; in[:end] is of use
	end  int
}

// lifetime bounds what is done on one connection: a server that hangs must not
// hang the run for ever.
const lifetime = time.Hour

// dial connects. session is the token of a sign-in, or "".
func dial(address, session string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	c := &client{conn: conn, host: address, in: make([]byte, 64<<10)}
	if session != "" {
		c.who = "Cookie: sid=" + session + "\r\n"
	}
	return c, conn.SetDeadline(time.Now().Add(lifetime))
}

func (c *client) close() { _ = c.conn.Close() }

// get asks for a path.
func (c *client) get(path string) (status int, body []byte, err error) {
	c.head("GET", path)
	c.out = append(c.out, "\r\n"...)
	return c.send()
}

// post sends a JSON body.
func (c *client) post(path string, body []byte) (status int, answer []byte, err error) {
	c.head("POST", path)
	c.out = append(c.out, "X-Parley: 1\r\nContent-Type: application/json\r\nContent-Length: "...)
	c.out = strconv.AppendInt(c.out, int64(len(body)), 10)
	c.out = append(c.out, "\r\n\r\n"...)
	c.out = append(c.out, body...)
	return c.send()
}

func (c *client) head(method, path string) {
	c.out = append(c.out[:0], method...)
	c.out = append(c.out, ' ')
	c.out = append(c.out, path...)
	c.out = append(c.out, " HTTP/1.1\r\nHost: "...)
	c.out = append(c.out, c.host...)
	c.out = append(c.out, "\r\n"...)
	c.out = append(c.out, c.who...)
}

// as makes the next requests those of a visitor.
func (c *client) as(token string) { c.who = "Authorization: Bearer " + token + "\r\n" }

// must is get for what has to succeed.
func (c *client) must(path string) ([]byte, error) {
	status, body, err := c.get(path)
	if err == nil && status != 200 {
		err = fmt.Errorf("bench: GET %s: %d %s", path, status, body)
	}
	return body, err
}

// send writes the request and reads one whole answer.
func (c *client) send() (int, []byte, error) {
	if _, err := c.conn.Write(c.out); err != nil {
		return 0, nil, err
	}
	c.end = 0
	head := -1
	for head < 0 {
		if err := c.more(); err != nil {
			return 0, nil, err
		}
		head = bytes.Index(c.in[:c.end], []byte("\r\n\r\n"))
	}
	status, length, err := readHead(c.in[:head])
	if err != nil {
		return 0, nil, err
	}
	whole := head + 4 + length
	if whole > len(c.in) {
		c.in = append(c.in, make([]byte, whole-len(c.in))...)
	}
	for c.end < whole {
		if err := c.more(); err != nil {
			return 0, nil, err
		}
	}
	return status, c.in[head+4 : whole], nil
}

// more reads what has come.
func (c *client) more() error {
	if c.end == len(c.in) {
		return errors.New("bench: the head of an answer is too long")
	}
	n, err := c.conn.Read(c.in[c.end:])
	c.end += n
	if n > 0 {
		return nil
	}
	return err
}

// readHead reads an answer's status and the length of its body.
func readHead(head []byte) (status, length int, err error) {
	if len(head) < 12 || !bytes.HasPrefix(head, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("bench: not an HTTP answer: %.80q", head)
	}
	if status, err = strconv.Atoi(string(head[9:12])); err != nil {
		return 0, 0, err
	}
	_, rest, found := bytes.Cut(head, []byte("\r\nContent-Length: "))
	if !found {
		if status == 204 || status == 304 {
			return status, 0, nil
		}
		return 0, 0, fmt.Errorf("bench: an answer without Content-Length: %.200q", head)
	}
	text, _, _ := bytes.Cut(rest, []byte("\r\n"))
	length, err = strconv.Atoi(string(text))
	return status, length, err
}
