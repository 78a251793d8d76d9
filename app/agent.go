package app

import (
	"crypto/sha256"
	"encoding/json"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Me is what an agent sees of themselves and the team.
type Me struct {
	Agent       wire.Agent     `json:"agent"`
	Team        wire.Team      `json:"team"`
	RecentEmoji []string       `json:"recent_emoji" nullable:"false" doc:"Last sent, newest first."`
	Preferences map[string]any `json:"preferences" doc:"One's own settings, as the page wrote them."`
	FactorDue   bool           `json:"second_factor_due" doc:"Whether one must set two-step verification up before anything else."`
}

// Me reads an agent's own page.
func (a *App) Me(id desk.ID) (Me, error) {
	return view(a, func(tx *store.Tx) (Me, error) { return meOf(tx, id) })
}

func meOf(tx *store.Tx, id desk.ID) (Me, error) {
	agent, err := tx.Agent(id)
	if err != nil {
		return Me{}, err
	}
	team, err := wire.TeamOf(tx)
	if err != nil {
		return Me{}, err
	}
	recent, err := tx.RecentEmoji(id)
	if recent == nil {
		recent = []string{}
	}
	if err != nil {
		return Me{}, err
	}
	due, err := factorDue(tx, id)
	me := Me{wire.FromAgent(&agent), team, recent, map[string]any{}, due}
	if object := tx.Preferences(id); err == nil && len(object) > 0 {
		err = json.Unmarshal(object, &me.Preferences)
	}
	return me, err
}

// Roster is everyone of the team with how many open conversations each leads.
type Roster struct {
	Agents []wire.Agent       `json:"agents" nullable:"false"`
	Open   map[desk.ID]uint64 `json:"open" doc:"Open conversations that each agent leads."`
}

// Roster reads everyone of the team.
func (a *App) Roster() (Roster, error) {
	return view(a, func(tx *store.Tx) (Roster, error) {
		agents, err := tx.Agents()
		roster := Roster{Agents: make([]wire.Agent, 0, len(agents)), Open: make(map[desk.ID]uint64, len(agents))}
		for i := range agents {
			roster.Agents = append(roster.Agents, wire.FromAgent(&agents[i]))
			roster.Open[agents[i].ID] = tx.OpenLoad(agents[i].ID)
		}
		return roster, err
	})
}

// AgentByEmail finds an agent by the address to sign in with.
func (a *App) AgentByEmail(email string) (wire.Agent, error) {
	clean, err := desk.CleanEmail(email)
	if err != nil {
		return wire.Agent{}, err
	}
	return view(a, func(tx *store.Tx) (wire.Agent, error) {
		agent, err := tx.AgentByEmail(clean)
		return wire.FromAgent(&agent), err
	})
}

// CreateAgent makes an agent.
type CreateAgent struct {
	By       desk.ID // zero: the command line or set-up, which may do anything
	ID       desk.ID
	Name     string
	Email    string
	Role     desk.Role
	Language string
	Password string // its hash; empty for one who cannot sign in yet
	At       desk.Time
}

// CreateAgent makes an agent. Refused: CodeTaken for a known e-mail address,
// CodeForbidden for a role above the actor's own.
func (a *App) CreateAgent(cmd CreateAgent) (wire.Agent, error) {
	cmd.ID, cmd.At = NewID(), a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *CreateAgent) Apply(tx *store.Tx) (wire.Agent, error) {
	actor, err := allowManage(tx, cmd.By, cmd.Role, cmd.Role)
	if err != nil {
		return wire.Agent{}, err
	}
	agent, events, err := desk.NewAgent(cmd.ID, cmd.Name, cmd.Email, cmd.Role, cmd.Language, actor, cmd.At)
	if err != nil {
		return wire.Agent{}, err
	}
	if err := tx.SaveAgent(nil, &agent, events); err != nil {
		return wire.Agent{}, err
	}
	if cmd.Password != "" {
		if err := tx.SetPassword(agent.ID, cmd.Password); err != nil {
			return wire.Agent{}, err
		}
	}
	return wire.FromAgent(&agent), nil
}

// allowManage refuses who may not change somebody of one role into another. The
// command line (a zero id) acts as the system and may.
func allowManage(tx *store.Tx, by desk.ID, from, to desk.Role) (desk.Actor, error) {
	if by.IsZero() {
		return desk.Actor{Kind: desk.ActorSystem}, nil
	}
	acting, err := allow(tx, by, desk.ActionManageAgents)
	if err == nil && !acting.Role.MayGrant(from, to) {
		err = desk.Refuse(desk.CodeForbidden, "role", "Nobody acts above their own role.")
	}
	return desk.AgentActor(by), err
}

// ChangeAgent changes an agent: by somebody who manages agents, by the command
// line (By zero), or by themselves (Self), which takes no role and reaches only
// name, language and photo.
type ChangeAgent struct {
	By       desk.ID
	ID       desk.ID
	Self     bool
	Change   desk.AgentChange
	Photo    *[]byte       // as JPEG; nil leaves it, an empty one takes it away
	Password string        // the new hash; empty keeps the old one
	Session  store.Session // in which whoever changes their own password goes on; a new one
	At       desk.Time
}

// ChangeAgent changes an agent. A new password, a change of role and a disabling
// end the agent's sessions. Refused: CodeLastOwner, CodeTaken, CodeForbidden.
func (a *App) ChangeAgent(cmd ChangeAgent) (wire.Agent, error) {
	cmd.At = a.Now()
	if cmd.Photo != nil {
		mark := photoMark(cmd.ID, *cmd.Photo)
		cmd.Change.Photo = &mark
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ChangeAgent) Apply(tx *store.Tx) (wire.Agent, error) {
	before, err := tx.Agent(cmd.ID)
	if err != nil {
		return wire.Agent{}, err
	}
	actor, err := cmd.actor(tx, &before)
	if err != nil {
		return wire.Agent{}, err
	}
	next, events, err := before.Change(actor, &cmd.Change, cmd.At)
	if err != nil {
		return wire.Agent{}, err
	}
	owners, err := otherOwners(tx, cmd.ID)
	if err != nil {
		return wire.Agent{}, err
	}
	if err := desk.GuardLastOwner(&before, &next, owners); err != nil {
		return wire.Agent{}, err
	}
	if err := tx.SaveAgent(&before, &next, events); err != nil {
		return wire.Agent{}, err
	}
	if next.Photo != before.Photo && next.Photo != "" {
		if err := tx.SaveAgentPhoto(next.Photo, *cmd.Photo); err != nil {
			return wire.Agent{}, err
		}
	}
	if cmd.Password != "" {
		if err := tx.SetPassword(cmd.ID, cmd.Password); err != nil {
			return wire.Agent{}, err
		}
		set := desk.Event{Type: desk.AgentPasswordSet, Subject: cmd.ID, Actor: actor, At: cmd.At}
		if err := tx.Tell(&set, desk.Particulars{}); err != nil {
			return wire.Agent{}, err
		}
	}
	if cmd.Password != "" || next.Role != before.Role || !next.Active {
		if err := cmd.endSessions(tx); err != nil {
			return wire.Agent{}, err
		}
	}
	if len(events) == 0 {
		next = before
	}
	return wire.FromAgent(&next), nil
}

// endSessions ends all that the agent has, so that who had got hold of one is out, and
// begins the one that takes their place.
func (cmd *ChangeAgent) endSessions(tx *store.Tx) error {
	if _, err := tx.EndSessions(cmd.ID, [sha256.Size]byte{}); err != nil || cmd.Session.Agent.IsZero() {
		return err
	}
	return tx.SaveSession(&cmd.Session)
}

func (cmd *ChangeAgent) actor(tx *store.Tx, before *desk.Agent) (desk.Actor, error) {
	if cmd.Self {
		if cmd.By != cmd.ID || cmd.Change.Role != nil || cmd.Change.Active != nil || cmd.Change.Email != nil {
			return desk.Actor{}, desk.Refuse(desk.CodeForbidden, "", "Only name, language, photo and password are one's own to change.")
		}
		_, err := allow(tx, cmd.By, desk.ActionSelf)
		return desk.AgentActor(cmd.By), err
	}
	if cmd.Photo != nil && len(*cmd.Photo) > 0 {
		return desk.Actor{}, desk.Refuse(desk.CodeForbidden, "photo", "Whose photo it is sets it; others can only take it away.")
	}
	to := before.Role
	if cmd.Change.Role != nil {
		to = *cmd.Change.Role
	}
	return allowManage(tx, cmd.By, before.Role, to)
}

func otherOwners(tx *store.Tx, but desk.ID) (n int, err error) {
	agents, err := tx.Agents()
	for i := range agents {
		if agents[i].ID != but && agents[i].Active && agents[i].Role == desk.RoleOwner {
			n++
		}
	}
	return n, err
}

// recentEmoji is how many emoji an agent's row of the last sent holds.
const recentEmoji = 24

// SentEmoji is an emoji that an agent sent.
type SentEmoji struct {
	By    desk.ID
	Emoji string
}

// SentEmoji puts an emoji first in the agent's row of the last sent.
func (a *App) SentEmoji(cmd SentEmoji) (Me, error) {
	clean, err := desk.CleanName("emoji", cmd.Emoji, 16)
	if err != nil {
		return Me{}, err
	}
	cmd.Emoji = clean
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SentEmoji) Apply(tx *store.Tx) (Me, error) {
	if _, err := allow(tx, cmd.By, desk.ActionSelf); err != nil {
		return Me{}, err
	}
	recent, err := tx.RecentEmoji(cmd.By)
	if err != nil {
		return Me{}, err
	}
	next := []string{cmd.Emoji}
	for _, e := range recent {
		if e != cmd.Emoji && len(next) < recentEmoji {
			next = append(next, e)
		}
	}
	if err := tx.SetRecentEmoji(cmd.By, next); err != nil {
		return Me{}, err
	}
	return meOf(tx, cmd.By)
}

// ChangeTeam changes what is set for the whole team; a nil field stays.
type ChangeTeam struct {
	By                      desk.ID
	Name, BotName, Language *string
	BotOn, Cards            *bool
	At                      desk.Time
}

// ChangeTeam changes what is set for the whole team.
func (a *App) ChangeTeam(cmd ChangeTeam) (wire.Team, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ChangeTeam) Apply(tx *store.Tx) (wire.Team, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Team{}, err
	}
	before, err := tx.Team()
	if err != nil {
		return wire.Team{}, err
	}
	next, events, err := before.Change(desk.AgentActor(cmd.By), &desk.TeamChange{
		Name: cmd.Name, BotName: cmd.BotName, Language: cmd.Language, BotOn: cmd.BotOn, Cards: cmd.Cards,
	}, cmd.At)
	if err != nil {
		return wire.Team{}, err
	}
	if err := tx.SaveTeam(&before, &next, events); err != nil {
		return wire.Team{}, err
	}
	return wire.TeamOf(tx)
}

// Team reads what is set for the whole team.
func (a *App) Team() (wire.Team, error) {
	return view(a, wire.TeamOf)
}
