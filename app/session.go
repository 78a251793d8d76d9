package app

import (
	"crypto/sha256"

	"parley/desk"
	"parley/store"
)

// Credentials are what signing in is checked against. Hash is "" for an unknown
// or disabled agent, so that the caller can spend the same time on both.
type Credentials struct {
	Agent desk.Agent
	Hash  string
}

// Credentials reads an agent's password hash by e-mail address.
func (a *App) Credentials(email string) (Credentials, error) {
	clean, err := desk.CleanEmail(email)
	if err != nil {
		return Credentials{}, nil // an address that cannot be one is an unknown one
	}
	return view(a, func(tx *store.Tx) (Credentials, error) {
		agent, err := tx.AgentByEmail(clean)
		if desk.IsNotFound(err) || (err == nil && !agent.Active) {
			return Credentials{}, nil
		}
		return Credentials{agent, tx.Password(agent.ID)}, err
	})
}

// PasswordHash reads an agent's password hash.
func (a *App) PasswordHash(id desk.ID) (string, error) {
	return view(a, func(tx *store.Tx) (string, error) { return tx.Password(id), nil })
}

// Session finds a live session with its agent. Refused: CodeUnauthorized when
// there is none, it has ended, or its agent is disabled.
func (a *App) Session(hash [sha256.Size]byte) (Session, desk.Agent, error) {
	var agent desk.Agent
	session, err := view(a, func(tx *store.Tx) (s store.Session, err error) {
		if s, err = tx.Session(hash); err == nil {
			agent, err = tx.Agent(s.Agent)
		}
		return s, err
	})
	_, ended := a.ended.Load(hash)
	if err == nil && (ended || !session.Alive(a.Now()) || !agent.Active) {
		err = desk.Refuse(desk.CodeUnauthorized, "", "The session has ended; sign in again.")
	}
	return session, agent, err
}

// SaveSession keeps a new session, or one that was seen again.
type SaveSession struct {
	Session store.Session
	Rehash  string // the password's hash under newer costs; empty keeps the old one
	New     bool
	Address string            // where a new one was asked for
	Proof   *desk.FactorProof // of a new one; nil for an agent without a second factor
}

// SaveSession keeps a session. Refused: CodeFactorRequired and CodeWrongFactor for a new
// one of an agent with a second factor, unless its proof can be spent.
func (a *App) SaveSession(cmd SaveSession) (Me, error) { return run(a, &cmd) }

func (cmd *SaveSession) small() {}

// Apply implements command. A session that was ended meanwhile stays ended.
func (cmd *SaveSession) Apply(tx *store.Tx) (Me, error) {
	if !cmd.New {
		if _, err := tx.Session(cmd.Session.Hash); err != nil {
			return Me{}, err
		}
	}
	me, err := meOf(tx, cmd.Session.Agent)
	if err != nil {
		return Me{}, err
	}
	if !me.Agent.Active {
		return Me{}, desk.Refuse(desk.CodeUnauthorized, "", "Sign in.")
	}
	if cmd.New {
		if err := spendFactor(tx, cmd.Session.Agent, cmd.Proof, cmd.Address, cmd.Session.CreatedAt); err != nil {
			return Me{}, err
		}
	}
	if cmd.Rehash != "" {
		if err := tx.SetPassword(cmd.Session.Agent, cmd.Rehash); err != nil {
			return Me{}, err
		}
	}
	if err := tx.SaveSession(&cmd.Session); err != nil || !cmd.New {
		return me, err
	}
	return me, signed(tx, desk.AgentSignedIn, cmd.Session.Agent, cmd.Session.CreatedAt, cmd.Address)
}

// signed tells the audit log of a sign-in or sign-out.
func signed(tx *store.Tx, what desk.EventType, agent desk.ID, at desk.Time, address string) error {
	event := desk.Event{Type: what, Subject: agent, Actor: desk.AgentActor(agent), At: at}
	return tx.Tell(&event, desk.Particulars{Address: address})
}

// EndSession signs a browser out.
type EndSession struct {
	Session store.Session
	Address string
	At      desk.Time
}

// EndSession signs a browser out; one that is signed out already stays so. When that
// cannot be saved it holds all the same, until the process ends.
func (a *App) EndSession(cmd EndSession) error {
	cmd.At = a.Now()
	a.ended.Store(cmd.Session.Hash, nil)
	_, err := run(a, &cmd)
	if err == nil {
		a.ended.Delete(cmd.Session.Hash)
	}
	return err
}

func (cmd *EndSession) small() {}

// Apply implements command.
func (cmd *EndSession) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := tx.Session(cmd.Session.Hash); desk.CodeOf(err) == desk.CodeUnauthorized {
		return struct{}{}, nil // it has ended already
	} else if err != nil {
		return struct{}{}, err
	}
	if err := tx.EndSession(&cmd.Session); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, signed(tx, desk.AgentSignedOut, cmd.Session.Agent, cmd.At, cmd.Address)
}

// FailSignIn tells the audit log of a sign-in with a wrong password, or a wrong code.
type FailSignIn struct {
	Agent   desk.ID // whose address it was; zero where it is nobody's
	Address string
	Why     desk.Code // "" for the password
	At      desk.Time
}

// FailSignIn tells the audit log of a sign-in that was refused. What was typed
// is not kept: people put passwords into the wrong field.
func (a *App) FailSignIn(cmd FailSignIn) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *FailSignIn) Apply(tx *store.Tx) (struct{}, error) {
	event := desk.Event{Type: desk.AgentSignInFailed, Subject: cmd.Agent, At: cmd.At}
	return struct{}{}, tx.Tell(&event, desk.Particulars{Address: cmd.Address, Why: string(cmd.Why)})
}
