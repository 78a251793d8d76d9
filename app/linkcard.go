package app

import (
	"context"
	"time"

	"parley/desk"
	"parley/store"
)

// FollowerCards is the name under which it is kept how far links were looked at.
const FollowerCards = "cards"

// How long cards are kept, and how long one is new enough not to ask the page again.
const (
	cardsKept  = 30 * 24 * time.Hour
	cardsFresh = 24 * time.Hour
	emptyFresh = 10 * time.Minute // a page that could not be read
)

// CardQuestion is what is known of a message's links before any page is asked.
type CardQuestion struct {
	Ask  []string // addresses of pages that are to be asked
	Late bool     // cards of others came after the message, which has not been told with them
}

// CardsFor says which pages are to be asked for a message's cards. Nothing is while
// cards are off, or when the message is gone or so old that nobody waits for it.
func (a *App) CardsFor(n desk.Number, seq uint64) (CardQuestion, error) {
	return view(a, func(tx *store.Tx) (q CardQuestion, err error) {
		now := a.Now()
		if _, removed := tx.Removed(n); removed {
			return q, nil
		}
		c, err := tx.Conversation(n)
		if err != nil {
			return q, err
		}
		m, err := tx.Message(&c, seq)
		if err != nil || m.At < now-desk.Time(cardsLate.Milliseconds()) {
			return q, err
		}
		for _, address := range m.Links() {
			card, found, err := tx.LinkCard(address)
			if err != nil {
				return q, err
			}
			if !found || !isFresh(&card, now) {
				q.Ask = append(q.Ask, address)
			} else if card.At >= m.At && !card.IsEmpty() {
				q.Late = true
			}
		}
		return q, nil
	})
}

// cardsLate is how old a message may be that still gets cards.
const cardsLate = 15 * time.Minute

func isFresh(card *desk.LinkCard, now desk.Time) bool {
	fresh := cardsFresh
	if card.IsEmpty() {
		fresh = emptyFresh
	}
	return now < card.At+desk.Time(fresh.Milliseconds())
}

// CardsOn reports whether pages are to be asked at all.
func (a *App) CardsOn() (bool, error) {
	return view(a, func(tx *store.Tx) (bool, error) {
		team, err := tx.Team()
		return team.Cards, err
	})
}

// SaveCards saves what pages said, and tells of it where the message is shown.
type SaveCards struct {
	Number desk.Number
	Seq    uint64
	Cause  uint64 // the sequence of the message's event
	Cards  []desk.LinkCard
	Late   bool // there are cards that the message was not told with
	Cursor uint64
	At     desk.Time
}

// SaveCards saves the cards of a message's links, together with how far links were
// looked at. Cards that say nothing are kept too, so that their pages are not asked
// again at once, and not told of. With Number 0 only the cursor is saved.
func (a *App) SaveCards(cmd SaveCards) error {
	cmd.At = a.Now()
	for i := range cmd.Cards {
		cmd.Cards[i].At = cmd.At
	}
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *SaveCards) Apply(tx *store.Tx) (struct{}, error) {
	if err := saveCursor(tx, FollowerCards, cmd.Cursor); err != nil {
		return struct{}{}, err
	}
	tells := cmd.Late
	var saved []desk.LinkCard
	for i := range cmd.Cards {
		card := &cmd.Cards[i]
		before, found, err := tx.LinkCard(card.URL)
		if err != nil {
			return struct{}{}, err
		}
		if card.IsEmpty() && found && !before.IsEmpty() {
			continue // what the page said before is better than nothing
		}
		saved, tells = append(saved, *card), tells || !card.IsEmpty()
	}
	var events []desk.Event
	if _, removed := tx.Removed(cmd.Number); tells && !removed {
		events = append(events, desk.Event{
			Type: desk.ConversationCarded, Number: cmd.Number, Seq: cmd.Seq, Actor: desk.Actor{Kind: desk.ActorSystem},
			Cause: cmd.Cause, At: cmd.At,
		})
	}
	return struct{}{}, tx.SaveLinkCards(saved, events)
}

// ForgetCards drops cards that are older than they are kept.
type ForgetCards struct {
	At    desk.Time
	Limit int
}

// Apply implements command. It answers how many went.
func (cmd *ForgetCards) Apply(tx *store.Tx) (int, error) {
	return tx.ForgetLinkCards(cmd.At-desk.Time(cardsKept.Milliseconds()), cmd.Limit)
}

// ForgetCards drops cards that are older than they are kept, now.
func (a *App) ForgetCards(ctx context.Context) error {
	for ctx.Err() == nil {
		dropped, err := run(a, &ForgetCards{At: a.Now(), Limit: houseStep})
		if err != nil || dropped < houseStep {
			return err
		}
	}
	return ctx.Err()
}
