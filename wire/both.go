package wire

import "parley/desk"

// Both is a text in the two languages that Parley speaks.
type Both struct {
	TR string `json:"tr"`
	EN string `json:"en"`
}

// Desk reads the shape.
func (b Both) Desk() desk.Both { return desk.Both(b) }
