package wire_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
	"parley/wire"
)

// same fails when a shape's own JSON is not what encoding/json writes.
func same(t *rapid.T, shape wire.Appender) {
	var want bytes.Buffer
	encoder := json.NewEncoder(&want)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(shape); err != nil {
		t.Fatal(err)
	}
	if got := shape.AppendJSON(nil); !bytes.Equal(got, bytes.TrimSpace(want.Bytes())) {
		t.Fatalf("got  %s\nwant %s", got, want.Bytes())
	}
}

func ids() *rapid.Generator[*desk.ID] {
	return rapid.Ptr(rapid.Custom(func(t *rapid.T) desk.ID {
		return desk.ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	}), true)
}

func moments() *rapid.Generator[desk.Time] {
	return rapid.Custom(func(t *rapid.T) desk.Time { return desk.Time(rapid.Int64Range(0, 4e12).Draw(t, "ms")) })
}

func TestConversationIsWrittenAsTheLibraryWritesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		c := &wire.Conversation{
			Number: desk.Number(rapid.Uint64().Draw(t, "number")), Rev: rapid.Uint64().Draw(t, "rev"),
			Customer: wire.CustomerRef{Name: text.Draw(t, "name"), Email: text.Draw(t, "email"), Blocked: rapid.Bool().Draw(t, "blocked"), Language: text.Draw(t, "language")},
			Channel:  text.Draw(t, "channel"), State: "open", Lead: "nobody", AgentID: ids().Draw(t, "agent"), TeamID: ids().Draw(t, "team"),
			Views: []desk.View{desk.ViewInbox, desk.ViewUnresolved}, Tags: rapid.SliceOfN(text, 1, 3).Draw(t, "tags"),
			OpenedAt: moments().Draw(t, "opened"), ActiveAt: moments().Draw(t, "active"),
			WaitingSince: rapid.Ptr(moments(), true).Draw(t, "waiting"),
		}
		if rapid.Bool().Draw(t, "previewed") {
			c.Last = &wire.Preview{Kind: "note", AuthorID: ids().Draw(t, "author"), Text: text.Draw(t, "preview"), At: moments().Draw(t, "at")}
		}
		if rapid.Bool().Draw(t, "rated") {
			c.Rating = &wire.Rating{Score: rapid.IntRange(1, 5).Draw(t, "score"), Comment: text.Draw(t, "comment"), At: moments().Draw(t, "rated at")}
			c.CustomerDelivered, c.CustomerRead = rapid.Uint64().Draw(t, "delivered"), rapid.Uint64().Draw(t, "read")
			c.CategoryID, c.SiteID = ids().Draw(t, "category"), ids().Draw(t, "site")
		}
		same(t, c)
	})
}

func TestMessageIsWrittenAsTheLibraryWritesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		raw := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) // also what is not UTF-8
		m := &wire.Message{
			Number: 7, Seq: rapid.Uint64().Draw(t, "seq"), Kind: "customer", Author: wire.Actor{Kind: "agent", ID: ids().Draw(t, "author")},
			ClientID: ids().Draw(t, "client"), Text: raw, At: moments().Draw(t, "at"), Attachments: []wire.Attachment{},
		}
		if rapid.Bool().Draw(t, "file") {
			m.Attachments = append(m.Attachments, wire.Attachment{Name: text.Draw(t, "file name"), Type: "image/png", Size: 9, Inline: true})
		}
		if rapid.Bool().Draw(t, "event") {
			m.Event = &wire.EventLine{Type: "conversation.assigned", From: ids().Draw(t, "from"), To: ids().Draw(t, "to")}
			if rapid.Bool().Draw(t, "facts") {
				m.Event.Added, m.Event.Removed = rapid.SliceOf(text).Draw(t, "added"), rapid.SliceOf(text).Draw(t, "removed")
				m.Event.Reason = text.Draw(t, "reason")
			}
		}
		if rapid.Bool().Draw(t, "bot") {
			m.Choices = rapid.SliceOfN(text, 1, 3).Draw(t, "choices")
			m.Sources = []wire.Source{{Kind: "knowledge", ID: ids().Draw(t, "entry")}, {Kind: "message", Number: 9, Seq: rapid.Uint64().Draw(t, "source")}}
		}
		if rapid.Bool().Draw(t, "cards") {
			m.Cards = []wire.LinkCard{{URL: "https://shop.example", Title: text.Draw(t, "title"), Description: text.Draw(t, "description"), Site: raw}}
		}
		same(t, m)
	})
}
