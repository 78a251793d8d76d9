package desk

// Resolver closes conversations in which the customer has fallen silent, and puts
// resolved ones away. A figure of 0 switches its part off.
type Resolver struct {
	Rev          uint64
	BotMinutes   uint32 // after so many quiet minutes, one that the bot leads is resolved
	AgentMinutes uint32 // … one that an agent leads
	WarnMinutes  uint32 // the customer is warned so long before; 0 says nothing
	Category     ID     // what they are resolved as; zero for none
	Warning      Both   // may hold {{minutes}}
	ArchiveDays  uint32 // so many days after it was resolved, one is archived
	AnewDays     uint32 // so many days after it was closed, a customer who writes starts a new one; 0 reopens always
}

// Limits on the resolver.
const (
	MaxQuietMinutes = 30 * 24 * 60
	MaxArchiveDays  = 3650
	MaxAnewDays     = 3650
)

// DefaultResolver is the resolver before anything was set: off, with a warning
// ready.
func DefaultResolver() Resolver {
	return Resolver{
		WarnMinutes: 5,
		Warning: Both{
			TR: "Hâlâ orada mısınız? Yanıt gelmezse bu konuşma {{minutes}} dakika içinde kapanacak. Dilediğiniz zaman yeniden yazabilirsiniz.",
			EN: "Are you still there? Without an answer this conversation will close in {{minutes}} min. You can write again at any time.",
		},
	}
}

// Replace sets everything. Whether the category exists is the caller's to say.
func (r *Resolver) Replace(by Actor, next *Resolver, now Time) (Resolver, []Event, error) {
	if err := checkRev(r.Rev, next.Rev); err != nil {
		return Resolver{}, nil, err
	}
	clean, err := *next, error(nil)
	clean.Rev = r.Rev
	if clean.Warning, err = cleanBoth("warning", next.Warning, MaxBotText); err != nil {
		return Resolver{}, nil, err
	}
	switch {
	case clean.BotMinutes > MaxQuietMinutes:
		return Resolver{}, nil, Refuse(CodeInvalid, "bot_minutes", "At most 30 days.")
	case clean.AgentMinutes > MaxQuietMinutes:
		return Resolver{}, nil, Refuse(CodeInvalid, "agent_minutes", "At most 30 days.")
	case clean.ArchiveDays > MaxArchiveDays:
		return Resolver{}, nil, Refuse(CodeInvalid, "archive_days", "At most 3650 days.")
	case clean.AnewDays > MaxAnewDays:
		return Resolver{}, nil, Refuse(CodeInvalid, "anew_days", "At most 3650 days.")
	case clean.WarnMinutes > 0 && !warnsInTime(clean.WarnMinutes, clean.BotMinutes, clean.AgentMinutes):
		return Resolver{}, nil, Refuse(CodeInvalid, "warn_minutes", "The warning comes while there is time left: choose less than the quiet minutes.")
	}
	if clean == *r {
		return clean, nil, nil
	}
	return clean, []Event{{Type: ResolverUpdated, Actor: by, At: now}}, nil
}

func warnsInTime(warn uint32, quiet ...uint32) bool {
	for _, minutes := range quiet {
		if minutes > 0 && warn >= minutes {
			return false
		}
	}
	return true
}

// dayLength is in milliseconds, as Time is.
const dayLength Time = 24 * 60 * 60 * 1000

// StartsAnew reports whether a customer who writes into a conversation now starts a
// new one with it: it was closed, and nobody wrote, for more days than are set.
func (r *Resolver) StartsAnew(c *Conversation, now Time) bool {
	if r.AnewDays == 0 || c.isOpen() {
		return false
	}
	return now-max(c.ResolvedAt, c.ActiveAt) > Time(r.AnewDays)*dayLength
}

// QuietMinutes is after how many quiet minutes a conversation is resolved, 0 for
// never: only one that somebody leads, and in which nobody waits for an answer.
func (r *Resolver) QuietMinutes(c *Conversation) uint32 {
	if !c.isOpen() || !c.WaitingSince.IsZero() {
		return 0
	}
	switch c.Lead {
	case LeadBot:
		return r.BotMinutes
	case LeadAgent:
		return r.AgentMinutes
	}
	return 0
}
