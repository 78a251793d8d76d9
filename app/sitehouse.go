package app

import (
	"crypto/rand"
	"encoding/base64"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// SealSite gives a site another identity secret.
type SealSite struct {
	By, ID desk.ID
	Secret []byte // sealed
	At     desk.Time
}

// NewSiteSecret makes another secret with which the website signs for its
// visitors. It is told this once; the one before is good for nothing any more.
func (a *App) NewSiteSecret(by, id desk.ID) (string, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand
	secret := base64.RawURLEncoding.EncodeToString(random[:])
	_, err := run(a, &SealSite{By: by, ID: id, Secret: a.vault.Seal(siteVault(id), []byte(secret)), At: a.Now()})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// siteVault is the name under which a site's secret is sealed.
func siteVault(id desk.ID) string { return "site " + id.String() }

// SiteSecret opens a site's identity secret. Refused: CodeUnauthorized when it has
// none, or one that this house cannot open.
func (a *App) SiteSecret(site *desk.Site) ([]byte, error) {
	secret, err := a.vault.Open(siteVault(site.ID), site.Secret)
	if err != nil {
		return nil, desk.Refuse(desk.CodeUnauthorized, "jwt", "This site has no identity secret; make one in the settings.")
	}
	return secret, nil
}

// Apply implements command.
func (cmd *SealSite) Apply(tx *store.Tx) (wire.Site, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Site{}, err
	}
	before, err := tx.Site(cmd.ID)
	if err != nil {
		return wire.Site{}, err
	}
	next, events := before.Reseal(desk.AgentActor(cmd.By), cmd.Secret, cmd.At)
	return saveSite(tx, &before, &next, events)
}

// EnsureSite makes a first site, unless there ever was one.
type EnsureSite struct {
	ID  desk.ID
	Key string
	At  desk.Time
}

// EnsureSite makes a first site, unless there ever was one, so that the widget
// works at once on Parley's own pages.
func (a *App) EnsureSite() error {
	had, err := view(a, func(tx *store.Tx) (bool, error) { return tx.HadSites(), nil })
	if had || err != nil {
		return err
	}
	_, err = run(a, &EnsureSite{ID: NewID(), Key: newSiteKey(), At: a.Now()})
	return err
}

// Apply implements command.
func (cmd *EnsureSite) Apply(tx *store.Tx) (struct{}, error) {
	team, err := tx.Team()
	if err != nil || tx.HadSites() {
		return struct{}{}, err
	}
	name := desk.Both{TR: "Web sitesi", EN: "Website"}.In(team.Language)
	site := desk.NewSite(cmd.ID, cmd.Key, name, cmd.At)
	event := desk.Event{Type: desk.SiteSaved, Subject: cmd.ID, Actor: desk.Actor{Kind: desk.ActorSystem}, At: cmd.At}
	return struct{}{}, tx.SaveSite(nil, &site, []desk.Event{event})
}

// SiteContacted says that a website has loaded the widget.
type SiteContacted struct {
	ID desk.ID
	At desk.Time
}

// SiteContacted says that a website has loaded the widget; only the first time
// counts.
func (a *App) SiteContacted(site *desk.Site) error {
	if !site.FirstContactAt.IsZero() {
		return nil
	}
	_, err := run(a, &SiteContacted{ID: site.ID, At: a.Now()})
	return err
}

// Apply implements command.
func (cmd *SiteContacted) Apply(tx *store.Tx) (wire.Site, error) {
	before, err := tx.Site(cmd.ID)
	if err != nil {
		return wire.Site{}, err
	}
	next, events := before.Contacted(cmd.At)
	return saveSite(tx, &before, &next, events)
}
