package wire

import "parley/desk"

// Site is a website that carries the widget, as the team sees it.
type Site struct {
	ID             desk.ID     `json:"id"`
	Rev            uint64      `json:"rev"`
	Key            string      `json:"key" doc:"Public; the website loads /widget/KEY.js."`
	Name           string      `json:"name"`
	Enabled        bool        `json:"enabled"`
	Origins        []string    `json:"origins" nullable:"false" doc:"Where the widget may be shown, such as https://example.com or https://*.example.com. Parley's own pages always may."`
	Bot            string      `json:"bot" enum:"as_team,on,off"`
	Texts          SiteTexts   `json:"texts"`
	Fields         SiteFields  `json:"fields"`
	Consent        SiteConsent `json:"consent"`
	Rating         bool        `json:"rating" doc:"A resolved conversation may be rated."`
	Files          bool        `json:"files" doc:"Visitors may send files."`
	Sound          bool        `json:"sound" doc:"A visitor who looks elsewhere hears that there is an answer."`
	Logo           *SiteLogo   `json:"logo,omitempty" doc:"Shown in place of the team's name; absent where there is none."`
	HasSecret      bool        `json:"has_secret" doc:"Whether the website can sign for its visitors."`
	FirstContactAt *desk.Time  `json:"first_contact_at,omitempty" doc:"When the website first loaded the widget; absent until then."`
	CreatedAt      desk.Time   `json:"created_at"`
	SiteLook
}

// SiteLook is how the widget looks.
type SiteLook struct {
	Language     string `json:"language" enum:"auto,tr,en"`
	Color        string `json:"color" doc:"Such as #0b666b."`
	Position     string `json:"position" enum:"left,right"`
	OffsetX      int    `json:"offset_x" minimum:"0" maximum:"400" doc:"CSS pixels from that side."`
	OffsetY      int    `json:"offset_y" minimum:"0" maximum:"400" doc:"CSS pixels from the bottom."`
	Scheme       string `json:"scheme" enum:"auto,light,dark"`
	LauncherText Both   `json:"launcher_text" doc:"Words on the launcher; none for the icon alone."`
	LauncherIcon string `json:"launcher_icon" enum:"chat,question,hand,headset"`
	HideLauncher bool   `json:"hide_launcher"`
}

// SiteLogo is a site's own picture.
type SiteLogo struct {
	Path   string `json:"path" doc:"Where the picture is on this server, for everybody. Another picture has another path."`
	Width  uint64 `json:"width" doc:"Pixels."`
	Height uint64 `json:"height"`
}

// FromSiteLogo builds the shape of a site's logo; nil where it has none.
func FromSiteLogo(s *desk.Site) *SiteLogo {
	if s.Logo.Mark == "" {
		return nil
	}
	return &SiteLogo{"/widget/" + s.Key + "/logo/" + s.Logo.Mark + ".png", s.Logo.Width, s.Logo.Height}
}

// SiteTexts are what the widget says, in each language.
type SiteTexts struct {
	TR SiteWords `json:"tr"`
	EN SiteWords `json:"en"`
}

// SiteWords are what the widget says in one language; an empty one leaves it to
// the widget.
type SiteWords struct {
	Title    string `json:"title"`
	Greeting string `json:"greeting"`
	Offline  string `json:"offline"`
}

// SiteFields say what a visitor is asked for before the first message.
type SiteFields struct {
	Name  string `json:"name" enum:"off,optional,required"`
	Email string `json:"email" enum:"off,optional,required"`
	Phone string `json:"phone" enum:"off,optional,required"`
}

// SiteConsent is what a visitor must agree to before the first message.
type SiteConsent struct {
	On      bool   `json:"on"`
	Version string `json:"version" doc:"Kept in each receipt; another text needs another version."`
	Text    Both   `json:"text"`
	URL     string `json:"url" doc:"Of the whole notice; may be empty."`
}

// FromSite builds a site's shape.
func FromSite(s *desk.Site) Site {
	return Site{
		ID: s.ID, Rev: s.Rev, Key: s.Key, Name: s.Name, Enabled: s.Enabled, Origins: nonNil(s.Origins), Bot: s.Bot.String(),
		SiteLook: FromSiteLook(&s.Look), Texts: FromSiteTexts(&s.Texts), Fields: FromSiteFields(s.Fields),
		Consent: FromSiteConsent(&s.Consent), Rating: s.Rating, Files: s.Files,
		Sound: s.Sound, Logo: FromSiteLogo(s), HasSecret: len(s.Secret) > 0,
		FirstContactAt: timeOrNil(s.FirstContactAt), CreatedAt: s.CreatedAt,
	}
}

// FromSiteLook builds the shape of how the widget looks.
func FromSiteLook(l *desk.SiteLook) SiteLook {
	return SiteLook{
		Language: l.Language, Color: l.Color, Position: l.Position, OffsetX: l.OffsetX, OffsetY: l.OffsetY,
		Scheme: l.Scheme, LauncherText: Both(l.Launcher), LauncherIcon: l.Icon, HideLauncher: l.HideLauncher,
	}
}

// FromSiteTexts builds the shape of what the widget says.
func FromSiteTexts(t *desk.SiteTexts) SiteTexts {
	return SiteTexts{
		TR: SiteWords{t.Title.TR, t.Greeting.TR, t.Offline.TR},
		EN: SiteWords{t.Title.EN, t.Greeting.EN, t.Offline.EN},
	}
}

// Desk reads the shape.
func (t *SiteTexts) Desk() desk.SiteTexts {
	return desk.SiteTexts{
		Title:    desk.Both{TR: t.TR.Title, EN: t.EN.Title},
		Greeting: desk.Both{TR: t.TR.Greeting, EN: t.EN.Greeting},
		Offline:  desk.Both{TR: t.TR.Offline, EN: t.EN.Offline},
	}
}

// FromSiteFields builds the shape of what is asked for.
func FromSiteFields(f desk.SiteFields) SiteFields {
	return SiteFields{Name: f.Name.String(), Email: f.Email.String(), Phone: f.Phone.String()}
}

// Desk reads the shape. Refused: CodeInvalid for what is no rule.
func (f *SiteFields) Desk() (fields desk.SiteFields, err error) {
	for _, field := range []struct {
		name, value string
		into        *desk.FieldRule
	}{{"fields.name", f.Name, &fields.Name}, {"fields.email", f.Email, &fields.Email}, {"fields.phone", f.Phone, &fields.Phone}} {
		if *field.into, err = desk.ParseFieldRule(field.name, field.value); err != nil {
			return desk.SiteFields{}, err
		}
	}
	return fields, nil
}

// FromSiteConsent builds the shape of what a visitor must agree to.
func FromSiteConsent(c *desk.SiteConsent) SiteConsent {
	return SiteConsent{On: c.On, Version: c.Version, Text: Both(c.Text), URL: c.URL}
}

// Desk reads the shape.
func (c *SiteConsent) Desk() desk.SiteConsent {
	return desk.SiteConsent{On: c.On, Version: c.Version, Text: c.Text.Desk(), URL: c.URL}
}
