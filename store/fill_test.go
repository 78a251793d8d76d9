package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// noon is some moment; later moments are counted from it in milliseconds.
const noon desk.Time = 1_800_000_000_000

// idOf makes an id of a kind and a number.
func idOf(kind byte, n int) (id desk.ID) {
	id[0], id[13], id[14], id[15] = kind, byte(n>>16), byte(n>>8), byte(n)
	return id
}

// scene fills a store with random conversations whose verbs are the desk's own,
// and remembers them plainly, for tests that compare the two.
type scene struct {
	rand      *rand.Rand
	agents    []desk.Agent
	teams     []desk.AgentTeam
	customers []desk.ID
	now       desk.Time
	client    int
	rows      map[desk.Number]desk.Conversation
	threads   map[desk.Number][]desk.Message
	tags      []string
	languages map[desk.ID]string
}

func newScene(seed uint64) *scene {
	s := &scene{
		rand: rand.New(rand.NewPCG(seed, 1)), now: noon, tags: []string{"cargo", "cargo-2", "refund", "vip"},
		rows: make(map[desk.Number]desk.Conversation), threads: make(map[desk.Number][]desk.Message),
		languages: make(map[desk.ID]string),
	}
	for i := range 3 {
		s.agents = append(s.agents, desk.Agent{
			ID: idOf(0xa0, i+1), Name: fmt.Sprintf("Agent %d", i), Email: fmt.Sprintf("a%d@example.com", i), Role: desk.RoleAgent, Active: true,
		})
	}
	for i := range 2 {
		s.teams = append(s.teams, desk.AgentTeam{
			ID: idOf(0xb0, i+1), Name: fmt.Sprintf("Team %d", i), Members: []desk.ID{s.agents[i].ID}, Active: true,
		})
	}
	return s
}

// people saves the agents, their teams and some customers.
func (s *scene) people(tx *store.Tx, customers int) error {
	for i := range s.agents {
		a := s.agents[i]
		if err := tx.SaveAgent(nil, &a, []desk.Event{{Type: desk.AgentCreated, Subject: a.ID, At: s.now}}); err != nil {
			return err
		}
	}
	for i := range s.teams {
		g := s.teams[i]
		if err := tx.SaveAgentTeam(nil, &g, []desk.Event{{Type: desk.AgentTeamSaved, Subject: g.ID, At: s.now}}); err != nil {
			return err
		}
	}
	for i := range customers {
		c := desk.Customer{ID: idOf(0xc0, i+1), Name: fmt.Sprintf("Customer %d", i), Email: fmt.Sprintf("c%d@example.com", i%7), CreatedAt: s.now}
		c.Language = []string{"tr", "en", "", "tr"}[i%4]
		if i%3 == 0 {
			c.External = fmt.Sprintf("ext-%d", i)
		}
		s.customers = append(s.customers, c.ID)
		s.languages[c.ID] = c.Language
		if err := tx.SaveCustomer(nil, &c, []desk.Event{{Type: desk.CustomerCreated, Subject: c.ID, At: s.now}}); err != nil {
			return err
		}
	}
	return nil
}

// tick moves the clock; equal times and steps back are part of life.
func (s *scene) tick() { s.now += []desk.Time{0, 0, 1, 700, -100}[s.rand.IntN(5)] }

func (s *scene) draft() *desk.Draft {
	s.client++
	return &desk.Draft{ClientID: idOf(0xd0, s.client), Text: fmt.Sprintf("text %d", s.client), Note: s.rand.IntN(8) == 0}
}

// start opens a conversation.
func (s *scene) start(tx *store.Tx) error {
	s.tick()
	n, err := tx.NextNumber()
	if err != nil {
		return err
	}
	turn := desk.Start(n, s.customers[s.rand.IntN(len(s.customers))], []string{"web", "mail"}[s.rand.IntN(2)], s.draft(), s.rand.IntN(2) == 0, s.now)
	return s.save(tx, nil, &turn)
}

func (s *scene) save(tx *store.Tx, before *desk.Conversation, turn *desk.Turn) error {
	if err := tx.SaveTurn(before, turn); err != nil {
		return err
	}
	c := turn.Conversation
	s.rows[c.Number] = c
	s.threads[c.Number] = append(s.threads[c.Number], turn.Messages...)
	return nil
}

// verb does something to one of the conversations.
func (s *scene) verb(tx *store.Tx) error {
	return s.act(tx, desk.Number(s.rand.IntN(len(s.rows))+1), s.rand.IntN(18))
}

// act does one of eighteen things to a conversation; a refusal changes nothing.
func (s *scene) act(tx *store.Tx, n desk.Number, what int) error {
	s.tick()
	before, err := tx.Conversation(n)
	if err != nil {
		return err
	}
	agent := &s.agents[s.rand.IntN(len(s.agents))]
	by := desk.AgentActor(agent.ID)
	var turn desk.Turn
	switch what {
	case 0, 1:
		turn, err = before.Assign(by, agent, s.now)
	case 2:
		turn = before.Unassign(by, s.now)
	case 3:
		turn = before.Resolve(by, s.now)
	case 4:
		turn = before.Reopen(by, s.last(&before), true, s.now)
	case 5:
		turn = before.Archive(by, s.now)
	case 6:
		turn = before.Unarchive(by, s.now)
	case 7:
		turn = before.Read(by, s.now)
	case 8:
		turn = before.MarkUnread(by, s.now)
	case 9, 10:
		turn, err = before.Tag(by, s.someTags(), s.now)
	case 11, 12:
		turn, err = before.Post(agent, s.draft(), s.last(&before), true, s.now)
	case 13:
		turn, err = before.Speak(&desk.Speech{Say: []desk.Draft{*s.draft()}}, s.now)
	case 16:
		if len(s.teams) == 0 {
			return nil
		}
		turn, err = before.AssignTeam(by, &s.teams[s.rand.IntN(len(s.teams))], s.now)
	case 17:
		turn = before.UnassignTeam(by, s.now)
	default:
		turn = before.Receive(s.draft(), s.last(&before), true, s.now)
	}
	if err != nil {
		return nil
	}
	return s.save(tx, &before, &turn)
}

func (s *scene) last(c *desk.Conversation) *desk.Agent {
	for i := range s.agents {
		if s.agents[i].ID == c.Agent {
			return &s.agents[i]
		}
	}
	return nil
}

func (s *scene) someTags() []string {
	var tags []string
	for _, tag := range s.tags {
		if s.rand.IntN(3) == 0 {
			tags = append(tags, tag)
		}
	}
	return tags
}

// fill saves conversations and then does verbs.
func (s *scene) fill(t testing.TB, st *store.Store, conversations, verbs int) {
	t.Helper()
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return s.people(tx, max(3, conversations/3)) })
	s.more(t, st, conversations, s.start)
	s.more(t, st, verbs, s.verb)
}

// more does something many times, some hundreds in each transaction.
func (s *scene) more(t testing.TB, st *store.Store, times int, do func(tx *store.Tx) error) {
	t.Helper()
	for times > 0 {
		piece := min(times, 300)
		times -= piece
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			for range piece {
				if err := do(tx); err != nil {
					return err
				}
			}
			return nil
		})
	}
}
