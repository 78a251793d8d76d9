package bot

import (
	"testing"

	"parley/desk"
)

// TestWholeQuestion joins what a customer wrote in pieces, also when the team did
// something between them, and goes back no further than the last answer.
func TestWholeQuestion(t *testing.T) {
	s := &scene{asked: 6, tail: []desk.Message{
		{Kind: desk.KindCustomer, Text: "before"},
		{Kind: desk.KindBot, Text: "an answer"},
		{Kind: desk.KindCustomer, Text: "Where is"},
		{Kind: desk.KindEvent, Line: &desk.EventLine{Type: desk.ConversationTagged, Added: []string{"vip"}}},
		{Kind: desk.KindCustomer, Text: "my"},
		{Kind: desk.KindNote, Text: "she is in a hurry"},
		{Kind: desk.KindCustomer, Text: "parcel?"},
	}}
	if got, want := s.wholeQuestion(), "Where is\nmy\nparcel?\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
