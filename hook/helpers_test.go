package hook_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/app/apptest"
	"parley/desk"
	"parley/guard"
	"parley/hook"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// got is what a receiver was sent.
type got struct {
	id, stamp, signature string
	raw                  []byte
	body                 wire.WebhookBody
}

// receiver is another system. answer says what it answers to the nth request.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	all    []got
	answer func(n int, w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T, answer func(n int, w http.ResponseWriter, r *http.Request)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(r.take))
	t.Cleanup(func() { r.CloseClientConnections(); r.Close() })
	return r
}

func (r *receiver) take(w http.ResponseWriter, q *http.Request) {
	raw, _ := io.ReadAll(q.Body)
	g := got{id: q.Header.Get("webhook-id"), stamp: q.Header.Get("webhook-timestamp"), signature: q.Header.Get("webhook-signature"), raw: raw}
	_ = json.Unmarshal(raw, &g.body)
	r.mu.Lock()
	r.all = append(r.all, g)
	n := len(r.all)
	r.mu.Unlock()
	if r.answer != nil {
		r.answer(n, w, q)
	}
}

func (r *receiver) got() []got {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]got(nil), r.all...)
}

// stand is a team with a teller at work, which may call 127.0.0.1 and nothing else near.
type stand struct {
	*apptest.Team
	teller *hook.Teller
	stop   func()
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{Team: apptest.New(t)}
	s.start(t)
	return s
}

func (s *stand) start(t *testing.T) {
	t.Helper()
	client := guard.New(guard.Options{
		Allow: apptest.Must(guard.ParseAllow([]string{"127.0.0.1"}))(t), Timeout: 300 * time.Millisecond, MaxBytes: 1 << 10, Encrypted: true,
	})
	s.teller = hook.New(hook.Options{App: s.App, Client: client, Log: apptest.Quiet()})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.teller.Run(ctx)
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(func() { s.stop() })
	head := s.Head()
	eventually(t, func() bool { return s.teller.Reached() >= head })
}

// webhook makes one that is on and told of everything.
func (s *stand) webhook(t *testing.T, url string) (wire.Webhook, string) {
	t.Helper()
	w, secret, err := s.CreateWebhook(s.Owner, desk.WebhookChange{Name: new("CRM"), URL: &url, Events: &desk.WebhookEvents, On: new(true)})
	if err != nil {
		t.Fatal(err)
	}
	return w, secret
}

func (s *stand) find(t *testing.T, id desk.ID) wire.Webhook {
	t.Helper()
	for _, w := range apptest.Must(s.Webhooks())(t) {
		if w.ID == id {
			return w
		}
	}
	t.Fatal("it is gone")
	return wire.Webhook{}
}

// after reads what happened after a sequence.
func (s *stand) after(t *testing.T, sequence uint64) (entries []store.Entry) {
	t.Helper()
	storetest.MustView(t, s.Store(), func(tx *store.Tx) (err error) {
		entries, err = tx.Journal(sequence, 10_000)
		return err
	})
	return entries
}

func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came")
		}
	}
}

// isSigned verifies as a receiver does, with one of the signatures.
func isSigned(t *testing.T, g got, secret string) bool {
	t.Helper()
	key := apptest.Must(base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_")))(t)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(g.id + "." + g.stamp + "."))
	mac.Write(g.raw)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for one := range strings.FieldsSeq(g.signature) {
		if hmac.Equal([]byte(one), []byte(want)) {
			return true
		}
	}
	return false
}

// sampleNumbers are the conversations of the sample data that an agent can be given.
func (s *stand) sampleNumbers(t *testing.T) (numbers []desk.Number) {
	t.Helper()
	storetest.MustView(t, s.Store(), func(tx *store.Tx) error {
		for _, n := range tx.SampleConversations(100) {
			if c, err := tx.Conversation(n); err == nil && c.State == desk.Open {
				numbers = append(numbers, n)
			}
		}
		return nil
	})
	return numbers
}
