package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"parley/desk"
	"parley/store"
)

// world makes random things happen in a store, by the desk's rules.
type world struct {
	t         testing.TB
	st        *store.Store
	random    *rand.Rand
	now       desk.Time
	agents    []desk.Agent
	teams     []desk.AgentTeam
	customers []desk.Customer
	last      desk.Number
}

func newWorld(t testing.TB, st *store.Store, seed uint64) *world {
	w := &world{t: t, st: st, random: rand.New(rand.NewPCG(seed, 2)), now: 1_780_000_000_000}
	for i, name := range []string{"Zeynep Işık", "Mehmet Öz", "Ada Byron"} {
		email := fmt.Sprintf("agent%d@example.com", i)
		a, events, err := desk.NewAgent(id('a', uint64(i+1)), name, email, desk.RoleAgent, "", desk.Actor{}, w.now)
		if err != nil {
			t.Fatal(err)
		}
		w.update(func(tx *store.Tx) error { return tx.SaveAgent(nil, &a, events) })
		w.agents = append(w.agents, a)
	}
	for i, name := range []string{"İade ve Değişim", "Kargo"} {
		g := desk.AgentTeam{ID: id('t', uint64(i+1)), Name: name, Active: true}
		w.update(func(tx *store.Tx) error {
			return tx.SaveAgentTeam(nil, &g, []desk.Event{{Type: desk.AgentTeamSaved, Subject: g.ID, At: w.now}})
		})
		w.teams = append(w.teams, g)
	}
	return w
}

func (w *world) update(fn func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.st.Update(fn); err != nil {
		w.t.Fatal(err)
	}
}

// lexicon is what the world talks about: words with inflections, typing errors,
// suffixes behind apostrophes, codes and other scripts.
var lexicon = strings.Split("kargo|kargom|kargoya|Kargonuz|iade|İADE|iademi|iadesi|fatura|fatruam|faturası|abonelik|aboneliğimi|renk|rengi|kitap|kitabım|"+
	"hesap|hesabımdan|isim|ismimi|İzmir'den|İstanbul’da|izmir|şikâyet|sikayet|ŞİKAYET|verildi|verilmedi|hata|kodu|kodunu|hat|kart|kartal|limit|check-in|checkin|e-Devlet'ten|"+
	"KP-513377|KP-513378|TR-2024-001234|0322 000 12 34|+90 500 000 11 41|203.0.113.7|8862915|refund|refunded|orders|order|delivery|"+
	"televizyon|televiyon|webhook|batarya|sandalye|müşteri|hizmetleri|日本語|العربية|👍|Straße|O'Brien|don't|modem|şifre|şifresi|geldi|gelmedi|gelmiş|su|ev|evde|kombi|bakımı", "|")

func (w *world) words(most int) string {
	words := make([]string, 1+w.random.IntN(most))
	for i := range words {
		words[i] = lexicon[w.random.IntN(len(lexicon))]
	}
	return strings.Join(words, []string{" ", ", ", "\n", " - ", ". "}[w.random.IntN(5)])
}

// step lets one thing happen.
func (w *world) step() {
	w.now += desk.Time(1000 + w.random.IntN(50_000))
	switch n := w.random.IntN(20); {
	case w.last == 0 || n == 0:
		w.open()
	case w.random.IntN(60) == 0:
		w.remove()
	case n == 1:
		w.importOne()
	case n == 2:
		w.editCustomer()
	case n < 8:
		w.verb()
	default:
		w.post()
	}
}

func (w *world) customer() desk.Customer {
	if len(w.customers) > 0 && w.random.IntN(3) > 0 {
		return w.customers[w.random.IntN(len(w.customers))]
	}
	c := desk.Customer{ID: id('c', uint64(len(w.customers)+1)), CreatedAt: w.now}
	if w.random.IntN(4) > 0 {
		c.Name, c.Email = "Elif Şahin", fmt.Sprintf("elif.%d@example.com", len(w.customers))
		c.Phone, c.Attributes = fmt.Sprintf("+90 500 000 11 %02d", len(w.customers)%100), map[string]string{"plan": "gold"}
	}
	w.update(func(tx *store.Tx) error {
		return tx.SaveCustomer(nil, &c, []desk.Event{{Type: desk.CustomerCreated, Subject: c.ID, At: w.now}})
	})
	w.customers = append(w.customers, c)
	return c
}

func (w *world) draft() *desk.Draft {
	return &desk.Draft{ClientID: id('d', w.random.Uint64()), Text: w.words(8), Note: w.random.IntN(5) == 0}
}

