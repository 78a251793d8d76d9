package bot

import (
	"testing"

	"parley/desk"
)

// TestTimersForgetOldOnes keeps what is due in proportion to the conversations, however
// often their moments change.
func TestTimersForgetOldOnes(t *testing.T) {
	const conversations = 50
	timers := newTimers()
	for i := range desk.Time(20_000) {
		timers.set(desk.Number(i%conversations+1), 1_000_000+i)
	}
	if kept := len(timers.queue); kept > 2*conversations+fewTimers {
		t.Errorf("%d are kept for %d conversations", kept, conversations)
	}
	if due := timers.due(2_000_000, 1000); len(due) != conversations || timers.count() != 0 {
		t.Errorf("%d are due, %d are left", len(due), timers.count())
	}
}

// TestTimersKeepTheNewerTruth leaves a moment alone that was set while the conversation
// was being looked after, also when it was set to never.
func TestTimersKeepTheNewerTruth(t *testing.T) {
	timers := newTimers()
	for n := range desk.Number(3) {
		timers.set(n+1, 10)
	}
	if due := timers.due(10, 10); len(due) != 3 {
		t.Fatalf("due are %v", due)
	}
	timers.set(1, 20) // what happens meanwhile
	timers.set(2, 0)
	for n := range desk.Number(3) {
		timers.settle(n+1, 30) // what was found out before
	}
	if due := timers.due(29, 10); len(due) != 1 || due[0] != 1 {
		t.Errorf("at 29: %v", due)
	}
	if due := timers.due(30, 10); len(due) != 1 || due[0] != 3 {
		t.Errorf("at 30: %v", due)
	}
}
