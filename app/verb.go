package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Verb is something an agent does to a conversation that adds no message of
// their own.
type Verb string

// The verbs.
const (
	VerbAssign     Verb = "assign"
	VerbUnassign   Verb = "unassign"
	VerbResolve    Verb = "resolve"
	VerbReopen     Verb = "reopen"
	VerbArchive    Verb = "archive"
	VerbUnarchive  Verb = "unarchive"
	VerbRead       Verb = "read"
	VerbUnread     Verb = "unread"
	VerbSetTags    Verb = "tags"     // replaces them
	VerbAddTags    Verb = "tag"      // adds to them
	VerbRemoveTags Verb = "untag"    // takes some away
	VerbTakeover   Verb = "takeover" // assign to oneself
	VerbTeam       Verb = "team"     // assign to a team of agents, or to none
)

// rule is a verb: the action that it takes, and the desk's rule behind it.
type rule struct {
	action desk.Action
	apply  func(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error)
}

// simple makes a rule of a desk verb that needs nothing but actor and time.
func simple(action desk.Action, verb func(c *desk.Conversation, by desk.Actor, now desk.Time) desk.Turn) rule {
	return rule{action, func(_ *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
		return verb(c, desk.AgentActor(cmd.By), cmd.At), nil
	}}
}

var rules = map[Verb]rule{
	VerbAssign:     {desk.ActionLead, assign},
	VerbReopen:     {desk.ActionLead, reopen},
	VerbTakeover:   {desk.ActionLead, takeover},
	VerbTeam:       {desk.ActionLead, team},
	VerbSetTags:    {desk.ActionReply, tag},
	VerbAddTags:    {desk.ActionReply, addTags},
	VerbRemoveTags: {desk.ActionReply, removeTags},
	VerbUnassign:   simple(desk.ActionLead, (*desk.Conversation).Unassign),
	VerbResolve:    {desk.ActionLead, resolve},
	VerbArchive:    simple(desk.ActionLead, (*desk.Conversation).Archive),
	VerbUnarchive:  simple(desk.ActionLead, (*desk.Conversation).Unarchive),
	VerbRead:       simple(desk.ActionReply, (*desk.Conversation).Read),
	VerbUnread:     simple(desk.ActionReply, (*desk.Conversation).MarkUnread),
}

// Action is what an agent must be allowed to do to use the verb.
func (v Verb) Action() desk.Action { return rules[v].action }

// ChangeConversation is the command behind every verb.
type ChangeConversation struct {
	Verb   Verb
	By     desk.ID // the acting agent
	Number desk.Number
	To     desk.ID  // assign: the agent who gets it; team: the team, zero for none
	Tags   []string // tags: all of them; tag, untag: those to add or take away
	// Category is what the conversation is resolved as; zero for nothing.
	Category desk.ID
	At       desk.Time
}

// Change does a verb. Saying it twice changes nothing; the answer is always the
// present state. Refused as the desk's rule says, with CodeNotFound for an
// unknown conversation or agent.
func (a *App) Change(cmd ChangeConversation) (wire.Conversation, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ChangeConversation) Apply(tx *store.Tx) (wire.Conversation, error) {
	rule, known := rules[cmd.Verb]
	if !known {
		return wire.Conversation{}, desk.NotFound("verb")
	}
	if _, err := allow(tx, cmd.By, rule.action); err != nil {
		return wire.Conversation{}, err
	}
	before, err := tx.Conversation(cmd.Number)
	if err != nil {
		return wire.Conversation{}, err
	}
	turn, err := rule.apply(tx, &before, cmd)
	if err != nil {
		return wire.Conversation{}, err
	}
	if err := tx.SaveTurn(&before, &turn); err != nil {
		return wire.Conversation{}, err
	}
	return wire.ConversationOf(tx, &turn.Conversation)
}

func assign(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	to, err := tx.Agent(cmd.To)
	if err != nil {
		return desk.Turn{}, err
	}
	return c.Assign(desk.AgentActor(cmd.By), &to, cmd.At)
}

func takeover(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	mine := *cmd
	mine.To = cmd.By
	return assign(tx, c, &mine)
}

// resolve resolves as something, which may have a word to say to the customer.
// Refused: CodeInvalid for a category that is not there or no longer used.
func resolve(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	by := desk.AgentActor(cmd.By)
	if cmd.Category.IsZero() || c.State == desk.Resolved {
		return c.Resolve(by, cmd.At), nil
	}
	if err := knownCategory(tx, cmd.Category); err != nil {
		return desk.Turn{}, err
	}
	category, err := tx.Category(cmd.Category)
	if err == nil && !category.Enabled {
		err = desk.Refuse(desk.CodeInvalid, "category_id", "This category is no longer used.")
	}
	if err != nil {
		return desk.Turn{}, err
	}
	said, err := closing(tx, c, &category, cmd.At)
	return c.ResolveAs(by, &category, said, cmd.At), err
}

func reopen(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	last, botOn, err := leads(tx, c, cmd.At)
	if err != nil {
		return desk.Turn{}, err
	}
	return c.Reopen(desk.AgentActor(cmd.By), last, botOn, cmd.At), nil
}

// leads loads what reopening at a moment asks for: the conversation's last agent,
// nil if it has none or they are gone, and whether the bot would lead.
func leads(tx *store.Tx, c *desk.Conversation, at desk.Time) (last *desk.Agent, botOn bool, err error) {
	if botOn, err = botLeads(tx, c.Site, at); err != nil || c.Agent.IsZero() {
		return nil, botOn, err
	}
	agent, err := tx.Agent(c.Agent)
	if err != nil {
		return nil, botOn, desk.OrGone(err)
	}
	return &agent, botOn, nil
}
