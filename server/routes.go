package server

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
)

// Route is what every way into the server declares: who may use it is part of
// it, and what is not declared is not served.
type Route struct {
	Method string
	Path   string // as the router writes it: /conversations/:number
	Action desk.Action
	ID     string // the operation's name in the API description; "" for what is not described
	About  string // one sentence
	Status int    // of success; 0 is 200
}

// URL is the route's whole path as the router writes it.
func (r *Route) URL() string {
	switch {
	case r.ID == "":
		return r.Path
	case r.Action.OfVisitors():
		return widgetPath + r.Path
	}
	return apiPath + r.Path
}

// caller is who makes a request, and from where.
type caller struct {
	agent   desk.Agent
	session [32]byte
	channel desk.ChannelToken // of another system, which is no agent
	visitor app.Visitor       // of routes with desk.ActionVisit
	site    desk.Site         // the visitor's
	address netip.Addr
	browser string // the User-Agent header
}

// from is the address as text; "" where there is none, as in a test.
func (c *caller) from() string {
	if !c.address.IsValid() {
		return ""
	}
	return c.address.String()
}

// owner is whose the files are that the caller uploads.
func (c *caller) owner() desk.Actor {
	switch {
	case !c.channel.ID.IsZero():
		return c.channel.Owner()
	case !c.visitor.Customer.IsZero():
		return desk.CustomerActor(c.visitor.Customer)
	}
	return desk.AgentActor(c.agent.ID)
}

type callerKey struct{}

// callerOf is the caller that the route's guard has let in.
func callerOf(ctx context.Context) *caller {
	who, _ := ctx.Value(callerKey{}).(*caller)
	return who
}

// body is an answer with a JSON body and nothing else.
type body[T any] struct{ Body T }

// operation declares a described route: decoded, guarded, answered as JSON.
func operation[I, O any](s *Server, r Route, handle func(ctx context.Context, who *caller, in *I) (*O, error)) {
	s.table = append(s.table, r)
	op := huma.Operation{
		OperationID: r.ID, Method: r.Method, Path: describedPath(r.Path), Summary: r.About, DefaultStatus: r.Status,
		Tags: []string{tagOf(r.Path)}, Middlewares: huma.Middlewares{s.guardDescribed(r)},
		MaxBodyBytes: maxJSONBytes, Errors: declaredErrors(r),
	}
	api := s.api
	switch {
	case r.Action == desk.ActionChannel:
		op.Security = []map[string][]string{{"channel": {}}}
	case r.Action.OfVisitors():
		api = s.widgetAPI
		if !r.Action.Open() {
			op.Security = []map[string][]string{{"token": {}}}
		}
	case !r.Action.Open():
		op.Security = []map[string][]string{{"session": {}}}
	}
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		return handle(ctx, callerOf(ctx), in)
	})
}

// maxJSONBytes bounds a JSON body: a text of the greatest length with every
// character escaped, and room for the rest.
const maxJSONBytes = 256 << 10

// declaredErrors are the statuses that a described route may answer with.
func declaredErrors(r Route) []int {
	errors := []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if !r.Action.Open() {
		errors = append(errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if r.Method != http.MethodGet {
		errors = append(errors, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusInsufficientStorage)
	}
	return errors
}

// plain declares a route that is not described: files, the socket, pages.
func plain(s *Server, r Route, handle func(c *fiber.Ctx, who *caller) error) {
	s.table = append(s.table, r)
	guarded := func(c *fiber.Ctx) error {
		who, err := s.admit(c, r)
		if err != nil {
			return err
		}
		return handle(c, who)
	}
	s.fiber.Add(r.Method, r.Path, guarded)
	if r.Method == http.MethodGet {
		s.fiber.Head(r.Path, guarded)
	}
}

// guardDescribed lets in who may use a described route.
func (s *Server) guardDescribed(r Route) func(ctx huma.Context, next func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humafiber.UnwrapV2(ctx)
		who, err := s.admit(c, r)
		if err == nil {
			err = checkBody(c.Request().Body())
		}
		if err != nil {
			_ = huma.WriteErr(s.api, ctx, http.StatusInternalServerError, "", err)
			return
		}
		next(huma.WithValue(ctx, callerKey{}, who))
	}
}

// admit is the one door: it knows who calls, and whether they may. A route whose
// action no role has is closed to all.
func (s *Server) admit(c *fiber.Ctx, r Route) (*caller, error) {
	who := &caller{address: s.addresses.Of(c), browser: c.Get(fiber.HeaderUserAgent)}
	if r.Action.Open() {
		return who, nil
	}
	switch {
	case r.Action == desk.ActionChannel:
		return s.admitChannel(c, who)
	case r.Action == desk.ActionOperate && s.isScraper(c):
		return who, nil
	}
	if r.Action == desk.ActionVisit {
		return who, s.admitVisitor(c, who)
	}
	session, agent, err := s.sessionOf(c)
	if err != nil {
		return nil, err
	}
	who.agent, who.session = agent, session.Hash
	if !agent.Role.Can(r.Action) {
		return nil, desk.Refuse(desk.CodeForbidden, "", "Your role may not do this.")
	}
	if !r.Action.BeforeFactor() {
		if err := s.app.CheckFactorDue(agent.ID); err != nil {
			return nil, err
		}
	}
	s.seen(who, &session)
	return who, nil
}
