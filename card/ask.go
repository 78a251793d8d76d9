package card

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"parley/guard"
)

// maxHops is how many redirects are followed: from http to https, to www, to the page
// in a language.
const maxHops = 4

var (
	errNoPage = errors.New("card: this is no page that can be read")
	errHops   = errors.New("card: the page leads on and on")
)

// ask asks a page what it is, and follows where it leads. Every step is a call of its
// own, whose address guard judges.
func ask(ctx context.Context, client *guard.Client, address string) (page, error) {
	header := http.Header{"Accept": {"text/html, application/xhtml+xml"}}
	for range maxHops + 1 {
		answer, err := client.Peek(ctx, address, header, "text/html", "application/xhtml+xml")
		if err != nil {
			return page{}, err
		}
		if answer.Status >= 300 && answer.Status < 400 {
			if address, err = leadsTo(address, answer.Header.Get("Location")); err != nil {
				return page{}, err
			}
			continue
		}
		if answer.Status != http.StatusOK || len(answer.Body) == 0 || answer.Header.Get("Content-Encoding") != "" {
			return page{}, fmt.Errorf("%w: status %d, %q", errNoPage, answer.Status, answer.Header.Get("Content-Type"))
		}
		said := read(answer.Body, answer.Header.Get("Content-Type"))
		if said.site == "" {
			said.site = hostOf(address)
		}
		return said, nil
	}
	return page{}, errHops
}

// leadsTo is where a redirect leads; guard refuses what is no address of a page.
func leadsTo(from, location string) (string, error) {
	base, err := url.Parse(from)
	if err != nil || location == "" {
		return "", errNoPage
	}
	to, err := base.Parse(location)
	if err != nil {
		return "", fmt.Errorf("%w: it leads to no address", errNoPage)
	}
	return to.String(), nil
}

// hostOf is the name of a site that does not say its own.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
