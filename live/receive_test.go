package live_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/live"
)

// TestTyping tells the others who is typing, and how often somebody says so does
// not matter.
func TestTyping(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		ada, can := r.fresh(t, r.Ada), r.fresh(t, r.Can)
		n := r.NewConversation(t).Number
		says(t, can)
		for range 50 {
			say(t, ada, `{"type":"typing","number":%d}`, n)
		}
		told := of(says(t, can), "typing")
		if len(told) != 1 || told[0].Number != n || told[0].AgentID != r.Ada || told[0].Seq != 0 {
			t.Errorf("told %+v", told)
		}
		time.Sleep(3 * time.Second)
		say(t, ada, `{"type":"typing","number":%d}`, n)
		if told := of(says(t, can), "typing"); len(told) != 1 {
			t.Errorf("told %d times after a while", len(told))
		}
		time.Sleep(3 * time.Second)
		say(t, ada, `{"type":"typing","number":0}`)
		say(t, ada, `{"type":"typing"}`)
		if told := of(says(t, can), "typing"); len(told) != 0 {
			t.Errorf("told of typing nowhere: %+v", told)
		}
	})
}

// TestPing tells where the journal stands when nothing happens.
func TestPing(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		c := r.fresh(t, r.Ada)
		r.NewConversation(t)
		says(t, c)
		time.Sleep(61 * time.Second)
		pings := of(says(t, c), "ping")
		if len(pings) != 2 || pings[1].Sequence != r.Head() {
			t.Errorf("told %+v", pings)
		}
	})
}

// FuzzReceive lets a browser say anything: what is not understood is refused or
// passed over, and whatever the others are told of it is a frame.
func FuzzReceive(f *testing.F) {
	for _, seed := range []string{
		`{"type":"viewing","number":1}`, `{"type":"viewing","number":0}`, `{"type":"typing","number":7}`,
		`{"type":"presence","state":"away"}`, `{"type":"presence","state":"online"}`, `{"type":"presence","state":"<script>"}`,
		`{"type":"pong"}`, `{"type":"newer","of":["things"]}`, `{}`, `[]`, `null`, `"typing"`, ``, `{`, "\x00", `{"type":5}`,
		`{"type":"viewing","number":-1}`, `{"type":"viewing","number":1e99}`, `{"type":"viewing","number":"1"}`,
		`{"type":"viewing","number":18446744073709551615}`, `{"type":"typing","number":1,"number":2}`, `{"TYPE":"typing","Number":3}`,
		"{\"type\":\"typing\",\"number\":1,\"x\":\"\xff\"}",
	} {
		f.Add([]byte(seed))
	}
	team := apptest.New(f)
	hub := startHub(f, team.Store())
	listener, err := hub.Join(team.Ada, live.Resume{Fresh: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := hub.Join(app.NewID(), live.Resume{Fresh: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Receive(text); err != nil && desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("%q is answered with %v", text, err)
		}
		c.Close()
		for _, told := range raw(t, listener) {
			var object map[string]any
			if err := json.Unmarshal(told, &object); err != nil || object["type"] == nil {
				t.Errorf("%q was told as %q", text, told)
			}
		}
	})
}

// FuzzVisitorReceive lets a visitor's page say anything: the agents are told of
// typing in its own conversation or of nothing.
func FuzzVisitorReceive(f *testing.F) {
	for _, seed := range []string{
		`{"type":"typing","handle":"AAAAAAAAAAAAAAAAAAAAAA"}`, `{"type":"typing","handle":""}`, `{"type":"typing","handle":1}`, `{"type":"viewing","open":true}`,
		`{"type":"pong"}`, `{"type":"auth","token":"x"}`, `{"type":"typing","number":1}`, `{}`, `null`, `[]`, ``, `{`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	team := apptest.New(f)
	hub := startHub(f, team.Store())
	listener, err := hub.Join(team.Ada, live.Resume{Fresh: true})
	if err != nil {
		f.Fatal(err)
	}
	end := live.VisitorEnd{Wake: func() {}, Lookup: func() (live.Pass, error) { return live.Pass{Customer: app.NewID(), Site: app.NewID()}, nil }}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := hub.JoinVisitor(live.Resume{Fresh: true}, end)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		if err := v.Receive(text); err != nil && desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("%q is answered with %v", text, err)
		}
		for _, told := range raw(t, listener) {
			if bytes.Contains(told, []byte(`"typing"`)) {
				t.Errorf("%q was told as %q", text, told)
			}
		}
	})
}
