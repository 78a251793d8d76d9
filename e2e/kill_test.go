package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

const senders = 8

// TestKill holds the first promise: an acknowledged message survives kill -9. Eight
// senders write while the server is killed at a random moment, started again and
// compared with what it had acknowledged, over and over.
func TestKill(t *testing.T) {
	random := newRandom(t)
	server := Start(t)
	owner := server.SetUp(t)
	writers := []*Client{owner}
	for i := 1; i < senders; i++ {
		writers = append(writers, owner.Hire(t, fmt.Sprintf("Writer %d", i), "agent"))
	}
	ledger, files := NewLedger(), &fileLedger{}
	var numbers []uint64
	for i := range senders / 2 { // fewer conversations than senders, so that they meet
		numbers = append(numbers, owner.Begin(t, fmt.Sprintf("Customer %d", i), "Hello").Number)
	}

	crew := make([]*sender, senders)
	for i, client := range writers {
		crew[i] = &sender{id: i, client: client, ledger: ledger, files: files, numbers: numbers}
	}
	var total Verdict
	var slowest time.Duration
	for kill := range *kills {
		stop := make(chan struct{})
		var wait sync.WaitGroup
		for _, s := range crew {
			s.random = rand.New(rand.NewPCG(random.Uint64(), 0))
			wait.Go(func() { s.run(t, stop) })
		}
		time.Sleep(time.Duration(5+random.IntN(396)) * time.Millisecond)
		server.Kill()
		close(stop)
		wait.Wait()

		start := time.Now()
		server.Restart(t)
		slowest = max(slowest, time.Since(start))
		total = total.plus(ledger.Compare(t, owner, numbers, false))
		if t.Failed() {
			t.Fatalf("after kill %d", kill+1)
		}
	}
	finish(t, server, owner, crew, numbers, &total)
	acknowledged, unknown := ledger.Count()
	t.Logf("kill -9 | %d kills | %d acknowledged, %d files | lost %d, doubled %d, reordered %d, changed %d | slowest restart %v",
		*kills, acknowledged, len(files.kept), total.Lost, total.Doubled, total.Reordered, total.Changed, slowest.Round(time.Millisecond))
	if acknowledged < *kills || unknown > 0 {
		t.Errorf("%d acknowledged, %d without an answer", acknowledged, unknown)
	}
}

// finish gives every sender its last answer, compares all once more, reads every
// file back, and has the stopped folder checked.
func finish(t *testing.T, server *Server, owner *Client, crew []*sender, numbers []uint64, total *Verdict) {
	t.Helper()
	for _, s := range crew {
		if err := s.step(); err != nil {
			t.Errorf("sender %d: %v", s.id, err)
		}
	}
	*total = total.plus(crew[0].ledger.Compare(t, owner, numbers, true))
	crew[0].files.compare(t, owner)
	server.Stop(t)
	if code, out := Run(t, "", "check", "--data", server.Dir); code != 0 {
		t.Errorf("parley check ended with %d:\n%s", code, out)
	}
}

func (v Verdict) plus(w Verdict) Verdict {
	return Verdict{v.Lost + w.Lost, v.Doubled + w.Doubled, v.Reordered + w.Reordered, v.Changed + w.Changed}
}

// sender writes one message after another. A message whose answer stayed away is
// sent again, under the same client id, before any other.
type sender struct {
	id      int
	client  *Client
	ledger  *Ledger
	files   *fileLedger
	numbers []uint64
	random  *rand.Rand

	count   int
	pending *pendingMessage
}

type pendingMessage struct {
	number         uint64
	clientID, text string
	attachments    []string
}

// run sends until it is told to stop or the server is gone.
func (s *sender) run(t *testing.T, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		if err := s.step(); err != nil {
			if r := refusal(err); r != nil || errors.Is(err, errWitness) {
				t.Errorf("sender %d: %v", s.id, err)
			}
			return // the server was killed
		}
	}
}

var errWitness = errors.New("the answer is wrong")

// step sends the pending message, or a new one.
func (s *sender) step() error {
	if s.pending == nil {
		if err := s.compose(); err != nil {
			return err
		}
	}
	p := s.pending
	answer, err := s.client.Post(p.number, p.clientID, p.text, p.attachments...)
	if err != nil {
		return err
	}
	if err := s.ledger.Acknowledged(p.clientID, &answer.Message); err != nil {
		return fmt.Errorf("%w: %w", errWitness, err)
	}
	s.pending = nil
	return nil
}

// compose thinks of the next message; the first sender's are now and then a file.
func (s *sender) compose() error {
	s.count++
	p := &pendingMessage{
		number: s.numbers[s.random.IntN(len(s.numbers))], clientID: NewID(),
		text: fmt.Sprintf("sender %d, message %d %s", s.id, s.count, strings.Repeat("ş", s.random.IntN(200))),
	}
	if s.id == 0 && s.count%5 == 0 {
		id, err := s.files.upload(s.client, s.random)
		if err != nil {
			return err
		}
		p.attachments = []string{id}
	}
	s.ledger.Sending(p.clientID, p.number, s.id, p.text)
	s.pending = p
	return nil
}

// fileLedger remembers the bytes of every file that was acknowledged as complete.
type fileLedger struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func (f *fileLedger) upload(c *Client, random *rand.Rand) (string, error) {
	content := make([]byte, 1+random.IntN(64<<10))
	for i := range content {
		content[i] = 'a' + byte(random.UintN(26))
	}
	id, err := c.Upload("notes.txt", "text/plain", content)
	if err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil {
		f.kept = map[string][]byte{}
	}
	f.kept[id] = content
	return id, nil
}

func (f *fileLedger) compare(t *testing.T, c *Client) {
	t.Helper()
	for id, content := range f.kept {
		var got []byte
		if err := c.Call("GET", "/attachments/"+id, nil, &got); err != nil || !bytes.Equal(got, content) {
			t.Errorf("file %s has %d bytes instead of %d: %v", id, len(got), len(content), err)
		}
	}
}
