package app

import (
	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// record takes up a line that is no conversation and reports how many things it
// made. What is there already stays as it is.
func (cmd *ImportLines) record(tx *store.Tx, l *ImportLine, agents map[string]desk.ID) (int, error) {
	switch {
	case l.Line.Customer != nil:
		return cmd.person(tx, l, agents)
	case l.Line.Team != nil:
		return cmd.team(tx, l.Line.Team)
	case l.Line.Reply != nil:
		return cmd.reply(tx, l.Line.Reply, agents)
	case l.Line.Given > 0:
		if err := checkGiven(tx, l.Line.Given); err != nil {
			return 0, err
		}
		return 0, tx.GiveNumbers(l.Line.Given)
	case len(l.Line.Agents) > 0 || len(l.Line.Teams) > 0:
		return 0, nil // they were made before everything else
	}
	save, err := importedSetting(&l.Line.Settings, cmd.At)
	if err != nil {
		return 0, err
	}
	return save(tx)
}

// checkRecord refuses what record would refuse.
func checkRecord(l *interchange.Line) error {
	var err error
	switch {
	case l.Customer != nil:
		_, err = importedCustomer(l.Customer, desk.ID{}, 0, nil)
	case l.Team != nil:
		before := desk.DefaultTeam()
		_, _, err = importedTeam(&before, l.Team, 0)
	case l.Reply != nil:
		_, err = importedReply(l.Reply, nil)
	case len(l.Agents) == 0 && len(l.Teams) == 0 && l.Given == 0:
		_, err = importedSetting(&l.Settings, 0)
	}
	return err
}

// maxGiven is how many numbers in a row may have been removed: one line of a file is
// not to use up whatever it likes.
const maxGiven = 100_000

func checkGiven(tx *store.Tx, upTo desk.Number) error {
	if upTo > tx.LastNumber()+maxGiven {
		return desk.Refuse(desk.CodeInvalid, "given", "More than 100,000 numbers in a row cannot have been removed.")
	}
	return nil
}

func (cmd *ImportLines) team(tx *store.Tx, t *interchange.Team) (int, error) {
	before, err := tx.Team()
	if err != nil || before.Rev > 0 {
		return 0, err
	}
	if t.Seeded && !tx.Seeded() {
		if err := tx.SetSeeded(); err != nil {
			return 0, err
		}
	}
	team, events, err := importedTeam(&before, t, cmd.At)
	if err != nil {
		return 0, err
	}
	return 1, tx.SaveTeam(&before, &team, events)
}

// importedTeam always has an event: a team that was set to what it was anyway has
// been set.
func importedTeam(before *desk.Team, t *interchange.Team, now desk.Time) (desk.Team, []desk.Event, error) {
	team, _, err := before.Change(desk.Actor{}, &desk.TeamChange{
		Name: &t.Name, BotName: &t.BotName, Language: &t.Language, BotOn: &t.BotOn, Cards: &t.Cards,
	}, now)
	return team, []desk.Event{{Type: desk.TeamUpdated, At: now}}, err
}

func (cmd *ImportLines) reply(tx *store.Tx, r *interchange.Reply, agents map[string]desk.ID) (int, error) {
	if _, err := tx.Reply(r.ID); !desk.IsNotFound(err) || err == nil {
		return 0, err
	}
	reply, err := importedReply(r, agents)
	if err != nil {
		return 0, err
	}
	events := []desk.Event{{Type: desk.ReplySaved, Subject: reply.ID, To: reply.Owner, At: cmd.At}}
	err = saveReply(tx, nil, &reply, events)
	if desk.CodeOf(err) == desk.CodeTaken { // by a reply of the team that takes it in
		reply.Shortcut = ""
		err = saveReply(tx, nil, &reply, events)
	}
	return 1, err
}

func importedReply(r *interchange.Reply, agents map[string]desk.ID) (desk.Reply, error) {
	blank := desk.Reply{ID: r.ID, Owner: agents[desk.FoldEmail(r.Owner)]}
	reply, _, err := blank.Change(desk.Actor{}, &desk.ReplyChange{
		Title: &r.Title, Shortcut: &r.Shortcut, Category: &r.Category, Language: &r.Language, Text: &r.Text, Enabled: &r.Enabled,
	}, 0)
	reply.Uses, reply.UsedAt, reply.UpdatedAt = r.Uses, r.UsedAt, r.UpdatedAt
	return reply, err
}
