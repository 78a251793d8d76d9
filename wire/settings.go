package wire

import "parley/desk"

// Resolver closes conversations in which the customer has fallen silent. A figure
// of 0 switches its part off.
type Resolver struct {
	Rev          uint64   `json:"rev"`
	BotMinutes   uint32   `json:"bot_minutes" maximum:"43200" doc:"After so many quiet minutes one that the bot leads is resolved."`
	AgentMinutes uint32   `json:"agent_minutes" maximum:"43200" doc:"After so many quiet minutes one that an agent leads is resolved."`
	WarnMinutes  uint32   `json:"warn_minutes" maximum:"43200" doc:"The customer is warned so long before."`
	CategoryID   *desk.ID `json:"category_id" nullable:"true" doc:"What they are resolved as; null for nothing."`
	Warning      Both     `json:"warning" doc:"May hold {{minutes}}."`
	ArchiveDays  uint32   `json:"archive_days" maximum:"3650" doc:"So many days after it was resolved, a conversation is archived."`
	AnewDays     uint32   `json:"anew_days" required:"false" maximum:"3650" doc:"So many days after it was closed, a customer who writes into a conversation starts a new one; 0 reopens it always."`
}

// FromResolver builds the resolver's shape.
func FromResolver(r *desk.Resolver) Resolver {
	return Resolver{
		Rev: r.Rev, BotMinutes: r.BotMinutes, AgentMinutes: r.AgentMinutes, WarnMinutes: r.WarnMinutes,
		CategoryID: idOrNil(r.Category), Warning: Both(r.Warning), ArchiveDays: r.ArchiveDays, AnewDays: r.AnewDays,
	}
}

// Desk reads the shape.
func (r *Resolver) Desk() desk.Resolver {
	return desk.Resolver{
		Rev: r.Rev, BotMinutes: r.BotMinutes, AgentMinutes: r.AgentMinutes, WarnMinutes: r.WarnMinutes,
		Category: idOf(r.CategoryID), Warning: r.Warning.Desk(), ArchiveDays: r.ArchiveDays, AnewDays: r.AnewDays,
	}
}

// Category says as what a conversation was resolved.
type Category struct {
	ID        desk.ID `json:"id"`
	Rev       uint64  `json:"rev"`
	Name      Both    `json:"name"`
	Closing   Both    `json:"closing" doc:"Said to the customer when it is used; may be empty."`
	AskRating bool    `json:"ask_rating"`
	Enabled   bool    `json:"enabled"`
}

// FromCategory builds a category's shape.
func FromCategory(c *desk.Category) Category {
	return Category{ID: c.ID, Rev: c.Rev, Name: Both(c.Name), Closing: Both(c.Closing), AskRating: c.AskRating, Enabled: c.Enabled}
}

// Rule answers messages that hold certain phrases.
type Rule struct {
	ID       desk.ID  `json:"id"`
	Rev      uint64   `json:"rev"`
	Language string   `json:"language" doc:"tr, en, or empty for any."`
	Phrases  []string `json:"phrases" nullable:"false"`
	Match    string   `json:"match" enum:"word,phrase,exact"`
	Answer   string   `json:"answer"`
	Choices  []string `json:"choices" nullable:"false"`
	Handover bool     `json:"handover" doc:"After the answer, if there is one, the bot gives way."`
	Enabled  bool     `json:"enabled"`
	Position uint32   `json:"position" doc:"The lowest that matches is taken."`
}

// FromRule builds a rule's shape.
func FromRule(r *desk.Rule) Rule {
	return Rule{
		ID: r.ID, Rev: r.Rev, Language: r.Language, Phrases: nonNil(r.Phrases), Match: string(r.Match), Answer: r.Answer,
		Choices: nonNil(r.Choices), Handover: r.Handover, Enabled: r.Enabled, Position: r.Position,
	}
}

// Knowledge is something that the bot knows.
type Knowledge struct {
	ID        desk.ID    `json:"id"`
	Rev       uint64     `json:"rev"`
	Language  string     `json:"language" enum:"tr,en"`
	Questions []string   `json:"questions" nullable:"false" doc:"Ways to ask for it; the first is its title."`
	Answer    string     `json:"answer"`
	Choices   []string   `json:"choices" nullable:"false" doc:"Follow-up questions to choose from."`
	Enabled   bool       `json:"enabled"`
	UpdatedAt desk.Time  `json:"updated_at"`
	Uses      uint64     `json:"uses" doc:"How often the bot has answered with it; counting raises no rev."`
	UsedAt    *desk.Time `json:"used_at" nullable:"true"`
}

// FromKnowledge builds the shape of an entry.
func FromKnowledge(k *desk.Knowledge, uses uint64, last desk.Time) Knowledge {
	return Knowledge{
		ID: k.ID, Rev: k.Rev, Language: k.Language, Questions: nonNil(k.Questions), Answer: k.Answer, Choices: nonNil(k.Choices),
		Enabled: k.Enabled, UpdatedAt: k.UpdatedAt, Uses: uses, UsedAt: timeOrNil(last),
	}
}

func idOf(id *desk.ID) desk.ID {
	if id == nil {
		return desk.ID{}
	}
	return *id
}
