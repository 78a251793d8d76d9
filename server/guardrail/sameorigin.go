package guardrail

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
)

// HeaderParley is the header that every changing request must carry, with the
// value 1. A page of another site cannot add it without asking first, and is told
// no.
const HeaderParley = "X-Parley"

// SameOrigin refuses changing requests that a browser makes for another site's
// page, with desk.CodeCSRF. Three things must agree, as far as each is there:
//
//   - Sec-Fetch-Site, which a page cannot forge, is same-origin or none;
//   - Origin is one of ours;
//   - X-Parley is 1, always.
//
// Programs that are not browsers send neither of the first two, and have no
// cookies that a page could misuse. GET, HEAD and OPTIONS change nothing and
// pass. Below the path tokens nothing listens to cookies, so a page of another site
// has nothing to misuse there, and the header is not asked for. This is the rule of net/http's CrossOriginProtection, made stricter by the
// header and by checking both of the first two.
func SameOrigin(origins []string, tokens string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch c.Method() {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
			return c.Next()
		}
		switch c.Get("Sec-Fetch-Site") {
		case "", "same-origin", "none":
		default:
			return foreign("The request was made by another site's page.")
		}
		if header := c.Get(fiber.HeaderOrigin); header != "" {
			origin, err := ParseOrigin(header)
			if err != nil || !slices.Contains(origins, origin) {
				return foreign("The page was not loaded from the address that Parley is configured with.")
			}
		}
		if c.Get(HeaderParley) != "1" && !strings.HasPrefix(c.Path(), tokens) {
			return foreign("Send the header X-Parley: 1 with every changing request.")
		}
		return c.Next()
	}
}

func foreign(detail string) error { return desk.Refuse(desk.CodeCSRF, "", detail) }
