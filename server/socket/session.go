package socket

import (
	"errors"
	"fmt"
	"io"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"parley/desk"
)

// Session is one peer's place in the realtime hub. Ready and Take are called by
// the writer, Receive by the reader, at the same time; Close once, after both
// have ended.
type Session interface {
	// Ready returns a channel that is readable or closed as soon as Take may have
	// something. It is asked for anew before each Take, so nothing that happens
	// between the two is missed.
	Ready() <-chan struct{}

	// Take returns the frames that wait, oldest first, without waiting itself. A
	// frame is the JSON text alone; it may be shared with other sockets and is
	// never written to. An error ends the socket as Ending says.
	Take() ([][]byte, error)

	// Receive handles one text message of at most MaxMessage bytes of UTF-8. It
	// may not keep msg. A refusal (desk.Error) passes over this message alone; any
	// other error ends the socket as Ending says.
	Receive(msg []byte) error

	// Close gives the place up.
	Close()
}

// Owner says whose socket it is, for Sockets.CloseWhere.
type Owner struct {
	Agent   desk.ID
	Session [32]byte // the hash under which the sign-in is stored
}

// Opening is a request that may become a socket.
type Opening struct {
	Owner Owner

	// Start is called once the socket stands, and not at all if it never does. An
	// error ends the socket as Ending says.
	Start func() (Session, error)
}

// Opener decides whether a request may become a socket; an error is answered as
// a problem, without an upgrade. It may not keep the context, only copies.
type Opener func(c *fiber.Ctx) (Opening, error)

// Ending says how a socket ends: a close code and a reason that the peer sees.
// Sessions of other packages return any error with the method SocketClose. io.EOF
// ends a socket normally, desk.CodeUnauthorized with 4401, and every other error
// is a fault (logged, 1011).
type Ending struct {
	Code   int
	Reason string // at most 123 bytes
}

// The close codes that the interface promises.
const (
	CodeNormal       = websocket.CloseNormalClosure
	CodeUnsupported  = websocket.CloseUnsupportedData
	CodeInvalidText  = websocket.CloseInvalidFramePayloadData
	CodePolicy       = websocket.ClosePolicyViolation
	CodeFault        = websocket.CloseInternalServerErr
	CodeRestart      = websocket.CloseServiceRestart
	CodeTryLater     = websocket.CloseTryAgainLater
	CodeSessionEnded = 4401
)

// silent ends a socket without a close frame: nobody is there to read it, or the
// library has already sent one.
const silent = 0

func (e Ending) Error() string { return fmt.Sprintf("socket: close %d %s", e.Code, e.Reason) }

// SocketClose makes Ending an error of the kind that it describes.
func (e Ending) SocketClose() (code int, reason string) { return e.Code, e.Reason }

// endingOf is the ending that a Session's error asks for; fault tells whether the
// error belongs in the log.
func endingOf(err error) (ending Ending, fault bool) {
	var asked interface {
		SocketClose() (code int, reason string)
	}
	switch {
	case errors.As(err, &asked):
		code, reason := asked.SocketClose()
		return Ending{Code: code, Reason: reason}, false
	case errors.Is(err, io.EOF):
		return Ending{Code: CodeNormal}, false
	case desk.CodeOf(err) == desk.CodeUnauthorized:
		return Ending{Code: CodeSessionEnded}, false
	}
	return Ending{Code: CodeFault}, true
}

// afterRead is the ending that follows from a failed read.
func afterRead(err error) Ending {
	var closed *websocket.CloseError
	if errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure {
		return Ending{Code: closed.Code} // the peer's own code is sent back to it
	}
	return Ending{Code: silent}
}
