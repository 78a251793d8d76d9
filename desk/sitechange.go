package desk

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// SiteChange is what may be changed of a site; a nil field stays.
type SiteChange struct {
	Rev           *uint64 // refused when older than the site's
	Name          *string
	Enabled       *bool
	Origins       *[]string
	Bot           *SiteBot
	Look          SiteLookChange
	Texts         *SiteTexts
	Fields        *SiteFields
	Consent       *SiteConsent
	Rating, Files *bool
	Sound         *bool
	Logo          *SiteLogo // one without a mark takes it away
}

// SiteLookChange is what may be changed of how the widget looks; a nil field stays.
type SiteLookChange struct {
	Language, Color, Position, Scheme, Icon *string
	OffsetX, OffsetY                        *int
	Launcher                                *Both
	HideLauncher                            *bool
}

// apply sets what is given.
func (change *SiteLookChange) apply(look *SiteLook) {
	set(&look.Language, change.Language)
	set(&look.Color, change.Color)
	set(&look.Position, change.Position)
	set(&look.Scheme, change.Scheme)
	set(&look.OffsetX, change.OffsetX)
	set(&look.OffsetY, change.OffsetY)
	set(&look.Launcher, change.Launcher)
	set(&look.Icon, change.Icon)
	set(&look.HideLauncher, change.HideLauncher)
}

func set[T any](into, from *T) {
	if from != nil {
		*into = *from
	}
}

// Change applies a change. Refused: CodeConflict for an old rev, and as the fields
// ask.
func (s *Site) Change(by Actor, change *SiteChange, now Time) (Site, []Event, error) {
	next := *s
	if change.Rev != nil {
		if err := checkRev(s.Rev, *change.Rev); err != nil {
			return Site{}, nil, err
		}
	}
	for _, apply := range []func(*Site, *SiteChange) error{
		changeSiteName, changeSiteOrigins, changeSiteLook, changeSiteTexts, changeSiteConsent,
	} {
		if err := apply(&next, change); err != nil {
			return Site{}, nil, err
		}
	}
	set(&next.Enabled, change.Enabled)
	set(&next.Rating, change.Rating)
	set(&next.Files, change.Files)
	set(&next.Sound, change.Sound)
	set(&next.Logo, change.Logo)
	set(&next.Bot, change.Bot)
	set(&next.Fields, change.Fields)
	if next.equal(s) {
		return next, nil, nil
	}
	return next, []Event{s.saved(by, now)}, nil
}

// Reseal gives the site another identity secret, as it is kept.
func (s *Site) Reseal(by Actor, secret []byte, now Time) (Site, []Event) {
	next := *s
	next.Secret = secret
	return next, []Event{s.saved(by, now)}
}

// Contacted says that the website has loaded the widget.
func (s *Site) Contacted(now Time) (Site, []Event) {
	next := *s
	if !s.FirstContactAt.IsZero() {
		return next, nil
	}
	next.FirstContactAt = now
	return next, []Event{s.saved(Actor{Kind: ActorSystem}, now)}
}

func (s *Site) saved(by Actor, now Time) Event {
	return Event{Type: SiteSaved, Subject: s.ID, Actor: by, At: now}
}

// equal compares what Change may have changed.
func (s *Site) equal(o *Site) bool {
	return s.Name == o.Name && s.Enabled == o.Enabled && slices.Equal(s.Origins, o.Origins) && s.Bot == o.Bot &&
		s.Look == o.Look && s.Texts == o.Texts && s.Fields == o.Fields && s.Consent == o.Consent &&
		s.Rating == o.Rating && s.Files == o.Files && s.Sound == o.Sound && s.Logo == o.Logo
}

func changeSiteName(next *Site, change *SiteChange) (err error) {
	if change.Name != nil {
		next.Name, err = CleanName("name", *change.Name, MaxNameRunes)
	}
	return err
}

