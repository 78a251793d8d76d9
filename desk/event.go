package desk

// EventType says what happened. The name is the frame's type on the socket too.
type EventType string

// What can happen. The words after the dot are past tense: an event is a fact.
const (
	MessagePosted EventType = "message.posted"

	ConversationOpened     EventType = "conversation.opened"
	ConversationImported   EventType = "conversation.imported"
	ConversationAssigned   EventType = "conversation.assigned"
	ConversationUnassigned EventType = "conversation.unassigned"
	ConversationResolved   EventType = "conversation.resolved"
	ConversationReopened   EventType = "conversation.reopened"
	ConversationArchived   EventType = "conversation.archived"
	ConversationUnarchived EventType = "conversation.unarchived"
	ConversationHandedOver EventType = "conversation.handed_over"
	ConversationRead       EventType = "conversation.read"
	ConversationUnread     EventType = "conversation.unread"
	ConversationTagged     EventType = "conversation.tagged"
	ConversationBlocked    EventType = "conversation.blocked"   // it tells that its customer was blocked
	ConversationUnblocked  EventType = "conversation.unblocked" // and that they no longer are
	ConversationDelivered  EventType = "conversation.delivered"
	ConversationSeen       EventType = "conversation.seen"
	ConversationRated      EventType = "conversation.rated"
	ConversationCarded     EventType = "conversation.carded"  // a message got cards for its links
	ConversationRemoved    EventType = "conversation.removed" // for good; its number is not given again

	ConversationTeamAssigned   EventType = "conversation.team_assigned"
	ConversationTeamUnassigned EventType = "conversation.team_unassigned"

	CustomerCreated   EventType = "customer.created"
	CustomerUpdated   EventType = "customer.updated"
	CustomerNoteAdded EventType = "customer.note_added"
	CustomerBlocked   EventType = "customer.blocked"
	CustomerUnblocked EventType = "customer.unblocked"
	CustomerVisited   EventType = "customer.visited" // they are on another page of the website
	CustomerRemoved   EventType = "customer.removed"

	AgentCreated EventType = "agent.created"
	AgentUpdated EventType = "agent.updated"

	AgentTeamSaved   EventType = "agent_team.saved"
	AgentTeamDeleted EventType = "agent_team.deleted"

	ReplySaved   EventType = "reply.saved"
	ReplyDeleted EventType = "reply.deleted"

	TeamUpdated EventType = "team.updated"

	SiteSaved   EventType = "site.saved"
	SiteDeleted EventType = "site.deleted"
)

// InThread reports whether the event is one that a verb says in the thread: the
// only ones that an event line may have.
func (e EventType) InThread() bool {
	switch e {
	case ConversationAssigned, ConversationUnassigned, ConversationHandedOver,
		ConversationResolved, ConversationReopened, ConversationArchived, ConversationUnarchived,
		ConversationTeamAssigned, ConversationTeamUnassigned,
		ConversationTagged, ConversationBlocked, ConversationUnblocked:
		return true
	}
	return false
}

// ActorKind says who acts.
type ActorKind uint8

// Who can act.
const (
	ActorSystem ActorKind = iota
	ActorCustomer
	ActorAgent
	ActorBot
)

var actorNames = [...]string{"system", "customer", "agent", "bot"}

func (k ActorKind) String() string {
	if int(k) < len(actorNames) {
		return actorNames[k]
	}
	return "unknown"
}

// Actor is who asked for a change. ID is zero for the system and the bot.
type Actor struct {
	Kind ActorKind
	ID   ID
}

// AgentActor is an agent acting.
func AgentActor(id ID) Actor { return Actor{Kind: ActorAgent, ID: id} }

// CustomerActor is a customer acting.
func CustomerActor(id ID) Actor { return Actor{Kind: ActorCustomer, ID: id} }

// Event is one fact in the journal. It holds ids and small facts, never message
// text, so that erasing a customer does not rewrite history. The journal gives
// it its sequence.
type Event struct {
	Type    EventType
	Number  Number // the conversation, if it is about one
	Seq     uint64 // the message in that conversation which tells or is the event; 0 for none
	Subject ID     // the customer, agent, team, reply or site, if it is about one; resolved: the category
	From    ID     // assigned: the agent or team before; a reply deleted: whose it was, zero for everyone's
	To      ID     // assigned: the agent or team after; resolved: the category; a reply saved: whose it is, zero for everyone's
	Actor   Actor
	Cause   uint64 // the sequence of the event that a follower answered; 0 for a person's own act
	At      Time
}
