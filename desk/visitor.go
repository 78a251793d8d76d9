package desk

import "strings"

// Limits on what a browser tells of itself.
const (
	MaxLanguageRunes = 35
	MaxPageTitle     = 200 // runes
	maxBriefURL      = 300 // bytes; see Page.Brief
	maxBriefTitle    = 80  // runes
)

// CleanPage checks where somebody is on a website. What follows a # goes, and so
// does a name or password before the host; what is no address of a page is
// refused. The empty page passes.
func CleanPage(p Page, now Time) (Page, error) {
	if p.URL == "" {
		return Page{}, nil
	}
	address, _, _ := strings.Cut(p.URL, "#")
	if !isWebPage(address) {
		return Page{}, Refuse(CodeInvalid, "page.url", "Send the address of the page as the browser shows it.")
	}
	title := ""
	if strings.TrimSpace(p.Title) != "" {
		var err error
		if title, err = CleanName("page.title", firstRunes(p.Title, MaxPageTitle), MaxPageTitle); err != nil && CodeOf(err) != CodeEmpty {
			return Page{}, err
		}
	}
	return Page{URL: address, Title: title, At: now}, nil
}

// Brief is a page in few bytes, for a visitor of whom nothing else is known yet: there
// are many of them, and most never say anything. What is asked of the page goes first,
// then where on the website it is.
func (p Page) Brief() Page {
	if len(p.URL) > maxBriefURL {
		p.URL, _, _ = strings.Cut(p.URL, "?")
	}
	if host := strings.Index(p.URL, "://") + len("://"); len(p.URL) > maxBriefURL {
		site, _, _ := strings.Cut(p.URL[host:], "/")
		p.URL = p.URL[:host] + site + "/"
	}
	p.Title = strings.TrimSpace(firstRunes(p.Title, maxBriefTitle))
	return p
}

// firstRunes cuts a text that is too long for where it goes.
func firstRunes(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}

// CleanZone checks the name of a time zone. One that this machine does not know
// is left away rather than refused: browsers know newer ones.
func CleanZone(zone string) (string, error) {
	if err := CheckText("zone", zone, 64); err != nil || zone == "" {
		return "", err
	}
	if _, err := ParseZone(zone); err != nil {
		return "", nil // see above
	}
	return zone, nil
}

// Visit says where the customer is on a website now. It returns no events when
// they are where they were.
func (c *Customer) Visit(page Page, browser string, now Time) (Customer, []Event) {
	next := c.clone()
	if page.URL != "" {
		next.Page = page
	}
	if browser != "" {
		next.Browser = browser
	}
	if next.Page.URL == c.Page.URL && next.Page.Title == c.Page.Title && next.Browser == c.Browser {
		return next, nil
	}
	return next, []Event{{Type: CustomerVisited, Subject: c.ID, Actor: CustomerActor(c.ID), At: now}}
}

// Introduce is what a customer says of themselves. What a website has vouched for
// stays: CodeForbidden for a verified customer's name, addresses and attributes.
func (c *Customer) Introduce(change *CustomerChange, now Time) (Customer, []Event, error) {
	if change.Tags != nil {
		return Customer{}, nil, Refuse(CodeForbidden, "tags", "Tags are the team's.")
	}
	if c.Verified && (change.Name != nil || change.Email != nil || change.Phone != nil || len(change.Attributes) > 0) {
		return Customer{}, nil, Refuse(CodeForbidden, "", "The website has said who you are; only it can change that.")
	}
	return c.Change(CustomerActor(c.ID), change, now)
}

// Agree keeps the receipt that the customer has agreed to a version of the notice.
func (c *Customer) Agree(version string, now Time) (Customer, []Event) {
	next := c.clone()
	if c.Consent != nil && c.Consent.Version == version {
		return next, nil
	}
	next.Consent = &Consent{Version: version, At: now, Language: c.Language}
	return next, []Event{{Type: CustomerUpdated, Subject: c.ID, Actor: CustomerActor(c.ID), At: now}}
}

// Vouched is what a website says, under its signature, of one of its visitors.
type Vouched struct {
	External, Name, Email, Phone string
}

// Vouch takes over what a website says of the customer. An empty field stays.
func (c *Customer) Vouch(said *Vouched, now Time) (Customer, []Event, error) {
	change := CustomerChange{}
	for _, field := range []struct {
		value *string
		into  **string
	}{{&said.Name, &change.Name}, {&said.Email, &change.Email}, {&said.Phone, &change.Phone}} {
		if *field.value != "" {
			*field.into = field.value
		}
	}
	next, events, err := c.Change(Actor{Kind: ActorSystem}, &change, now)
	if err != nil || c.Verified {
		return next, events, err
	}
	next.Verified = true
	return next, []Event{{Type: CustomerUpdated, Subject: c.ID, Actor: Actor{Kind: ActorSystem}, At: now}}, nil
}
