package desk

// Action is one kind of thing that a principal may or may not do. Every route
// declares one; what no rule allows is denied.
type Action string

// The actions.
const (
	ActionSignIn         Action = "sign_in"         // without a session
	ActionSelf           Action = "self"            // one's own session, name, language
	ActionSecure         Action = "secure"          // who one is, one's own second factor, leaving
	ActionRead           Action = "read"            // conversations, customers, replies, agents, search
	ActionReply          Action = "reply"           // post messages and notes, upload, tag, read marks
	ActionLead           Action = "lead"            // assign, resolve, reopen, archive, and be assigned
	ActionEditCustomer   Action = "edit_customer"   // fields, notes, tags, block
	ActionEditReplies    Action = "edit_replies"    // saved replies
	ActionManageAgents   Action = "manage_agents"   // create, change, disable
	ActionManageTeam     Action = "manage_team"     // settings
	ActionRequireFactor  Action = "require_factor"  // whether everyone must have a second factor
	ActionOperate        Action = "operate"         // metrics
	ActionPublic         Action = "public"          // health, the page itself
	ActionSetup          Action = "setup"           // with the one-time code, before any agent exists
	ActionManageTokens   Action = "manage_tokens"   // API tokens
	ActionManageWebhooks Action = "manage_webhooks" // outgoing webhooks
	ActionReadAudit      Action = "read_audit"      // the audit log
	ActionBackUp         Action = "back_up"         // make, fetch and delete backups, which hold everything
	ActionChannel        Action = "channel"         // on behalf of customers, with a channel token; no role may
	ActionEnter          Action = "enter"           // begin as a visitor of a website, without a token yet
	ActionVisit          Action = "visit"           // with a visitor's token, in what is theirs
)

// allowed is the one table of who may do what.
var allowed = map[Action]Role{ // the least role that may
	ActionSelf:           RoleReporter,
	ActionSecure:         RoleReporter,
	ActionRead:           RoleReporter,
	ActionReply:          RoleAgent,
	ActionLead:           RoleAgent,
	ActionEditCustomer:   RoleAgent,
	ActionEditReplies:    RoleAgent,
	ActionManageAgents:   RoleAdmin,
	ActionManageTeam:     RoleAdmin,
	ActionRequireFactor:  RoleOwner,
	ActionManageTokens:   RoleAdmin,
	ActionManageWebhooks: RoleAdmin,
	ActionReadAudit:      RoleAdmin,
	ActionBackUp:         RoleAdmin,
	ActionOperate:        RoleAdmin,
}

// Can reports whether a role allows an action. Unknown actions are denied.
func (r Role) Can(action Action) bool {
	least, known := allowed[action]
	return known && r >= least
}

// Open reports whether anybody at all may do it without a session.
func (a Action) Open() bool {
	return a == ActionPublic || a == ActionSignIn || a == ActionSetup || a == ActionEnter
}

// BeforeFactor reports whether it may be done by one who must set a second factor up
// first.
func (a Action) BeforeFactor() bool { return a == ActionSecure }

// OfVisitors reports whether it is visitors, and not agents, who do it.
func (a Action) OfVisitors() bool { return a == ActionEnter || a == ActionVisit }

// MayGrant reports whether an agent of role r may make somebody to, or change
// somebody who is from: nobody acts above their own role.
func (r Role) MayGrant(from, to Role) bool {
	return r.Can(ActionManageAgents) && from <= r && to <= r
}
