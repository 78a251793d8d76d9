package app

import (
	"encoding/json"

	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/wire"
)

// settings writes what was set in the settings: each as the interface shows it,
// without its rev, and without secrets, which do not leave the house.
func (e *exporter) settings() error {
	records, err := view(e.app, func(tx *store.Tx) (records []interchange.Record, err error) {
		for _, part := range []func(*store.Tx) ([]interchange.Settings, error){
			exportHours, exportCategories, exportResolver, exportBot, exportRules, exportKnowledge, exportSites,
		} {
			found, err := part(tx)
			if err != nil {
				return nil, err
			}
			for _, one := range found {
				records = append(records, interchange.Record{Settings: one})
			}
		}
		return records, nil
	})
	for i := range records {
		if err := e.write(records[i]); err != nil {
			return err
		}
	}
	return err
}

// raw is a shape as JSON.
func raw(shape any) json.RawMessage {
	text, err := json.Marshal(shape)
	if err != nil {
		panic(err) // shapes are made of what JSON has
	}
	return text
}

func exportHours(tx *store.Tx) ([]interchange.Settings, error) {
	hours, err := tx.Hours()
	if err != nil || hours.Rev == 0 {
		return nil, err
	}
	hours.Rev = 0
	return []interchange.Settings{{Hours: raw(wire.FromHours(&hours))}}, nil
}

func exportResolver(tx *store.Tx) ([]interchange.Settings, error) {
	resolver, err := tx.Resolver()
	if err != nil || resolver.Rev == 0 {
		return nil, err
	}
	resolver.Rev = 0
	return []interchange.Settings{{Resolver: raw(wire.FromResolver(&resolver))}}, nil
}

// exportBot leaves out whether the bot is on, which the team tells, and the key of
// its model.
func exportBot(tx *store.Tx) ([]interchange.Settings, error) {
	bot, err := tx.Bot()
	if err != nil || bot.Rev == 0 {
		return nil, err
	}
	bot.Rev, bot.Model.Key = 0, nil
	return []interchange.Settings{{Bot: raw(wire.FromBot(&bot, &desk.Team{}))}}, nil
}

func exportCategories(tx *store.Tx) (out []interchange.Settings, err error) {
	all, err := tx.Categories()
	for i := range all {
		all[i].Rev = 0
		out = append(out, interchange.Settings{Category: raw(wire.FromCategory(&all[i]))})
	}
	return out, err
}

func exportRules(tx *store.Tx) (out []interchange.Settings, err error) {
	all, err := tx.Rules()
	for i := range all {
		all[i].Rev = 0
		out = append(out, interchange.Settings{Rule: raw(wire.FromRule(&all[i]))})
	}
	return out, err
}

func exportKnowledge(tx *store.Tx) (out []interchange.Settings, err error) {
	all, err := tx.AllKnowledge()
	for i := range all {
		all[i].Rev = 0
		uses, last := tx.KnowledgeUses(all[i].ID)
		out = append(out, interchange.Settings{Knowledge: raw(wire.FromKnowledge(&all[i], uses, last))})
	}
	return out, err
}

// siteRecord is a site as it goes out and comes in: with the picture of its logo.
type siteRecord struct {
	wire.Site
	Picture []byte `json:"picture,omitempty"`
}

// exportSites leaves out the secrets by which websites sign.
func exportSites(tx *store.Tx) (out []interchange.Settings, err error) {
	all, err := tx.Sites()
	for i := range all {
		all[i].Rev, all[i].Secret = 0, nil
		out = append(out, interchange.Settings{SiteShape: raw(siteRecord{wire.FromSite(&all[i]), tx.SiteLogo(all[i].ID)})})
	}
	return out, err
}
