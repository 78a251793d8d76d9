package server

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/server/limit"
)

// describeVisitors prepares the visitors' described interface. It knows no
// cookies: whoever has the token is the visitor.
func (s *Server) describeVisitors() {
	config := apiConfig("Parley for visitors", s.version, widgetPath)
	config.Info.Description = "What the chat window on a website uses. The token goes into the Authorization header, never into an address."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	s.widgetAPI = humafiber.NewV2WithGroup(s.fiber, s.fiber.Group(widgetPath), config)
}

// newToken makes a visitor's token, of 256 random bits, and the hash under which
// it is kept.
func newToken() (token string, hash [sha256.Size]byte) {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails: crypto/rand
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	return token, hashToken(token)
}

func hashToken(token string) [sha256.Size]byte { return sha256.Sum256([]byte(token)) }

// admitVisitor lets in who has a token that holds. Guessing is slowed down by
// address, everything else by visitor.
func (s *Server) admitVisitor(c *fiber.Ctx, who *caller) error {
	token, found := bearerOf(c)
	if !found || token == "" {
		return desk.Refuse(desk.CodeUnauthorized, "", "Send the visitor's token in the Authorization header.")
	}
	var err error
	who.visitor, who.site, err = s.app.Visitor(hashToken(token))
	if desk.CodeOf(err) == desk.CodeUnauthorized {
		if limited := allow(s.limits.badToken, limit.AddressKey(who.address)); limited != nil {
			return limited
		}
	}
	if err != nil {
		return err
	}
	if err := allowVisitor(s.limits.visit, who, 1); err != nil {
		return err
	}
	if err := s.app.SeeVisitor(&who.visitor); err != nil {
		s.log.Warn("a visitor's sign of life was not kept", "err", err)
	}
	return nil
}
