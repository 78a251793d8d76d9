package guardrail

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// The limits on one request and one connection.
const (
	// LargeBody is the most that a request may carry where large says so: a part
	// of a file and room to spare.
	LargeBody = 5 << 20
	// SmallBody is the most that any other may: the longest message, with every
	// character of it escaped in JSON, fits.
	SmallBody = 256 << 10

	readTimeout  = 15 * time.Second // for one request, headers and small body
	idleTimeout  = 75 * time.Second
	writeTimeout = 30 * time.Second
	concurrency  = 8192
	headerBytes  = 16 << 10

	// slowestUpload is the pace, in bytes a second, below which a large body is
	// given up.
	slowestUpload = 32 << 10
)

// New makes a router with limits on everything that a client can spend. Bodies
// are limited before any handler runs, so before anybody is known: large tells,
// from the headers alone, which requests may bring LargeBody and take their time.
//
// The router reads whole bodies and never streams them: streaming would let a
// body pass its limit, and an early answer leave the rest of it to be read as the
// next request (valyala/fasthttp issue 2368).
func New(onError fiber.ErrorHandler, large func(*fasthttp.RequestHeader) bool) *fiber.App {
	app := fiber.New(fiber.Config{
		Immutable:                    true, // else kept strings turn into another request's
		CaseSensitive:                true,
		StrictRouting:                true,
		BodyLimit:                    LargeBody,
		ReadTimeout:                  readTimeout,
		IdleTimeout:                  idleTimeout,
		WriteTimeout:                 writeTimeout,
		Concurrency:                  concurrency,
		ReadBufferSize:               headerBytes,
		ReduceMemoryUsage:            true, // idle connections and sockets hold no buffers; 0.4 us a request
		DisablePreParseMultipartForm: true,
		EnableTrustedProxyCheck:      true, // of nobody: else anybody's X-Forwarded-Host is believed
		DisableStartupMessage:        true,
		ErrorHandler:                 onError,
	})
	server := app.Server()
	server.HeaderReceived = func(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
		length := header.ContentLength()
		if length == unmeasured {
			// A proxy in front may have gone by another length; then what follows on
			// this connection is not a request of its own.
			header.SetConnectionClose()
		}
		if !large(header) {
			return fasthttp.RequestConfig{MaxRequestBodySize: SmallBody}
		}
		pace := time.Duration(min(max(length, 0), LargeBody)) * time.Second / slowestUpload
		return fasthttp.RequestConfig{MaxRequestBodySize: LargeBody, ReadTimeout: readTimeout + pace}
	}
	refuseStrangeMethods(app)
	return app
}

// unmeasured is the length of a body that comes in chunks.
const unmeasured = -1

// refuseStrangeMethods answers a method that the router does not know as it
// answers any other wrong method; by itself it would send a bare text.
func refuseStrangeMethods(app *fiber.App) {
	server := app.Server()
	handle, known := server.Handler, app.Config().RequestMethods
	server.Handler = func(c *fasthttp.RequestCtx) {
		if !slices.Contains(known, string(c.Method())) {
			server.ErrorHandler(c, fasthttp.ErrGetOnly)
			return
		}
		handle(c)
	}
}

// Bodies refuses a request whose body is compressed (415), because unpacking has
// no limit, or comes without an announced length (411).
func Bodies(c *fiber.Ctx) error {
	header := &c.Request().Header
	if header.ContentLength() == unmeasured {
		return fiber.ErrLengthRequired
	}
	if len(header.Peek(fiber.HeaderContentEncoding)) > 0 {
		return fiber.ErrUnsupportedMediaType
	}
	return c.Next()
}