func changeSiteOrigins(next *Site, change *SiteChange) error {
	if change.Origins == nil {
		return nil
	}
	if len(*change.Origins) > MaxOrigins {
		return Refuse(CodeTooMany, "origins", "A site takes at most 50 addresses.")
	}
	clean := make([]string, 0, len(*change.Origins))
	for _, text := range *change.Origins {
		origin, err := CleanOrigin(text)
		if err != nil {
			return err
		}
		if !slices.Contains(clean, origin) {
			clean = append(clean, origin)
		}
	}
	next.Origins = clean
	return nil
}

func changeSiteLook(next *Site, change *SiteChange) error {
	look := next.Look
	change.Look.apply(&look)
	for _, choice := range []struct {
		field, value string
		among        []string
	}{
		{"language", look.Language, []string{"auto", "tr", "en"}},
		{"position", look.Position, []string{"left", "right"}},
		{"scheme", look.Scheme, []string{"auto", "light", "dark"}},
		{"launcher_icon", look.Icon, []string{"chat", "question", "hand", "headset"}},
	} {
		if !slices.Contains(choice.among, choice.value) {
			return Refuse(CodeInvalid, choice.field, "It may be "+strings.Join(choice.among, ", ")+".")
		}
	}
	if !isColor(look.Color) {
		return Refuse(CodeInvalid, "color", "Write a colour such as #0b666b.")
	}
	look.Color = strings.ToLower(look.Color)
	for _, offset := range []struct {
		field  string
		pixels int
	}{{"offset_x", look.OffsetX}, {"offset_y", look.OffsetY}} {
		if offset.pixels < 0 || offset.pixels > MaxOffset {
			return Refuse(CodeInvalid, offset.field, fmt.Sprintf("A distance is from 0 to %d pixels.", MaxOffset))
		}
	}
	var err error
	look.Launcher, err = cleanLine("launcher_text", look.Launcher, MaxLauncherRunes)
	next.Look = look
	return err
}

func isColor(text string) bool {
	return len(text) == 7 && text[0] == '#' && strings.Trim(text[1:], "0123456789abcdefABCDEF") == ""
}

func changeSiteTexts(next *Site, change *SiteChange) (err error) {
	if change.Texts == nil {
		return nil
	}
	texts := *change.Texts
	if texts.Title, err = cleanLine("texts.title", texts.Title, MaxSiteTitle); err != nil {
		return err
	}
	if texts.Greeting, err = cleanBoth("texts.greeting", texts.Greeting, MaxSiteText); err != nil {
		return err
	}
	texts.Offline, err = cleanBoth("texts.offline", texts.Offline, MaxSiteText)
	next.Texts = texts
	return err
}

// changeSiteConsent holds the receipts to their word: another text must have
// another version.
func changeSiteConsent(next *Site, change *SiteChange) (err error) {
	if change.Consent == nil {
		return nil
	}
	before, consent := next.Consent, *change.Consent
	if consent.Version, err = CleanName("consent.version", consent.Version, MaxVersionRunes); err != nil {
		return err
	}
	if consent.Text, err = cleanBoth("consent.text", consent.Text, MaxConsentText); err != nil {
		return err
	}
	if consent.URL != "" && !isWebPage(consent.URL) {
		return Refuse(CodeInvalid, "consent.url", "Write a whole address that begins with https://.")
	}
	if consent.On && consent.Text.IsEmpty() {
		return Refuse(CodeEmpty, "consent.text", "Write what visitors agree to.")
	}
	said := before.On && (before.Text != consent.Text || before.URL != consent.URL)
	if said && before.Version == consent.Version {
		return Refuse(CodeInvalid, "consent.version", "The text has changed; give it a new version.")
	}
	next.Consent = consent
	return nil
}

// isWebPage tells whether a text is the address of a page that a link may lead to.
func isWebPage(text string) bool {
	if len(text) > MaxURLBytes || CheckText("", text, MaxURLBytes) != nil {
		return false
	}
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Host != "" && address.User == nil
}

// cleanLine checks one line in both languages; it may be empty.
func cleanLine(field string, b Both, runes int) (Both, error) {
	if strings.TrimSpace(b.TR) == "" && strings.TrimSpace(b.EN) == "" {
		return Both{}, nil
	}
	return cleanLabels(field, b, runes)
}
