package desk

import "slices"

// Number is a conversation's number, the name that people use for it: 1, 2, 3 …
type Number uint64

// State is open or resolved.
type State uint8

// The states. The values are stored: never renumber.
const (
	Open     State = 1
	Resolved State = 2
)

func (s State) String() string {
	if s == Resolved {
		return "resolved"
	}
	return "open"
}

// Lead is who leads an open conversation. A resolved one keeps the lead it had,
// so that reopening gives back what resolving took.
type Lead uint8

// The leads. The values are stored: never renumber.
const (
	LeadNobody Lead = 0
	LeadBot    Lead = 1
	LeadAgent  Lead = 2
)

var leadNames = [...]string{"nobody", "bot", "agent"}

func (l Lead) String() string {
	if int(l) < len(leadNames) {
		return leadNames[l]
	}
	return "unknown"
}

// The channels that Parley has itself; those of tokens are called as the tokens say.
const (
	ChannelWidget = "widget" // the visitors of a website
	ChannelDesk   = "desk"   // begun by an agent
)

// Conversation is one exchange with one customer.
type Conversation struct {
	Number   Number
	Rev      uint64 // rises by one with every saved change; the newer of two copies has the higher one
	Customer ID
	Channel  string
	State    State
	Archived bool
	Lead     Lead
	Agent    ID       // the leading agent; in a resolved conversation the one who led it; zero otherwise
	Team     ID       // the team that it is assigned to, whoever leads it; zero for none
	Tags     []string // sorted, no doubles

	Messages     uint64 // how many there are; the newest has this seq
	Unread       uint64 // customer messages that nobody of the team has read
	OpenedAt     Time
	ActiveAt     Time // the newest message that is not an event line; the order of every list
	WaitingSince Time // the first customer message that no person or bot has answered; zero when none waits
	ResolvedAt   Time

	Last Preview // what the list shows of the newest customer, agent or bot message, or note

	TeamRead          uint64 // the seq up to which the team has read; it never falls
	CustomerDelivered uint64 // the seq up to which a device of the customer has it
	CustomerRead      uint64 // the seq up to which the customer has seen it
	CustomerUnread    uint64 // messages of agents and the bot after CustomerRead
	Rating            *Rating
	Category          ID    // what it was resolved as; zero for none
	Site              ID    // the website it was written on; zero for other channels
	Misses            uint8 // questions in a row that the bot has not understood
}

// Preview is the newest message as the list shows it.
type Preview struct {
	Kind   MessageKind
	Author ID
	Text   string // at most PreviewRunes runes, one line
	Files  uint64
	At     Time
}

// PreviewRunes is the length of a preview's text.
const PreviewRunes = 140

// Turn is what a verb returns: the state after it, the messages that it adds to
// the thread (in order, numbered from the conversation's next seq) and the
// events for the journal. A verb that changes nothing returns no events, and its
// answer is the present state: saying it twice changes nothing.
type Turn struct {
	Conversation Conversation
	Messages     []Message
	Events       []Event
}

// turn starts a Turn from a copy of the present state.
func (c *Conversation) turn() Turn {
	next := *c
	next.Tags = slices.Clone(c.Tags)
	return Turn{Conversation: next}
}

// say adds an event line to the thread and its event to the journal.
func (t *Turn) say(kind EventType, by Actor, from, to ID, now Time) {
	t.tell(&EventLine{Type: kind, From: from, To: to}, by, now)
}

// tell is say for a line that holds more than agents.
func (t *Turn) tell(line *EventLine, by Actor, now Time) {
	c := &t.Conversation
	c.Messages++
	t.Messages = append(t.Messages, Message{
		Number: c.Number, Seq: c.Messages, Kind: KindEvent, Author: by, At: now, Line: line,
	})
	t.Events = append(t.Events, Event{
		Type: line.Type, Number: c.Number, Seq: c.Messages, From: line.From, To: line.To, Actor: by, At: now,
	})
}

// note adds an event to the journal that leaves no line in the thread.
func (t *Turn) note(kind EventType, by Actor, now Time) {
	t.Events = append(t.Events, Event{Type: kind, Number: t.Conversation.Number, Actor: by, At: now})
}

// Assign gives the lead to an agent. An archived or resolved conversation is
// reopened by it. Refused: CodeInvalid when the agent is disabled.
func (c *Conversation) Assign(by Actor, to *Agent, now Time) (Turn, error) {
	if !to.Active || !to.Role.Can(ActionLead) {
		return Turn{}, Refuse(CodeInvalid, "agent_id", "This person can't take conversations; choose an active agent.")
	}
	t := c.turn()
	if c.isOpen() && c.Lead == LeadAgent && c.Agent == to.ID {
		return t, nil
	}
	if !c.isOpen() {
		t.open()
		t.say(ConversationReopened, by, ID{}, ID{}, now)
	}
	from := t.Conversation.leadingAgent()
	t.Conversation.Lead, t.Conversation.Agent = LeadAgent, to.ID
	if from != to.ID {
		t.say(ConversationAssigned, by, from, to.ID, now)
	}
	return t, nil
}

// Unassign takes the lead away, so that the conversation waits for the team. A
// bot's lead ends too: it is a hand-over. A conversation that is not open is
// left as it is. Its team stays, so that it is the team that it falls back to.
func (c *Conversation) Unassign(by Actor, now Time) Turn {
	t := c.turn()
	if c.isOpen() {
		t.unlead(by, now)
	}
	return t
}

