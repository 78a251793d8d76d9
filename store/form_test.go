package store_test

import (
	"encoding/hex"
	"reflect"
	"testing"

	"parley/desk"
	"parley/store"
)

// TestFirstForm reads rows as the first release wrote them. What they lack has
// the value that it had then: the team had read what was not marked unread.
func TestFirstForm(t *testing.T) {
	ada := desk.ID{0xa1, 15: 1}
	t.Run("conversation", func(t *testing.T) {
		stored := "010303060192080701c10000000000000000000000000000c10377656201000201a10000000000000000000000000000010106666174757261050080a0abfef96290eeabfef96200000201a1000000000000000000000000000001074d6572686162610090eeabfef962"
		reads(t, stored, store.ConversationCodec, desk.Conversation{
			Number: 1042, Rev: 7, Customer: customerID, Channel: "web", State: desk.Open, Lead: desk.LeadAgent, Agent: ada,
			Tags: []string{"fatura"}, Messages: 5, OpenedAt: 1700000000000, ActiveAt: 1700000005000,
			Last: desk.Preview{Kind: desk.KindAgent, Author: ada, Text: "Merhaba", At: 1700000005000}, TeamRead: 5,
		})
	})
	t.Run("customer", func(t *testing.T) {
		stored := "0101c10000000000000000000000000000c1030a4179c59f65204b6179611061797365406578616d706c652e636f6d010563726d2d37032b39300274720104706c616e0370726f01037669700280a0abfef96201a1000000000000000000000000000001d0afabfef962047370616d"
		reads(t, stored, store.CustomerCodec, desk.Customer{
			ID: customerID, Rev: 3, External: "crm-7", Name: "Ayşe Kaya", Email: "ayse@example.com", Phone: "+90", Language: "tr",
			Attributes: map[string]string{"plan": "pro"}, Tags: []string{"vip"}, Notes: 2, CreatedAt: 1700000000000,
			Blocked: &desk.Block{By: ada, At: 1700000001000, Reason: "spam"},
		})
	})
	t.Run("message", func(t *testing.T) {
		stored := "01030292080590eeabfef962074d6572686162610201a1000000000000000000000000000001c100000000000000000000000000000901f1000000000000000000000000000002"
		reads(t, stored, store.MessageCodec(customerID), desk.Message{
			Number: 1042, Seq: 5, Kind: desk.KindAgent, Author: desk.AgentActor(ada), ClientID: desk.ID{0xc1, 15: 9},
			Text: "Merhaba", At: 1700000005000, Attachments: []desk.ID{{0xf1, 15: 2}},
		})
	})
	t.Run("site", func(t *testing.T) {
		stored := "010151000000000000000000000000000001000e41623378797a41623378797a41620453686f7001011168747470733a2f2f612e6578616d706c6500046175746f07233062363636620572696768741414046175746f000000084d657268616261210648656c6c6f212253697a65206e6173c4b16c2079617264c4b16d63c4b1206f6c6162696c6972697a3f10486f772063616e2077652068656c703f3dc59e7520616e6461206b6170616cc4b179c4b17a2e204d6573616ac4b16ec4b17ac4b12062c4b172616bc4b16e2c2073697a652064c3b66e656c696d2e3c576527726520636c6f736564206e6f772e204c656176652061206d65737361676520616e64207765276c6c20676574206261636b20746f20796f752e0101000001310000000101000080a0abfef962"
		site := desk.NewSite(desk.ID{0x51, 15: 1}, "Ab3xyzAb3xyzAb", "Shop", 1700000000000)
		site.Origins = []string{"https://a.example"}
		reads(t, stored, store.SiteCodec, site)
	})
}

// TestSecondForm reads a conversation as it was written before there were teams.
func TestSecondForm(t *testing.T) {
	stored := "020303060192080701c10000000000000000000000000000c10377656201000201a10000000000000000000000000000010106666174757261050080a0abfef96290eeabfef96200000201a1000000000000000000000000000001074d6572686162610090eeabfef9620503020000000002"
	reads(t, stored, store.ConversationCodec, desk.Conversation{
		Number: 1042, Rev: 7, Customer: customerID, Channel: "web", State: desk.Open, Lead: desk.LeadAgent, Agent: desk.ID{0xa1, 15: 1},
		Tags: []string{"fatura"}, Messages: 5, OpenedAt: 1700000000000, ActiveAt: 1700000005000,
		Last:     desk.Preview{Kind: desk.KindAgent, Author: desk.ID{0xa1, 15: 1}, Text: "Merhaba", At: 1700000005000},
		TeamRead: 5, CustomerDelivered: 3, CustomerRead: 2, Misses: 2,
	})
}

// TestFormsWithoutAnEnd reads sessions and visitors as they were written before one
// knew from where the one comes, and which tokens of the other belong together.
func TestFormsWithoutAnEnd(t *testing.T) {
	session := store.Session{Agent: desk.ID{0xa1, 15: 1}, CreatedAt: noon, SeenAt: noon + 1, ExpiresAt: noon + 2, IdleLimit: 3}
	reads(t, firstForm(store.SessionCodec.Encode(&session), 2), store.SessionCodec, session)
	visitor := store.Visitor{
		Customer: customerID, Site: desk.ID{0x51, 15: 1}, CreatedAt: noon, SeenAt: noon + 1, EndsAt: noon + 2,
		Seed: store.VisitorSeed{Language: "tr", Page: desk.Page{URL: "https://a.example", At: noon}},
	}
	reads(t, firstForm(store.VisitorCodec.Encode(&visitor), 1), store.VisitorCodec, visitor)
}

// firstForm is a row of the second form whose last fields, a byte each, are empty, as
// the first form had it.
func firstForm(row []byte, fields int) string {
	row[0] = 1
	return hex.EncodeToString(row[:len(row)-fields])
}

func reads[T any](t *testing.T, stored string, codec store.Codec[T], want T) {
	t.Helper()
	b, err := hex.DecodeString(stored)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := codec.Decode(b); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %+v, %v\nwant %+v", got, err, want)
	}
}
