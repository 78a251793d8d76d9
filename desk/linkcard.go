package desk

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LinkCard is what a page on the web says of itself, shown to the team under a
// message that links to it. One without a title says nothing and is not shown.
type LinkCard struct {
	URL         string // as the message has it, without what stands behind #
	Title       string
	Description string
	Site        string // what the site calls itself
	At          Time   // when the page was asked
}

// Limits on cards.
const (
	MaxCards           = 3 // of one message
	MaxCardTitle       = 120
	MaxCardDescription = 240
	MaxCardSite        = 60
	MaxLinkBytes       = 2000 // longer addresses get no card
)

// NewLinkCard makes a card of what a page says, which may be anything: what is left is
// one line of visible text each, cut where it is too long.
func NewLinkCard(address, title, description, site string, now Time) LinkCard {
	return LinkCard{
		URL: address, Title: cardLine(title, MaxCardTitle), Description: cardLine(description, MaxCardDescription),
		Site: cardLine(site, MaxCardSite), At: now,
	}
}

// IsEmpty reports whether there is nothing to show.
func (c *LinkCard) IsEmpty() bool { return c.Title == "" }

// cardLine is CleanName for a text that is cut, and not refused, where it is too long.
func cardLine(text string, most int) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r != zeroWidthJoiner && r != zeroWidthNonJoiner && unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if strings.Trim(text, " "+joiners) == "" {
		return ""
	}
	if utf8.RuneCountInString(text) > most {
		return strings.TrimRight(firstRunes(text, most-1), " ") + "…"
	}
	return text
}

// link finds what may be an address. A word is looked at once, from its beginning.
var link = regexp.MustCompile(`(?i)(?:https?://|\bwww\.)[^\s<>"]+`)

// Links are the first addresses of pages in a message that get a card, each once.
// Only what customers and agents say to each other has any.
func (m *Message) Links() []string {
	if m.Kind != KindCustomer && m.Kind != KindAgent || !mayLink(m.Text) {
		return nil
	}
	var links []string
	for rest := m.Text; len(links) < MaxCards; {
		at := link.FindStringIndex(rest)
		if at == nil {
			break
		}
		if address := pageAddress(rest[at[0]:at[1]]); address != "" && !slices.Contains(links, address) {
			links = append(links, address)
		}
		rest = rest[at[1]:]
	}
	return links
}

// mayLink spares nearly all messages the search for links.
func mayLink(text string) bool {
	return strings.Contains(text, "://") || strings.Contains(text, "www.") || strings.Contains(text, "WWW.") || strings.Contains(text, "Www.")
}

// pageAddress is the address of a page without what ends the sentence around it, and
// without its fragment; "" for none.
func pageAddress(word string) string {
	for {
		cut := strings.TrimRight(word, ".,;:!?'\"’”…")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(cut, pair[1:]) && strings.Count(cut, pair[1:]) > strings.Count(cut, pair[:1]) {
				cut = cut[:len(cut)-1]
			}
		}
		if cut == word {
			break
		}
		word = cut
	}
	if len(word) >= 4 && strings.EqualFold(word[:4], "www.") {
		word = "https://" + word
	}
	u, err := url.Parse(word)
	if err != nil || len(word) > MaxLinkBytes || u.User != nil || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}
