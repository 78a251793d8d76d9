package bot

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// interleavings is how many times a person takes over while the bot is answering.
const interleavings = 10_000

// TestNeverAWordAfterAPerson lets a person take over, in every way there is, while
// the bot answers the same customer, ten thousand times through the real queue and
// store. Whatever came first: the bot has said nothing behind it.
func TestNeverAWordAfterAPerson(t *testing.T) {
	s := newStand(t)
	s.knows(t, "Yolda.", "Kargom nerede?")
	customer := s.NewCustomer(t, "Elif").ID
	ways := []func(n desk.Number) error{
		func(n desk.Number) error {
			_, err := s.Change(app.ChangeConversation{Verb: app.VerbTakeover, By: s.Ada, Number: n})
			return err
		},
		func(n desk.Number) error {
			_, err := s.Post(app.PostMessage{By: s.Can, Number: n, Draft: apptest.Draft("Ben bakıyorum")})
			return err
		},
		func(n desk.Number) error {
			_, err := s.Change(app.ChangeConversation{Verb: app.VerbUnassign, By: s.Ada, Number: n})
			return err
		},
		func(n desk.Number) error {
			_, err := s.Receive(app.ReceiveMessage{Customer: customer, Number: n, Draft: apptest.Draft("temsilci")})
			return err
		},
	}
	var faults atomic.Int64
	check := func(err error) {
		if err != nil && faults.Add(1) < 5 {
			t.Error(err)
		}
	}
	numbers := make(chan desk.Number, interleavings)
	var crowd sync.WaitGroup
	for worker := range 40 {
		draw := rand.New(rand.NewPCG(uint64(worker), 11))
		crowd.Go(func() {
			for range interleavings / 40 {
				posted, err := s.Receive(app.ReceiveMessage{Customer: customer, Channel: "web", Draft: apptest.Draft("Kargom nerede?")})
				if err != nil {
					check(err)
					return
				}
				n := posted.Conversation.Number
				for range draw.IntN(200) {
					runtime.Gosched()
				}
				check(ways[draw.IntN(len(ways))](n))
				_, err = s.Receive(app.ReceiveMessage{Customer: customer, Number: n, Draft: apptest.Draft("Kargom nerede?")})
				check(err)
				numbers <- n
			}
		})
	}
	crowd.Wait()
	close(numbers)
	s.settle(t)
	seen, before, silent := 0, 0, 0
	storetest.MustView(t, s.Store(), func(tx *store.Tx) error {
		for n := range numbers {
			seen++
			spoke, late, err := lateWords(tx, n)
			if err != nil {
				return err
			}
			if late != "" {
				t.Fatalf("conversation %d: the bot said %q after a person had taken over", n, late)
			}
			if spoke {
				before++
			} else {
				silent++
			}
		}
		return nil
	})
	t.Logf("%d interleavings: the bot came first in %d, the person in %d", seen, before, silent)
	if seen != interleavings || before < interleavings/20 || silent < interleavings/20 {
		t.Error("the two hardly met, which proves little")
	}
}

// lateWords reads a thread for what the bot said, and said too late.
func lateWords(tx *store.Tx, n desk.Number) (spoke bool, late string, err error) {
	c, err := tx.Conversation(n)
	if err != nil {
		return false, "", err
	}
	messages, err := tx.Messages(&c, 1, c.Messages)
	over := false
	for i := range messages {
		m := &messages[i]
		switch {
		case m.Line != nil && (m.Line.Type == desk.ConversationHandedOver || m.Line.Type == desk.ConversationAssigned):
			over = true
		case m.Kind == desk.KindAgent:
			over = true
		case m.Kind == desk.KindBot && over:
			return spoke, m.Text, nil
		case m.Kind == desk.KindBot:
			spoke = true
		}
	}
	return spoke, "", err
}
