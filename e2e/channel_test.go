package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// channel makes a channel token and returns a client that has nothing else.
func (c *Client) channel(t *testing.T, name string) (other *Client, secret string) {
	t.Helper()
	var made struct {
		Token string `json:"token"`
	}
	c.Must(t, "POST", "/channel-tokens", body{"name": name}, &made)
	other = NewClient(c.URL)
	other.HTTP.Transport = bearerTransport{made.Token, other.HTTP.Transport}
	return other, made.Token
}

// bearerTransport sends a token, and nothing that only our own page sends.
type bearerTransport struct {
	token string
	inner http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (b bearerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Del("X-Parley")
	r.Header.Del("Origin")
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.inner.RoundTrip(r)
}

// channelAnswer is the answer to a message from another system.
type channelAnswer struct {
	Number   uint64 `json:"number"`
	Message  struct{ Seq uint64 }
	Messages []struct {
		Seq         uint64
		Kind, Text  string
		Attachments []attachment
	}
}

// TestChannelExample runs what docs/api.md shows, as it stands there.
func TestChannelExample(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl here")
	}
	text, err := os.ReadFile(filepath.Join("..", "docs", "api.md"))
	must(t, err)
	_, after, found := strings.Cut(string(text), "## From another system")
	_, after, _ = strings.Cut(after, "```sh\n")
	script, _, whole := strings.Cut(after, "```")
	if !found || !whole {
		t.Fatal("docs/api.md has no example")
	}
	owner := Start(t).SetUp(t)
	_, secret := owner.channel(t, "Contact form")
	for range 2 { // the second time everything is there already
		command := exec.Command("sh", "-e", "-c", script)
		command.Dir = t.TempDir()
		command.Env = append(os.Environ(), "P="+owner.URL+"/api/v1", "TOKEN="+secret)
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var thread channelAnswer
		must(t, json.Unmarshal(out, &thread))
		if thread.Number != 1 || len(thread.Messages) != 2 || thread.Messages[1].Text != "Sipariş numaram 48213." {
			t.Errorf("it says %s", out)
		}
	}
}

// TestChannelRetry sends what another system brings again and again, while the
// server is killed: each message is there once, in the conversation it was for.
func TestChannelRetry(t *testing.T) {
	server := Start(t, "--unlimited")
	owner := server.SetUp(t)
	shop, _ := owner.channel(t, "Shop")
	const customers, messages = 6, 80
	numbers := make([]uint64, customers)
	var wait sync.WaitGroup
	stop := make(chan struct{})
	for i := range customers {
		wait.Go(func() {
			numbers[i] = shop.untilAnswered(t, "/conversations", body{
				"external_id": fmt.Sprintf("%d-0", i), "text": "message 0", "customer": body{"external_id": fmt.Sprint("c", i%3)},
			}).Number
			for j := 1; j < messages; j++ {
				in := body{"external_id": fmt.Sprintf("%d-%d", i, j), "text": fmt.Sprintf("message %d", j)}
				path := fmt.Sprintf("/conversations/%d/messages", numbers[i])
				first, again := shop.untilAnswered(t, path, in), shop.untilAnswered(t, path, in)
				if first.Message.Seq != again.Message.Seq {
					t.Errorf("%v is message %d and %d", in["external_id"], first.Message.Seq, again.Message.Seq)
				}
			}
		})
	}
	go func() {
		wait.Wait()
		close(stop)
	}()
	kills := 0
	for running := true; running; {
		select {
		case <-stop:
			running = false
		case <-time.After(60 * time.Millisecond):
			server.Kill()
			server.Restart(t)
			kills++
		}
	}
	if kills == 0 {
		t.Error("it was over before anything was killed")
	}
	slices.Sort(numbers)
	if len(slices.Compact(slices.Clone(numbers))) != customers {
		t.Errorf("the conversations are %v", numbers)
	}
	for _, number := range numbers {
		var thread channelAnswer
		shop.Must(t, "GET", fmt.Sprintf("/conversations/%d/messages?after=0&limit=100", number), nil, &thread)
		for j := range max(messages, len(thread.Messages)) {
			if j >= len(thread.Messages) || thread.Messages[j].Text != fmt.Sprintf("message %d", j) {
				t.Fatalf("conversation %d has %d messages, or another at %d", number, len(thread.Messages), j+1)
			}
		}
	}
	server.Stop(t)
	mustRun(t, "check", "--data", server.Dir)
	t.Logf("channel | %d messages, each sent twice and more, %d kills | lost 0, doubled 0, reordered 0", customers*messages, kills)
}

// untilAnswered sends a message until an answer comes.
func (c *Client) untilAnswered(t *testing.T, path string, in body) (answer channelAnswer) {
	t.Helper()
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := c.Call("POST", path, in, &answer)
		if err == nil {
			return answer
		}
		if r := refusal(err); r != nil && r.Status < 500 || time.Since(start) > 30*time.Second {
			t.Errorf("%s %v: %v", path, in, err)
			return answer
		}
	}
}

// TestChannelFiles attaches what came with the same token, and nothing else.
func TestChannelFiles(t *testing.T) {
	owner := Start(t).SetUp(t)
	shop, _ := owner.channel(t, "Shop")
	other, _ := owner.channel(t, "Other")
	id, err := shop.Upload("receipt.txt", "text/plain", []byte("paid"))
	must(t, err)
	message := body{"external_id": "m", "customer": body{"external_id": "c"}, "attachments": []string{id}}
	if r := refusal(other.Call("POST", "/conversations", message, nil)); r == nil || r.Code != "not_found" {
		t.Errorf("another token attaches it: %v", r)
	}
	var made channelAnswer
	shop.Must(t, "POST", "/conversations", message, &made)
	shop.Must(t, "POST", "/conversations", message, &made)
	for name, c := range map[string]*Client{"the token": shop, "an agent": owner} {
		var got []byte
		c.Must(t, "GET", "/attachments/"+id, nil, &got)
		if string(got) != "paid" {
			t.Errorf("%s gets %q", name, got)
		}
	}
	if r := refusal(other.Call("GET", "/attachments/"+id, nil, nil)); r == nil || r.Status != http.StatusNotFound {
		t.Errorf("another token gets it: %v", r)
	}
	note, err := owner.Upload("canary.txt", "text/plain", []byte("canary"))
	must(t, err)
	owner.Must(t, "POST", fmt.Sprintf("/conversations/%d/messages", made.Number), body{
		"client_id": NewID(), "text": "", "note": true, "attachments": []string{note},
	}, nil)
	if r := refusal(shop.Call("GET", "/attachments/"+note, nil, nil)); r == nil || r.Status != http.StatusNotFound {
		t.Errorf("the token gets a note's file: %v", r)
	}
}
