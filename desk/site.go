package desk

// Site is a website that carries the widget.
type Site struct {
	ID      ID
	Rev     uint64
	Key     string // public; part of the addresses that the website loads
	Name    string
	Enabled bool
	Origins []string // where the widget may be shown besides Parley's own pages
	Bot     SiteBot
	Look    SiteLook
	Texts   SiteTexts
	Fields  SiteFields
	Consent SiteConsent
	Rating  bool // a resolved conversation may be rated
	Files   bool // visitors may send files
	Sound   bool // a visitor who looks elsewhere hears that there is an answer
	Logo    SiteLogo
	Secret  []byte
	// FirstContactAt is when the website first loaded the widget; zero until then.
	FirstContactAt Time
	CreatedAt      Time
}

// SiteLook is how the widget looks.
type SiteLook struct {
	Language     string // tr, en, or auto to follow the page
	Color        string // #rrggbb
	Position     string // left or right
	OffsetX      int    // CSS pixels from that side
	OffsetY      int    // CSS pixels from the bottom
	Scheme       string // auto, light or dark
	Launcher     Both   // words on the launcher; none for the symbol alone
	Icon         string // the launcher's: chat, question, hand or headset
	HideLauncher bool
}

// SiteLogo is a site's own picture, shown in place of the team's name. Its bytes, a PNG
// picture, lie beside the site.
type SiteLogo struct {
	Mark          string // other bytes have another one; "" where there is no logo
	Width, Height uint64 // pixels
}

// SiteTexts are what the widget says. Where one is empty it has words of its own.
type SiteTexts struct{ Title, Greeting, Offline Both }

// SiteFields say what a visitor is asked for before the first message.
type SiteFields struct{ Name, Email, Phone FieldRule }

// FieldRule says whether something is asked for.
type FieldRule uint8

// The rules. The values are stored: never renumber.
const (
	FieldOff      FieldRule = 0
	FieldOptional FieldRule = 1
	FieldRequired FieldRule = 2
)

var fieldRuleNames = [...]string{"off", "optional", "required"}

func (r FieldRule) String() string {
	if int(r) < len(fieldRuleNames) {
		return fieldRuleNames[r]
	}
	return "unknown"
}

// ParseFieldRule reads a rule's name.
func ParseFieldRule(field, name string) (FieldRule, error) {
	return parseName[FieldRule](field, name, fieldRuleNames[:])
}

// SiteBot says whether the bot leads new conversations of a site.
type SiteBot uint8

// The rules. The values are stored: never renumber.
const (
	SiteBotAsTeam SiteBot = 0 // as it is set for the whole team
	SiteBotOn     SiteBot = 1
	SiteBotOff    SiteBot = 2
)

var siteBotNames = [...]string{"as_team", "on", "off"}

func (r SiteBot) String() string {
	if int(r) < len(siteBotNames) {
		return siteBotNames[r]
	}
	return "unknown"
}

// ParseSiteBot reads a rule's name.
func ParseSiteBot(name string) (SiteBot, error) {
	return parseName[SiteBot]("bot", name, siteBotNames[:])
}

// Leads says whether the bot leads, given whether it does for the whole team.
func (r SiteBot) Leads(team bool) bool { return r == SiteBotOn || (r == SiteBotAsTeam && team) }

func parseName[T ~uint8](field, name string, names []string) (T, error) {
	for i := range names {
		if names[i] == name {
			return T(i), nil
		}
	}
	return 0, Refuse(CodeInvalid, field, "This is none of the values that it may have.")
}

// SiteConsent is what a visitor must agree to before the first message.
type SiteConsent struct {
	On      bool
	Version string // kept in each receipt; another text has another version
	Text    Both
	URL     string // of the whole notice; may be empty
}

// Limits on a site.
const (
	MaxSites         = 100
	MaxOrigins       = 50
	MaxLauncherRunes = 30
	MaxSiteTitle     = 80      // runes
	MaxSiteText      = 1 << 10 // bytes
	MaxConsentText   = 4 << 10 // bytes
	MaxVersionRunes  = 20
	MaxURLBytes      = 2000
	MaxOffset        = 400
)

// NewSite is a site before anything was set. Its words are those that a team
// would choose who has not thought about it yet.
func NewSite(id ID, key, name string, now Time) Site {
	return Site{
		ID: id, Key: key, Name: name, Enabled: true, Rating: true, Files: true, Sound: true, CreatedAt: now,
		Look: SiteLook{Language: "auto", Color: "#0b666b", Position: "right", OffsetX: 20, OffsetY: 20, Scheme: "auto", Icon: "chat"},
		Texts: SiteTexts{
			Title:    Both{"Merhaba!", "Hello!"},
			Greeting: Both{"Size nasıl yardımcı olabiliriz?", "How can we help?"},
			Offline:  Both{"Şu anda kapalıyız. Mesajınızı bırakın, size dönelim.", "We're closed now. Leave a message and we'll get back to you."},
		},
		Fields:  SiteFields{Name: FieldOptional, Email: FieldOptional},
		Consent: SiteConsent{Version: "1"},
	}
}

// MayRate reports whether a conversation of the site may be rated now.
func (s *Site) MayRate(c *Conversation) bool { return s.Rating && c.State == Resolved }

// Welcomes refuses a visitor's first message while something is missing that the
// site asks for: a field of one whom nobody has vouched for (CodeEmpty), or the
// consent in its present version (CodeConsent).
func (s *Site) Welcomes(c *Customer) error {
	if s.Consent.On && (c.Consent == nil || c.Consent.Version != s.Consent.Version) {
		return Refuse(CodeConsent, "consent", "Agree to the privacy notice first.")
	}
	if c.Verified {
		return nil
	}
	for _, asked := range []struct {
		field, value string
		rule         FieldRule
	}{{"name", c.Name, s.Fields.Name}, {"email", c.Email, s.Fields.Email}, {"phone", c.Phone, s.Fields.Phone}} {
		if asked.rule == FieldRequired && asked.value == "" {
			return Refuse(CodeEmpty, asked.field, "This is needed before the first message.")
		}
	}
	return nil
}
