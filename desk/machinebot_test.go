package desk_test

import (
	"slices"

	"pgregory.net/rapid"

	"parley/desk"
)

// The verbs of the bot and of the resolver, for the machine.

func (m *machine) speak(t *rapid.T) {
	m.tick(t)
	speech := desk.Speech{Misses: uint8(rapid.IntRange(0, 3).Draw(t, "misses")), Handover: rapid.Bool().Draw(t, "hand over")}
	for range rapid.IntRange(1, 2).Draw(t, "messages") {
		speech.Say = append(speech.Say, *m.draft(t))
	}
	before := m.c
	turn, err := before.Speak(&speech, m.now)
	if (err == nil) != before.BotLeads() {
		t.Fatalf("the bot spoke in %+v: %v", m.c, err)
	}
	if err != nil {
		return
	}
	m.take(t, &before, &turn)
	if speech.Handover && (m.c.Lead != desk.LeadNobody || m.c.WaitingSince.IsZero() || m.c.Misses != 0) {
		t.Fatalf("handed over, and nobody is told to come: %+v", m.c)
	}
}

func (m *machine) handOver(t *rapid.T) {
	m.tick(t)
	var farewell *desk.Draft
	if rapid.Bool().Draw(t, "says farewell") {
		farewell = m.draft(t)
	}
	m.once(t, func(c *desk.Conversation) desk.Turn { return c.HandOver(desk.CustomerActor(customer), farewell, m.now) })
	if m.c.BotLeads() {
		t.Fatalf("the bot still leads: %+v", m.c)
	}
}

func (m *machine) remind(t *rapid.T) {
	m.tick(t)
	before := m.c
	turn, err := before.Remind(m.draft(t), m.now)
	if (err == nil) != isOpen(&m.c) {
		t.Fatalf("reminded in %+v: %v", m.c, err)
	}
	if err != nil {
		return
	}
	m.take(t, &before, &turn)
	if m.c.WaitingSince != before.WaitingSince || m.c.Unread != before.Unread || m.c.Lead != before.Lead || !slices.Equal(m.c.Views(), before.Views()) {
		t.Fatalf("what nobody wrote changed %+v into %+v", before, m.c)
	}
}

func (m *machine) resolveAs(t *rapid.T) {
	m.tick(t)
	var closing *desk.Draft
	if rapid.Bool().Draw(t, "says something") {
		closing = m.draft(t)
	}
	was := isOpen(&m.c)
	category := &desk.Category{ID: idOf(0x31)}
	m.once(t, func(c *desk.Conversation) desk.Turn {
		return c.ResolveAs(desk.Actor{Kind: desk.ActorSystem}, category, closing, m.now)
	})
	if was && (m.c.State != desk.Resolved || m.c.Category != category.ID) {
		t.Fatalf("not resolved: %+v", m.c)
	}
}
