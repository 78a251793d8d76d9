package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"
)

// password is what every agent of the tests signs in with.
const password = "quince-jam-on-warm-bread"

// Client speaks HTTP to the server as one browser of one agent would.
type Client struct {
	URL   string
	Agent agent
	HTTP  *http.Client
}

// Refusal is an answer that is not a success.
type Refusal struct {
	Status int
	Code   string `json:"code"`
	Field  string `json:"field"`
	Detail string `json:"detail"`
	Type   string // of the content
	Body   string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%d %s %s: %s", r.Status, r.Code, r.Field, r.Detail)
}

// NewClient makes a client without a session.
func NewClient(address string) *Client {
	jar, _ := cookiejar.New(nil) // it has no error to give without options
	return &Client{URL: address, HTTP: &http.Client{
		Jar: jar, Timeout: 20 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 16, DisableCompression: true},
	}}
}

// SetUp makes the owner of a fresh folder through the one-time link and returns
// their client.
func (s *Server) SetUp(t testing.TB) *Client {
	t.Helper()
	if s.Code == "" {
		t.Fatal("the server printed no set-up link")
	}
	c := NewClient(s.URL)
	var me struct {
		Agent agent `json:"agent"`
	}
	c.Must(t, "POST", "/setup", body{
		"code": s.Code, "name": "Olcay Owner", "email": "owner@example.com", "password": password,
		"team": "Test", "language": "en",
	}, &me)
	c.Agent = me.Agent
	return c
}

// Hire makes another agent and returns their client, signed in.
func (c *Client) Hire(t testing.TB, name, role string) *Client {
	t.Helper()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.com"
	var made struct {
		Agent agent `json:"agent"`
	}
	c.Must(t, "POST", "/agents", body{
		"name": name, "email": email, "role": role, "password": password, "language": "en",
	}, &made)
	hired := NewClient(c.URL)
	hired.SignIn(t, email)
	hired.Agent = made.Agent
	return hired
}

// SignIn starts a session.
func (c *Client) SignIn(t testing.TB, email string) {
	t.Helper()
	c.Must(t, "POST", "/session", body{"email": email, "password": password, "remember": false}, nil)
}

// body is a JSON object on its way out.
type body map[string]any

// Must calls the interface and fails the test on anything but a success.
func (c *Client) Must(t testing.TB, method, path string, in, out any) {
	t.Helper()
	if err := c.Call(method, path, in, out); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
}

// Call calls the interface. The error is a *Refusal when the server answered.
func (c *Client) Call(method, path string, in, out any) error {
	var text []byte
	if in != nil {
		var err error
		if text, err = json.Marshal(in); err != nil {
			return err
		}
	}
	return c.Raw(method, path, "application/json", text, out, nil)
}

// Raw sends bytes as they are; edit may change the request's headers.
func (c *Client) Raw(method, path, contentType string, text []byte, out any, edit func(*http.Request)) error {
	request, err := http.NewRequestWithContext(context.Background(), method, c.URL+"/api/v1"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	if text != nil {
		request.Header.Set("Content-Type", contentType)
	}
	if method != http.MethodGet {
		request.Header.Set("X-Parley", "1")
		request.Header.Set("Origin", c.URL)
	}
	if edit != nil {
		edit(request)
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return decode(answer, out)
}

func decode(answer *http.Response, out any) error {
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		refusal := &Refusal{}
		_ = json.Unmarshal(text, refusal) // an answer that is no problem document shows as its body
		refusal.Status, refusal.Body = answer.StatusCode, string(text)
		refusal.Type = answer.Header.Get("Content-Type")
		return refusal
	}
	if raw, ok := out.(*[]byte); ok {
		*raw = text
		return nil
	}
	if out == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, out)
}

// NewID makes a random UUIDv4, as a client gives to each message.
func NewID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// Begin makes a customer and a conversation with them.
func (c *Client) Begin(t testing.TB, name, text string) conversation {
	t.Helper()
	var made struct {
		Customer customerRef `json:"customer"`
	}
	c.Must(t, "POST", "/customers", body{"name": name}, &made)
	var begun posted
	c.Must(t, "POST", "/conversations", body{
		"client_id": NewID(), "customer_id": made.Customer.ID, "text": text,
	}, &begun)
	return begun.Conversation
}

// Post sends a message under a client id of the caller's.
func (c *Client) Post(number uint64, clientID, text string, attachments ...string) (posted, error) {
	in := body{"client_id": clientID, "text": text}
	if len(attachments) > 0 {
		in["attachments"] = attachments
	}
	var out posted
	err := c.Call("POST", fmt.Sprintf("/conversations/%d/messages", number), in, &out)
	return out, err
}

// Messages reads every message of a conversation after a seq, in order.
func (c *Client) Messages(t testing.TB, number, after uint64) []message {
	t.Helper()
	var all []message
	for {
		var p page
		c.Must(t, "GET", fmt.Sprintf("/conversations/%d/messages?after=%d&limit=100", number, after), nil, &p)
		all = append(all, p.Messages...)
		if !p.After || len(p.Messages) == 0 {
			return all
		}
		after = p.Messages[len(p.Messages)-1].Seq
	}
}

// Upload sends a file in parts and returns its attachment's id.
func (c *Client) Upload(name, contentType string, content []byte) (string, error) {
	var made struct {
		Attachment attachment `json:"attachment"`
		PartSize   int        `json:"part_size"`
	}
	err := c.Call("POST", "/attachments", body{
		"client_id": NewID(), "name": name, "size": len(content), "type": contentType,
	}, &made)
	if err != nil {
		return "", err
	}
	if made.PartSize < 1 {
		return "", errors.New("the server said no part size")
	}
	for n, rest := 1, content; len(rest) > 0; n++ {
		part := rest[:min(len(rest), made.PartSize)]
		path := fmt.Sprintf("/attachments/%s/parts/%d", made.Attachment.ID, n)
		if err := c.Raw("PUT", path, "application/octet-stream", part, nil, nil); err != nil {
			return "", err
		}
		rest = rest[len(part):]
	}
	return made.Attachment.ID, c.Call("POST", "/attachments/"+made.Attachment.ID+"/complete", body{}, nil)
}

// refusal returns the server's refusal in an error, or nil.
func refusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return nil
}
