package app

import (
	"time"

	"parley/desk"
	"parley/store"
)

// Voice is how texts of the settings are said to one customer at one moment: in
// their language, with the variables filled.
type Voice struct {
	Language string // tr or en
	values   map[string]string
}

// VoiceFor makes the voice for a customer. hours are the team's.
func VoiceFor(customer *desk.Customer, team *desk.Team, hours *desk.Hours, at desk.Time) Voice {
	language := desk.LanguageOf(customer.Language, team.Language)
	values := map[string]string{
		"customer.name": customer.Name, "customer.first_name": desk.FirstName(customer.Name),
		"team.name": team.Name, "bot.name": team.BotName,
	}
	schedule := hours.Schedule()
	if opening, ok := schedule.NextOpening(at); ok && opening != at {
		values["hours.opening"] = desk.OpeningText(opening, at, zoneOf(customer, hours), language)
	}
	return Voice{Language: language, values: values}
}

// zoneOf is the zone of the customer's wall clock, or the team's where it is not
// known.
func zoneOf(customer *desk.Customer, hours *desk.Hours) *time.Location {
	for _, name := range []string{customer.Zone, hours.Zone} {
		if zone, err := desk.ParseZone(name); err == nil {
			return zone
		}
	}
	return time.UTC
}

// With gives the voice one more variable.
func (v Voice) With(name, value string) Voice {
	values := map[string]string{name: value}
	for k, other := range v.values {
		values[k] = other
	}
	v.values = values
	return v
}

// Say fills a text.
func (v Voice) Say(text string) string { return desk.Fill(text, v.values) }

// SayIn fills a text in the customer's language.
func (v Voice) SayIn(both desk.Both) string { return v.Say(both.In(v.Language)) }

// voiceOf makes the voice for the customer of a conversation.
func voiceOf(tx *store.Tx, c *desk.Conversation, at desk.Time) (Voice, error) {
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return Voice{}, err
	}
	team, err := tx.Team()
	if err != nil {
		return Voice{}, err
	}
	hours, err := tx.Hours()
	return VoiceFor(&customer, &team, &hours, at), err
}

// farewell is what the bot says when it gives way: one thing while somebody of the
// team is there, another while nobody is. nil where nothing is set.
func farewell(tx *store.Tx, c *desk.Conversation, online bool, at desk.Time) (*desk.Draft, error) {
	settings, err := tx.Bot()
	if err != nil {
		return nil, err
	}
	voice, err := voiceOf(tx, c, at)
	if err != nil {
		return nil, err
	}
	return voice.Farewell(&settings, online), nil
}

// Farewell is what the bot says when it gives way; nil where nothing is set.
func (v Voice) Farewell(settings *desk.BotSettings, online bool) *desk.Draft {
	text := settings.Handover.Offline
	if online {
		text = settings.Handover.Online
	}
	if said := v.SayIn(text); said != "" {
		return &desk.Draft{Text: said}
	}
	return nil
}

// closing is what is said when a conversation is resolved as something; nil where
// the category says nothing.
func closing(tx *store.Tx, c *desk.Conversation, category *desk.Category, at desk.Time) (*desk.Draft, error) {
	if category.Closing.IsEmpty() {
		return nil, nil
	}
	voice, err := voiceOf(tx, c, at)
	return &desk.Draft{Text: voice.SayIn(category.Closing)}, err
}
