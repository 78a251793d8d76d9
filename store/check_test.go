package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// furnished makes a file with something in every bucket.
func furnished(t *testing.T) []byte {
	t.Helper()
	st, s := storetest.Open(t), newScene(80)
	s.fill(t, st, 20, 200)
	s.more(t, st, 130, func(tx *store.Tx) error { return s.act(tx, 1, 14) }) // two full chunks
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		customer, err := tx.Customer(s.customers[0])
		if err != nil {
			return err
		}
		next, note, events, err := customer.AddNote(desk.AgentActor(s.agents[0].ID), "A note", noon)
		if err != nil {
			return err
		}
		return errors.Join(
			tx.SaveCustomerNote(&customer, &next, &note, events),
			tx.SaveSession(&store.Session{Hash: [32]byte{1}, Agent: s.agents[0].ID, ExpiresAt: noon}),
			tx.SetPassword(s.agents[0].ID, "$argon2id$"),
			tx.SaveSecondFactor(s.agents[0].ID, &desk.SecondFactor{Secret: []byte("sealed"), Since: noon, Recovery: [][32]byte{{1}}}, nil),
			tx.SetCursor("bot", 3),
			withFile(tx, s),
			imported(tx, s),
			tx.SaveChannelToken(nil, &desk.ChannelToken{ID: desk.ID([]byte(someID)), Name: "Shop", Hash: [32]byte{5}}, nil),
			furnishSites(tx, s),
			furnishWebhooks(tx),
			tx.SaveChannelSent(desk.ID([]byte(someID)), "m-1", 1, 1),
		)
	})
	st = storetest.Reopen(t, st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return fileBytes(t, filepath.Dir(st.Path()))
}

// withFile posts a message with an attachment.
func withFile(tx *store.Tx, s *scene) error {
	by := desk.AgentActor(s.agents[0].ID)
	before, err := tx.Conversation(2)
	if err != nil {
		return err
	}
	d := s.draft()
	d.Note, d.Attachments = true, []desk.ID{idOf(0xf0, 1)}
	turn, err := before.Post(&s.agents[0], d, nil, true, noon)
	if err != nil {
		return err
	}
	file := desk.Attachment{ID: idOf(0xf0, 1), Owner: by, Name: "a.png", Size: 10, Complete: true, SHA256: [32]byte{9}, Number: 2, Seq: turn.Messages[0].Seq}
	return errors.Join(s.save(tx, &before, &turn), tx.SaveAttachment(&file))
}

// furnishWebhooks makes a webhook for which one delivery waits and one was sent.
func furnishWebhooks(tx *store.Tx) error {
	w := desk.Webhook{ID: idOf(0x71, 1), Name: "CRM", URL: "https://crm.example", Events: desk.WebhookEvents, On: true}
	waits := desk.NewDelivery(w.ID, idOf(0x72, 1), 1, &desk.Event{Type: desk.CustomerCreated}, noon)
	sent := desk.NewDelivery(w.ID, idOf(0x72, 2), 0, &desk.Event{Type: desk.WebhookTest}, noon).Tried(desk.Outcome{At: noon, Status: 200}, 0)
	return errors.Join(
		tx.SaveWebhook(nil, &w, []desk.Event{{Type: desk.WebhookSaved, Subject: w.ID}}),
		tx.QueueDeliveries(&w, []desk.Delivery{waits}, noon), tx.AddDelivery(&w, &sent),
	)
}

// furnishSites makes a site, a visitor and a block that ends by itself.
func furnishSites(tx *store.Tx, s *scene) error {
	site := desk.NewSite(idOf(0x51, 1), "Ab3xyzAb3xyzAb", "Shop", noon)
	before, err := tx.Customer(s.customers[1])
	if err != nil {
		return err
	}
	blocked, events, err := before.Block(desk.AgentActor(s.agents[0].ID), "spam", noon+1, noon)
	return errors.Join(
		err,
		tx.SaveSite(nil, &site, []desk.Event{{Type: desk.SiteSaved, Subject: site.ID}}),
		tx.SaveVisitor(&store.Visitor{Hash: [32]byte{4}, Customer: s.customers[1], Site: site.ID, SeenAt: noon}),
		tx.SaveCustomer(&before, &blocked, events),
	)
}

func imported(tx *store.Tx, s *scene) error {
	n, err := tx.NextNumber()
	if err != nil {
		return err
	}
	past := desk.Past{Number: n, Customer: s.customers[0], Messages: []desk.Message{{Kind: desk.KindCustomer, Author: desk.CustomerActor(s.customers[0]), Text: "Hi", At: noon}}}
	turn, err := past.Turn(desk.Actor{}, noon)
	if err != nil {
		return err
	}
	return tx.SaveImported([store.ImportKeySize]byte{7}, &turn)
}

// breakage is one invariant broken by hand.
type breakage struct {
	name  string
	fault string // a part of what check says
	do    func(tx *bbolt.Tx) error
}

func bucketOf(tx *bbolt.Tx, name string) *bbolt.Bucket { return tx.Bucket([]byte(name)) }

