package desk_test

import (
	"testing"

	"parley/desk"
)

func TestSeen(t *testing.T) {
	c := desk.Conversation{Number: 7, Customer: customer, Messages: 9, CustomerRead: 2, CustomerDelivered: 5, CustomerUnread: 3}
	for _, test := range []struct {
		seq, read, delivered uint64
		events               int
	}{
		{1, 2, 5, 0}, {2, 2, 5, 0}, {4, 4, 5, 1}, {9, 9, 9, 1}, {99, 9, 9, 1},
	} {
		turn := c.Seen(test.seq, 1, noon)
		got := turn.Conversation
		if got.CustomerRead != test.read || got.CustomerDelivered != test.delivered || len(turn.Events) != test.events || len(turn.Messages) != 0 {
			t.Errorf("seen up to %d: read %d, delivered %d, %d events", test.seq, got.CustomerRead, got.CustomerDelivered, len(turn.Events))
		}
		if test.events > 0 && (got.CustomerUnread != 1 || turn.Events[0].Type != desk.ConversationSeen) {
			t.Errorf("seen up to %d: %d unread, %s", test.seq, got.CustomerUnread, turn.Events[0].Type)
		}
	}
}

func TestDelivered(t *testing.T) {
	c := desk.Conversation{Messages: 9, CustomerDelivered: 5}
	if turn := c.Delivered(5, noon); len(turn.Events) != 0 {
		t.Error("what was delivered is told again")
	}
	if turn := c.Delivered(12, noon); turn.Conversation.CustomerDelivered != 9 || turn.Events[0].Type != desk.ConversationDelivered {
		t.Errorf("delivered up to %d", turn.Conversation.CustomerDelivered)
	}
}

func TestRate(t *testing.T) {
	c := desk.Conversation{State: desk.Resolved, Customer: customer}
	open := desk.Conversation{State: desk.Open}
	for _, test := range []struct {
		name    string
		c       *desk.Conversation
		score   int
		comment string
		want    desk.Code
	}{
		{"none", &c, 0, "", desk.CodeInvalid},
		{"too high", &c, 6, "", desk.CodeInvalid},
		{"wraps", &c, 257, "", desk.CodeInvalid},
		{"long", &c, 5, string(make([]byte, desk.MaxCommentBytes+1)), desk.CodeTooLong},
		{"bad text", &c, 5, "a\x00", desk.CodeBadText},
		{"still open", &open, 5, "", desk.CodeConflict},
	} {
		if _, err := test.c.Rate(test.score, test.comment, noon); desk.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	turn, err := c.Rate(4, "Teşekkürler", noon)
	if err != nil || *turn.Conversation.Rating != (desk.Rating{Score: 4, Comment: "Teşekkürler", At: noon}) || turn.Events[0].Type != desk.ConversationRated {
		t.Fatalf("%+v, %v", turn, err)
	}
	if again, err := turn.Conversation.Rate(4, "Teşekkürler", noon+9); err != nil || len(again.Events) != 0 {
		t.Errorf("rated twice: %+v, %v", again.Events, err)
	}
	if other, err := turn.Conversation.Rate(1, "", noon+9); err != nil || other.Conversation.Rating.Score != 1 || turn.Conversation.Rating.Score != 4 {
		t.Errorf("rated otherwise: %+v, %v", other.Conversation.Rating, err)
	}
}

func TestChoices(t *testing.T) {
	long := string(make([]rune, 0))
	for range desk.MaxChoiceRunes + 1 {
		long += "ç"
	}
	for _, test := range []struct {
		name    string
		choices []string
		want    desk.Code
	}{
		{"empty", []string{" "}, desk.CodeEmpty},
		{"long", []string{long}, desk.CodeTooLong},
		{"two lines", []string{"a\nb"}, desk.CodeBadText},
		{"many", make([]string, desk.MaxChoices+1), desk.CodeTooMany},
	} {
		if err := desk.CheckChoices("choices", test.choices); desk.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	if err := desk.CheckChoices("choices", []string{"Kargom nerede?", long[:2*desk.MaxChoiceRunes]}); err != nil {
		t.Error(err)
	}
}

// TestBlockEnds takes messages again once the block's time is over.
func TestBlockEnds(t *testing.T) {
	c := desk.Customer{}
	if _, _, err := c.Block(desk.AgentActor(ada.ID), "spam", noon, noon); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("a block that is over already: %v", err)
	}
	blocked, _, err := c.Block(desk.AgentActor(ada.ID), "spam", noon+10, noon)
	if err != nil || !blocked.IsBlocked(noon+9) || blocked.IsBlocked(noon+10) {
		t.Errorf("%+v, %v", blocked.Blocked, err)
	}
	again, events, err := blocked.Block(desk.AgentActor(ada.ID), "again", 0, noon+11)
	if err != nil || len(events) != 1 || !again.IsBlocked(noon+99999) {
		t.Errorf("blocked again: %+v, %v", again.Blocked, err)
	}
}
