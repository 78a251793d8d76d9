package store

import (
	"fmt"

	"parley/desk"
)

// Bucket: settings, under bot.

// Bot reads how the bot speaks.
func (tx *Tx) Bot() (desk.BotSettings, error) {
	r := tx.setting(settingBot)
	if r == nil {
		return desk.DefaultBot(), nil
	}
	b := desk.BotSettings{
		Rev: r.uint(), When: desk.BotWhen(r.text()),
		Welcome: desk.Greeting{Text: r.both(), Choices: r.lists()}, Fallback: r.both(),
		Handover: desk.Handover{Words: r.lists(), Online: r.both(), Offline: r.both(), AskContact: r.flag()},
		Misses:   r.byte(), Threshold: r.float(),
		FollowUp: desk.FollowUp{On: r.flag(), Text: r.both(), Yes: r.both(), No: r.both(), Thanks: r.both()},
	}
	for range r.count() {
		b.Waiting = append(b.Waiting, desk.Waiting{AfterMinutes: uint32(r.uint()), Text: r.both()})
	}
	b.Model = desk.Model{On: r.flag(), URL: r.text(), Name: r.text(), Key: []byte(r.text()), TimeoutSeconds: uint32(r.uint())}
	if len(b.Model.Key) == 0 {
		b.Model.Key = nil
	}
	if err := r.done(); err != nil {
		return b, fmt.Errorf("store: bot: %w", err)
	}
	return b, nil
}

// SaveBot saves how the bot speaks with the events that made it so.
func (tx *Tx) SaveBot(before, b *desk.BotSettings, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	b.Rev = before.Rev + 1
	w := newWriter(1)
	w.uint(b.Rev)
	w.text(string(b.When))
	w.both(b.Welcome.Text)
	w.lists(b.Welcome.Choices)
	w.both(b.Fallback)
	w.lists(b.Handover.Words)
	w.both(b.Handover.Online)
	w.both(b.Handover.Offline)
	w.flag(b.Handover.AskContact)
	w.byte(b.Misses)
	w.float(b.Threshold)
	w.flag(b.FollowUp.On)
	w.both(b.FollowUp.Text)
	w.both(b.FollowUp.Yes)
	w.both(b.FollowUp.No)
	w.both(b.FollowUp.Thanks)
	w.uint(uint64(len(b.Waiting)))
	for i := range b.Waiting {
		w.uint(uint64(b.Waiting[i].AfterMinutes))
		w.both(b.Waiting[i].Text)
	}
	w.flag(b.Model.On)
	w.text(b.Model.URL)
	w.text(b.Model.Name)
	w.text(string(b.Model.Key))
	w.uint(uint64(b.Model.TimeoutSeconds))
	return tx.saveSetting(settingBot, w, events)
}
