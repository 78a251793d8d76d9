package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// SiteCard is what everybody may know of a site, for the widget to draw itself.
type SiteCard struct {
	Site     desk.Site
	Team     desk.Team
	Zone     string
	Open     bool
	OpensAt  desk.Time // while it is closed; zero when it never opens
	Wait     int       // within how many minutes a person usually answers; zero where nothing is promised
	Agents   []Colleague
	BotLeads bool
	Welcome  *wire.Greetings // while the bot leads and has something to say
	// AskContact says that who has left no address is asked for one while nobody is there.
	AskContact bool
}

// Colleague is what visitors see of an agent.
type Colleague struct {
	ID    desk.ID
	Name  string // the first one
	Photo string // its path; empty for none
}

// SiteCard reads what everybody may know of a site. Refused: CodeNotFound for one
// that is unknown or switched off.
func (a *App) SiteCard(key string) (SiteCard, error) {
	return view(a, func(tx *store.Tx) (card SiteCard, err error) {
		if card.Site, err = openSite(tx.SiteByKey(key)); err != nil {
			return card, err
		}
		if card.Team, err = tx.Team(); err != nil {
			return card, err
		}
		hours, err := tx.Hours()
		if err != nil {
			return card, err
		}
		now, schedule := a.Now(), hours.Schedule()
		if card.Zone, card.Open = hours.Zone, schedule.Open(now); !card.Open {
			card.OpensAt, _ = schedule.NextOpening(now)
		}
		if card.Wait, err = usualWait(tx, card.Open, now); err != nil {
			return card, err
		}
		if err := card.addBot(tx, now); err != nil {
			return card, err
		}
		card.Agents, err = colleagues(tx)
		return card, err
	})
}

// addBot tells whether the bot would lead a new conversation, and what it would
// say first.
func (card *SiteCard) addBot(tx *store.Tx, now desk.Time) (err error) {
	bot, err := tx.Bot()
	if err != nil {
		return err
	}
	card.AskContact = bot.Handover.AskContact
	if card.BotLeads, err = botLeads(tx, card.Site.ID, now); err != nil || !card.BotLeads || bot.Welcome.Text.IsEmpty() {
		return err
	}
	welcome := wire.FromBot(&bot, &card.Team).Welcome
	values := map[string]string{"bot.name": card.Team.BotName, "team.name": card.Team.Name}
	welcome.TR.Text, welcome.EN.Text = desk.Fill(welcome.TR.Text, values), desk.Fill(welcome.EN.Text, values)
	card.Welcome = &welcome
	return nil
}

// Front is what visitors see of the team at a moment.
type Front struct {
	Open   bool // by the working hours
	Wait   int  // as a card's
	Agents []Colleague
}

// Front reads what visitors see of the team now.
func (a *App) Front() (Front, error) {
	return view(a, func(tx *store.Tx) (Front, error) {
		hours, err := tx.Hours()
		if err != nil {
			return Front{}, err
		}
		now := a.Now()
		front := Front{Open: hours.Schedule().Open(now)}
		if front.Wait, err = usualWait(tx, front.Open, now); err != nil {
			return Front{}, err
		}
		front.Agents, err = colleagues(tx)
		return front, err
	})
}

// colleagues are the agents who may answer visitors.
func colleagues(tx *store.Tx) ([]Colleague, error) {
	agents, err := tx.Agents()
	if err != nil {
		return nil, err
	}
	list := make([]Colleague, 0, len(agents))
	for i := range agents {
		if agents[i].Active && agents[i].Role.Can(desk.ActionReply) {
			list = append(list, Colleague{agents[i].ID, agents[i].FirstName(), wire.PhotoPath(agents[i].Photo)})
		}
	}
	return list, nil
}