// without takes the first key of a bucket away, or the first that begins with
// something.
func without(bucket, prefix string) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		k, _ := bucketOf(tx, bucket).Cursor().Seek([]byte(prefix))
		if !strings.HasPrefix(string(k), prefix) {
			return fmt.Errorf("%s has no key %q", bucket, prefix)
		}
		return bucketOf(tx, bucket).Delete(k)
	}
}

// with puts something into a bucket.
func with(bucket, key, value string) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error { return bucketOf(tx, bucket).Put([]byte(key), []byte(value)) }
}

// first changes the value of the first key of a bucket.
func first(bucket string, change func(v []byte) []byte) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		k, v := bucketOf(tx, bucket).Cursor().First()
		return bucketOf(tx, bucket).Put(k, change(append([]byte(nil), v...)))
	}
}

func short(v []byte) []byte { return v[:len(v)/2] }

func number(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }

// sequence moves the sequence of a bucket.
func sequence(bucket string, by int) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		b := bucketOf(tx, bucket)
		return b.SetSequence(b.Sequence() + uint64(by))
	}
}

// remade writes a conversation's row anew with something changed.
func remade(n desk.Number, change func(c *desk.Conversation)) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		b := bucketOf(tx, "conversations")
		c, err := store.ConversationCodec.Decode(b.Get([]byte(number(uint64(n)))))
		if err != nil {
			return err
		}
		change(&c)
		return b.Put([]byte(number(uint64(n))), store.ConversationCodec.Encode(&c))
	}
}

var someID = string(append([]byte{0xee}, make([]byte, 15)...))

var breakages = []breakage{
	{"a row that is no row", "conversation 1: the row cannot be read", first("conversations", short)},
	{"a row under another number", "conversation 99", func(tx *bbolt.Tx) error {
		b := bucketOf(tx, "conversations")
		return b.Put([]byte(number(99)), b.Get([]byte(number(1))))
	}},
	{"a number not given out", "above the last number", sequence("conversations", -1)},
	{"a conversation gone", "rows for the last number", without("conversations", number(5))},
	{"two who lead", "led by", remade(3, func(c *desk.Conversation) { c.Lead, c.Agent = desk.LeadBot, idOf(0xa0, 1) })},
	{"a team gone", "which is not there", without("agent_teams", "")},
	{"a team that is none", "team ", first("agent_teams", short)},
	{"archived and open", "archived while it is open", remade(3, func(c *desk.Conversation) { c.Archived, c.State = true, desk.Open })},
	{"a customer gone", "its customer is missing", without("customers", "")},
	{"a conversation lost to its customer", "missing from its customer's conversations", without("customer_conversations", "")},
	{"a conversation of nobody", "conversation keys for", with("customer_conversations", someID+number(1), "")},
	{"a message gone", "messages", without("messages", "")},
	{"a message that is none", "messages", first("messages", short)},
	{"a message too many", "kept", func(tx *bbolt.Tx) error {
		return errors.Join(sequence("messages", 1)(tx), with("messages", number(9999), "x")(tx))
	}},
	{"another's message", "says it is message", func(tx *bbolt.Tx) error {
		b := bucketOf(tx, "messages")
		return b.Put([]byte(number(1)), b.Get([]byte(number(2))))
	}},
	{"a chunk gone", "messages", without("message_places", "")},
	{"a chunk too many", "chunks", with("message_places", number(3)+"\x00\x00\x00\x00", "\x01\x00")},
	{"a key of an order gone", "missing from the order", without("order", "")},
	{"a key of an order too many", "order: ", with("order", "a\x00\x01"+number(1)+number(1), "")},
	{"a count", "counts: ", func(tx *bbolt.Tx) error {
		return bucketOf(tx, "counts").Put([]byte{'p', byte(desk.PlaceResolved)}, []byte(number(4711)))
	}},
	{"the count of a stranger", "counts: ", with("counts", "a"+someID, number(1))},
	{"an event gone", "where", without("journal", number(5))},
	{"an event that is none", "cannot be read", first("journal", short)},
	{"the newest event gone", "its head is", sequence("journal", 1)},
	{"a follower ahead", "beyond the head", with("cursors", "bot", number(1_000_000))},
	{"a customer that is none", "the row cannot be read", first("customers", short)},
	{"an external id gone", "the external id points at", without("customers_external", "")},
	{"an external id of nobody", "external keys", with("customers_external", "nobody", someID)},
	{"an e-mail of a customer under another", "missing from the e-mail addresses", func(tx *bbolt.Tx) error {
		return errors.Join(without("customers_email", "c1@")(tx), with("customers_email", "c1@example.com\x00"+someID, "")(tx))
	}},
	{"an e-mail of nobody", "e-mail keys for", with("customers_email", "x@example.com\x00"+someID, "")},
	{"a note gone", "notes kept", without("customer_notes", "")},
	{"a deed that is none", "a deed cannot be read", first("customer_deeds", short)},
	{"a deed to nobody", "its customer is missing", with("customer_deeds", someID+number(1), "\x01\x00\x00\x00\x00\x00")},
	{"an agent that is none", "agents: ", first("agents", short)},
	{"an agent's e-mail gone", "the e-mail address points at", without("agents_email", "")},
	{"an agent's e-mail too many", "e-mail keys for", with("agents_email", "x@example.com", someID)},
	{"a second factor that is none", "the second factor cannot be read", first("passwords", func(v []byte) []byte { return v[:len(v)-1] })},
	{"a password of nobody", "there is no such agent", with("passwords", someID, "$argon2id$")},
	{"a session lost to its agent", "missing from its agent's", without("agent_sessions", "")},
	{"a session of an agent too many", "keys of agents", with("agent_sessions", someID+strings.Repeat("x", 32), "")},
	{"a session that is none", "session ", first("sessions", short)},
	{"sent into nowhere", "which is not there", with("sent", someID+"\x02"+someID, number(999)+number(1)+number(0))},
	{"sent as another", "which is another", with("sent", someID+"\x02"+someID, number(1)+number(1)+number(0))},
	{"an attachment that is none", "attachment", first("attachments", short)},
	{"an attachment gone", "carries the attachment", without("attachments", "")},
	{"a file that nobody counts", "its file is not counted", without("files", "")},
	{"a file of nobody", "file keys", with("files", strings.Repeat("x", 32)+someID, "")},
	{"bytes counted too high", "bytes counted under", first("file_bytes", func([]byte) []byte { return []byte(number(11)) })},
	{"bytes of nobody", "the rows have none", with("file_bytes", "o\x02"+someID, number(9))},
	{"a webhook that is none", "webhooks: ", first("webhooks", short)},
	{"a webhook gone", "of webhooks that are not there", without("webhooks", "")},
	{"a delivery that is none", "delivery ", first("deliveries_ended", short)},
	{"a delivery gone", "deliveries wait and it says", without("deliveries_waiting", "")},
	{"a channel token that is none", "channels: ", first("channel_tokens", short)},
	{"a channel token nobody finds", "its hash points at", without("channel_hashes", "")},
	{"a hash of no channel token", "hashes for", with("channel_hashes", strings.Repeat("x", 32), someID)},
	{"a channel's message gone", "which is not there", first("channel_sent", func([]byte) []byte { return []byte(number(1) + number(9999)) })},
	{"a channel's conversation lost", "is missing from those of the token", without("channel_conversations", "")},
	{"a site that is none", "sites: ", first("sites", short)},
	{"a site nobody finds", "its key points at", without("sites_key", "")},
	{"a key of no site", "keys for", with("sites_key", "Xy9", someID)},
	{"a visitor that is none", "visitor ", first("visitors", short)},
	{"a visitor lost to the customer", "missing from the customer's", without("customer_visitors", "")},
	{"a visitor of a customer too many", "keys of customers", with("customer_visitors", someID+strings.Repeat("x", 32), "")},
	{"a visitor under no hash", "not under a hash", with("visitors", "x", "")},
	{"a block that never ends", "the end of the block is not kept", without("block_ends", "")},
	{"the end of no block", "ends of blocks kept", with("block_ends", number(1)+someID, "")},
	{"removed and still there", "it was removed and is still there", with("removed", number(3), number(1))},
	{"removed and not counted", "are named, 0 counted", with("removed", number(999), number(0))},
	{"messages that went with nothing", "in the log", with("removed", number(999), number(7))},
	{"a sample that is not there", "samples: conversation 999", with("samples", "c"+number(999), "")},
	{"a sample customer who is not there", "samples: customer ", with("samples", "k"+someID, "")},
	{"an import of nothing", "import ", with("imports", someID, number(999))},
}

