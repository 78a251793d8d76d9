package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// modelKeyName is the name under which the language model's key is sealed.
const modelKeyName = "bot model"

// BotSettings reads how the bot speaks.
func (a *App) BotSettings() (wire.Bot, error) {
	return view(a, func(tx *store.Tx) (wire.Bot, error) {
		b, team, err := botOf(tx)
		return wire.FromBot(&b, &team), err
	})
}

func botOf(tx *store.Tx) (desk.BotSettings, desk.Team, error) {
	team, err := tx.Team()
	if err != nil {
		return desk.BotSettings{}, team, err
	}
	b, err := tx.Bot()
	return b, team, err
}

// SetBot replaces how the bot speaks, and whether it is on.
type SetBot struct {
	By  desk.ID
	On  bool
	Bot desk.BotSettings // Model.Key sealed; nil keeps the one there is, empty takes it away
	At  desk.Time
}

// SetBot replaces how the bot speaks, and whether it is on. key is the language
// model's, in clear: nil keeps the one there is. Refused: CodeConflict for an old
// rev, and as desk.BotSettings.Replace asks.
func (a *App) SetBot(cmd SetBot, key *string) (wire.Bot, error) {
	cmd.Bot.Model.Key = nil
	if key != nil {
		if err := desk.CheckText("model.key", *key, maxModelKey); err != nil {
			return wire.Bot{}, err
		}
		cmd.Bot.Model.Key = []byte{}
		if *key != "" {
			cmd.Bot.Model.Key = a.vault.Seal(modelKeyName, []byte(*key))
		}
	}
	cmd.At = a.Now()
	return run(a, &cmd)
}

// maxModelKey is how long a model's key may be, in bytes.
const maxModelKey = 4 << 10

// ModelKey opens the language model's key; "" when none is set.
func (a *App) ModelKey(m *desk.Model) (string, error) {
	if len(m.Key) == 0 {
		return "", nil
	}
	key, err := a.vault.Open(modelKeyName, m.Key)
	return string(key), err
}

// Apply implements command.
func (cmd *SetBot) Apply(tx *store.Tx) (wire.Bot, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Bot{}, err
	}
	before, team, err := botOf(tx)
	if err != nil {
		return wire.Bot{}, err
	}
	by := desk.AgentActor(cmd.By)
	next, events, err := before.Replace(by, &cmd.Bot, cmd.At)
	if err != nil {
		return wire.Bot{}, err
	}
	nextTeam, told, err := team.Change(by, &desk.TeamChange{BotOn: &cmd.On}, cmd.At)
	if err != nil {
		return wire.Bot{}, err
	}
	if err := tx.SaveBot(&before, &next, events); err != nil {
		return wire.Bot{}, err
	}
	if err := tx.SaveTeam(&team, &nextTeam, told); err != nil {
		return wire.Bot{}, err
	}
	return wire.FromBot(&next, &nextTeam), nil
}
