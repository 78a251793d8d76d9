package store

import (
	"bytes"
	"fmt"

	"parley/desk"
)

// Buckets: sites, sites_key, site_logos.

// Site reads a site.
func (tx *Tx) Site(id desk.ID) (desk.Site, error) {
	v := tx.bucket(bucketSites).Get(id[:])
	if v == nil {
		return desk.Site{}, desk.NotFound("site")
	}
	s, err := decodeSite(v)
	if err != nil {
		return s, fmt.Errorf("store: site %s: %w", id, err)
	}
	return s, nil
}

// SiteByKey finds a site by its public key.
func (tx *Tx) SiteByKey(key string) (desk.Site, error) {
	id, ok := readID(tx.bucket(bucketSitesKey).Get([]byte(key)))
	if !ok {
		return desk.Site{}, desk.NotFound("site")
	}
	return tx.Site(id)
}

// Sites reads all sites in the order in which they were made.
func (tx *Tx) Sites() ([]desk.Site, error) { return readAll(tx, bucketSites, "site", decodeSite) }

// HadSites reports whether there ever was a site.
func (tx *Tx) HadSites() bool { return tx.bucket(bucketSites).Sequence() > 0 }

// SaveSite saves a site with the events that made it so; before is nil for a new
// one. Its key never changes. Refused: CodeTaken for another site's key.
func (tx *Tx) SaveSite(before, s *desk.Site, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	s.Rev = 1
	if before != nil {
		s.Rev = before.Rev + 1
	} else {
		if tx.bucket(bucketSitesKey).Get([]byte(s.Key)) != nil {
			return desk.Refuse(desk.CodeTaken, "key", "Another site has this key.")
		}
		if err := tx.change(bucketSitesKey).Put([]byte(s.Key), s.ID[:]); err != nil {
			return err
		}
		if _, err := tx.change(bucketSites).NextSequence(); err != nil {
			return err
		}
	}
	if err := tx.change(bucketSites).Put(s.ID[:], encodeSite(s)); err != nil {
		return fmt.Errorf("store: site %s: %w", s.ID, err)
	}
	return tx.tell(events, desk.SiteParticulars(before, s))
}

// DeleteSite takes a site away. Conversations that came from it keep its id; its
// visitors' tokens open nothing any more.
func (tx *Tx) DeleteSite(s *desk.Site, events []desk.Event) error {
	if err := tx.change(bucketSitesKey).Delete([]byte(s.Key)); err != nil {
		return err
	}
	if err := tx.change(bucketSites).Delete(s.ID[:]); err != nil {
		return fmt.Errorf("store: site %s: %w", s.ID, err)
	}
	if err := tx.SaveSiteLogo(s.ID, nil); err != nil {
		return err
	}
	return tx.tell(events, desk.Particulars{Name: s.Name})
}

// SiteLogo reads the picture of a site's logo; nil where it has none.
func (tx *Tx) SiteLogo(id desk.ID) []byte { return bytes.Clone(tx.bucket(bucketSiteLogos).Get(id[:])) }

// SaveSiteLogo saves the picture whose mark the site is saved with; nil takes it away.
func (tx *Tx) SaveSiteLogo(id desk.ID, picture []byte) error {
	if len(picture) == 0 {
		return tx.change(bucketSiteLogos).Delete(id[:])
	}
	return tx.change(bucketSiteLogos).Put(id[:], picture)
}

func encodeSite(s *desk.Site) []byte {
	w := newWriter(3)
	w.id(s.ID)
	w.uint(s.Rev)
	w.text(s.Key)
	w.text(s.Name)
	w.flag(s.Enabled)
	w.texts(s.Origins)
	w.byte(byte(s.Bot))
	w.look(&s.Look)
	for _, text := range []desk.Both{s.Texts.Title, s.Texts.Greeting, s.Texts.Offline} {
		w.both(text)
	}
	for _, rule := range []desk.FieldRule{s.Fields.Name, s.Fields.Email, s.Fields.Phone} {
		w.byte(byte(rule))
	}
	w.flag(s.Consent.On)
	w.text(s.Consent.Version)
	w.both(s.Consent.Text)
	w.text(s.Consent.URL)
	w.flag(s.Rating)
	w.flag(s.Files)
	w.text(string(s.Secret))
	w.time(s.FirstContactAt)
	w.time(s.CreatedAt)
	w.flag(s.Sound)
	w.text(s.Logo.Mark)
	w.uint(s.Logo.Width)
	w.uint(s.Logo.Height)
	w.text(s.Look.Icon)
	return w.b
}

func (w *writer) look(l *desk.SiteLook) {
	w.text(l.Language)
	w.text(l.Color)
	w.text(l.Position)
	w.uint(uint64(l.OffsetX))
	w.uint(uint64(l.OffsetY))
	w.text(l.Scheme)
	w.both(l.Launcher)
	w.flag(l.HideLauncher)
}

func decodeSite(b []byte) (desk.Site, error) {
	r := newReader(b)
	s := desk.Site{
		ID: r.id(), Rev: r.uint(), Key: r.text(), Name: r.text(), Enabled: r.flag(), Origins: r.texts(), Bot: desk.SiteBot(r.byte()),
		Look: desk.SiteLook{
			Language: r.text(), Color: r.text(), Position: r.text(), OffsetX: int(r.uint()), OffsetY: int(r.uint()),
			Scheme: r.text(), Launcher: r.both(), HideLauncher: r.flag(),
		},
		Texts:   desk.SiteTexts{Title: r.both(), Greeting: r.both(), Offline: r.both()},
		Fields:  desk.SiteFields{Name: desk.FieldRule(r.byte()), Email: desk.FieldRule(r.byte()), Phone: desk.FieldRule(r.byte())},
		Consent: desk.SiteConsent{On: r.flag(), Version: r.text(), Text: r.both(), URL: r.text()},
		Rating:  r.flag(), Files: r.flag(),
	}
	if secret := r.text(); secret != "" {
		s.Secret = []byte(secret)
	}
	s.FirstContactAt, s.CreatedAt = r.time(), r.time()
	s.Sound, s.Look.Icon = true, "chat"
	if r.version > 1 {
		s.Sound, s.Logo = r.flag(), desk.SiteLogo{Mark: r.text(), Width: r.uint(), Height: r.uint()}
	}
	if r.version > 2 {
		s.Look.Icon = r.text()
	}
	return s, r.done()
}