// TestCheckReports breaks every invariant by hand and wants to be told.
func TestCheckReports(t *testing.T) {
	file := furnished(t)
	for _, b := range append([]breakage{{"nothing", "", func(*bbolt.Tx) error { return nil }}}, breakages...) {
		t.Run(b.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, store.FileName), file, 0o600); err != nil {
				t.Fatal(err)
			}
			st := mustOpen(t, dir)
			if err := st.Alter(b.do); err != nil {
				t.Fatal(err)
			}
			report, err := st.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			told := strings.Join(report.Faults, "\n")
			if b.fault == "" && told != "" || !strings.Contains(told, b.fault) {
				t.Errorf("check says:\n%s\nwant something with %q", told, b.fault)
			}
		})
	}
}

// TestCheckCounts says what there is, and how many faults it does not spell out.
func TestCheckCounts(t *testing.T) {
	st, s := mustOpen(t, t.TempDir()), newScene(81)
	s.fill(t, st, 150, 100)
	report, err := st.Check(t.Context())
	want := 0
	for _, thread := range s.threads {
		want += len(thread)
	}
	if err != nil || report.Conversations != 150 || report.Messages != uint64(want) || report.Customers != 50 || report.Events == 0 || len(report.Faults) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if err := st.Alter(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("order")), func() error { _, err := tx.CreateBucket([]byte("order")); return err }())
	}); err != nil {
		t.Fatal(err)
	}
	if report, err := st.Check(t.Context()); err != nil || len(report.Faults) != 100 || report.More < 50 {
		t.Errorf("%d faults and %d more, %v", len(report.Faults), report.More, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := st.Check(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("a check that was called off: %v", err)
	}
}
