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
		return false, saveCursor(tx, cmd.Cursor)
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
	return true, saveCursor(tx, cmd.Cursor)
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

// saveCursor saves how far the bot has come; it never goes back.
func saveCursor(tx *store.Tx, cursor uint64) error {
	if tx.HasCursor(FollowerBot) && cursor <= tx.Cursor(FollowerBot) {
		return nil
	}
	return tx.SetCursor(FollowerBot, min(cursor, tx.Head()))
}

// BotPass saves how far the bot has come without a word.
type BotPass struct {
	Cursor uint64
	Parked uint64 // the event that it passes over because of an error; 0 for none
	Failed string // the error
	At     desk.Time
}

// BotPass saves how far the bot has come, and the error when it passes over an event
// that it could not handle.
func (a *App) BotPass(cmd BotPass) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *BotPass) Apply(tx *store.Tx) (struct{}, error) {
	if cmd.Parked != 0 {
		if err := tx.Park(&store.Parked{Follower: FollowerBot, Sequence: cmd.Parked, At: cmd.At, Error: cmd.Failed}); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, saveCursor(tx, cmd.Cursor)
}

// Parked is an event that a follower could not handle and has passed over.
type Parked struct {
	Follower string    `json:"follower"`
	Sequence uint64    `json:"sequence"`
	At       desk.Time `json:"at"`
	Error    string    `json:"error"`
}

// Parked reads what the followers have passed over.
func (a *App) Parked() ([]Parked, error) {
	return view(a, func(tx *store.Tx) ([]Parked, error) {
		all, err := tx.Parked()
		shapes := make([]Parked, 0, len(all))
		for _, p := range all {
			shapes = append(shapes, Parked(p))
		}
		return shapes, err
	})
}
