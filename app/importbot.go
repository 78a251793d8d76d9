package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"image/png"
	"strings"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

func importHours(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Hours](raw)
	if err != nil {
		return nil, err
	}
	shape.Rev = 0
	wanted := shape.Desk()
	next, _, err := (&desk.Hours{}).Replace(desk.Actor{}, &wanted, now)
	return func(tx *store.Tx) (int, error) {
		before, err := tx.Hours()
		if err != nil || before.Rev > 0 {
			return 0, err
		}
		return 1, tx.SaveHours(&before, &next, wasSet(desk.HoursUpdated, desk.ID{}, now))
	}, err
}

func importResolver(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Resolver](raw)
	if err != nil {
		return nil, err
	}
	shape.Rev = 0
	wanted := shape.Desk()
	next, _, err := (&desk.Resolver{}).Replace(desk.Actor{}, &wanted, now)
	return func(tx *store.Tx) (int, error) {
		before, err := tx.Resolver()
		if err != nil || before.Rev > 0 {
			return 0, err
		}
		if knownCategory(tx, next.Category) != nil {
			next.Category = desk.ID{} // its line was left out
		}
		return 1, tx.SaveResolver(&before, &next, wasSet(desk.ResolverUpdated, desk.ID{}, now))
	}, err
}

func importBot(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Bot](raw)
	if err != nil {
		return nil, err
	}
	shape.Rev = 0
	wanted := shape.Desk()
	next, _, err := (&desk.BotSettings{}).Replace(desk.Actor{}, &wanted, now)
	return func(tx *store.Tx) (int, error) {
		before, err := tx.Bot()
		if err != nil || before.Rev > 0 {
			return 0, err
		}
		return 1, tx.SaveBot(&before, &next, wasSet(desk.BotUpdated, desk.ID{}, now))
	}, err
}

func importCategory(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Category](raw)
	if err != nil || shape.ID.IsZero() {
		return nil, cmp.Or(err, errNoID)
	}
	name, closing := shape.Name.Desk(), shape.Closing.Desk()
	next, _, err := (&desk.Category{ID: shape.ID}).Change(desk.Actor{}, &desk.CategoryChange{
		Name: &name, Closing: &closing, AskRating: &shape.AskRating, Enabled: &shape.Enabled,
	}, now)
	return func(tx *store.Tx) (int, error) {
		_, err := tx.Category(next.ID)
		if isNew, err := absent(err); !isNew {
			return 0, err
		}
		return 1, tx.SaveCategory(nil, &next, wasSet(desk.CategorySaved, next.ID, now))
	}, err
}

func importRule(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Rule](raw)
	if err != nil || shape.ID.IsZero() {
		return nil, cmp.Or(err, errNoID)
	}
	match := desk.RuleMatch(shape.Match)
	next, _, err := (&desk.Rule{ID: shape.ID}).Change(desk.Actor{}, &desk.RuleChange{
		Language: &shape.Language, Phrases: &shape.Phrases, Match: &match, Answer: &shape.Answer, Choices: &shape.Choices,
		Handover: &shape.Handover, Enabled: &shape.Enabled, Position: &shape.Position,
	}, now)
	return func(tx *store.Tx) (int, error) {
		_, err := tx.Rule(next.ID)
		if isNew, err := absent(err); !isNew {
			return 0, err
		}
		return 1, tx.SaveRule(nil, &next, wasSet(desk.RuleSaved, next.ID, now))
	}, err
}

