package desk

import (
	"encoding/hex"
	"errors"
)

// ID names a customer, an agent, a saved reply, an attachment or a client's
// message: 128 bits, in practice a UUIDv7, so that ids made later sort later.
// Its text form is the usual 8-4-4-4-12 hexadecimal one.
type ID [16]byte

var errID = errors.New("desk: an id has the form 8-4-4-4-12 in hexadecimal digits")

// ParseID reads the text form, in either case.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return ID{}, errID
	}
	var digits [32]byte
	n := 0
	for i := 0; i < len(s); i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			continue
		}
		digits[n] = s[i]
		n++
	}
	if _, err := hex.Decode(id[:], digits[:]); err != nil {
		return ID{}, errID
	}
	return id, nil
}

// IsZero reports whether the id is absent.
func (id ID) IsZero() bool { return id == ID{} }

func (id ID) String() string { return string(id.appendForm(make([]byte, 0, 36))) }

func (id ID) appendForm(b []byte) []byte {
	b = hex.AppendEncode(b, id[0:4])
	b = hex.AppendEncode(append(b, '-'), id[4:6])
	b = hex.AppendEncode(append(b, '-'), id[6:8])
	b = hex.AppendEncode(append(b, '-'), id[8:10])
	return hex.AppendEncode(append(b, '-'), id[10:16])
}

// AppendText appends the text form; an absent id appends nothing.
func (id ID) AppendText(b []byte) ([]byte, error) {
	if id.IsZero() {
		return b, nil
	}
	return id.appendForm(b), nil
}

// MarshalText writes the text form; an absent id is the empty text.
func (id ID) MarshalText() ([]byte, error) { return id.AppendText(nil) }

// UnmarshalText reads the text form; the empty text is the absent id.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}
