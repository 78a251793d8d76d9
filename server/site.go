package server

import (
	"context"
	"io"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/server/upload"
	"parley/wire"
)

func (s *Server) siteRoutes() {
	operation(s, Route{http.MethodGet, "/sites", desk.ActionRead, "list-sites", "The websites that carry the widget.", 0}, s.listSites)
	operation(s, Route{http.MethodPost, "/sites", desk.ActionManageTeam, "create-site", "Make a site.", 0}, s.createSite)
	operation(s, Route{http.MethodPatch, "/sites/:id", desk.ActionManageTeam, "change-site", "Change a site; absent fields stay.", 0}, s.changeSite)
	operation(s, Route{http.MethodDelete, "/sites/:id", desk.ActionManageTeam, "delete-site", "Take a site away; what was said on it stays.", http.StatusNoContent}, s.deleteSite)
	operation(s, Route{http.MethodPost, "/sites/:id/secret", desk.ActionManageTeam, "new-site-secret", "Make another secret with which the website signs for its visitors.", 0}, s.newSiteSecret)
}

type siteList struct {
	Sites []wire.Site `json:"sites" nullable:"false"`
}

func (s *Server) listSites(_ context.Context, _ *caller, _ *struct{}) (*body[siteList], error) {
	sites, err := s.app.Sites()
	return &body[siteList]{siteList{sites}}, err
}

// siteAnswer is the answer of every verb on a site.
type siteAnswer struct {
	Site wire.Site `json:"site"`
}

// SiteBody is what may be set of a site.
type SiteBody struct {
	Rev          *uint64           `json:"rev,omitempty" doc:"The rev that the change was made from; an older one than the site's is the problem conflict."`
	Name         *string           `json:"name,omitempty"`
	Enabled      *bool             `json:"enabled,omitempty"`
	Origins      *[]string         `json:"origins,omitempty"`
	Bot          *string           `json:"bot,omitempty" enum:"as_team,on,off"`
	Texts        *wire.SiteTexts   `json:"texts,omitempty"`
	Fields       *wire.SiteFields  `json:"fields,omitempty"`
	Consent      *wire.SiteConsent `json:"consent,omitempty"`
	Rating       *bool             `json:"rating,omitempty"`
	Files        *bool             `json:"files,omitempty"`
	Sound        *bool             `json:"sound,omitempty"`
	Logo         *string           `json:"logo,omitempty" doc:"The id of a picture that you have uploaded (PNG, JPEG, WebP or GIF): it becomes the site's logo. An empty text takes the logo away."`
	Language     *string           `json:"language,omitempty" enum:"auto,tr,en"`
	Color        *string           `json:"color,omitempty"`
	Position     *string           `json:"position,omitempty" enum:"left,right"`
	OffsetX      *int              `json:"offset_x,omitempty"`
	OffsetY      *int              `json:"offset_y,omitempty"`
	Scheme       *string           `json:"scheme,omitempty" enum:"auto,light,dark"`
	LauncherText *wire.Both        `json:"launcher_text,omitempty"`
	LauncherIcon *string           `json:"launcher_icon,omitempty" enum:"chat,question,hand,headset"`
	HideLauncher *bool             `json:"hide_launcher,omitempty"`
}

// change reads what is to be changed.
func (b *SiteBody) change() (desk.SiteChange, error) {
	change := desk.SiteChange{
		Rev: b.Rev, Name: b.Name, Enabled: b.Enabled, Origins: b.Origins, Rating: b.Rating, Files: b.Files, Sound: b.Sound,
		Look: desk.SiteLookChange{
			Language: b.Language, Color: b.Color, Position: b.Position, OffsetX: b.OffsetX, OffsetY: b.OffsetY,
			Scheme: b.Scheme, Icon: b.LauncherIcon, HideLauncher: b.HideLauncher,
		},
	}
	if b.LauncherText != nil {
		text := b.LauncherText.Desk()
		change.Look.Launcher = &text
	}
	if b.Texts != nil {
		texts := b.Texts.Desk()
		change.Texts = &texts
	}
	if b.Consent != nil {
		consent := b.Consent.Desk()
		change.Consent = &consent
	}
	if b.Fields != nil {
		fields, err := b.Fields.Desk()
		if err != nil {
			return change, err
		}
		change.Fields = &fields
	}
	if b.Bot != nil {
		bot, err := desk.ParseSiteBot(*b.Bot)
		if err != nil {
			return change, err
		}
		change.Bot = &bot
	}
	return change, nil
}

// saveSite makes or changes a site.
func (s *Server) saveSite(who *caller, cmd app.SaveSite, b *SiteBody) (*body[siteAnswer], error) {
	var err error
	cmd.By = who.agent.ID
	if b.Logo != nil {
		if cmd.Logo, err = s.logo(who, *b.Logo); err != nil {
			return nil, err
		}
	}
	if cmd.Change, err = b.change(); err != nil {
		return nil, err
	}
	site, err := s.app.SaveSite(cmd)
	return &body[siteAnswer]{siteAnswer{site}}, err
}

// logo makes a logo of a picture that the caller has uploaded; of none, one without
// bytes.
func (s *Server) logo(who *caller, attachment string) (*app.Logo, error) {
	if attachment == "" {
		return &app.Logo{}, nil
	}
	made := upload.Logo{}
	err := s.uploaded(who, "logo", attachment, func(file io.Reader, a *desk.Attachment) (err error) {
		made, err = s.studio.Logo(file, a)
		return err
	})
	return &app.Logo{PNG: made.PNG, Width: made.Width, Height: made.Height}, err
}

type createSiteInput struct{ Body SiteBody }

func (s *Server) createSite(_ context.Context, who *caller, in *createSiteInput) (*body[siteAnswer], error) {
	return s.saveSite(who, app.SaveSite{New: true}, &in.Body)
}

type changeSiteInput struct {
	IDInput
	Body SiteBody
}

func (s *Server) changeSite(_ context.Context, who *caller, in *changeSiteInput) (*body[siteAnswer], error) {
	return s.saveSite(who, app.SaveSite{ID: in.ID}, &in.Body)
}

func (s *Server) deleteSite(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteSite(app.DeleteSite{By: who.agent.ID, ID: in.ID})
}

// secretAnswer is a new secret.
type secretAnswer struct {
	Secret string `json:"secret" doc:"Told this once. Sign with its text as it is: HS256."`
}

func (s *Server) newSiteSecret(_ context.Context, who *caller, in *IDInput) (*body[secretAnswer], error) {
	secret, err := s.app.NewSiteSecret(who.agent.ID, in.ID)
	return &body[secretAnswer]{secretAnswer{secret}}, err
}