// Resolve closes an open conversation: the customer's problem is solved.
func (c *Conversation) Resolve(by Actor, now Time) Turn {
	t := c.turn()
	if c.State == Resolved {
		return t
	}
	t.Conversation.State = Resolved
	t.Conversation.ResolvedAt = now
	t.say(ConversationResolved, by, ID{}, ID{}, now)
	return t
}

// Reopen makes a resolved or archived conversation active again. It is led as
// before: by its last agent if they are still active, by the bot if the bot led
// it and is on, else by nobody.
//
// last is the conversation's Agent, or nil when it has none.
func (c *Conversation) Reopen(by Actor, last *Agent, botOn bool, now Time) Turn {
	t := c.turn()
	if c.isOpen() {
		return t
	}
	t.open()
	t.settleLead(last, botOn)
	t.say(ConversationReopened, by, ID{}, ID{}, now)
	return t
}

// Archive puts the conversation away; an open one is resolved first.
func (c *Conversation) Archive(by Actor, now Time) Turn {
	if c.Archived {
		return c.turn()
	}
	t := c.Resolve(by, now)
	t.Conversation.Archived = true
	t.say(ConversationArchived, by, ID{}, ID{}, now)
	return t
}

// Unarchive takes the conversation out of the archive; it stays resolved.
func (c *Conversation) Unarchive(by Actor, now Time) Turn {
	t := c.turn()
	if !c.Archived {
		return t
	}
	t.Conversation.Archived = false
	t.say(ConversationUnarchived, by, ID{}, ID{}, now)
	return t
}

// Read says that the team has seen every message.
func (c *Conversation) Read(by Actor, now Time) Turn {
	t := c.turn()
	if c.Unread == 0 {
		return t
	}
	t.Conversation.Unread, t.Conversation.TeamRead = 0, c.Messages
	t.note(ConversationRead, by, now)
	return t
}

// MarkUnread brings the conversation back to somebody's attention.
func (c *Conversation) MarkUnread(by Actor, now Time) Turn {
	t := c.turn()
	if c.Unread > 0 {
		return t
	}
	t.Conversation.Unread = 1
	t.note(ConversationUnread, by, now)
	return t
}

// Tag replaces the tags, and says so in the thread. The texts are cleaned as CleanTags
// says.
func (c *Conversation) Tag(by Actor, tags []string, now Time) (Turn, error) {
	t, changed, err := c.tagged(tags)
	if changed {
		own := t.Conversation.Tags
		t.tell(&EventLine{Type: ConversationTagged, Added: without(own, c.Tags), Removed: without(c.Tags, own)}, by, now)
	}
	return t, err
}

// Retag is Tag without a word in the thread: for a tag that is called otherwise or gone
// from now on, which concerns no conversation more than another.
func (c *Conversation) Retag(by Actor, tags []string, now Time) (Turn, error) {
	t, changed, err := c.tagged(tags)
	if changed {
		t.note(ConversationTagged, by, now)
	}
	return t, err
}

func (c *Conversation) tagged(tags []string) (t Turn, changed bool, err error) {
	clean, err := CleanTags(tags)
	if err != nil {
		return Turn{}, false, err
	}
	t = c.turn()
	changed = !slices.Equal(clean, c.Tags)
	t.Conversation.Tags = clean
	return t, changed, nil
}

// without is the tags that are not among others; nil for none.
func without(tags, others []string) (left []string) {
	for _, tag := range tags {
		if !slices.Contains(others, tag) {
			left = append(left, tag)
		}
	}
	return left
}

// TellBlocked says in the thread that the customer was blocked, and why. It changes
// nothing of how the conversation stands.
func (c *Conversation) TellBlocked(by Actor, reason string, now Time) Turn {
	t := c.turn()
	t.tell(&EventLine{Type: ConversationBlocked, Reason: reason}, by, now)
	return t
}

// TellUnblocked says in the thread that the customer is no longer blocked.
func (c *Conversation) TellUnblocked(by Actor, now Time) Turn {
	t := c.turn()
	t.tell(&EventLine{Type: ConversationUnblocked}, by, now)
	return t
}

// isOpen reports whether the conversation is active.
func (c *Conversation) isOpen() bool { return c.State == Open && !c.Archived }

// leadingAgent is the agent who leads, or zero.
func (c *Conversation) leadingAgent() ID {
	if c.Lead == LeadAgent {
		return c.Agent
	}
	return ID{}
}

// open makes the conversation active without touching its lead.
func (t *Turn) open() {
	t.Conversation.State, t.Conversation.Archived, t.Conversation.ResolvedAt = Open, false, 0
	t.Conversation.Category = ID{}
}

// unlead takes the lead from whoever has it.
func (t *Turn) unlead(by Actor, now Time) {
	c := &t.Conversation
	switch c.Lead {
	case LeadBot:
		t.handOver(by, c.WaitingSince, now)
	case LeadAgent:
		from := c.Agent
		c.Lead, c.Agent = LeadNobody, ID{}
		t.say(ConversationUnassigned, by, from, ID{}, now)
	}
}

// settleLead drops a lead that can no longer be held.
func (t *Turn) settleLead(last *Agent, botOn bool) {
	c := &t.Conversation
	agentGone := c.Lead == LeadAgent && (last == nil || last.ID != c.Agent || !last.Active || !last.Role.Can(ActionLead))
	botGone := c.Lead == LeadBot && !botOn
	if agentGone || botGone {
		c.Lead, c.Agent = LeadNobody, ID{}
	}
}
