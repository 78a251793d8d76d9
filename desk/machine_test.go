package desk_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
)

// machine is one conversation that everybody acts upon at random, with the
// thread and the journal as its turns made them.
type machine struct {
	c       desk.Conversation
	thread  []desk.Message
	journal []desk.Event
	agents  []desk.Agent
	botOn   bool
	now     desk.Time
}

// TestMachine runs random verbs and holds every turn, and every state, to what
// is always true.
func TestMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := begin(t)
		t.Repeat(map[string]func(*rapid.T){
			"":           m.check,
			"assign":     m.assign,
			"unassign":   m.free((*desk.Conversation).Unassign),
			"to a team":  m.assignTeam,
			"from team":  m.free((*desk.Conversation).UnassignTeam),
			"resolve":    m.free((*desk.Conversation).Resolve),
			"archive":    m.free((*desk.Conversation).Archive),
			"unarchive":  m.free((*desk.Conversation).Unarchive),
			"read":       m.free((*desk.Conversation).Read),
			"unread":     m.free((*desk.Conversation).MarkUnread),
			"reopen":     m.reopen,
			"tag":        m.tag,
			"block":      m.block,
			"post":       m.post,
			"receive":    m.receive,
			"answer":     m.answer,
			"speak":      m.speak,
			"hand over":  m.handOver,
			"remind":     m.remind,
			"resolve as": m.resolveAs,
			"team":       m.team,
			"round trip": m.roundTrip,
		})
	})
}

func begin(t *rapid.T) *machine {
	m := &machine{agents: []desk.Agent{ada, can}, botOn: rapid.Bool().Draw(t, "bot on"), now: noon}
	turn := desk.Start(7, customer, "web", m.draft(t), m.botOn, m.now)
	if rapid.Bool().Draw(t, "begun by an agent") {
		turn, _ = desk.Begin(7, customer, "desk", &m.agents[0], &m.agents[0], m.draft(t), m.now)
	}
	m.c, m.thread, m.journal = turn.Conversation, turn.Messages, turn.Events
	return m
}

func (m *machine) draft(t *rapid.T) *desk.Draft {
	return &desk.Draft{ClientID: idOf(1), Text: rapid.StringN(0, 20, -1).Draw(t, "text"), Note: rapid.Bool().Draw(t, "note")}
}

func (m *machine) agent(t *rapid.T) *desk.Agent {
	return &m.agents[rapid.IntRange(0, len(m.agents)-1).Draw(t, "agent")]
}

// last is the conversation's agent, as app loads it for a verb.
func (m *machine) last() *desk.Agent {
	for i := range m.agents {
		if m.agents[i].ID == m.c.Agent {
			return &m.agents[i]
		}
	}
	return nil
}

// tick moves the clock, now and then backwards.
func (m *machine) tick(t *rapid.T) { m.now += desk.Time(rapid.Int64Range(-500, 5000).Draw(t, "tick")) }

// take checks a turn against the state that it was made from, and goes on from it.
func (m *machine) take(t *rapid.T, before *desk.Conversation, turn *desk.Turn) {
	if !reflect.DeepEqual(before, &m.c) {
		t.Fatalf("the verb changed the state it was given: %+v into %+v", m.c, *before)
	}
	if len(turn.Events) == 0 && (len(turn.Messages) > 0 || !same(&turn.Conversation, &m.c)) {
		t.Fatalf("something changed without an event: %+v into %+v", m.c, turn.Conversation)
	}
	told := make([]uint64, 0, len(turn.Messages))
	for i := range turn.Events {
		e := &turn.Events[i]
		if after := &turn.Conversation; e.Type == desk.ConversationHandedOver && after.Lead == desk.LeadNobody && (after.WaitingSince.IsZero() || after.Misses != 0) {
			t.Fatalf("handed over, and nobody sees that the customer waits: %+v", *after)
		}
		if e.Number != 7 || e.At != m.now || (e.Seq > 0) != (e.Type == desk.MessagePosted || e.Type.InThread()) {
			t.Fatalf("event %+v", *e)
		}
		if e.Seq > 0 {
			told = append(told, e.Seq)
		}
	}
	for i := range turn.Messages {
		want := m.c.Messages + uint64(i) + 1
		if msg := &turn.Messages[i]; msg.Seq != want || msg.Number != 7 || (msg.Kind == desk.KindEvent) != (msg.Line != nil) || !slices.Contains(told, want) {
			t.Fatalf("message %+v where seq %d is due, told of: %v", *msg, want, told)
		}
	}
	if len(told) != len(turn.Messages) || turn.Conversation.Messages != m.c.Messages+uint64(len(turn.Messages)) {
		t.Fatalf("%d messages, %d told, the count goes from %d to %d", len(turn.Messages), len(told), m.c.Messages, turn.Conversation.Messages)
	}
	m.c = turn.Conversation
	m.thread, m.journal = append(m.thread, turn.Messages...), append(m.journal, turn.Events...)
}

