package wire

import "parley/desk"

// SecondFactor is how an agent's two-step verification stands; never a secret.
type SecondFactor struct {
	On       bool       `json:"on"`
	Since    *desk.Time `json:"since" nullable:"true"`
	Recovery int        `json:"recovery_left" doc:"Recovery codes that were not used yet."`
	Required bool       `json:"required" doc:"Whether the team requires it of everyone."`
}

// FromSecondFactor builds a second factor's shape.
func FromSecondFactor(f *desk.SecondFactor, required bool) SecondFactor {
	shape := SecondFactor{On: f.On(), Recovery: len(f.Recovery), Required: required}
	if f.On() {
		shape.Since = &f.Since
	}
	return shape
}
