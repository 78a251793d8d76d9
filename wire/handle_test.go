package wire_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

var handleKey = [store.HandleKeySize]byte{1, 2, 3}

// TestHandles reads back every number, tells no two apart by their order, and
// takes nothing that it has not made.
func TestHandles(t *testing.T) {
	h := wire.NewHandles(handleKey)
	rapid.Check(t, func(t *rapid.T) {
		n := desk.Number(rapid.Uint64Min(1).Draw(t, "number"))
		handle := h.Of(n)
		if got, ok := h.Number(handle); !ok || got != n {
			t.Fatalf("%d is %s is %d, %t", n, handle, got, ok)
		}
		i := rapid.IntRange(0, len(handle)-1).Draw(t, "at")
		letter := rapid.SampledFrom([]rune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+ \x00")).Draw(t, "letter")
		if other := handle[:i] + string(letter) + handle[i+1:]; other != handle {
			if got, ok := h.Number(other); ok {
				t.Fatalf("%s was made up and is %d", other, got)
			}
		}
	})
	for _, none := range []string{"", "1", "1042", h.Of(0), h.Of(1) + "A", h.Of(1)[1:], strings.Repeat("A", 22), strings.Repeat("é", 11)} {
		if n, ok := h.Number(none); ok {
			t.Errorf("%q is %d", none, n)
		}
	}
	if n, ok := wire.NewHandles([store.HandleKeySize]byte{9}).Number(h.Of(7)); ok {
		t.Errorf("a handle of another house is %d", n)
	}
	if h.Of(1)[:4] == h.Of(2)[:4] {
		t.Error("handles tell that their numbers follow each other")
	}
}

func TestVisitorShapesAreWrittenAsTheLibraryWritesThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		c := &wire.VisitorConversation{
			Handle: text.Draw(t, "handle"), Rev: rapid.Uint64().Draw(t, "rev"), State: "open", Lead: "agent",
			Unread: rapid.Uint64().Draw(t, "unread"), AgentRead: 3, CustomerRead: 9,
			OpenedAt: moments().Draw(t, "opened"), ActiveAt: moments().Draw(t, "active"), AskRating: rapid.Bool().Draw(t, "ask"),
		}
		m := &wire.VisitorMessage{
			ID: text.Draw(t, "id"), Seq: rapid.Uint64().Draw(t, "seq"), Kind: "bot", Text: text.Draw(t, "text"),
			At: moments().Draw(t, "at"), Attachments: []wire.Attachment{}, ClientID: ids().Draw(t, "client"),
		}
		if rapid.Bool().Draw(t, "full") {
			c.Agent = &wire.VisitorPerson{Name: text.Draw(t, "agent")}
			c.Last = &wire.VisitorPreview{Kind: "agent", Text: text.Draw(t, "last"), Files: 2, At: moments().Draw(t, "last at")}
			c.Rating = &wire.Rating{Score: 5, Comment: text.Draw(t, "comment"), At: moments().Draw(t, "rated")}
			m.Author, m.Choices = c.Agent, rapid.SliceOfN(text, 1, 3).Draw(t, "choices")
			m.Attachments = append(m.Attachments, wire.Attachment{Name: text.Draw(t, "file"), Type: "image/png"})
			m.Event = &wire.VisitorEvent{Type: "assigned", Name: rapid.SampledFrom([]string{"", "Ada", "Şule"}).Draw(t, "name"), By: rapid.SampledFrom([]string{"", "bot"}).Draw(t, "by")}
		}
		v := &wire.Visitor{Name: text.Draw(t, "name"), Email: "a@b", Language: text.Draw(t, "language"), Verified: rapid.Bool().Draw(t, "verified")}
		if rapid.Bool().Draw(t, "agreed") {
			v.Consent = &wire.VisitorConsent{Version: text.Draw(t, "version")}
		}
		same(t, c)
		same(t, m)
		same(t, v)
	})
}
