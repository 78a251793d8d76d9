package server

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"parley/channel/widget"
	"parley/desk"
	"parley/server/demohost"
	"parley/server/guardrail"
	"parley/server/static"
)

// Where the build leaves the widget.
const (
	widgetLoader = "widget/loader.js"
	widgetFrame  = "widget/index.html"
	widgetIcons  = "widget/icons.json"
)

// widgetPages are what websites load: the loader with its site's configuration in
// it, the page in the frame, and that page's files.
type widgetPages struct {
	server  *Server
	files   *static.Site
	mu      sync.Mutex
	loaders map[loaderKey]loader // by site and origin, at most one for each
}

// loaderKey says for whom a loader was made.
type loaderKey struct{ site, origin string }

type loader struct {
	rev  uint64
	text *static.Text
}

// widgetRoutes declares the widget's pages. Nothing else lies under /widget/.
func (s *Server) widgetRoutes(files *static.Site) error {
	p := &widgetPages{server: s, files: files, loaders: make(map[loaderKey]loader)}
	host, err := demohost.New(s.headers)
	if err != nil {
		return err
	}
	page := func(path string, handle func(c *fiber.Ctx, who *caller) error) {
		plain(s, Route{Method: http.MethodGet, Path: path, Action: desk.ActionPublic}, handle)
	}
	page("/widget/assets/*", p.asset)
	page("/widget/demo", func(c *fiber.Ctx, _ *caller) error { return p.demo(c, host) })
	page("/widget/demo/:file", func(c *fiber.Ctx, _ *caller) error { return host.File(c, c.Params("file")) })
	page("/widget/photos/:mark.jpg", p.photo)
	page("/widget/:key.js", p.loader)
	page("/widget/:key/logo/:mark.png", p.logo)
	page("/widget/:key/", p.frame)
	page("/widget/*", func(*fiber.Ctx, *caller) error { return fiber.ErrNotFound })
	return nil
}

// asset sends one of the frame's files.
func (p *widgetPages) asset(c *fiber.Ctx, _ *caller) error {
	p.server.headers.WidgetAsset(c)
	return p.files.Send(c, "widget/assets/"+c.Params("*"))
}

// frame sends the page that websites show in a frame. It is the same for every
// site; who may show it is not.
func (p *widgetPages) frame(c *fiber.Ctx, _ *caller) error {
	site, err := p.server.app.Site(c.Params("key"))
	if err != nil {
		return err
	}
	p.server.headers.Frame(c, site.Origins)
	return p.files.Send(c, widgetFrame)
}

// logo sends a site's logo. Its address changes with it.
func (p *widgetPages) logo(c *fiber.Ctx, _ *caller) error {
	picture, err := p.server.app.SiteLogo(c.Params("key"), c.Params("mark"))
	if err != nil {
		return err
	}
	return p.picture(c, "image/png", picture)
}

// photo sends an agent's photo: to everybody, since visitors see it and carry no
// cookie. Its address tells nothing of the agent and changes with it.
func (p *widgetPages) photo(c *fiber.Ctx, _ *caller) error {
	picture, err := p.server.app.Photo(c.Params("mark"))
	if err != nil {
		return err
	}
	return p.picture(c, "image/jpeg", picture)
}

// picture sends a public picture whose address changes with it.
func (p *widgetPages) picture(c *fiber.Ctx, mediaType string, picture []byte) error {
	p.server.headers.Picture(c)
	c.Set(fiber.HeaderContentType, mediaType)
	return c.Send(picture)
}

// loader sends the script that a website loads.
func (p *widgetPages) loader(c *fiber.Ctx, _ *caller) error {
	site, err := p.server.app.Site(c.Params("key"))
	if err != nil {
		return err
	}
	text, err := p.loaderOf(&site, p.server.originOf(c))
	if err != nil {
		return err
	}
	if p.server.fromWebsite(c) {
		if err := p.server.app.SiteContacted(&site); err != nil {
			p.server.log.Warn("a website's first contact was not kept", "err", err)
		}
	}
	p.server.headers.Loader(c)
	return text.Send(c)
}

// loaderOf is the loader of a site as it is now; it is made once for each of the
// site's revs.
func (p *widgetPages) loaderOf(site *desk.Site, origin string) (*static.Text, error) {
	key := loaderKey{site.Key, origin}
	p.mu.Lock()
	defer p.mu.Unlock()
	if made, ok := p.loaders[key]; ok && made.rev == site.Rev {
		return made.text, nil
	}
	compiled, err := p.files.Read(widgetLoader)
	if err != nil || compiled == nil {
		return nil, notBuilt(err)
	}
	drawn, err := p.files.Read(widgetIcons)
	if err != nil || drawn == nil {
		return nil, notBuilt(err)
	}
	icons, err := widget.ReadIcons(drawn)
	if err != nil {
		return nil, err
	}
	config := widget.ConfigOf(site, origin, icons)
	script, err := widget.Loader(compiled, &config)
	if err != nil {
		return nil, err
	}
	text := static.NewText(widgetLoader, script)
	p.loaders[key] = loader{site.Rev, text}
	return text, nil
}

func notBuilt(err error) error {
	if err != nil {
		return err
	}
	return desk.Refuse(desk.CodeUnavailable, "", "This executable was built without the widget.")
}

// originOf is the origin under which a request has reached us, if it is one of
// ours; otherwise the first of them.
func (s *Server) originOf(c *fiber.Ctx) string {
	for _, scheme := range []string{"https://", "http://"} {
		origin, err := guardrail.ParseOrigin(scheme + string(c.Request().Host()))
		if err == nil && slices.Contains(s.origins, origin) {
			return origin
		}
	}
	if len(s.origins) == 0 {
		return ""
	}
	return s.origins[0]
}

// fromWebsite reports whether a browser has asked for the loader on a page that is
// not ours. Over plain HTTP browsers tell less; then the page's own origin, where
// it is told, has to do.
func (s *Server) fromWebsite(c *fiber.Ctx) bool {
	switch c.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return c.Get("Sec-Fetch-Dest") == "script"
	case "":
	default:
		return false
	}
	origin, err := guardrail.ParseOrigin(originIn(c.Get(fiber.HeaderReferer)))
	return err == nil && !slices.Contains(s.origins, origin)
}

// demo sends our own page that plays a website: of the site that is asked for, or
// of the first one.
func (p *widgetPages) demo(c *fiber.Ctx, host *demohost.Host) error {
	key := c.Query("key")
	if key == "" {
		var err error
		if key, err = p.server.app.FirstSite(); err != nil {
			return err
		}
	}
	card, err := p.server.app.SiteCard(key)
	if err != nil {
		return err
	}
	return host.Page(c, card.Site.Key, card.Team.Name)
}

// originIn cuts an address down to its origin.
func originIn(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	authority, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + authority
}
