package cli

import (
	"time"

	"parley/card"
	"parley/guard"
)

const (
	pageTimeout = 5 * time.Second
	pageBytes   = 512 << 10 // the head of a page is at its beginning; some are large
)

// newCards makes what asks the pages that messages link to. allow are the networks that
// it may call besides public addresses.
func newCards(n *node, allow []string) (*card.Maker, error) {
	networks, err := guard.ParseAllow(allow)
	if err != nil {
		return nil, err
	}
	client := guard.New(guard.Options{Allow: networks, Timeout: pageTimeout, MaxBytes: pageBytes})
	return card.New(card.Options{App: n.app, Client: client, Log: n.log}), nil
}
