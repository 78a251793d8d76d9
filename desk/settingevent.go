package desk

// What can happen to settings. Their frames name the thing and do not carry it:
// whoever has it on the screen loads it again.
const (
	HoursUpdated    EventType = "hours.updated"
	BotUpdated      EventType = "bot.updated"
	ResolverUpdated EventType = "resolver.updated"

	CategorySaved   EventType = "category.saved"
	CategoryDeleted EventType = "category.deleted"

	KnowledgeSaved    EventType = "knowledge.saved"
	KnowledgeDeleted  EventType = "knowledge.deleted"
	KnowledgeImported EventType = "knowledge.imported" // one for a whole import

	RuleSaved   EventType = "rule.saved"
	RuleDeleted EventType = "rule.deleted"
)
