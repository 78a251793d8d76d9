package socket

import (
	"net"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// QuietSession is the place in the realtime hub of a peer that mostly listens,
// such as a visitor: there may be very many, so an idle one costs no writer and no
// buffer. Take is called by one goroutine at a time, Receive by another at the same
// time; Close once, after both have ended.
type QuietSession interface {
	// Take returns the frames that wait, as for Session. It is called after each
	// wake until it returns none.
	Take() ([][]byte, error)

	// Receive handles one text message, as for Session.
	Receive(msg []byte) error

	// Ping returns the text frame that asks the peer for a sign of life. It takes
	// the place of the ping of the protocol, which a page cannot see.
	Ping() []byte

	// Close gives the place up.
	Close()
}

// Greet turns a peer's first message into its session, or refuses it with an error
// that ends the socket as Ending says. wake tells the socket that Take may have
// something; it does not block and may be called by anybody, also before Greet has
// returned and after Close. Greet may not keep first.
type Greet func(first []byte, wake func()) (QuietSession, error)

// QuietOpening is a request that may become a quiet socket.
type QuietOpening struct {
	Greet   Greet
	Address string // whom it counts against, for Options.MaxFrom
}

// QuietOpener decides whether a request may become a socket, as Opener.
type QuietOpener func(c *fiber.Ctx) (QuietOpening, error)

// Keep prepares a server for quiet sockets, which outlive the handler of their
// request. To be called before the server listens.
func Keep(app *fiber.App) { app.Server().KeepHijackedConns = true }

// QuietHandler upgrades the requests that open accepts, as Handler does. The socket
// begins with the peer's first message; without one it ends after Options.Greet.
func (s *Sockets) QuietHandler(open QuietOpener) fiber.Handler {
	upgrader := websocket.FastHTTPUpgrader{
		ReadBufferSize:  readBuffer,
		WriteBufferSize: readBuffer,
		CheckOrigin:     func(*fasthttp.RequestCtx) bool { return true }, // ours is stricter, and comes first
	}
	return func(c *fiber.Ctx) error {
		if err := s.mayUpgrade(c); err != nil {
			return err
		}
		opening, err := open(c)
		if err == nil {
			err = s.crowded(opening.Address)
		}
		if err != nil {
			return err
		}
		if err := upgrader.Upgrade(c.Context(), func(conn *websocket.Conn) { s.adopt(conn, opening) }); err != nil {
			return fiber.ErrUpgradeRequired
		}
		return nil
	}
}

// adopt takes the connection out of the hands of the HTTP server, so that nothing
// of the request stays in memory, and serves it with a goroutine of its own.
func (s *Sockets) adopt(upgraded *websocket.Conn, opening QuietOpening) {
	conn := upgraded.NetConn()
	early := readEarly(conn)
	if hijacked, ok := conn.(interface{ UnsafeConn() net.Conn }); ok {
		conn = hijacked.UnsafeConn()
	}
	k := &quiet{shared: s.shared, conn: conn, early: early, greet: opening.Greet, from: opening.Address}
	refusal := s.enter(k)
	go func() {
		defer conn.Close()
		if refusal != nil {
			k.refuse(*refusal)
			return
		}
		defer s.leave(k)
		k.run()
	}()
}

// readEarly takes what the peer sent together with its request, which it should
// not have done, from the HTTP server's buffer.
func readEarly(conn net.Conn) []byte {
	if err := conn.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return nil // it is gone; whoever reads next finds out
	}
	early := make([]byte, readBuffer)
	n, _ := conn.Read(early)
	if n == 0 {
		return nil
	}
	return early[:n]
}
