package guardrail

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Headers sets the headers that tell browsers what an answer may do.
type Headers struct {
	https    bool
	document string // the policy of the app's page
	frame    string // the policy of the widget's page, up to who may show it
}

// The policies of what is not the app's page.
const (
	apiPolicy        = "default-src 'none'; frame-ancestors 'none'; sandbox"
	attachmentPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"
	// hostPolicy is as strict as a website can be that carries the widget.
	hostPolicy = "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; object-src 'none'; report-uri " + ReportPath
)

// ReportPath is where browsers report what the page's policy stopped.
const ReportPath = "/csp"

// NewHeaders makes the headers for pages of the given origins.
func NewHeaders(origins []string) *Headers {
	connect := []string{"'self'"}
	https := len(origins) > 0
	for _, origin := range origins {
		https = https && strings.HasPrefix(origin, "https://")
		if !strings.Contains(origin, "[") { // a policy cannot name an IPv6 address; 'self' covers it
			connect = append(connect, "ws"+strings.TrimPrefix(origin, "http")) // http → ws, https → wss
		}
	}
	return &Headers{https: https, frame: strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' blob: data:",
		"media-src 'self' blob:",
		"connect-src " + strings.Join(connect, " "),
		"base-uri 'none'",
		"form-action 'none'",
		"object-src 'none'",
		"report-uri " + ReportPath,
		"frame-ancestors 'self'",
	}, "; "), document: strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
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
		c.Response().Header.Del(fiber.HeaderAccessControlAllowOrigin)
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

// Frame is for the widget's page, which only Parley's own pages and those of the
// origins may show in a frame. The origins have been checked when they were set:
// nothing in them can end the policy.
func (h *Headers) Frame(c *fiber.Ctx, origins []string) {
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Join(append([]string{h.frame}, origins...), " "))
	c.Set(fiber.HeaderCacheControl, "no-store")
}

// Loader is for the script that websites load: any page may, and asks again after
// five minutes.
func (h *Headers) Loader(c *fiber.Ctx) {
	h.anywhere(c)
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
}

// WidgetAsset is for the widget's files whose name changes with their content; the
// loader fetches some of them from the website's page.
func (h *Headers) WidgetAsset(c *fiber.Ctx) {
	h.Asset(c)
	h.anywhere(c)
}

// anywhere lets pages of any origin use what is public anyway.
func (h *Headers) anywhere(c *fiber.Ctx) {
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// Host is for our own page that plays a website with the widget.
func (h *Headers) Host(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, hostPolicy)
	c.Set(fiber.HeaderCacheControl, "no-store")
}

// Picture is for a public picture whose address changes with its content.
func (h *Headers) Picture(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, attachmentPolicy)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
}

// Attachment is for what customers and agents have sent each other.
func (h *Headers) Attachment(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, attachmentPolicy)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
}
