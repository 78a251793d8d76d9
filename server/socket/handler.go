package socket

import (
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"parley/desk"
)

// openingKey is where a request keeps its Opening on the way through the upgrade.
// The library hands on what has a text for a key, and nothing else.
const openingKey = "parley.socket.opening"

// handshakeNeeds tells whether the upgrade itself still needs a header.
func handshakeNeeds(name string) bool {
	switch strings.ToLower(name) {
	case "host", "connection", "upgrade", "origin", "sec-websocket-key", "sec-websocket-version":
		return true
	}
	return false
}

// Handler upgrades the requests that open accepts. The answers without a socket:
// 426 to what is not a websocket request, 403 to a foreign or missing Origin, 503
// when there is no room, and what open returns.
func (s *Sockets) Handler(open Opener) fiber.Handler {
	upgrade := websocket.New(s.serve, websocket.Config{
		Origins:         s.libraryOrigins(),
		ReadBufferSize:  readBuffer,
		WriteBufferSize: readBuffer,
		WriteBufferPool: &sync.Pool{}, // unused, but without one each connection gets a buffer of its own
		RecoverHandler:  s.recovered,
	})
	return func(c *fiber.Ctx) error {
		if err := s.mayUpgrade(c); err != nil {
			return err
		}
		opening, err := open(c)
		if err != nil {
			return err
		}
		forget(c)
		c.Locals(openingKey, &opening)
		return upgrade(c)
	}
}

// mayUpgrade refuses what cannot become a socket of this set.
func (s *Sockets) mayUpgrade(c *fiber.Ctx) error {
	if !websocket.IsWebSocketUpgrade(c) {
		c.Set(fiber.HeaderUpgrade, "websocket")
		return fiber.ErrUpgradeRequired
	}
	if !slices.Contains(s.origins, c.Get(fiber.HeaderOrigin)) {
		return desk.Refuse(desk.CodeCSRF, "", "Connect from Parley's own page, at the address that it is configured with.")
	}
	return s.full()
}

// readBuffer is small because what peers send is: a longer message is read in
// several pieces.
const readBuffer = 256

// libraryOrigins keeps the library from its default, which is to allow everyone.
func (s *Sockets) libraryOrigins() []string {
	if len(s.origins) == 0 {
		return []string{"none"}
	}
	return s.origins
}

// forget drops what the library would keep for as long as the socket lives: a
// copy of every header, the session's cookie among them.
func forget(c *fiber.Ctx) {
	header := &c.Request().Header
	header.DelAllCookies()
	for _, key := range header.PeekKeys() {
		if name := string(key); !handshakeNeeds(name) {
			header.Del(name)
		}
	}
	c.Context().QueryArgs().Reset()
}

// serve is the handler of one socket; the connection is its own until it returns.
func (s *Sockets) serve(pooled *websocket.Conn) {
	opening, ok := pooled.Locals(openingKey).(*Opening)
	if !ok {
		return
	}
	defer pooled.Close() // the server does so itself unless it keeps connections, see Keep
	k := newSocket(pooled.Conn, opening.Owner, s.shared)
	if refusal := s.enter(k); refusal != nil {
		k.end(*refusal)
		k.sayGoodbye()
		return
	}
	defer s.leave(k)
	k.run(opening.Start)
}

// recovered is the last resort behind the recovery of each socket's own
// goroutines; the library's default would send the panic to the peer.
func (s *Sockets) recovered(*websocket.Conn) {
	if fault := recover(); fault != nil {
		s.shared.log.Error("socket handler panicked", "panic", fault, "stack", string(debug.Stack()))
	}
}
