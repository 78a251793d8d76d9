package app

import (
	"parley/desk"
	"parley/store"
)

// botLeads reports whether the bot leads what is opened at a moment: it is on for
// the website (or, without one, for the team), and it is a time at which it works.
func botLeads(tx *store.Tx, site desk.ID, at desk.Time) (bool, error) {
	team, err := tx.Team()
	if err != nil {
		return false, err
	}
	on := team.BotOn
	if !site.IsZero() {
		s, err := tx.Site(site)
		if err == nil {
			on = s.Bot.Leads(on)
		} else if err := desk.OrGone(err); err != nil {
			return false, err
		}
	}
	if !on {
		return false, nil
	}
	settings, err := tx.Bot()
	if err != nil || settings.When == desk.BotAlways {
		return err == nil, err
	}
	hours, err := tx.Hours()
	return err == nil && settings.Leads(hours.Schedule(), at), err
}
