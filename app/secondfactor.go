package app

import (
	"crypto/sha256"
	"fmt"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// SecondFactor reads how an agent's second factor stands.
func (a *App) SecondFactor(id desk.ID) (wire.SecondFactor, error) {
	return view(a, func(tx *store.Tx) (wire.SecondFactor, error) { return factorOf(tx, id) })
}

func factorOf(tx *store.Tx, id desk.ID) (wire.SecondFactor, error) {
	f, err := tx.SecondFactor(id)
	if err != nil {
		return wire.SecondFactor{}, err
	}
	required, err := tx.FactorRequired()
	return wire.FromSecondFactor(&f, required), err
}

// factorName is the name under which an agent's secret is sealed.
func factorName(id desk.ID) string { return "second factor " + id.String() }

// ProveFactor finds out what a code shows of an agent's second factor; nil for an agent
// who has none. It spends nothing: that is done by the command that the proof is for,
// so that of two who bring one code at the same time one is late. Refused:
// CodeFactorRequired without a code, CodeWrongFactor, CodeFactorSealed where the key
// that opens the secret is lost.
func (a *App) ProveFactor(id desk.ID, code string) (*desk.FactorProof, error) {
	f, err := view(a, func(tx *store.Tx) (desk.SecondFactor, error) { return tx.SecondFactor(id) })
	if err != nil || !f.On() {
		return nil, err
	}
	if code == "" {
		return nil, desk.FactorRequired()
	}
	digits, ofApp := desk.CleanCode(code)
	if !ofApp {
		hash, ok := desk.HashRecovery(id, code)
		if !ok {
			return nil, desk.WrongCode()
		}
		return spendable(&f, &desk.FactorProof{Recovery: hash})
	}
	secret, err := a.vault.Open(factorName(id), f.Secret)
	if err != nil {
		a.log.Error("an agent's second factor can't be checked: it was sealed with another secret.key", "agent", id, "err", err)
		return nil, desk.Refuse(desk.CodeFactorSealed, "code", "Codes of the app can't be checked, because the server's key was lost; use a recovery code.")
	}
	step, ok := desk.MatchCode(secret, digits, a.Now())
	if !ok {
		return nil, desk.WrongCode()
	}
	return spendable(&f, &desk.FactorProof{Step: step})
}

// spendable refuses a proof that is used up already.
func spendable(f *desk.SecondFactor, p *desk.FactorProof) (*desk.FactorProof, error) {
	if _, err := f.Spend(p); err != nil {
		return nil, err
	}
	return p, nil
}

// spendFactor uses a proof up, in the transaction of what it is for. Refused:
// CodeFactorRequired where an agent has a second factor and there is no proof.
func spendFactor(tx *store.Tx, id desk.ID, proof *desk.FactorProof, address string, at desk.Time) error {
	f, err := tx.SecondFactor(id)
	if err != nil || !f.On() {
		return err
	}
	next, err := f.Spend(proof)
	if err != nil {
		return err
	}
	if err := tx.SaveSecondFactor(id, &next, nil); err != nil || !proof.ByRecovery() {
		return err
	}
	return told(tx, desk.RecoveryCodeUsed, id, desk.AgentActor(id), address, at)
}

// told tells the audit log what happened to an agent's second factor.
func told(tx *store.Tx, what desk.EventType, id desk.ID, by desk.Actor, address string, at desk.Time) error {
	event := desk.Event{Type: what, Subject: id, Actor: by, At: at}
	return tx.Tell(&event, desk.Particulars{Address: address})
}

// CheckFactorDue refuses with CodeFactorDue an agent who must set a second factor up
// before anything else.
func (a *App) CheckFactorDue(id desk.ID) error {
	due, err := view(a, func(tx *store.Tx) (bool, error) { return factorDue(tx, id) })
	if err == nil && due {
		err = desk.FactorDue()
	}
	return err
}

func factorDue(tx *store.Tx, id desk.ID) (bool, error) {
	required, err := tx.FactorRequired()
	if err != nil || !required {
		return false, err
	}
	f, err := tx.SecondFactor(id)
	return !f.On(), err
}

// FactorHolder is an agent who has a second factor.
type FactorHolder struct {
	Agent desk.ID   `json:"agent_id"`
	Since desk.Time `json:"since"`
}

// FactorHolders are who of the team has a second factor, and whether everyone must.
type FactorHolders struct {
	Holders  []FactorHolder `json:"holders" nullable:"false"`
	Required bool           `json:"required" doc:"Whether the team requires it of everyone."`
}

// FactorHolders reads who of the team has a second factor.
func (a *App) FactorHolders() (FactorHolders, error) {
	return view(a, func(tx *store.Tx) (FactorHolders, error) {
		agents, err := tx.Agents()
		if err != nil {
			return FactorHolders{}, err
		}
		all := FactorHolders{Holders: []FactorHolder{}}
		for i := range agents {
			f, err := tx.SecondFactor(agents[i].ID)
			if err != nil {
				return FactorHolders{}, fmt.Errorf("app: %w", err)
			}
			if f.On() {
				all.Holders = append(all.Holders, FactorHolder{agents[i].ID, f.Since})
			}
		}
		all.Required, err = tx.FactorRequired()
		return all, err
	})
}

// RequireFactor sets whether everyone of the team must have a second factor.
type RequireFactor struct {
	By       desk.ID
	Required bool
	At       desk.Time
}

// RequireFactor sets whether everyone of the team must have a second factor; the
// sessions of who has none stay, and open nothing but its setting up. Refused:
// CodeConflict while the one who asks has none: nobody demands what they don't do.
func (a *App) RequireFactor(cmd RequireFactor) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *RequireFactor) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionRequireFactor); err != nil {
		return struct{}{}, err
	}
	before, err := tx.FactorRequired()
	if err != nil || before == cmd.Required {
		return struct{}{}, err
	}
	own, err := tx.SecondFactor(cmd.By)
	if err != nil {
		return struct{}{}, err
	}
	what := desk.SecondFactorOptional
	if cmd.Required {
		if what = desk.SecondFactorRequired; !own.On() {
			return struct{}{}, desk.Refuse(desk.CodeConflict, "", "Set your own two-step verification up first.")
		}
	}
	return struct{}{}, tx.RequireFactor(cmd.Required, []desk.Event{{Type: what, Actor: desk.AgentActor(cmd.By), At: cmd.At}})
}

// hashesOf are what is kept of an agent's recovery codes.
func hashesOf(id desk.ID, codes []string) [][sha256.Size]byte {
	hashes := make([][sha256.Size]byte, 0, len(codes))
	for _, code := range codes {
		hash, _ := desk.HashRecovery(id, code) // they were just made
		hashes = append(hashes, hash)
	}
	return hashes
}