func (w *world) open() {
	c := w.customer()
	w.update(func(tx *store.Tx) error {
		n, err := tx.NextNumber()
		if err != nil {
			return err
		}
		w.last = n
		turn := desk.Start(n, c.ID, "web", w.draft(), w.random.IntN(2) == 0, w.now)
		return tx.SaveTurn(nil, &turn)
	})
}

func (w *world) importOne() {
	c := w.customer()
	past := desk.Past{Customer: c.ID, Channel: "web", Tags: []string{"vip"}, Resolved: w.random.IntN(2) == 0}
	for i := range 1 + w.random.IntN(60) {
		past.Messages = append(past.Messages, desk.Message{
			Kind: desk.KindCustomer, Author: desk.CustomerActor(c.ID), Text: w.words(8), At: w.now - 1_000_000 + desk.Time(i),
		})
	}
	w.update(func(tx *store.Tx) (err error) {
		if past.Number, err = tx.NextNumber(); err != nil {
			return err
		}
		w.last = past.Number
		turn, err := past.Turn(desk.Actor{}, w.now)
		if err != nil {
			return err
		}
		return tx.SaveTurn(nil, &turn)
	})
}

func (w *world) editCustomer() {
	if len(w.customers) == 0 {
		return
	}
	at := w.random.IntN(len(w.customers))
	name := w.words(2)
	change := desk.CustomerChange{Name: &name}
	if w.random.IntN(2) == 0 {
		plan := []string{"gold", "silver"}[w.random.IntN(2)]
		change = desk.CustomerChange{Attributes: map[string]*string{"plan": &plan}, Tags: &[]string{"özel"}}
	}
	w.update(func(tx *store.Tx) error {
		before, err := tx.Customer(w.customers[at].ID)
		if err != nil {
			return err
		}
		next, events, err := before.Change(desk.Actor{}, &change, w.now)
		if err != nil {
			return err
		}
		return tx.SaveCustomer(&before, &next, events)
	})
}

// remove takes a random conversation away, but for the first few, which grow long.
func (w *world) remove() {
	n := desk.Number(w.random.Uint64N(uint64(w.last)) + 1)
	w.update(func(tx *store.Tx) error {
		c, err := tx.Conversation(n)
		if desk.CodeOf(err) == desk.CodeNotFound || n < 4 {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.RemoveConversation(&c, []desk.Event{{Type: desk.ConversationRemoved, Number: n, At: w.now}})
	})
}

// turn does something to a random conversation.
func (w *world) turn(do func(c *desk.Conversation) (desk.Turn, error)) {
	n := desk.Number(w.random.Uint64N(uint64(w.last)) + 1)
	if w.random.IntN(2) == 0 {
		n = desk.Number(w.random.Uint64N(uint64(min(w.last, 4))) + 1) // a few grow long
	}
	w.update(func(tx *store.Tx) error {
		before, err := tx.Conversation(n)
		if _, removed := tx.Removed(n); removed {
			return nil
		}
		if err != nil {
			return err
		}
		turn, err := do(&before)
		if desk.CodeOf(err) == desk.CodeArchived {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.SaveTurn(&before, &turn)
	})
}

func (w *world) agent() *desk.Agent { return &w.agents[w.random.IntN(len(w.agents))] }

func (w *world) post() {
	w.turn(func(c *desk.Conversation) (desk.Turn, error) {
		if w.random.IntN(2) == 0 {
			return c.Receive(w.draft(), nil, true, w.now), nil
		}
		return c.Post(w.agent(), w.draft(), nil, true, w.now)
	})
}

func (w *world) verb() {
	w.turn(func(c *desk.Conversation) (desk.Turn, error) {
		by := desk.AgentActor(w.agent().ID)
		switch w.random.IntN(7) {
		case 0:
			return c.Assign(by, w.agent(), w.now)
		case 1:
			return c.Unassign(by, w.now), nil
		case 2:
			return c.Resolve(by, w.now), nil
		case 3:
			return c.Archive(by, w.now), nil
		case 4:
			return c.Reopen(by, nil, true, w.now), nil
		case 5:
			if w.random.IntN(4) == 0 {
				return c.UnassignTeam(by, w.now), nil
			}
			return c.AssignTeam(by, &w.teams[w.random.IntN(2)], w.now)
		}
		return c.Tag(by, [][]string{{"vip"}, {"kargo", "özel"}, nil}[w.random.IntN(3)], w.now)
	})
}
