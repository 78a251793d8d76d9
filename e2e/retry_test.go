package e2e

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"
)

// TestRetry holds: a send that is repeated is stored once, whatever became of its
// answers, and across restarts.
func TestRetry(t *testing.T) {
	random := newRandom(t)
	server := Start(t)
	owner := server.SetUp(t)
	number := owner.Begin(t, "Retried Customer", "Hello").Number
	ledger := NewLedger()

	jobs := make(chan int)
	var wait sync.WaitGroup
	for worker := range senders {
		client := owner.forgetful(rand.New(rand.NewPCG(random.Uint64(), uint64(worker))))
		wait.Go(func() {
			for job := range jobs {
				retry(t, client, ledger, number, worker, fmt.Sprintf("message %d", job))
			}
		})
	}
	restarts := 0
	for job := range *sends {
		if job > 0 && job%(*sends/4+1) == 0 {
			restarts++
			if restarts%2 == 0 {
				server.Stop(t)
			} else {
				server.Kill()
			}
			server.Restart(t)
		}
		jobs <- job
	}
	close(jobs)
	wait.Wait()

	v := ledger.Compare(t, owner, []uint64{number}, true)
	acknowledged, unknown := ledger.Count()
	t.Logf("retry | %d sends, half of the answers thrown away, %d restarts | %d acknowledged | lost %d, doubled %d, reordered %d, changed %d",
		*sends, restarts, acknowledged, v.Lost, v.Doubled, v.Reordered, v.Changed)
	if acknowledged != *sends || unknown > 0 {
		t.Errorf("%d of %d acknowledged", acknowledged, *sends)
	}
	checkOnlyOurs(t, owner, number, *sends)
}

// retry sends one message until an answer arrives, and once more for good measure.
func retry(t *testing.T, c *Client, ledger *Ledger, number uint64, worker int, text string) {
	id := NewID()
	ledger.Sending(id, number, worker, text)
	answers := 0
	for deadline := time.Now().Add(time.Minute); answers < 2; {
		answer, err := c.Post(number, id, text)
		switch r := refusal(err); {
		case err == nil:
			answers++
			if err := ledger.Acknowledged(id, &answer.Message); err != nil {
				t.Error(err)
				return
			}
		case r != nil && r.Status != http.StatusServiceUnavailable:
			t.Errorf("%s: %v", id, r)
			return
		case time.Now().After(deadline):
			t.Errorf("%s: no answer for a minute: %v", id, err)
			return
		case !errors.Is(err, errForgotten):
			time.Sleep(20 * time.Millisecond) // the server is down
		}
	}
}

// checkOnlyOurs counts the rows: as many as were sent, besides the first message.
func checkOnlyOurs(t *testing.T, c *Client, number uint64, want int) {
	t.Helper()
	rows := 0
	for _, m := range c.Messages(t, number, 0) {
		if m.Kind == "agent" {
			rows++
		}
	}
	if rows != want+1 {
		t.Errorf("%d rows for %d messages", rows, want+1)
	}
}

// TestSameIDOtherBody holds: an id that was used for one message is refused for
// another, and two sends of one message at the same moment are one message.
func TestSameIDOtherBody(t *testing.T) {
	owner := Start(t).SetUp(t)
	number := owner.Begin(t, "Customer", "Hello").Number
	id := NewID()
	var wait sync.WaitGroup
	seqs := make([]uint64, 16)
	for i := range seqs {
		wait.Go(func() {
			answer, err := owner.Post(number, id, "the same")
			if err != nil {
				t.Error(err)
			}
			seqs[i] = answer.Message.Seq
		})
	}
	wait.Wait()
	for _, seq := range seqs {
		if seq != seqs[0] {
			t.Errorf("one message has the seqs %v", seqs)
			break
		}
	}
	_, err := owner.Post(number, id, "another")
	if r := refusal(err); r == nil || r.Status != http.StatusConflict || r.Code != "conflict" {
		t.Errorf("the same id with another text: %v", err)
	}
	if got := owner.Messages(t, number, 0); len(got) != 2 {
		t.Errorf("the conversation has %d messages", len(got))
	}
}

var errForgotten = errors.New("the answer was thrown away")

// forgetful returns a client with the same session that loses half of what it does:
// a third of that before the server sees it whole, the rest after the answer.
func (c *Client) forgetful(random *rand.Rand) *Client {
	return &Client{URL: c.URL, Agent: c.Agent, HTTP: &http.Client{
		Jar: c.HTTP.Jar, Timeout: c.HTTP.Timeout,
		Transport: &forgetting{next: c.HTTP.Transport, random: random},
	}}
}

type forgetting struct {
	next   http.RoundTripper
	random *rand.Rand // of one goroutine
}

func (f *forgetting) RoundTrip(request *http.Request) (*http.Response, error) {
	dice := f.random.IntN(6)
	if dice == 0 {
		request.Body = io.NopCloser(&breaking{request.Body})
	}
	answer, err := f.next.RoundTrip(request)
	if err != nil || dice > 2 {
		return answer, err
	}
	_, _ = io.Copy(io.Discard, answer.Body) // the answer is not wanted
	answer.Body.Close()
	return nil, errForgotten
}

// breaking is a request body whose connection dies after a few octets.
type breaking struct{ io.Reader }

func (b *breaking) Read(p []byte) (int, error) {
	if _, err := b.Reader.Read(p[:min(len(p), 8)]); err != nil {
		return 0, err
	}
	return 0, errForgotten
}
