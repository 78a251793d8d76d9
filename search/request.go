package search

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"time"

	"parley/desk"
)

// Request asks for one page of results.
type Request struct {
	Text   string    // what was typed
	Agent  desk.ID   // who asks: "me" in agent:me
	Cursor string    // Answer.Next of the page before; "" for the first
	Limit  int       // conversations on the page, 1 to MaxLimit; 0 means DefaultLimit
	Now    time.Time // in the time zone in which the days of before: and after: begin
}

// Limits on a page.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Answer is one page of results.
type Answer struct {
	Number *NumberHit // when the text is a conversation's number
	Hits   []Hit      // best first: by relevance, then the newest conversation
	// Next asks for the page behind this one; "" at the end. A page may hold fewer
	// hits than asked for, even none, and still have a Next: each request does a
	// bounded amount of work.
	Next string
	// Total is how many conversations were found; at least so many while TotalExact
	// is false.
	Total      int
	TotalExact bool
	Terms      []string // the folded words asked for, which a page may mark in its own texts
	State      State
	Progress   float64 // 0 to 1, while State is Building
}

// State says whether the index holds everything.
type State string

// The states.
const (
	Ready    State = "ready"    // everything but the newest moments
	Building State = "building" // the index is being made; answers may be missing much
)

// NumberHit is a jump to a conversation. It does not need the index.
type NumberHit struct {
	Number desk.Number
	Found  bool
}

// Hit is a conversation that was found, as it is now.
type Hit struct {
	Conversation desk.Conversation
	Customer     desk.Customer
	Hits         int       // messages that answer any part of the query; at least so many in a very long thread
	Snippets     []Snippet // the best of them, at most maxSnippets, those with most of the query first
	Fields       []FieldHit
}

// Range is a part of a text, in UTF-16 code units: from the first up to but not
// including the second.
type Range [2]int

// Snippet is a part of a message around what was found.
type Snippet struct {
	Seq    uint64
	Kind   desk.MessageKind
	Author desk.Actor
	At     desk.Time
	Text   string // at most SnippetRunes runes, one line
	Ranges []Range
}

// FieldHit is a field outside the messages in which something was found.
type FieldHit struct {
	Name   string // customer.name, customer.email, customer.phone, customer.attribute, customer.tag or conversation.tag
	Text   string
	Ranges []Range
}

const (
	cursorVersion = 1
	cursorSize    = 1 + 4 + 2 + 4 + 4 + 4
)

// pageCursor is where a page ended.
type pageCursor struct {
	query uint32 // a hash of the text, so that a cursor is not used with another
	at    place
	shown uint32 // conversations on the pages so far
}

func (c *pageCursor) encode() string {
	b := []byte{cursorVersion}
	b = binary.BigEndian.AppendUint32(b, c.query)
	b = binary.BigEndian.AppendUint16(b, c.at.score)
	b = binary.BigEndian.AppendUint32(b, c.at.active)
	b = binary.BigEndian.AppendUint32(b, c.at.number)
	b = binary.BigEndian.AppendUint32(b, c.shown)
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor reads a cursor that belongs to a text; nil for the first page.
// Refused: CodeInvalid for one that was not given out for this text.
func readCursor(s, text string) (*pageCursor, error) {
	if s == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != cursorSize || b[0] != cursorVersion || binary.BigEndian.Uint32(b[1:]) != hashText(text) {
		return nil, desk.Refuse(desk.CodeInvalid, "cursor", "This cursor does not belong to this search; begin again without one.")
	}
	return &pageCursor{
		query: binary.BigEndian.Uint32(b[1:]),
		at: place{
			score: binary.BigEndian.Uint16(b[5:]), active: binary.BigEndian.Uint32(b[7:]), number: binary.BigEndian.Uint32(b[11:]),
		},
		shown: binary.BigEndian.Uint32(b[15:]),
	}, nil
}

func hashText(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return h.Sum32()
}
