package desk

import (
	"crypto/sha256"
	"slices"
)

// SecondFactor is what an agent signs in with besides the password: the codes of an app,
// and recovery codes for when it is lost. The zero value is that of one who has none.
type SecondFactor struct {
	Secret   []byte // of the app, sealed
	Since    Time
	Step     uint64              // of the newest code that was used; it and all before are used up
	Recovery [][sha256.Size]byte // hashes of the recovery codes that are left
}

// On reports whether there is one.
func (f *SecondFactor) On() bool { return len(f.Secret) > 0 }

// FactorProof is a right code, before it is spent: the step of the app's, or the hash of
// a recovery code.
type FactorProof struct {
	Step     uint64
	Recovery [sha256.Size]byte
}

// ByRecovery reports whether it is a recovery code.
func (p *FactorProof) ByRecovery() bool { return p.Recovery != [sha256.Size]byte{} }

// WrongCode says the same of a code that is wrong and of one that is used up: which of
// them it is helps only who guesses.
func WrongCode() error {
	return Refuse(CodeWrongFactor, "code", "The code is wrong or was used already; wait for the next one.")
}

// TurnOn gives a second factor to an agent who has none: its sealed secret, the step of
// the code that has shown that an app knows it, and the hashes of new recovery codes.
// Refused: CodeConflict where there is one already.
func (f *SecondFactor) TurnOn(secret []byte, proof *FactorProof, recovery [][sha256.Size]byte, now Time) (SecondFactor, error) {
	if f.On() {
		return *f, Refuse(CodeConflict, "", "Two-step verification is on already; turn it off first.")
	}
	return SecondFactor{Secret: secret, Since: now, Step: proof.Step, Recovery: recovery}, nil
}

// Spend uses a code up. Refused: CodeWrongFactor for one that is used up already,
// CodeFactorRequired without a proof.
func (f *SecondFactor) Spend(p *FactorProof) (SecondFactor, error) {
	next := *f
	switch {
	case p == nil:
		return next, FactorRequired()
	case p.ByRecovery():
		at := slices.Index(f.Recovery, p.Recovery)
		if at < 0 {
			return next, WrongCode()
		}
		next.Recovery = slices.Delete(slices.Clone(f.Recovery), at, at+1)
	case p.Step <= f.Step:
		return next, WrongCode()
	default:
		next.Step = p.Step
	}
	return next, nil
}

// FactorRequired is the refusal of a right password alone.
func FactorRequired() error {
	return Refuse(CodeFactorRequired, "code", "Give the code of your authenticator app, or a recovery code, as well.")
}

// FactorDue is the refusal of everything, for who must set a second factor up first.
func FactorDue() error {
	return Refuse(CodeFactorDue, "", "Your team requires two-step verification; set it up first.")
}

// What the audit log is told of second factors: none of it is anything to a follower.
const (
	SecondFactorOn       EventType = "agent.second_factor_on"
	SecondFactorOff      EventType = "agent.second_factor_off"
	SecondFactorReset    EventType = "agent.second_factor_reset" // by somebody else, for one who lost it
	RecoveryCodesMade    EventType = "agent.recovery_codes_made"
	RecoveryCodeUsed     EventType = "agent.recovery_code_used"
	SecondFactorRequired EventType = "team.second_factor_required"
	SecondFactorOptional EventType = "team.second_factor_optional"
)