// once takes a turn of a verb that may be said twice.
func (m *machine) once(t *rapid.T, verb func(c *desk.Conversation) desk.Turn) {
	before := m.c
	before.Tags = slices.Clone(m.c.Tags)
	turn := verb(&before)
	m.take(t, &before, &turn)
	again := verb(&m.c)
	if len(again.Events) != 0 || len(again.Messages) != 0 || !same(&again.Conversation, &m.c) {
		t.Fatalf("said twice: %+v became %+v with %+v", m.c, again.Conversation, again.Events)
	}
}

func (m *machine) free(verb func(*desk.Conversation, desk.Actor, desk.Time) desk.Turn) func(*rapid.T) {
	return func(t *rapid.T) {
		m.tick(t)
		by := desk.AgentActor(m.agent(t).ID)
		m.once(t, func(c *desk.Conversation) desk.Turn { return verb(c, by, m.now) })
	}
}

func (m *machine) assign(t *rapid.T) {
	m.tick(t)
	to := m.agent(t)
	m.once(t, func(c *desk.Conversation) desk.Turn {
		turn, err := c.Assign(desk.AgentActor(can.ID), to, m.now)
		if (err == nil) != to.Active {
			t.Fatalf("active %v, refused: %v", to.Active, err)
		}
		if err != nil {
			return desk.Turn{Conversation: m.c}
		}
		if after := &turn.Conversation; !isOpen(after) || after.Agent != to.ID {
			t.Fatalf("assigned to %s: %+v", to.ID, *after)
		}
		return turn
	})
}

func (m *machine) reopen(t *rapid.T) {
	m.tick(t)
	m.once(t, func(c *desk.Conversation) desk.Turn {
		return c.Reopen(desk.AgentActor(can.ID), m.last(), m.botOn, m.now)
	})
	if !isOpen(&m.c) {
		t.Fatalf("not open after reopening: %+v", m.c)
	}
}

func (m *machine) tag(t *rapid.T) {
	m.tick(t)
	tags := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "B", "c", "cargo"}), 0, 4).Draw(t, "tags")
	m.once(t, func(c *desk.Conversation) desk.Turn {
		turn, err := c.Tag(desk.AgentActor(can.ID), tags, m.now)
		if err != nil {
			t.Fatal(err)
		}
		return turn
	})
}

// block tells of a block, as often as it is said: whether anything was done is the
// customer's to know.
func (m *machine) block(t *rapid.T) {
	m.tick(t)
	before := m.c
	turn := before.TellBlocked(desk.AgentActor(can.ID), rapid.String().Draw(t, "reason"), m.now)
	m.take(t, &before, &turn)
	before = m.c
	turn = before.TellUnblocked(desk.AgentActor(can.ID), m.now)
	m.take(t, &before, &turn)
}

func (m *machine) post(t *rapid.T) {
	m.tick(t)
	by, d, before := m.agent(t), m.draft(t), m.c
	turn, err := before.Post(by, d, m.last(), m.botOn, m.now)
	if (err != nil) != (m.c.Archived && !d.Note) {
		t.Fatalf("archived %v, note %v: %v", m.c.Archived, d.Note, err)
	}
	if err == nil {
		m.take(t, &before, &turn)
	}
}

func (m *machine) receive(t *rapid.T) {
	m.tick(t)
	before := m.c
	turn := before.Receive(m.draft(t), m.last(), m.botOn, m.now)
	m.take(t, &before, &turn)
	if !isOpen(&m.c) || m.c.WaitingSince.IsZero() || m.c.Unread == 0 {
		t.Fatalf("nobody would see that the customer wrote: %+v", m.c)
	}
}

