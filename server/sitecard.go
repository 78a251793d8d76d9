package server

import (
	"cmp"
	"context"
	"slices"

	"parley/app"
	"parley/desk"
	"parley/live"
	"parley/server/limit"
	"parley/server/upload"
	"parley/wire"
)

// siteCard is what everybody may know of a site.
type siteCard struct {
	Key      string           `json:"key"`
	Name     string           `json:"name"`
	Team     cardTeam         `json:"team"`
	Texts    wire.SiteTexts   `json:"texts"`
	Fields   wire.SiteFields  `json:"fields"`
	Consent  wire.SiteConsent `json:"consent"`
	Rating   bool             `json:"rating"`
	Files    cardFiles        `json:"files"`
	Sound    bool             `json:"sound" doc:"A visitor who looks elsewhere hears that there is an answer."`
	Logo     *wire.SiteLogo   `json:"logo,omitempty"`
	Hours    cardHours        `json:"hours"`
	Wait     int              `json:"wait,omitempty" enum:"1,2,5,10,15,30,60,240" doc:"Within how many minutes most visitors were lately answered by a person; 240 stands for a few hours. Absent where too little is known, and while it is closed."`
	Agents   []cardAgent      `json:"agents" nullable:"false" doc:"At most 3; those who are there first."`
	Bot      cardBot          `json:"bot"`
	Color    string           `json:"color"`
	Position string           `json:"position"`
	Scheme   string           `json:"scheme"`
	Language string           `json:"language"`
}

type cardTeam struct {
	Name    string `json:"name"`
	BotName string `json:"bot_name"`
}

type cardFiles struct {
	On       bool     `json:"on"`
	MaxBytes uint64   `json:"max_bytes"`
	Types    []string `json:"types" nullable:"false" doc:"Media types."`
}

type cardHours struct {
	Open    bool       `json:"open"`
	OpensAt *desk.Time `json:"opens_at,omitempty" doc:"While it is closed; absent when it never opens."`
	Zone    string     `json:"zone"`
}

type cardAgent struct {
	Name   string `json:"name"`
	Photo  string `json:"photo,omitempty" doc:"Where their photo is on this server; absent where there is none."`
	Online bool   `json:"online"`
}

type cardBot struct {
	Leads      bool            `json:"leads" doc:"Whether the bot would lead a new conversation."`
	AskContact bool            `json:"ask_contact" doc:"Ask who has left no e-mail address for one while nobody is there."`
	Welcome    *wire.Greetings `json:"welcome,omitempty" doc:"What it says first; it doesn't say it again in a conversation that begins in the widget."`
}

// cardAgents is how many faces a visitor is shown.
const cardAgents = 3

type siteKeyInput struct {
	Key string `path:"key" maxLength:"64"`
}

func (s *Server) siteCard(_ context.Context, who *caller, in *siteKeyInput) (*body[siteCard], error) {
	if err := allow(s.limits.siteReader, limit.AddressKey(who.address)); err != nil {
		return nil, err
	}
	card, err := s.app.SiteCard(in.Key)
	if err != nil {
		return nil, err
	}
	site := &card.Site
	return &body[siteCard]{siteCard{
		Key: site.Key, Name: site.Name, Team: cardTeam{card.Team.Name, card.Team.BotName},
		Texts: wire.FromSiteTexts(&site.Texts), Fields: wire.FromSiteFields(site.Fields), Consent: wire.FromSiteConsent(&site.Consent),
		Sound: site.Sound, Logo: wire.FromSiteLogo(site), Rating: site.Rating, Files: cardFiles{site.Files, desk.MaxVisitorFileBytes, upload.VisitorTypes()},
		Hours: cardHours{card.Open, momentOrNil(card.OpensAt), card.Zone}, Wait: card.Wait, Agents: faces(card.Agents, s.hub.Presence()),
		Bot: cardBot{card.BotLeads, card.AskContact, card.Welcome}, Color: site.Look.Color, Position: site.Look.Position,
		Scheme: site.Look.Scheme, Language: site.Look.Language,
	}}, nil
}

func momentOrNil(t desk.Time) *desk.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// faces puts those who are there first and keeps a few.
func faces(agents []app.Colleague, presence map[desk.ID]live.Presence) []cardAgent {
	all := make([]cardAgent, 0, len(agents))
	for _, a := range agents {
		all = append(all, cardAgent{Name: a.Name, Photo: a.Photo, Online: presence[a.ID] == live.Online})
	}
	slices.SortStableFunc(all, func(a, b cardAgent) int { return cmp.Compare(boolOrder(a.Online), boolOrder(b.Online)) })
	return all[:min(len(all), cardAgents)]
}

func boolOrder(first bool) int {
	if first {
		return 0
	}
	return 1
}

// somebodyIsThere reports whether any agent is online.
func (s *Server) somebodyIsThere() bool {
	for _, presence := range s.hub.Presence() {
		if presence == live.Online {
			return true
		}
	}
	return false
}
