package app

import (
	"parley/desk"
	"parley/store"
)

// FollowerBot is the name under which the bot's cursor is kept.
const FollowerBot = "bot"

// BotSpeak is what the bot says to a message, or the news that it says nothing. How
// far it has come is saved with it.
type BotSpeak struct {
	Number desk.Number
	Asked  uint64 // the seq of the message that it answers
	Cause  uint64 // the sequence of that message's event
	Speech desk.Speech
	Cursor uint64 // how far the bot has come with this; a lower one than is kept changes nothing
	At     desk.Time
}

// BotSpeak says it, once, if it still holds: it answers false and says nothing when
// the bot does not lead any more, when the message has an answer already, or when
// the customer has written again, which is another event.
func (a *App) BotSpeak(cmd BotSpeak) (spoke bool, err error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *BotSpeak) Apply(tx *store.Tx) (bool, error) {
	before, err := tx.Conversation(cmd.Number)
	if err != nil {
		return false, err
	}
	waits, err := stillAsks(tx, &before, cmd.Asked)
	if err != nil {
		return false, err
	}
	if !waits {
		return false, saveCursor(tx, FollowerBot, cmd.Cursor)
	}
	turn, err := before.Speak(&cmd.Speech, cmd.At)
	if err != nil {
		return false, err
	}
	for i := range turn.Events {
		turn.Events[i].Cause = cmd.Cause
	}
	if err := tx.SaveTurn(&before, &turn); err != nil {
		return false, err
	}
	for i := range cmd.Speech.Say {
		for _, source := range cmd.Speech.Say[i].Sources {
			if source.Kind != desk.SourceKnowledge {
				continue
			}
			if err := tx.UseKnowledge(source.ID, cmd.At); err != nil {
				return false, err
			}
		}
	}
	return true, saveCursor(tx, FollowerBot, cmd.Cursor)
}

// stillAsks reports whether a customer's message waits for the bot: the bot leads,
// nothing has been answered since, and the customer has not written again.
func stillAsks(tx *store.Tx, c *desk.Conversation, asked uint64) (bool, error) {
	if !c.BotLeads() || c.WaitingSince.IsZero() {
		return false, nil
	}
	later, err := tx.Messages(c, asked+1, c.Messages)
	for i := range later {
		if later[i].Kind == desk.KindCustomer {
			return false, err
		}
	}
	return err == nil, err
}

// BotPass saves how far the bot has come without a word.
type BotPass struct {
	Cursor uint64
}

// BotPass saves how far the bot has come without a word.
func (a *App) BotPass(cmd BotPass) error {
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *BotPass) Apply(tx *store.Tx) (struct{}, error) {
	return struct{}{}, saveCursor(tx, FollowerBot, cmd.Cursor)
}
