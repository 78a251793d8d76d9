package guardrail

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Headers sets the headers that tell browsers what an answer may do.
type Headers struct {
	https    bool
	document string // the policy of the app's page
}

// The policies of what is not the app's page.
const (
	apiPolicy        = "default-src 'none'; frame-ancestors 'none'; sandbox"
	attachmentPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"
)

// ReportPath is where browsers report what the page's policy stopped.
const ReportPath = "/csp"

// NewHeaders makes the headers for pages of the given origins. Styles are the
// hashes ('sha256-…') of inline styles that the page may hold besides its style
// sheets.
func NewHeaders(origins []string, styles ...string) *Headers {
	connect := []string{"'self'"}
	https := len(origins) > 0
	for _, origin := range origins {
		https = https && strings.HasPrefix(origin, "https://")
		if !strings.Contains(origin, "[") { // a policy cannot name an IPv6 address; 'self' covers it
			connect = append(connect, "ws"+strings.TrimPrefix(origin, "http")) // http → ws, https → wss
		}
	}
	return &Headers{https: https, document: strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		strings.Join(append([]string{"style-src 'self'"}, styles...), " "),
		"img-src 'self' blob: data:",
		"media-src 'self' blob:",
		"font-src 'self'",
		"connect-src " + strings.Join(connect, " "),
		"worker-src 'self'",
		"manifest-src 'self'",
		"frame-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"object-src 'none'",
		"report-uri " + ReportPath,
	}, "; ")}
}

// Base gives every answer what all have, and the rules for an answer of the API;
// Document, Asset and Attachment loosen those where they apply.
func (h *Headers) Base(c *fiber.Ctx) error {
	h.base(c)
	err := c.Next()
	if string(c.Response().Header.ContentType()) == fiber.MIMEApplicationJSON {
		c.Response().Header.SetContentType(fiber.MIMEApplicationJSONCharsetUTF8)
	}
	return err
}

func (h *Headers) base(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin") // no-referrer would turn Origin into null
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), payment=(), usb=()")
	c.Set(fiber.HeaderContentSecurityPolicy, apiPolicy)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if h.https {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
	}
}

// OnError sets the same before an error is answered: the request may have failed
// before Base, or after a handler had loosened the rules.
func (h *Headers) OnError(answer fiber.ErrorHandler) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		c.Response().Header.Del(fiber.HeaderContentDisposition)
		c.Response().Header.Del(fiber.HeaderXFrameOptions)
		h.base(c)
		return answer(c, err)
	}
}

// Document is for the app's page.
func (h *Headers) Document(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, h.document)
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderCacheControl, "no-store")
}

// Asset is for files whose name changes with their content. The policy is the
// page's: a worker lives under that of its own file.
func (h *Headers) Asset(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, h.document)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
}

// File is for the frontend's other files, whose names stay: browsers ask each
// time whether they have changed.
func (h *Headers) File(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, h.document)
	c.Set(fiber.HeaderCacheControl, "no-cache")
}

// Attachment is for what customers and agents have sent each other.
func (h *Headers) Attachment(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, attachmentPolicy)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
}
