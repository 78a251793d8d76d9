package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/bytebufferpool"
	"github.com/valyala/fasthttp"

	"parley/app"
	"parley/live"
	"parley/server/guardrail"
	"parley/server/limit"
	"parley/server/password"
	"parley/server/problem"
	"parley/server/socket"
	"parley/server/upload"
	"parley/wire"
)

// Where the described interfaces lie: the agents' and the visitors'.
const (
	apiPath    = "/api/v1"
	widgetPath = "/api/widget/v1"
)

// Options are what a server is made of.
type Options struct {
	App     *app.App
	Hub     *live.Hub
	Files   *upload.Store
	Backups Backups
	Hooks   Hooks
	Page    fs.FS    // the compiled frontend
	Origins []string // of Parley's own pages
	Proxies []string // networks whose X-Forwarded-For is believed
	Version string
	// MetricsToken opens /metrics to a scraper; "" opens it to signed-in admins alone.
	MetricsToken string
	// Unlimited takes the limits on how often requests may come away, for measuring.
	Unlimited bool
	OpenFiles int // how many files and connections there may be; 0 where that is not known
	// Parts lists the parts of the process that have failed since it started.
	Parts func() []Part
	Clock func() time.Time
	Log   *slog.Logger
}

// Server is the HTTP interface, the pages and the socket.
type Server struct {
	app       *app.App
	hub       *live.Hub
	files     *upload.Store
	studio    upload.Studio
	backups   Backups
	hooks     Hooks
	parts     func() []Part
	tickets   *tickets
	fiber     *fiber.App
	api       huma.API
	widgetAPI huma.API // the visitors'
	sockets   *socket.Sockets
	visitors  *socket.Sockets
	headers   *guardrail.Headers
	addresses *guardrail.Addresses
	passwords *password.Hasher
	rules     *password.Rules
	logins    *logins
	codes     *codes
	limits    *limits
	metrics   *metrics
	table     []Route
	origins   []string // of our own pages
	secure    bool     // the pages are served over TLS
	stopping  chan struct{}
	version   string
	scraper   string // what a scraper of the metrics brings; "" for none
	clock     func() time.Time
	log       *slog.Logger
}

// New makes a server. It is an error when a route is not declared or the page
// cannot be read.
func New(o Options) (*Server, error) {
	addresses, err := guardrail.TrustProxies(o.Proxies)
	if err != nil {
		return nil, err
	}
	room := RoomFor(o.OpenFiles)
	s := &Server{
		app: o.App, hub: o.Hub, files: o.Files, addresses: addresses, version: o.Version, scraper: o.MetricsToken, clock: o.Clock, log: o.Log,
		headers:   guardrail.NewHeaders(o.Origins),
		sockets:   socket.New(socket.Options{Log: o.Log, Origins: o.Origins, Max: room.Agents}),
		visitors:  socket.New(socket.Options{Log: o.Log, Origins: o.Origins, Max: room.Visitors, MaxFrom: socketsFrom(o.Unlimited), PerSecond: 10}),
		passwords: password.NewHasher(), rules: password.NewRules(), logins: newLogins(o.Clock), codes: newCodes(o.Clock), limits: newLimits(o.Clock, o.Unlimited),
		secure:   len(o.Origins) > 0 && !slices.ContainsFunc(o.Origins, func(origin string) bool { return strings.HasPrefix(origin, "http:") }),
		stopping: make(chan struct{}), origins: o.Origins, backups: o.Backups, hooks: o.Hooks, tickets: newTickets(o.Clock),
	}
	if s.parts = o.Parts; s.parts == nil { // nothing runs beside this server
		s.parts = func() []Part { return nil }
	}
	s.metrics = newMetrics(s)
	s.fiber = guardrail.New(s.headers.OnError(problem.Handler), bringsFile)
	s.fiber.Use(channelDoor)
	s.fiber.Use(guardrail.Observe(o.Log, addresses, s.metrics.request), s.headers.Base, guardrail.Bodies)
	s.fiber.Post(guardrail.ReportPath, guardrail.Reports(o.Log, limit.New(o.Clock, limit.Rate{N: 20, Per: time.Minute})))
	s.fiber.Use(exceptChannels(guardrail.SameOrigin(o.Origins, widgetPath+"/")))
	s.describe()
	s.describeVisitors()
	s.routes()
	if err := s.pages(o.Page); err != nil {
		return nil, err
	}
	return s, nil
}

