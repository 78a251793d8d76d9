package app

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// offerLife is how long an agent may take from the secret to the first code.
const offerLife = 15 * time.Minute

// FactorOffer is a secret for an agent's app, which counts only once a code has shown
// that the app has it. Until then nothing is kept of it.
type FactorOffer struct {
	Secret    string    `json:"secret" doc:"To be typed into the app, where its camera can't be used."`
	Address   string    `json:"address" doc:"What the picture says that the app reads: an otpauth address."`
	Offer     string    `json:"offer" doc:"To be sent back with the first code; it shows that the password was given."`
	ExpiresAt desk.Time `json:"expires_at"`
}

// offerName binds an offer to the browser that the password was given in.
func offerName(id desk.ID, session [sha256.Size]byte) string {
	return fmt.Sprintf("second factor offered %s %x", id, session)
}

// OfferFactor makes a secret for an agent's app. The caller has checked the password.
// Refused: CodeConflict where there is a second factor already.
func (a *App) OfferFactor(id desk.ID, session [sha256.Size]byte) (FactorOffer, error) {
	secret := make([]byte, desk.CodeSecretBytes)
	_, _ = rand.Read(secret) // never fails: crypto/rand
	address, err := view(a, func(tx *store.Tx) (string, error) {
		agent, err := allow(tx, id, desk.ActionSecure)
		if err != nil {
			return "", err
		}
		f, err := tx.SecondFactor(id)
		if err != nil {
			return "", err
		}
		if _, err := f.TurnOn(secret, &desk.FactorProof{}, nil, a.Now()); err != nil {
			return "", err
		}
		team, err := tx.Team()
		return desk.CodeAddress(team.Name, agent.Email, secret), err
	})
	if err != nil {
		return FactorOffer{}, err
	}
	expires := a.Now() + desk.Time(offerLife.Milliseconds())
	sealed := a.vault.Seal(offerName(id, session), append(binary.BigEndian.AppendUint64(nil, uint64(expires)), secret...))
	return FactorOffer{
		Secret: desk.SecretText(secret), Address: address, Offer: base64.RawURLEncoding.EncodeToString(sealed), ExpiresAt: expires,
	}, nil
}

// secretOf opens an offer.
func (a *App) secretOf(id desk.ID, session [sha256.Size]byte, offer string) ([]byte, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(offer)
	if err == nil {
		var content []byte
		if content, err = a.vault.Open(offerName(id, session), sealed); err == nil && desk.Time(binary.BigEndian.Uint64(content)) > a.Now() {
			return content[8:], nil
		}
	}
	return nil, desk.Refuse(desk.CodeInvalid, "offer", "This took too long; begin again.")
}

// TurnFactorOn gives an agent the second factor that was offered, once.
type TurnFactorOn struct {
	By       desk.ID
	Secret   []byte // sealed
	Proof    desk.FactorProof
	Recovery [][sha256.Size]byte
	Session  [sha256.Size]byte // which stays; the agent's others end
	Address  string
	At       desk.Time
}

// TurnFactorOn gives an agent the second factor that was offered to this session, and
// its recovery codes, which are told this once. The agent's other sessions end: they
// were opened with the password alone. Refused: CodeInvalid for an offer that is too
// old or not theirs, CodeWrongFactor, CodeConflict where there is one already.
func (a *App) TurnFactorOn(cmd TurnFactorOn, offer, code string) (wire.SecondFactor, []string, error) {
	cmd.At = a.Now()
	secret, err := a.secretOf(cmd.By, cmd.Session, offer)
	if err != nil {
		return wire.SecondFactor{}, nil, err
	}
	digits, _ := desk.CleanCode(code)
	step, ok := desk.MatchCode(secret, digits, cmd.At)
	if !ok {
		return wire.SecondFactor{}, nil, desk.WrongCode()
	}
	codes := newRecoveryCodes()
	cmd.Secret, cmd.Proof, cmd.Recovery = a.vault.Seal(factorName(cmd.By), secret), desk.FactorProof{Step: step}, hashesOf(cmd.By, codes)
	now, err := run(a, &cmd)
	return now, codes, err
}

// Apply implements command.
func (cmd *TurnFactorOn) Apply(tx *store.Tx) (wire.SecondFactor, error) {
	if _, err := allow(tx, cmd.By, desk.ActionSecure); err != nil {
		return wire.SecondFactor{}, err
	}
	before, err := tx.SecondFactor(cmd.By)
	if err != nil {
		return wire.SecondFactor{}, err
	}
	next, err := before.TurnOn(cmd.Secret, &cmd.Proof, cmd.Recovery, cmd.At)
	if err != nil {
		return wire.SecondFactor{}, err
	}
	if _, err := tx.EndSessions(cmd.By, cmd.Session); err != nil {
		return wire.SecondFactor{}, err
	}
	return saveFactor(tx, cmd.By, desk.AgentActor(cmd.By), &next, desk.SecondFactorOn, cmd.Address, cmd.At)
}

