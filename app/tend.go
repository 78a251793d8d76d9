package app

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"parley/desk"
	"parley/store"
)

// Tend does what is due in one conversation by the clock alone: a waiting message, a
// warning, resolving what has fallen silent. What was said already is told by its
// client id, which follows from what it is about, so nothing is said twice.
type Tend struct {
	Number desk.Number
	At     desk.Time
}

// Tend does what is due in a conversation now, and says when something is due again;
// zero for never, as things stand.
func (a *App) Tend(n desk.Number) (next desk.Time, err error) {
	return run(a, &Tend{Number: n, At: a.Now()})
}

// NextDue says when something is due in a conversation by the clock alone; zero for
// never, as things stand. It may lie in the past.
func (a *App) NextDue(n desk.Number) (desk.Time, error) {
	return view(a, func(tx *store.Tx) (desk.Time, error) {
		c, err := tx.Conversation(n)
		if err != nil {
			return 0, desk.OrGone(err)
		}
		due, err := dueIn(tx, &c, a.Now())
		return due.at, err
	})
}

// duesPage is how many conversations Dues looks at in one transaction.
const duesPage = 200

// Dues tells of each conversation in which something is due by the clock alone, and
// when: NextDue of all, without those where it is zero. As long as the settings let
// nothing be due it looks at none: looked is false then.
func (a *App) Dues(each func(n desk.Number, at desk.Time)) (looked bool, err error) {
	q := store.ListQuery{View: desk.ViewUnresolved, Sort: store.SortOldest, Limit: duesPage}
	for {
		err := a.store.View(func(tx *store.Tx) error {
			r, err := routineOf(tx)
			if looked = r.does(); err != nil || !looked {
				return err
			}
			page, err := tx.List(q)
			if err != nil {
				return err
			}
			for i := range page.Conversations {
				c := &page.Conversations[i]
				due, err := r.dueIn(tx, c, a.Now())
				if err != nil {
					return err
				}
				if !due.at.IsZero() {
					each(c.Number, due.at)
				}
			}
			q.Cursor = page.Next
			return nil
		})
		if err != nil || !looked || q.Cursor == "" {
			return looked, err
		}
	}
}

// Apply implements command.
func (cmd *Tend) Apply(tx *store.Tx) (desk.Time, error) {
	before, err := tx.Conversation(cmd.Number)
	if err != nil {
		return 0, desk.OrGone(err)
	}
	due, err := dueIn(tx, &before, cmd.At)
	if err != nil || due.at.IsZero() || due.at > cmd.At {
		return due.at, err
	}
	turn, err := due.do(tx, &before, cmd.At)
	if err != nil {
		return 0, err
	}
	if err := tx.SaveTurn(&before, &turn); err != nil {
		return 0, err
	}
	after, err := dueIn(tx, &turn.Conversation, cmd.At)
	return after.at, err
}

// due is the next thing that the clock does to a conversation.
type due struct {
	at desk.Time // zero for nothing
	do func(tx *store.Tx, c *desk.Conversation, now desk.Time) (desk.Turn, error)
}

// earlier is the one of two that comes first.
func (d due) earlier(o due) due {
	if d.at.IsZero() || !o.at.IsZero() && o.at < d.at {
		return o
	}
	return d
}

const minute desk.Time = 60 * 1000

// staleAfter is how late a waiting message may come, such as after the program was
// down: later than that it would be a lie.
const staleAfter = 30 * minute

// routine is what the settings let be done by the clock alone.
type routine struct {
	waiting  []desk.Waiting
	resolver desk.Resolver
}

func routineOf(tx *store.Tx) (routine, error) {
	settings, err := tx.Bot()
	if err != nil {
		return routine{}, err
	}
	resolver, err := tx.Resolver()
	return routine{settings.Waiting, resolver}, err
}

// does reports whether anything can be due in any conversation.
func (r *routine) does() bool {
	return len(r.waiting) > 0 || r.resolver.BotMinutes > 0 || r.resolver.AgentMinutes > 0
}

