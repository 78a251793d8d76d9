package live_test

import (
	"crypto/sha256"
	"encoding/json"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/live"
	"parley/wire"
)

// newSite makes a website that asks for ratings.
func (r *room) newSite(t *testing.T, name string) wire.Site {
	t.Helper()
	return apptest.Must(r.SaveSite(app.SaveSite{By: r.Owner, New: true, Change: desk.SiteChange{Name: &name, Rating: new(true)}}))(t)
}

// newVisitor lets a browser in; its token is the word.
func (r *room) newVisitor(t *testing.T, site wire.Site, token string) app.Visitor {
	t.Helper()
	hash := sha256.Sum256([]byte(token))
	apptest.Must(r.NewVisitor(site.Key, hash, app.VisitorSeed{Language: "tr"}))(t)
	v, _, err := r.Visitor(hash)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// visitorSays is a visitor's message; the number 0 starts a conversation.
func (r *room) visitorSays(t *testing.T, v *app.Visitor, n desk.Number, text string) desk.Number {
	t.Helper()
	posted := apptest.Must(r.VisitorSays(app.VisitorMessage{Visitor: *v, Number: n, Draft: apptest.Draft(text)}))(t)
	return apptest.Must(r.NumberOf(posted.Conversation.Handle))(t)
}

// joinVisitor connects a visitor's socket, which is closed when the test ends.
func (r *room) joinVisitor(t *testing.T, v *app.Visitor, from live.Resume) *live.Visitor {
	t.Helper()
	lookup := func() (live.Pass, error) {
		found, _, err := r.Visitor(v.Hash)
		return live.Pass{Customer: found.Customer, Site: found.Site}, err
	}
	c, err := r.hub.JoinVisitor(from, r.endOf(lookup))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// endOf is the other end of a visitor's socket, without a socket.
func (r *room) endOf(lookup func() (live.Pass, error)) live.VisitorEnd {
	return live.VisitorEnd{Lookup: lookup, Wake: func() {}, Delivered: func(p live.Pass, n desk.Number, seq uint64) {
		_, _ = r.ChangeAsVisitor(app.ChangeAsVisitor{Verb: app.VisitorDelivered, Visitor: app.Visitor{Customer: p.Customer, Site: p.Site}, Number: n, Seq: seq})
	}}
}

// visitorFrame is any frame, as a visitor's page reads it.
type visitorFrame struct {
	Type     string `json:"type"`
	Seq      uint64 `json:"seq"`
	Epoch    string `json:"epoch"`
	Sequence uint64 `json:"sequence"`
	Handle   string `json:"handle"`
	Name     string `json:"name"`
	Bot      bool   `json:"bot"`

	Conversation *wire.VisitorConversation `json:"conversation"`
	Message      *wire.VisitorMessage      `json:"message"`
	Visitor      *wire.Visitor             `json:"visitor"`

	text string
}

// takeVisitor takes everything that waits for a visitor.
func takeVisitor(t *testing.T, c *live.Visitor) (frames []visitorFrame) {
	t.Helper()
	for {
		texts, err := c.Take()
		if err != nil {
			t.Fatal(err)
		}
		if len(texts) == 0 {
			return frames
		}
		for _, text := range texts {
			f := visitorFrame{text: string(text)}
			if err := json.Unmarshal(text, &f); err != nil || f.Type == "" {
				t.Fatalf("the frame %q: %v", text, err)
			}
			frames = append(frames, f)
		}
	}
}

// visitorHears lets everybody do what they have to do and takes what a visitor is
// told.
func visitorHears(t *testing.T, c *live.Visitor) []visitorFrame {
	t.Helper()
	settle()
	return takeVisitor(t, c)
}

// visitorTypes lists the types of frames.
func visitorTypes(frames []visitorFrame) (types []string) {
	for _, f := range frames {
		types = append(types, f.Type)
	}
	return types
}