func importKnowledge(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[wire.Knowledge](raw)
	if err != nil || shape.ID.IsZero() {
		return nil, cmp.Or(err, errNoID)
	}
	next, _, err := (&desk.Knowledge{ID: shape.ID}).Change(desk.Actor{}, &desk.KnowledgeChange{
		Language: &shape.Language, Questions: &shape.Questions, Answer: &shape.Answer, Choices: &shape.Choices, Enabled: &shape.Enabled,
	}, now)
	next.UpdatedAt = shape.UpdatedAt
	return func(tx *store.Tx) (int, error) {
		_, err := tx.Knowledge(next.ID)
		if isNew, err := absent(err); !isNew {
			return 0, err
		}
		if err := tx.SaveKnowledge(nil, &next, true, wasSet(desk.KnowledgeSaved, next.ID, now)); err != nil || shape.Uses == 0 {
			return 1, err
		}
		last := desk.Time(0)
		if shape.UsedAt != nil {
			last = *shape.UsedAt
		}
		return 1, tx.SetKnowledgeUses(next.ID, shape.Uses, last)
	}, err
}

func importSite(raw json.RawMessage, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	shape, err := shapeOf[siteRecord](raw)
	if err != nil || shape.ID.IsZero() {
		return nil, cmp.Or(err, errNoID)
	}
	next, err := importedSite(&shape.Site, now)
	next.Logo = desk.SiteLogo{}
	if picture, broken := png.DecodeConfig(bytes.NewReader(shape.Picture)); broken == nil {
		next.Logo = (&Logo{shape.Picture, uint64(picture.Width), uint64(picture.Height)}).desk()
	} else if len(shape.Picture) > 0 {
		return nil, desk.Refuse(desk.CodeFileType, "picture", "A logo is a PNG picture.")
	}
	return func(tx *store.Tx) (int, error) {
		_, err := tx.Site(next.ID)
		if isNew, err := absent(err); !isNew {
			return 0, err
		}
		if _, err := tx.SiteByKey(next.Key); err == nil {
			return 0, nil // the website is there under another id
		}
		if err := tx.SaveSite(nil, &next, wasSet(desk.SiteSaved, next.ID, now)); err != nil {
			return 0, err
		}
		return 1, tx.SaveSiteLogo(next.ID, shape.Picture)
	}, err
}

func importedSite(shape *wire.Site, now desk.Time) (desk.Site, error) {
	if len(shape.Key) < 12 || len(shape.Key) > 40 || strings.Trim(shape.Key, siteLetters) != "" {
		return desk.Site{}, desk.Refuse(desk.CodeInvalid, "key", "A site's key has 12 to 40 letters and digits.")
	}
	change, err := siteChangeOf(shape)
	if err != nil {
		return desk.Site{}, err
	}
	blank := desk.NewSite(shape.ID, shape.Key, "", shape.CreatedAt)
	next, _, err := blank.Change(desk.Actor{}, &change, now)
	if shape.FirstContactAt != nil {
		next.FirstContactAt = *shape.FirstContactAt
	}
	return next, err
}

// siteChangeOf says everything that a site's shape says.
func siteChangeOf(shape *wire.Site) (desk.SiteChange, error) {
	bot, err := desk.ParseSiteBot(shape.Bot)
	if err != nil {
		return desk.SiteChange{}, err
	}
	fields, err := shape.Fields.Desk()
	if err != nil {
		return desk.SiteChange{}, err
	}
	texts, consent, launcher := shape.Texts.Desk(), shape.Consent.Desk(), shape.LauncherText.Desk()
	icon := cmp.Or(shape.LauncherIcon, "chat") // exports were once without
	return desk.SiteChange{
		Name: &shape.Name, Enabled: &shape.Enabled, Origins: &shape.Origins, Bot: &bot, Texts: &texts, Fields: &fields,
		Consent: &consent, Rating: &shape.Rating, Files: &shape.Files, Sound: &shape.Sound,
		Look: desk.SiteLookChange{
			Language: &shape.Language, Color: &shape.Color, Position: &shape.Position, Scheme: &shape.Scheme,
			OffsetX: &shape.OffsetX, OffsetY: &shape.OffsetY, Launcher: &launcher, Icon: &icon, HideLauncher: &shape.HideLauncher,
		},
	}, nil
}