// dueIn finds the next thing that is due in a conversation.
func dueIn(tx *store.Tx, c *desk.Conversation, now desk.Time) (due, error) {
	r, err := routineOf(tx)
	if err != nil {
		return due{}, err
	}
	return r.dueIn(tx, c, now)
}

func (r *routine) dueIn(tx *store.Tx, c *desk.Conversation, now desk.Time) (due, error) {
	quiet, err := r.dueQuiet(tx, c)
	return r.dueWaiting(tx, c, now).earlier(quiet), err
}

// dueWaiting is the next waiting message to a customer who waits for a person.
func (r *routine) dueWaiting(tx *store.Tx, c *desk.Conversation, now desk.Time) due {
	if c.State != desk.Open || c.Archived || c.Lead == desk.LeadBot || c.WaitingSince.IsZero() {
		return due{}
	}
	for i, w := range r.waiting {
		at := c.WaitingSince + desk.Time(w.AfterMinutes)*minute
		id := tendID("waiting", c.Number, c.WaitingSince, i)
		if _, _, said := tx.Sent(id, desk.Actor{Kind: desk.ActorSystem}); said || now > at+staleAfter {
			continue
		}
		return due{at, func(tx *store.Tx, c *desk.Conversation, now desk.Time) (desk.Turn, error) {
			return remind(tx, c, id, w.Text, "", now)
		}}
	}
	return due{}
}

// dueQuiet is the warning to a customer who has fallen silent, or the end of the
// conversation. A customer who is to be warned is always warned, and has the time
// that the warning says.
func (r *routine) dueQuiet(tx *store.Tx, c *desk.Conversation) (due, error) {
	resolver := &r.resolver
	quiet := desk.Time(resolver.QuietMinutes(c)) * minute
	if quiet == 0 {
		return due{}, nil
	}
	end, warn := c.ActiveAt+quiet, desk.Time(resolver.WarnMinutes)*minute
	if warn > 0 && !resolver.Warning.IsEmpty() {
		id := tendID("warning", c.Number, c.ActiveAt, 0)
		n, seq, warned := tx.Sent(id, desk.Actor{Kind: desk.ActorSystem})
		if !warned || n != c.Number {
			minutes := strconv.FormatInt(int64(resolver.WarnMinutes), 10)
			return due{end - warn, func(tx *store.Tx, c *desk.Conversation, now desk.Time) (desk.Turn, error) {
				return remind(tx, c, id, resolver.Warning, minutes, now)
			}}, nil
		}
		warning, err := tx.Message(c, seq)
		if err != nil {
			return due{}, err
		}
		end = max(end, warning.At+warn)
	}
	return due{end, func(tx *store.Tx, c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return resolveQuiet(tx, c, resolver.Category, now)
	}}, nil
}

// remind says something that nobody wrote.
func remind(tx *store.Tx, c *desk.Conversation, id desk.ID, text desk.Both, minutes string, now desk.Time) (desk.Turn, error) {
	voice, err := voiceOf(tx, c, now)
	if err != nil {
		return desk.Turn{}, err
	}
	return c.Remind(&desk.Draft{ClientID: id, Text: voice.With("minutes", minutes).SayIn(text)}, now)
}

// resolveQuiet closes a conversation in which the customer has fallen silent.
func resolveQuiet(tx *store.Tx, c *desk.Conversation, category desk.ID, now desk.Time) (desk.Turn, error) {
	by := desk.Actor{Kind: desk.ActorSystem}
	if category.IsZero() {
		return c.Resolve(by, now), nil
	}
	as, err := tx.Category(category)
	if err != nil {
		return c.Resolve(by, now), desk.OrGone(err)
	}
	said, err := closing(tx, c, &as, now)
	return c.ResolveAs(by, &as, said, now), err
}

// tendID is the client id of what the clock says about something in a conversation.
func tendID(what string, n desk.Number, since desk.Time, step int) (id desk.ID) {
	b := append([]byte("parley tend "), what...)
	b = binary.BigEndian.AppendUint64(append(b, 0), uint64(n))
	b = binary.BigEndian.AppendUint64(b, uint64(since))
	sum := sha256.Sum256(append(b, byte(step)))
	copy(id[:], sum[:])
	return id
}
