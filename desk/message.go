package desk

import (
	"slices"
	"strings"
)

// MessageKind says what an entry of the thread is.
type MessageKind uint8

// The kinds. The values are stored: never renumber.
const (
	KindCustomer MessageKind = 1
	KindAgent    MessageKind = 2
	KindBot      MessageKind = 3
	KindNote     MessageKind = 4 // team only, never shown to the customer
	KindEvent    MessageKind = 5 // a line such as "assigned", without text
)

var kindNames = [...]string{"", "customer", "agent", "bot", "note", "event"}

func (k MessageKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Message is one entry in a conversation. It never changes once it is there.
type Message struct {
	Number      Number
	Seq         uint64 // 1, 2, 3 … in its conversation, without gaps
	Kind        MessageKind
	Author      Actor
	ClientID    ID // chosen by the sender; the same one again is the same message
	Text        string
	At          Time
	Attachments []ID
	Line        *EventLine // for KindEvent only
	Choices     []string   // quick answers that the bot offers; one becomes the customer's next message
	Sources     []Source   // where the bot found what it says; for the team only
}

// SourceKind says what kind of thing a bot's answer comes from.
type SourceKind uint8

// The kinds of source. The values are stored: never renumber.
const (
	SourceKnowledge SourceKind = 1 // an entry of the knowledge list
	SourceMessage   SourceKind = 2 // an agent's earlier message
)

var sourceNames = [...]string{"", "knowledge", "message"}

func (k SourceKind) String() string {
	if int(k) < len(sourceNames) {
		return sourceNames[k]
	}
	return "unknown"
}

// Source is where the bot found what it says.
type Source struct {
	Kind   SourceKind
	ID     ID     // of the knowledge entry
	Number Number // of the message's conversation
	Seq    uint64
}

// EventLine is what an event line tells. Texts stand in the line alone and not in
// its event, so that they go when the conversation is removed.
type EventLine struct {
	Type    EventType
	From    ID       // the agent or team before
	To      ID       // the agent or team after; resolved: as which category
	Added   []string // tagged: the tags that came, sorted
	Removed []string // tagged: the tags that went, sorted
	Reason  string   // blocked: why; for the team only
}

// Limits on what one message may carry.
const (
	MaxTextBytes          = 32 << 10
	MaxAttachments        = 10
	MaxMessagesSeenBehind = 200 // how far back a collision is looked for
	MaxChoices            = 6
	MaxChoiceRunes        = 60
	MaxSources            = 5
)

// Draft is a message on its way in: what its sender said.
type Draft struct {
	ClientID    ID
	Text        string
	Note        bool
	Attachments []ID
	Choices     []string // the bot's only
	Sources     []Source // the bot's only
}

// Check refuses a draft that no rule could take: an empty one, a text too long
// or not clean UTF-8, too many attachments, a missing client id.
func (d *Draft) Check() error {
	if d.ClientID.IsZero() {
		return Refuse(CodeInvalid, "client_id", "Send a new UUID with each message, and the same one with each retry.")
	}
	if err := CheckText("text", d.Text, MaxTextBytes); err != nil {
		return err
	}
	if len(d.Attachments) > MaxAttachments {
		return Refuse(CodeTooMany, "attachments", "A message takes at most 10 attachments.")
	}
	if strings.TrimSpace(d.Text) == "" && len(d.Attachments) == 0 {
		return Refuse(CodeEmpty, "text", "Write something or attach a file.")
	}
	if len(d.Sources) > MaxSources {
		return Refuse(CodeTooMany, "sources", "A message names at most 5 sources.")
	}
	return CheckChoices("choices", d.Choices)
}

// CheckChoices refuses quick answers that are too many, too long, empty or not
// clean text.
func CheckChoices(field string, choices []string) error {
	if len(choices) > MaxChoices {
		return Refuse(CodeTooMany, field, "A message offers at most 6 quick answers.")
	}
	for _, choice := range choices {
		if clean, err := CleanName(field, choice, MaxChoiceRunes); err != nil {
			return err
		} else if clean != choice {
			return Refuse(CodeBadText, field, "A quick answer is one line without invisible characters.")
		}
	}
	return nil
}

// SameAs reports whether a stored message is what this draft would make, which
// is how a retry is told from another message under the same client id.
func (d *Draft) SameAs(m *Message) bool {
	return m.Text == d.Text && (m.Kind == KindNote) == d.Note &&
		slices.Equal(m.Attachments, d.Attachments) && slices.Equal(m.Choices, d.Choices)
}

// Post adds an agent's message or note. A reply reopens a resolved conversation
// and takes over from the bot; a note changes nothing but the thread.
//
// last is the conversation's Agent as for Reopen. Refused: CodeArchived for a
// reply to an archived conversation.
func (c *Conversation) Post(by *Agent, d *Draft, last *Agent, botOn bool, now Time) (Turn, error) {
	t := c.turn()
	if d.Note {
		t.post(KindNote, AgentActor(by.ID), d, now)
		return t, nil
	}
	if c.Archived {
		return Turn{}, Refuse(CodeArchived, "", "The conversation is archived; reopen it to reply.")
	}
	t.post(KindAgent, AgentActor(by.ID), d, now)
	next := &t.Conversation
	next.Unread, next.WaitingSince, next.TeamRead = 0, 0, next.Messages
	if !c.isOpen() {
		t.open()
		t.settleLead(last, botOn)
		t.say(ConversationReopened, AgentActor(by.ID), ID{}, ID{}, now)
	}
	if next.Lead == LeadBot {
		next.Lead, next.Agent = LeadAgent, by.ID
		t.say(ConversationAssigned, AgentActor(by.ID), ID{}, by.ID, now)
	}
	return t, nil
}

// Receive adds a customer's message. It reopens a resolved or archived
// conversation, so that nobody misses a customer who writes again.
func (c *Conversation) Receive(d *Draft, last *Agent, botOn bool, now Time) Turn {
	t := c.turn()
	by := CustomerActor(c.Customer)
	t.post(KindCustomer, by, d, now)
	next := &t.Conversation
	next.Unread++
	if !c.isOpen() {
		next.WaitingSince = 0
		t.open()
		t.settleLead(last, botOn)
		t.say(ConversationReopened, by, ID{}, ID{}, now)
	}
	if next.WaitingSince.IsZero() {
		next.WaitingSince = now
	}
	return t
}

// Start opens a new conversation with its first message, from the customer. It is
// led by the bot if that is on, else by nobody.
func Start(number Number, customer ID, channel string, d *Draft, botOn bool, now Time) Turn {
	c := Conversation{Number: number, Customer: customer, Channel: channel, State: Open, OpenedAt: now, ActiveAt: now}
	if botOn {
		c.Lead = LeadBot
	}
	t := Turn{Conversation: c}
	t.note(ConversationOpened, CustomerActor(customer), now)
	t.post(KindCustomer, CustomerActor(customer), d, now)
	t.Conversation.Unread, t.Conversation.WaitingSince = 1, now
	return t
}

// Begin opens a new conversation that an agent starts. lead leads it: the same agent,
// or another one. Refused as Assign refuses.
func Begin(number Number, customer ID, channel string, by, lead *Agent, d *Draft, now Time) (Turn, error) {
	t := Turn{Conversation: Conversation{
		Number: number, Customer: customer, Channel: channel, State: Open, OpenedAt: now, ActiveAt: now,
		Lead: LeadAgent, Agent: by.ID,
	}}
	t.note(ConversationOpened, AgentActor(by.ID), now)
	kind := KindAgent
	if d.Note {
		kind = KindNote
	}
	t.post(kind, AgentActor(by.ID), d, now)
	if lead.ID == by.ID {
		return t, nil
	}
	given, err := t.Conversation.Assign(AgentActor(by.ID), lead, now)
	given.Messages, given.Events = append(t.Messages, given.Messages...), append(t.Events, given.Events...)
	return given, err
}

// post adds a message with text to the thread.
func (t *Turn) post(kind MessageKind, by Actor, d *Draft, now Time) {
	c := &t.Conversation
	c.Messages++
	t.Messages = append(t.Messages, Message{
		Number: c.Number, Seq: c.Messages, Kind: kind, Author: by,
		ClientID: d.ClientID, Text: d.Text, At: now, Attachments: d.Attachments,
		Choices: d.Choices, Sources: d.Sources,
	})
	t.Events = append(t.Events, Event{Type: MessagePosted, Number: c.Number, Seq: c.Messages, Actor: by, At: now})
	if kind == KindAgent || kind == KindBot {
		c.CustomerUnread++
	}
	c.ActiveAt = max(c.ActiveAt, now)
	c.Last = PreviewOf(kind, by.ID, d.Text, len(d.Attachments), now)
}

// PreviewOf shortens a message to what the list shows: one line of at most
// PreviewRunes runes, runs of white space folded to one space.
func PreviewOf(kind MessageKind, author ID, text string, files int, at Time) Preview {
	var b strings.Builder
	runes := 0
	for word := range strings.FieldsSeq(text) {
		if runes > 0 {
			b.WriteByte(' ')
			runes++
		}
		for _, r := range word {
			if runes >= PreviewRunes {
				return Preview{Kind: kind, Author: author, Text: strings.TrimRight(b.String(), " "), Files: uint64(files), At: at}
			}
			b.WriteRune(r)
			runes++
		}
	}
	return Preview{Kind: kind, Author: author, Text: b.String(), Files: uint64(files), At: at}
}