func (m *machine) answer(t *rapid.T) {
	m.tick(t)
	before := m.c
	turn, err := before.Speak(&desk.Speech{Say: []desk.Draft{*m.draft(t)}}, m.now)
	if (err == nil) != (isOpen(&m.c) && m.c.Lead == desk.LeadBot) {
		t.Fatalf("the bot spoke in %+v: %v", m.c, err)
	}
	if err == nil {
		m.take(t, &before, &turn)
	}
}

// team changes what the verbs depend on besides the conversation.
func (m *machine) team(t *rapid.T) {
	m.botOn = rapid.Bool().Draw(t, "bot on")
	m.agent(t).Active = rapid.Bool().Draw(t, "active")
}

// roundTrip resolves or archives an open conversation and reopens it: what the
// user sees is what it was, if the lead can still be held.
func (m *machine) roundTrip(t *rapid.T) {
	last := m.last()
	if !isOpen(&m.c) || (last != nil && !last.Active) || (m.c.Lead == desk.LeadBot && !m.botOn) {
		t.Skip("nothing to compare")
	}
	away := (*desk.Conversation).Resolve
	if rapid.Bool().Draw(t, "archive") {
		away = (*desk.Conversation).Archive
	}
	by, before := desk.AgentActor(can.ID), m.c
	m.free(away)(t)
	m.once(t, func(c *desk.Conversation) desk.Turn { return c.Reopen(by, last, m.botOn, m.now) })
	seen := m.c
	seen.Messages = before.Messages // the lines that tell of it
	if !reflect.DeepEqual(seen, before) {
		t.Fatalf("put away and reopened: %+v\nbefore:                %+v", seen, before)
	}
}

// check holds the state to what is always true.
func (m *machine) check(t *rapid.T) {
	c := &m.c
	switch {
	case (c.Lead == desk.LeadAgent) == c.Agent.IsZero():
		t.Fatalf("lead %s with agent %s", c.Lead, c.Agent)
	case c.Archived && c.State != desk.Resolved:
		t.Fatal("archived and open")
	case (c.State == desk.Open) != c.ResolvedAt.IsZero():
		t.Fatalf("%s, resolved at %d", c.State, c.ResolvedAt)
	case !slices.Equal(c.Views(), viewsWanted(c)):
		t.Fatalf("in %v, want %v", c.Views(), viewsWanted(c))
	case !slices.IsSorted(c.Tags):
		t.Fatalf("tags %q", c.Tags)
	case uint64(len(m.thread)) != c.Messages:
		t.Fatalf("%d messages, %d counted", len(m.thread), c.Messages)
	}
	m.checkTeam(t)
	var last desk.Message
	active, over := desk.Time(0), false
	for _, msg := range m.thread {
		switch {
		case msg.Kind == desk.KindEvent:
			kind := msg.Line.Type
			over = over || kind == desk.ConversationHandedOver || kind == desk.ConversationAssigned
		case msg.Author.Kind != desk.ActorSystem:
			last, active = msg, max(active, msg.At)
		}
		if over && msg.Kind == desk.KindBot && msg.Author.Kind == desk.ActorBot {
			t.Fatalf("the bot spoke after a person had taken over: %+v", msg)
		}
	}
	if isOpen(c) && !c.Category.IsZero() {
		t.Fatalf("open and resolved as %s", c.Category)
	}
	if want := desk.PreviewOf(last.Kind, last.Author.ID, last.Text, 0, last.At); c.Last != want || c.ActiveAt != active {
		t.Fatalf("last %+v, active at %d; want %+v, %d", c.Last, c.ActiveAt, want, active)
	}
}

// checkTeam holds the team to what the journal told of it last.
func (m *machine) checkTeam(t *rapid.T) {
	team := desk.ID{}
	for i := range m.journal {
		if e := &m.journal[i]; e.Type == desk.ConversationTeamAssigned || e.Type == desk.ConversationTeamUnassigned {
			if e.From != team || e.To == team {
				t.Fatalf("told of a team from %s to %s, where it was %s", e.From, e.To, team)
			}
			team = e.To
		}
	}
	if m.c.Team != team {
		t.Fatalf("in the team %s, the journal told of %s", m.c.Team, team)
	}
}

// same compares two states; no tags and an empty list of tags are the same.
func same(a, b *desk.Conversation) bool {
	x, y := *a, *b
	x.Tags, y.Tags = nil, nil
	return slices.Equal(a.Tags, b.Tags) && reflect.DeepEqual(x, y)
}
