package cli

import (
	"context"
	"time"

	"parley/app"
	"parley/bot"
	"parley/desk"
	"parley/guard"
	"parley/live"
)

const (
	modelTimeout = time.Minute // the settings may ask for less
	modelBytes   = 256 << 10
)

// newBot makes the bot of a node. allow are the networks that it may call besides
// public addresses, for a language model on one's own machines.
func newBot(n *node, hub *live.Hub, allow []string) (*bot.Bot, error) {
	networks, err := guard.ParseAllow(allow)
	if err != nil {
		return nil, err
	}
	return bot.New(bot.Options{
		App: n.app, Log: n.log, Typing: hub.BotTyping, Past: pastAnswers(n.app),
		Client: guard.New(guard.Options{Allow: networks, Timeout: modelTimeout, MaxBytes: modelBytes}),
		Online: func() bool {
			for _, presence := range hub.Presence() {
				if presence == live.Online {
					return true
				}
			}
			return false
		},
	}), nil
}

// pastAnswers finds for the bot what is suggested to agents, without a word on whom it
// was said to.
func pastAnswers(a *app.App) func(context.Context, desk.Number) ([]bot.Past, error) {
	return func(ctx context.Context, n desk.Number) (past []bot.Past, err error) {
		found, err := a.DiscreetSuggestions(ctx, n)
		for _, s := range found {
			past = append(past, bot.Past{Number: s.Number, Seq: s.Seq, Question: s.Question, Answer: s.Answer})
		}
		return past, err
	}
}
