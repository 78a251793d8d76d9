package app

import (
	"crypto/sha256"
	"slices"

	"parley/desk"
	"parley/store"
)

// maxSessions is how many of an agent's sessions are listed; ending the others ends
// all of them.
const maxSessions = 100

// SignedIn is one of an agent's sessions, as they see it.
type SignedIn struct {
	ID        desk.ID   `json:"id"`
	Browser   string    `json:"browser" doc:"In short, such as Firefox on Windows; empty where it is not known."`
	Address   string    `json:"address" doc:"The network address where it was seen last; empty where it is not known."`
	CreatedAt desk.Time `json:"created_at"`
	SeenAt    desk.Time `json:"seen_at" doc:"To five minutes."`
	Present   bool      `json:"present" doc:"The one that asks."`
}

// Sessions lists an agent's sessions that hold: the present one first, then the one
// that was seen last.
func (a *App) Sessions(agent desk.ID, present [sha256.Size]byte) ([]SignedIn, error) {
	return view(a, func(tx *store.Tx) ([]SignedIn, error) {
		all, err := tx.SessionsOf(agent)
		now := a.Now()
		all = slices.DeleteFunc(all, func(s store.Session) bool { return !s.Alive(now) })
		slices.SortFunc(all, func(x, y store.Session) int {
			switch {
			case x.Hash == present:
				return -1
			case y.Hash == present:
				return 1
			}
			return int(y.SeenAt - x.SeenAt)
		})
		list := []SignedIn{}
		for _, s := range all[:min(len(all), maxSessions)] {
			list = append(list, SignedIn{s.ID(), s.Browser, s.Address, s.CreatedAt, s.SeenAt, s.Hash == present})
		}
		return list, err
	})
}

// EndSessions signs an agent out of browsers that somebody does not sit at.
type EndSessions struct {
	By      desk.ID
	Agent   desk.ID
	One     desk.ID           // only this one; zero for all
	Keep    [sha256.Size]byte // all but this one; zero for all
	Address string            // where it was asked for
	At      desk.Time
}

// EndSessions signs an agent out, one's own self or somebody whom one may manage, and
// tells how many sessions there were to end. Refused: CodeNotFound for a session that
// the agent does not have, CodeForbidden for an agent above one's own role.
func (a *App) EndSessions(cmd EndSessions) (int, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *EndSessions) Apply(tx *store.Tx) (ended int, err error) {
	if err := cmd.may(tx); err != nil {
		return 0, err
	}
	if cmd.One.IsZero() {
		ended, err = tx.EndSessions(cmd.Agent, cmd.Keep)
	} else {
		ended, err = 1, cmd.endOne(tx)
	}
	if ended == 0 || err != nil {
		return 0, err
	}
	event := desk.Event{Type: desk.AgentSessionEnded, Subject: cmd.Agent, Actor: desk.AgentActor(cmd.By), At: cmd.At}
	return ended, tx.Tell(&event, desk.Particulars{Address: cmd.Address})
}

func (cmd *EndSessions) may(tx *store.Tx) error {
	if cmd.By == cmd.Agent {
		_, err := allow(tx, cmd.By, desk.ActionSelf)
		return err
	}
	agent, err := tx.Agent(cmd.Agent)
	if err == nil {
		_, err = allowManage(tx, cmd.By, agent.Role, agent.Role)
	}
	return err
}

func (cmd *EndSessions) endOne(tx *store.Tx) error {
	all, err := tx.SessionsOf(cmd.Agent)
	for i := range all {
		if err == nil && all[i].ID() == cmd.One {
			return tx.EndSession(&all[i])
		}
	}
	if err != nil {
		return err
	}
	return desk.NotFound("session")
}