// routes declares every way into the server.
func (s *Server) routes() {
	s.sessionRoutes()
	s.signedInRoutes()
	s.setupRoutes()
	s.sampleRoutes()
	s.personalRoutes()
	s.aboutRoutes()
	s.conversationRoutes()
	s.searchRoutes()
	s.pastRoutes()
	s.customerRoutes()
	s.replyRoutes()
	s.agentRoutes()
	s.factorRoutes()
	s.agentTeamRoutes()
	s.settingsRoutes()
	s.knowledgeRoutes()
	s.attachmentRoutes()
	s.channelTokenRoutes()
	s.webhookRoutes()
	s.channelRoutes()
	s.auditRoutes()
	s.backupRoutes()
	s.siteRoutes()
	s.visitorRoutes()
	s.visitorConversationRoutes()
	s.visitorFileRoutes()
	s.socketRoute()
	s.visitorSocketRoute()
	s.operationRoutes()
}

// Routes lists what was declared, for tests and for the description of rights.
func (s *Server) Routes() []Route { return slices.Clone(s.table) }

// describe prepares the described interface.
func (s *Server) describe() {
	config := apiConfig("Parley", s.version, apiPath)
	config.Info.Description = "A live support inbox. Changing requests carry the header X-Parley: 1."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: s.cookieName()},
		"channel": {Type: "http", Scheme: "bearer", Description: "A channel token, for another system."},
	}
	s.api = humafiber.NewV2WithGroup(s.fiber, s.fiber.Group(apiPath), config)
}

// apiConfig is what both described interfaces have in common.
func apiConfig(title, version, path string) huma.Config {
	config := huma.DefaultConfig(title, version)
	config.DocsPath = ""     // its page would load from another host
	config.CreateHooks = nil // they add $schema to every answer
	config.SchemasPath = ""
	config.OpenAPIPath = "/openapi"
	config.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	config.Servers = []*huma.Server{{URL: path}}
	return config
}

// jsonFormat writes answers; those that know how write themselves.
var jsonFormat = huma.Format{Marshal: marshal, Unmarshal: json.Unmarshal}

// answers are the buffers in which answers are written before they are sent.
var answers bytebufferpool.Pool

func marshal(w io.Writer, v any) error {
	if shape, ok := v.(wire.Appender); ok {
		b := answers.Get()
		defer answers.Put(b)
		b.B = shape.AppendJSON(b.B[:0])
		_, err := w.Write(b.B)
		return err
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// describedPath writes a path as OpenAPI does: /conversations/{number}.
func describedPath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, found := strings.CutPrefix(part, ":"); found {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func tagOf(path string) string { return strings.Split(path, "/")[1] }

// bringsFile tells from a request's head whether it may bring a large body: a
// part of a file, and nothing else.
func bringsFile(header *fasthttp.RequestHeader) bool {
	uri := string(header.RequestURI())
	below := func(path string) bool { return strings.HasPrefix(uri, path+"/attachments/") }
	return string(header.Method()) == http.MethodPut && (below(apiPath) || below(apiPath+channelPath) || below(widgetPath))
}

// Serve answers requests on a listener until Stop.
func (s *Server) Serve(listener net.Listener) error { return s.fiber.Listener(listener) }

// Stop ends in order: not ready any more, sockets told to come back, running
// requests finished, or cut when ctx ends.
func (s *Server) Stop(ctx context.Context) error {
	close(s.stopping)
	visitors := make(chan error, 1)
	go func() { visitors <- s.visitors.Shutdown(ctx) }()
	socketErr := errors.Join(s.sockets.Shutdown(ctx), <-visitors)
	if err := s.fiber.ShutdownWithContext(ctx); err != nil {
		return err
	}
	return socketErr
}

// OpenAPI is the description of the interface, as JSON.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().MarshalJSON() }
