package app

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Sites reads all sites.
func (a *App) Sites() ([]wire.Site, error) {
	return view(a, func(tx *store.Tx) ([]wire.Site, error) {
		sites, err := tx.Sites()
		shapes := make([]wire.Site, 0, len(sites))
		for i := range sites {
			shapes = append(shapes, wire.FromSite(&sites[i]))
		}
		return shapes, err
	})
}

// Site finds a site by its public key. Refused: CodeNotFound for one that is
// unknown or switched off.
func (a *App) Site(key string) (desk.Site, error) {
	return view(a, func(tx *store.Tx) (desk.Site, error) { return openSite(tx.SiteByKey(key)) })
}

// openSite hides a site that is switched off.
func openSite(site desk.Site, err error) (desk.Site, error) {
	if err == nil && !site.Enabled {
		return desk.Site{}, desk.NotFound("site")
	}
	return site, err
}

// SiteLogo reads the picture of a site's logo, which everybody may see. Refused:
// CodeNotFound for another mark than that of its present one.
func (a *App) SiteLogo(key, mark string) ([]byte, error) {
	return view(a, func(tx *store.Tx) ([]byte, error) {
		site, err := openSite(tx.SiteByKey(key))
		if err == nil && (mark == "" || mark != site.Logo.Mark) {
			err = desk.NotFound("logo")
		}
		if err != nil {
			return nil, err
		}
		return tx.SiteLogo(site.ID), nil
	})
}

// FirstSite is the key of the first site that is switched on.
func (a *App) FirstSite() (string, error) {
	return view(a, func(tx *store.Tx) (string, error) {
		sites, err := tx.Sites()
		for i := range sites {
			if sites[i].Enabled {
				return sites[i].Key, nil
			}
		}
		if err == nil {
			err = desk.NotFound("site")
		}
		return "", err
	})
}

// SaveSite makes (New) or changes a site.
type SaveSite struct {
	By     desk.ID
	ID     desk.ID
	Key    string
	New    bool
	Change desk.SiteChange
	Logo   *Logo // nil leaves it; one without bytes takes it away
	At     desk.Time
}

// Logo is a picture for a site, as PNG.
type Logo struct {
	PNG           []byte
	Width, Height uint64
}

// desk is what the site says of it.
func (l *Logo) desk() desk.SiteLogo {
	if len(l.PNG) == 0 {
		return desk.SiteLogo{}
	}
	sum := sha256.Sum256(l.PNG)
	return desk.SiteLogo{Mark: hex.EncodeToString(sum[:8]), Width: l.Width, Height: l.Height}
}

// SaveSite makes or changes a site. Refused: CodeConflict for an old rev, and as
// the fields ask.
func (a *App) SaveSite(cmd SaveSite) (wire.Site, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID, cmd.Key = NewID(), newSiteKey()
	}
	if cmd.Logo != nil {
		logo := cmd.Logo.desk()
		cmd.Change.Logo = &logo
	}
	return run(a, &cmd)
}

// siteLetters leave out what is easily taken for each other.
const siteLetters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// newSiteKey makes a site's public key: 14 letters, longer than any other word in
// the addresses that it stands in.
func newSiteKey() string {
	const rest = 256 % len(siteLetters)
	key, b := make([]byte, 0, 14), make([]byte, 1)
	for len(key) < cap(key) {
		_, _ = rand.Read(b)       // never fails: crypto/rand
		if int(b[0]) < 256-rest { // else the first letters would come more often
			key = append(key, siteLetters[int(b[0])%len(siteLetters)])
		}
	}
	return string(key)
}

// Apply implements command.
func (cmd *SaveSite) Apply(tx *store.Tx) (wire.Site, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Site{}, err
	}
	site, err := cmd.save(tx, desk.AgentActor(cmd.By))
	if err == nil && cmd.Logo != nil {
		err = tx.SaveSiteLogo(cmd.ID, cmd.Logo.PNG)
	}
	return site, err
}

func (cmd *SaveSite) save(tx *store.Tx, by desk.Actor) (wire.Site, error) {
	if cmd.New {
		return cmd.create(tx, by)
	}
	before, err := tx.Site(cmd.ID)
	if err != nil {
		return wire.Site{}, err
	}
	next, events, err := before.Change(by, &cmd.Change, cmd.At)
	if err != nil {
		return wire.Site{}, err
	}
	return saveSite(tx, &before, &next, events)
}

func (cmd *SaveSite) create(tx *store.Tx, by desk.Actor) (wire.Site, error) {
	if sites, err := tx.Sites(); err != nil {
		return wire.Site{}, err
	} else if len(sites) >= desk.MaxSites {
		return wire.Site{}, desk.Refuse(desk.CodeTooMany, "", "There is room for 100 sites; take one away first.")
	}
	blank := desk.NewSite(cmd.ID, cmd.Key, "", cmd.At)
	next, events, err := blank.Change(by, &cmd.Change, cmd.At)
	if err != nil {
		return wire.Site{}, err
	}
	if next.Name == "" {
		return wire.Site{}, desk.Refuse(desk.CodeEmpty, "name", "Give the site a name.")
	}
	return saveSite(tx, nil, &next, events)
}

// saveSite saves a site. One that did not change is answered as it is.
func saveSite(tx *store.Tx, before, next *desk.Site, events []desk.Event) (wire.Site, error) {
	if len(events) == 0 {
		next = before
	}
	err := tx.SaveSite(before, next, events)
	return wire.FromSite(next), err
}

// DeleteSite takes a site away.
type DeleteSite struct {
	By, ID desk.ID
	At     desk.Time
}

// DeleteSite takes a site away. What was said on it stays.
func (a *App) DeleteSite(cmd DeleteSite) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteSite) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return struct{}{}, err
	}
	site, err := tx.Site(cmd.ID)
	if err != nil {
		return struct{}{}, err
	}
	event := desk.Event{Type: desk.SiteDeleted, Subject: cmd.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At}
	return struct{}{}, tx.DeleteSite(&site, []desk.Event{event})
}
