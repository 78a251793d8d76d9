package desk

// Speech is what the bot does about what a customer wrote: the messages that it
// says, in order, and whether it gives way to a person after them.
type Speech struct {
	Say      []Draft
	Misses   uint8 // questions in a row that it has not understood, this one included
	Handover bool
}

// bot is the bot acting.
var bot = Actor{Kind: ActorBot}

// Speak says a speech. It is refused (CodeConflict) unless the bot leads the open
// conversation: it never speaks after a hand-over. A speech that gives way leaves
// the customer waiting, since the message that nobody but a person can answer.
func (c *Conversation) Speak(s *Speech, now Time) (Turn, error) {
	if !c.BotLeads() {
		return Turn{}, Refuse(CodeConflict, "", "The bot does not lead this conversation.")
	}
	if len(s.Say) == 0 && !s.Handover {
		return Turn{}, Refuse(CodeEmpty, "say", "A speech says something or gives way.")
	}
	t := c.turn()
	for i := range s.Say {
		t.post(KindBot, bot, &s.Say[i], now)
	}
	t.Conversation.WaitingSince, t.Conversation.Misses = 0, s.Misses
	if s.Handover {
		t.handOver(bot, c.WaitingSince, now)
	}
	return t, nil
}

// BotLeads reports whether the bot may speak.
func (c *Conversation) BotLeads() bool { return c.isOpen() && c.Lead == LeadBot }

// HandOver ends the bot's lead, so that the conversation waits for the team; the
// bot says farewell, if it has one, in the same breath. A conversation that the bot
// does not lead is left as it is.
func (c *Conversation) HandOver(by Actor, farewell *Draft, now Time) Turn {
	t := c.turn()
	if !c.BotLeads() {
		return t
	}
	if farewell != nil {
		t.post(KindBot, bot, farewell, now)
	}
	t.handOver(by, c.WaitingSince, now)
	return t
}

// handOver takes the lead from the bot. The customer waits from now on, or still.
func (t *Turn) handOver(by Actor, waiting, now Time) {
	c := &t.Conversation
	c.Lead, c.Agent, c.Misses = LeadNobody, ID{}, 0
	if c.WaitingSince = waiting; waiting.IsZero() {
		c.WaitingSince = now
	}
	t.say(ConversationHandedOver, by, ID{}, ID{}, now)
}

// Remind says something to the customer that nobody wrote, such as that the answer
// takes longer. It is refused (CodeConflict) unless the conversation is open: what
// nobody wrote opens nothing. It leaves the conversation's place in the lists, its
// preview and the customer's waiting as they are.
func (c *Conversation) Remind(d *Draft, now Time) (Turn, error) {
	if !c.isOpen() {
		return Turn{}, Refuse(CodeConflict, "", "The conversation is not open.")
	}
	t := c.turn()
	t.remind(d, now)
	return t, nil
}

func (t *Turn) remind(d *Draft, now Time) {
	c := &t.Conversation
	active, last := c.ActiveAt, c.Last
	t.post(KindBot, Actor{Kind: ActorSystem}, d, now)
	c.ActiveAt, c.Last = active, last
}

// Loop guard: who answers each of the bot's messages with another within seconds is
// a machine, and who says the same for the fourth time is not helped by a fifth
// answer.
const (
	loopWindow  Time = 2 * 60 * 1000 // milliseconds
	loopAnswers      = 12            // of the bot within the window
	loopRepeats      = 4             // of one text by the customer, in a row
	// LoopTail is how many of the newest messages IsLooping asks for.
	LoopTail = 2 * loopAnswers
)

// IsLooping reports whether the newest messages of a thread are those of two
// machines talking to each other.
func IsLooping(tail []Message, now Time) bool {
	answers, repeats, text := 0, 0, ""
	for i := len(tail) - 1; i >= 0; i-- {
		switch m := &tail[i]; {
		case m.Kind == KindAgent:
			return false
		case m.Kind == KindBot && m.Author.Kind == ActorBot && m.At > now-loopWindow:
			answers++
		case m.Kind == KindCustomer && (repeats == 0 || repeats > 0 && m.Text == text && m.Text != ""):
			repeats, text = repeats+1, m.Text
		case m.Kind == KindCustomer:
			repeats = -loopRepeats * LoopTail // the row has ended
		}
		if answers >= loopAnswers || repeats >= loopRepeats {
			return true
		}
	}
	return false
}

// ResolveAs closes an open conversation as something. closing, in the customer's
// language, is said before; nil says nothing.
func (c *Conversation) ResolveAs(by Actor, category *Category, closing *Draft, now Time) Turn {
	t := c.turn()
	if c.State == Resolved {
		return t
	}
	if closing != nil {
		t.remind(closing, now)
	}
	t.Conversation.State, t.Conversation.ResolvedAt, t.Conversation.Category = Resolved, now, category.ID
	t.say(ConversationResolved, by, ID{}, category.ID, now)
	t.Events[len(t.Events)-1].Subject = category.ID
	return t
}
