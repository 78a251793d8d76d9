package e2e

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

const chatters = 6

// chatter is a visitor who begins conversations and goes on with them. What had no
// answer is said again, under the same client id, before anything else.
type chatter struct {
	visitor *Visitor
	random  *rand.Rand
	handles []string
	said    map[string]string // client id → text of what was acknowledged
	begun   int               // conversations that were acknowledged
	pending *utterance
}

type utterance struct{ handle, clientID, text string }

func (c *chatter) run(t *testing.T, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if err := c.step(); err != nil {
			if refusal(err) != nil {
				t.Errorf("a visitor: %v", err)
			}
			return // the server was killed
		}
	}
}

// step says what is pending, or something new; one time in five in a conversation
// of its own.
func (c *chatter) step() error {
	if c.pending == nil {
		c.pending = &utterance{clientID: NewID(), text: fmt.Sprintf("said %d ş", c.random.IntN(1e9))}
		if len(c.handles) > 0 && c.random.IntN(5) > 0 {
			c.pending.handle = c.handles[c.random.IntN(len(c.handles))]
		}
	}
	p := c.pending
	answer, err := c.visitor.Say(p.handle, p.clientID, p.text)
	if err != nil {
		return err
	}
	if answer.Message.ClientID != p.clientID || answer.Message.Text != p.text {
		return fmt.Errorf("%w: %+v", errWitness, answer)
	}
	if p.handle == "" {
		c.begun++
		c.handles = append(c.handles, answer.Conversation.Handle)
	}
	c.said[p.clientID], c.pending = p.text, nil
	return nil
}

// TestVisitorsKill kills the server under visitors who begin conversations and say
// things in them: what was acknowledged is there once, and nothing twice, neither a
// message nor a conversation.
func TestVisitorsKill(t *testing.T) {
	random := newRandom(t)
	server := Start(t, "--unlimited")
	owner := server.SetUp(t)
	crew := make([]*chatter, chatters)
	for i := range crew {
		crew[i] = &chatter{visitor: server.Enter(t, owner), said: map[string]string{}}
	}
	for range max(*kills/5, 1) {
		stop := make(chan struct{})
		var wait sync.WaitGroup
		for _, c := range crew {
			c.random = rand.New(rand.NewPCG(random.Uint64(), 0))
			wait.Go(func() { c.run(t, stop) })
		}
		time.Sleep(time.Duration(5+random.IntN(396)) * time.Millisecond)
		server.Kill()
		close(stop)
		wait.Wait()
		server.Restart(t)
	}
	said, begun := map[string]string{}, 0
	for _, c := range crew {
		if err := c.step(); err != nil { // the last answer that stayed away
			t.Fatal(err)
		}
		begun += c.begun
		for id, text := range c.said {
			said[id] = text
		}
	}
	lost, doubled, conversations := compareSaid(t, owner, said)
	t.Logf("kill -9 | %d kills | %d messages in %d conversations | lost %d, doubled %d", max(*kills/5, 1), len(said), begun, lost, doubled)
	if lost+doubled > 0 || conversations != begun || len(said) < *kills {
		t.Errorf("%d conversations are there, %d were acknowledged; %d messages", conversations, begun, len(said))
	}
	server.Stop(t)
	if code, out := Run(t, "", "check", "--data", server.Dir); code != 0 {
		t.Errorf("parley check ended with %d:\n%s", code, out)
	}
}

// compareSaid reads every conversation as the team sees it and holds it against
// what was acknowledged to the visitors.
func compareSaid(t *testing.T, owner *Client, said map[string]string) (lost, doubled, conversations int) {
	t.Helper()
	found := map[string]int{}
	for n := uint64(1); ; n++ {
		var o opened
		if err := owner.Call("GET", fmt.Sprintf("/conversations/%d", n), nil, &o); err != nil {
			if r := refusal(err); r == nil || r.Code != "not_found" {
				t.Fatal(err)
			}
			break
		}
		conversations++
		for _, m := range owner.Messages(t, n, 0) {
			if m.ClientID == nil || said[*m.ClientID] != m.Text {
				t.Errorf("conversation %d holds what nobody was told of: %+v", n, m)
				continue
			}
			found[*m.ClientID]++
		}
	}
	for id := range said {
		if found[id] == 0 {
			lost++
		} else if found[id] > 1 {
			doubled++
		}
	}
	return lost, doubled, conversations
}
