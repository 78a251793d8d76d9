package static

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The screen's address as it was known before, in any case, and as it is now.
const (
	conversations = "/conversations"
	formerView    = conversations + "/main"
	inbox         = conversations + "/inbox"
)

// canonical returns where an address of the conversations screen has moved: its
// words are in lower case, and the former main view is the inbox. Only letters,
// digits and hyphens are moved, so that nothing from outside gets into a header.
func canonical(requested string) (target string, moved bool) {
	lower := strings.ToLower(requested)
	if lower != conversations && !strings.HasPrefix(lower, conversations+"/") || !plain(lower) {
		return "", false
	}
	target = strings.TrimSuffix(lower, "/")
	if target == formerView {
		target = inbox
	}
	return target, target != requested
}

func plain(lower string) bool {
	return strings.IndexFunc(lower, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '/'
	}) < 0
}

// redirect sends the browser on with its query. The header is written as it is:
// the query has come in on one line and cannot hold an end of line.
func redirect(c *fiber.Ctx, target string) error {
	if query := c.Context().QueryArgs().QueryString(); len(query) > 0 {
		target += "?" + string(query)
	}
	c.Set(fiber.HeaderLocation, target)
	return c.SendStatus(fiber.StatusFound)
}
