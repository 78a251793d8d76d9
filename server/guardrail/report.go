package guardrail

import (
	"encoding/json"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"parley/server/limit"
)

// Reports takes what browsers report about the page's policy and logs the rule
// and what it stopped, while the limit lasts. Reports come without a session and
// without X-Parley, so this belongs before SameOrigin. The answer is always 204.
func Reports(log *slog.Logger, limiter *limit.Limiter) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Status(fiber.StatusNoContent)
		var sent struct {
			Report struct {
				Directive string `json:"effective-directive"`
				Blocked   string `json:"blocked-uri"`
				Source    string `json:"source-file"`
				Line      int    `json:"line-number"`
			} `json:"csp-report"`
		}
		if ok, _ := limiter.Allow(""); !ok || json.Unmarshal(c.Body(), &sent) != nil {
			return nil
		}
		r := sent.Report
		log.Warn("the page's policy stopped something",
			"rule", clip(r.Directive), "blocked", clip(r.Blocked), "source", clip(r.Source), "line", r.Line)
		return nil
	}
}