func saveFactor(tx *store.Tx, id desk.ID, by desk.Actor, next *desk.SecondFactor, what desk.EventType, address string, at desk.Time) (wire.SecondFactor, error) {
	if err := tx.SaveSecondFactor(id, next, nil); err != nil {
		return wire.SecondFactor{}, err
	}
	if err := told(tx, what, id, by, address, at); err != nil {
		return wire.SecondFactor{}, err
	}
	return factorOf(tx, id)
}

// ChangeFactor is what an agent does to their own second factor.
type ChangeFactor struct {
	By       desk.ID
	Proof    *desk.FactorProof
	Recovery [][sha256.Size]byte // the hashes of new recovery codes; nil turns it off
	Address  string
	At       desk.Time
}

// TurnFactorOff takes an agent's own second factor away; who has none has none. The
// caller has checked the password. Refused: CodeWrongFactor, CodeFactorRequired.
func (a *App) TurnFactorOff(cmd ChangeFactor) (wire.SecondFactor, error) {
	cmd.At, cmd.Recovery = a.Now(), nil
	return run(a, &cmd)
}

// RenewRecovery replaces an agent's recovery codes; the new ones are told this once.
// Refused as TurnFactorOff, and CodeConflict for who has no second factor.
func (a *App) RenewRecovery(cmd ChangeFactor) (wire.SecondFactor, []string, error) {
	codes := newRecoveryCodes()
	cmd.At, cmd.Recovery = a.Now(), hashesOf(cmd.By, codes)
	now, err := run(a, &cmd)
	return now, codes, err
}

// Apply implements command.
func (cmd *ChangeFactor) Apply(tx *store.Tx) (wire.SecondFactor, error) {
	if _, err := allow(tx, cmd.By, desk.ActionSecure); err != nil {
		return wire.SecondFactor{}, err
	}
	if err := spendFactor(tx, cmd.By, cmd.Proof, cmd.Address, cmd.At); err != nil {
		return wire.SecondFactor{}, err
	}
	next, err := tx.SecondFactor(cmd.By)
	what := desk.RecoveryCodesMade
	switch {
	case err != nil:
		return wire.SecondFactor{}, err
	case cmd.Recovery == nil && !next.On():
		return factorOf(tx, cmd.By)
	case cmd.Recovery == nil:
		next, what = desk.SecondFactor{}, desk.SecondFactorOff
	case !next.On():
		return wire.SecondFactor{}, desk.Refuse(desk.CodeConflict, "", "Turn two-step verification on first.")
	default:
		next.Recovery = cmd.Recovery
	}
	return saveFactor(tx, cmd.By, desk.AgentActor(cmd.By), &next, what, cmd.Address, cmd.At)
}

// ResetFactor takes the second factor of somebody else away, who lost what they need
// for it.
type ResetFactor struct {
	By      desk.ID // zero: the command line
	ID      desk.ID
	Address string
	At      desk.Time
}

// ResetFactor takes the second factor of somebody else away; who has none has none.
// Their password and sessions stay. Refused: CodeForbidden for one's own, which takes
// the password and a code, and for a role above the actor's.
func (a *App) ResetFactor(cmd ResetFactor) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *ResetFactor) Apply(tx *store.Tx) (struct{}, error) {
	agent, err := tx.Agent(cmd.ID)
	if err != nil {
		return struct{}{}, err
	}
	actor, err := allowManage(tx, cmd.By, agent.Role, agent.Role)
	if err == nil && cmd.By == cmd.ID {
		err = desk.Refuse(desk.CodeForbidden, "", "Turn your own two-step verification off in your profile.")
	}
	if err != nil {
		return struct{}{}, err
	}
	before, err := tx.SecondFactor(cmd.ID)
	if err != nil || !before.On() {
		return struct{}{}, err
	}
	_, err = saveFactor(tx, cmd.ID, actor, &desk.SecondFactor{}, desk.SecondFactorReset, cmd.Address, cmd.At)
	return struct{}{}, err
}

// newRecoveryCodes makes recovery codes.
func newRecoveryCodes() []string {
	codes := make([]string, 0, desk.RecoveryCodes)
	for range desk.RecoveryCodes {
		var chance [desk.RecoveryCodeBytes]byte
		_, _ = rand.Read(chance[:]) // never fails: crypto/rand
		codes = append(codes, desk.RecoveryCode(chance))
	}
	return codes
}
