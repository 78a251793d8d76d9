package guardrail

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/server/problem"
)

// slow is how long a request may take before the log mentions it.
const slow = time.Second

// Measure takes the figures of one request. The route is the pattern that
// matched, so there are only so many of them.
type Measure func(method, route string, status int, took time.Duration)

// Observe numbers each request, recovers from its handler's panic, answers its
// error and logs it. It must come first. A fault is logged as an error with its
// cause, a refusal that hints at an attack and a slow request as warnings,
// everything else for debugging only. Neither bodies nor queries are logged.
func Observe(log *slog.Logger, addresses *Addresses, measure Measure) fiber.Handler {
	return func(c *fiber.Ctx) error {
		begun := time.Now()
		id := strconv.FormatUint(rand.Uint64(), 36)
		c.Set(fiber.HeaderXRequestID, id)
		if err := contained(c); err != nil {
			if err := c.App().ErrorHandler(c, err); err != nil {
				return err
			}
		}
		took := time.Since(begun)
		status := c.Response().StatusCode()
		measure(c.Method(), c.Route().Path, status, took)
		fault := problem.Fault(c)
		level := levelOf(status, took, fault)
		if !log.Enabled(c.Context(), level) {
			return nil
		}
		line := []slog.Attr{
			slog.String("id", id), slog.String("method", c.Method()), slog.String("path", clip(c.Path())),
			slog.Int("status", status), slog.Duration("took", took), slog.String("from", addresses.Of(c).String()),
		}
		if fault != nil {
			line = append(line, slog.Any("err", fault))
		}
		log.LogAttrs(c.Context(), level, "request", line...)
		return nil
	}
}

func levelOf(status int, took time.Duration, fault error) slog.Level {
	switch {
	case fault != nil:
		return slog.LevelError
	case status == http.StatusForbidden, status == http.StatusTooManyRequests, status >= http.StatusInternalServerError, took > slow:
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// contained runs the rest of the chain and makes a panic an error. It covers this
// goroutine only: whatever starts another must see to it itself.
func contained(c *fiber.Ctx) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v\n%s", fault, debug.Stack())
		}
	}()
	return c.Next()
}

// clip keeps a path short enough for a log.
func clip(path string) string { return path[:min(len(path), 200)] }
