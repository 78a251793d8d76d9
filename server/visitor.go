package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/channel/widget"
	"parley/desk"
	"parley/server/limit"
	"parley/wire"
)

func (s *Server) visitorRoutes() {
	operation(s, Route{http.MethodGet, "/sites/:key", desk.ActionEnter, "site-card", "What everybody may know of a site.", 0}, s.siteCard)
	operation(s, Route{http.MethodPost, "/visitors", desk.ActionEnter, "enter", "Begin as a visitor; the token is told this once.", http.StatusCreated}, s.enter)
	operation(s, Route{http.MethodPost, "/identify", desk.ActionEnter, "identify", "Begin as somebody for whom the website vouches.", 0}, s.identify)
	operation(s, Route{http.MethodGet, "/me", desk.ActionVisit, "visitor", "Who the token stands for, and their conversations.", 0}, s.visitor)
	operation(s, Route{http.MethodPatch, "/me", desk.ActionVisit, "introduce", "Say who one is and where; absent fields stay.", 0}, s.introduce)
	operation(s, Route{http.MethodPost, "/me/token", desk.ActionVisit, "rotate-token", "Get another token; the present one goes on for a day.", 0}, s.rotateToken)
	operation(s, Route{http.MethodDelete, "/me/token", desk.ActionVisit, "end-token", "End the token.", http.StatusNoContent}, s.endToken)
}

// PageBody is where a visitor is on the website.
type PageBody struct {
	URL   string `json:"url" maxLength:"2000"`
	Title string `json:"title,omitempty" maxLength:"1000"`
}

func (p *PageBody) page() desk.Page {
	if p == nil {
		return desk.Page{}
	}
	return desk.Page{URL: p.URL, Title: p.Title}
}

// visitorAnswer is the answer to what a visitor says of themselves.
type visitorAnswer struct {
	Visitor wire.Visitor `json:"visitor"`
}

// tokenAnswer is a new token.
type tokenAnswer struct {
	Token string `json:"token" doc:"Told this once; kept by its hash alone."`
}

// entered is the answer to whoever begins.
type entered struct {
	tokenAnswer
	visitorAnswer
}

type enterInput struct {
	Body struct {
		Site     string    `json:"site" maxLength:"64" doc:"The site's key."`
		Language string    `json:"language,omitempty" maxLength:"35" doc:"BCP 47, such as tr."`
		Zone     string    `json:"zone,omitempty" maxLength:"64" doc:"The time zone by its IANA name."`
		Page     *PageBody `json:"page,omitempty"`
	}
}

func (s *Server) enter(_ context.Context, who *caller, in *enterInput) (*body[entered], error) {
	if err := allow(s.limits.enter, limit.AddressKey(who.address)); err != nil {
		return nil, err
	}
	site, err := s.app.Site(in.Body.Site)
	if err != nil {
		return nil, err
	}
	if err := allow(s.limits.enterSite, site.ID.String()); err != nil {
		return nil, err
	}
	token, hash := newToken()
	visitor, err := s.app.NewVisitor(site.Key, hash, app.VisitorSeed{
		Language: in.Body.Language, Zone: in.Body.Zone, Browser: widget.Browser(who.browser), Page: in.Body.Page.page(),
	})
	return &body[entered]{entered{tokenAnswer{token}, visitorAnswer{visitor}}}, err
}

type identifyInput struct {
	Body struct {
		Site     string    `json:"site" maxLength:"64" doc:"The site's key."`
		JWT      string    `json:"jwt" maxLength:"4096" doc:"What the website has signed: HS256; sub, aud (the site's key), iat, exp (at most 10 minutes later), jti (used once); name, email and phone if it likes."`
		Token    string    `json:"token,omitempty" maxLength:"64" doc:"The token that the browser has had so far; it ends."`
		Language string    `json:"language,omitempty" maxLength:"35"`
		Zone     string    `json:"zone,omitempty" maxLength:"64"`
		Page     *PageBody `json:"page,omitempty"`
	}
}

func (s *Server) identify(_ context.Context, who *caller, in *identifyInput) (*body[entered], error) {
	if err := allow(s.limits.identify, limit.AddressKey(who.address)); err != nil {
		return nil, err
	}
	site, err := s.app.Site(in.Body.Site)
	if err != nil {
		return nil, err
	}
	secret, err := s.app.SiteSecret(&site)
	if err != nil {
		return nil, err
	}
	identity, err := widget.ReadIdentity(in.Body.JWT, site.Key, secret, s.clock())
	if err != nil {
		return nil, err
	}
	token, hash := newToken()
	cmd := app.Identify{
		SiteKey: site.Key, Identity: identity,
		Visitor: app.Visitor{Hash: hash, Seed: app.VisitorSeed{
			Language: in.Body.Language, Zone: in.Body.Zone, Browser: widget.Browser(who.browser), Page: in.Body.Page.page(),
		}},
	}
	if in.Body.Token != "" {
		old := hashToken(in.Body.Token)
		cmd.Old = &old
		if before, _, err := s.app.Visitor(old); err == nil {
			defer s.hub.CheckVisitors(before.Customer) // its sockets may have lost their token
		}
	}
	visitor, err := s.app.Identify(cmd)
	return &body[entered]{entered{tokenAnswer{token}, visitorAnswer{visitor}}}, err
}

func (s *Server) visitor(_ context.Context, who *caller, _ *struct{}) (*body[app.VisitorState], error) {
	state, err := s.app.VisitorState(&who.visitor)
	return &body[app.VisitorState]{state}, err
}

type introduceInput struct {
	Body struct {
		Name       *string              `json:"name,omitempty"`
		Email      *string              `json:"email,omitempty"`
		Phone      *string              `json:"phone,omitempty"`
		Language   *string              `json:"language,omitempty"`
		Attributes map[string]*string   `json:"attributes,omitempty" doc:"Null takes an attribute away."`
		Page       *PageBody            `json:"page,omitempty"`
		Consent    *wire.VisitorConsent `json:"consent,omitempty" doc:"They agree to the site's notice in this version."`
	}
}

func (s *Server) introduce(_ context.Context, who *caller, in *introduceInput) (*body[visitorAnswer], error) {
	if err := allow(s.limits.introduce, who.visitor.Customer.String()); err != nil {
		return nil, err
	}
	b := &in.Body
	cmd := app.Introduce{
		Visitor: who.visitor, Page: b.Page.page(),
		Change: desk.CustomerChange{Name: b.Name, Email: b.Email, Phone: b.Phone, Language: b.Language, Attributes: b.Attributes},
	}
	if b.Consent != nil {
		cmd.Consent = &b.Consent.Version
	}
	visitor, err := s.app.Introduce(cmd)
	return &body[visitorAnswer]{visitorAnswer{visitor}}, err
}

func (s *Server) rotateToken(_ context.Context, who *caller, _ *struct{}) (*body[tokenAnswer], error) {
	token, hash := newToken()
	err := s.app.RotateVisitor(who.visitor.Hash, hash)
	return &body[tokenAnswer]{tokenAnswer{token}}, err
}

func (s *Server) endToken(_ context.Context, who *caller, _ *struct{}) (*struct{}, error) {
	err := s.app.EndVisitor(who.visitor.Hash)
	s.hub.CheckVisitors(who.visitor.Customer)
	return nil, err
}
