package server

import (
	"crypto/sha256"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
)

// Another system calls the same addresses as an agent's page and is told from it by
// what it brings: a channel token in place of a cookie. Behind the addresses they
// are two: what a token may ask for, must send and gets to see are others, so each
// has routes of its own, with one principal, and its own place in the description.
const channelPath = "/channel"

// bearerOf is the token that a request brings as "Authorization: Bearer …". The case of
// the scheme does not matter (RFC 9110, section 11.1), and libraries differ in it.
func bearerOf(c *fiber.Ctx) (token string, found bool) {
	scheme, token, found := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return token, found && strings.EqualFold(scheme, "Bearer")
}

// byToken are the addresses that stand for others when a token asks.
var byToken = []string{apiPath + "/conversations", apiPath + "/attachments"}

// channelDoor sends a request with a channel token to the token's routes.
func channelDoor(c *fiber.Ctx) error {
	if _, found := bearerOf(c); !found {
		return c.Next()
	}
	requested := c.Path()
	for _, family := range byToken {
		if requested == family || strings.HasPrefix(requested, family+"/") {
			c.Path(apiPath + channelPath + strings.TrimPrefix(requested, apiPath))
			return c.RestartRouting()
		}
	}
	return c.Next()
}

// exceptChannels leaves out what a token asks for. No browser adds a token by
// itself, so another site's page can do nothing with it.
func exceptChannels(handler fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if strings.HasPrefix(c.Path(), apiPath+channelPath+"/") {
			return c.Next()
		}
		return handler(c)
	}
}

// admitChannel lets in who brings a channel token, 60 times a second.
func (s *Server) admitChannel(c *fiber.Ctx, who *caller) (*caller, error) {
	secret, found := bearerOf(c)
	if !found {
		secret = "" // of another scheme: no token's
	}
	token, err := s.app.ChannelToken(sha256.Sum256([]byte(secret)))
	if err != nil {
		return nil, err
	}
	if err := allow(s.limits.channel, token.ID.String()); err != nil {
		return nil, err
	}
	who.channel = token
	if now := s.app.Now(); now-token.UsedAt >= desk.Time(seenEvery.Milliseconds()) {
		if err := s.app.UseChannelToken(token.ID); err != nil {
			s.log.Warn("that a channel token was used was not kept", "err", err)
		}
	}
	return who, nil
}
