package problem

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"
)

// faultKey is where a request keeps the fault that it met.
type faultKey struct{}

// Handler is the router's error handler: it answers with the problem that err
// becomes. It never returns an error.
func Handler(c *fiber.Ctx, err error) error {
	p, fault := From(err)
	if fault != nil {
		c.Locals(faultKey{}, fault)
	}
	body, encodeErr := json.Marshal(p)
	if encodeErr != nil { // a Problem holds strings and numbers only
		panic(encodeErr)
	}
	if p.retryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, retrySeconds(p.retryAfter))
	}
	c.Set(fiber.HeaderContentType, ContentType)
	c.Status(p.Status)
	c.Response().SetBodyRaw(body)
	return nil
}

// Fault returns the fault behind a request's answer, or nil.
func Fault(c *fiber.Ctx) error {
	fault, _ := c.Locals(faultKey{}).(error)
	return fault
}
