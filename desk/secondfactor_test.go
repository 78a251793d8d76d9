package desk_test

import (
	"testing"

	"parley/desk"
)

// TestCodesAreSpentOnce uses codes of the app and recovery codes up.
func TestCodesAreSpentOnce(t *testing.T) {
	first, second := [32]byte{1}, [32]byte{2}
	recovery := [][32]byte{first, second}
	var none desk.SecondFactor
	f, err := none.TurnOn([]byte("sealed"), &desk.FactorProof{Step: 100}, recovery, noon)
	if err != nil || !f.On() || f.Since != noon || none.On() {
		t.Fatal(f, err)
	}
	_, err = f.TurnOn([]byte("another"), &desk.FactorProof{Step: 101}, nil, noon)
	wantCode(t, err, desk.CodeConflict, "")
	for _, row := range []struct {
		name  string
		proof *desk.FactorProof
		code  desk.Code
	}{
		{"nothing", nil, desk.CodeFactorRequired},
		{"the code that turned it on", &desk.FactorProof{Step: 100}, desk.CodeWrongFactor},
		{"one of before", &desk.FactorProof{Step: 99}, desk.CodeWrongFactor},
		{"no step", &desk.FactorProof{}, desk.CodeWrongFactor},
		{"the next", &desk.FactorProof{Step: 101}, ""},
		{"the same again", &desk.FactorProof{Step: 101}, desk.CodeWrongFactor},
		{"a recovery code", &desk.FactorProof{Recovery: first}, ""},
		{"the same again", &desk.FactorProof{Recovery: first}, desk.CodeWrongFactor},
		{"an unknown one", &desk.FactorProof{Recovery: [32]byte{3}}, desk.CodeWrongFactor},
		{"one that was skipped", &desk.FactorProof{Step: 100}, desk.CodeWrongFactor},
		{"the other recovery code", &desk.FactorProof{Recovery: second}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			next, err := f.Spend(row.proof)
			field := ""
			if row.code != "" {
				field = "code"
			}
			wantCode(t, err, row.code, field)
			f = next
		})
	}
	if f.Step != 101 || len(f.Recovery) != 0 {
		t.Errorf("left: %+v", f)
	}
	if recovery[0] != first || recovery[1] != second {
		t.Error("spending changed what it was given")
	}
}
