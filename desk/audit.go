package desk

import "slices"

// AuditEntry is one line of the audit log: who did what, when, among what concerns
// security and administration. The journal is trimmed by age; the audit log keeps
// the newest MaxAudit entries however old they are.
type AuditEntry struct {
	Seq     uint64 // 1, 2, 3 … without gaps
	Type    EventType
	Actor   Actor
	At      Time
	Subject ID     // the agent, customer, site, token …, if it is about one
	Number  Number // the conversation, if it is about one
	Particulars
}

// Particulars are what the audit log keeps of an event beside the event itself:
// never a text that somebody wrote to somebody, never a secret, nothing of a customer.
type Particulars struct {
	New      bool     // it made what it is about
	Name     string   // of what it is about, where that may be gone one day: a site, a token
	Fields   []string // what was changed; names of fields, sorted; of a backup, the first files that it lost
	From, To string   // the role, or a tag's name, before and after; To of a backup: how many files it lost
	Why      string   // the code of what went wrong
	Address  string   // the network address that it was asked from, where that is known
}

// Limits on the audit log.
const (
	MaxAudit       = 100_000 // entries; older ones go
	MaxAuditFields = 30
)

// AuditKind is what the audit log can be narrowed to.
type AuditKind string

// The kinds.
const (
	AuditSigning  AuditKind = "signing"  // sign-ins and sign-outs
	AuditAgents   AuditKind = "agents"   // who may come in, as what
	AuditSettings AuditKind = "settings" // what is set for the whole team
	AuditAccess   AuditKind = "access"   // the doors for other systems: sites, tokens, webhooks
	AuditData     AuditKind = "data"     // what was taken in, out or away as a whole
	AuditPeople   AuditKind = "people"   // customers who were blocked or removed
)

// What only the audit log is told: none of it is anything to a follower.
const (
	AgentSignedIn     EventType = "agent.signed_in"
	AgentSignedOut    EventType = "agent.signed_out"
	AgentSignInFailed EventType = "agent.sign_in_failed" // the subject is zero where nobody has the address; Why is CodeWrongFactor for a wrong code
	AgentPasswordSet  EventType = "agent.password_set"
	AgentSessionEnded EventType = "agent.session_ended" // one or more, of the subject, from another browser
	AuditExported     EventType = "audit.exported"
)

// onlyAudited are the events that the journal does not hold.
var onlyAudited = map[EventType]bool{
	AgentSignedIn: true, AgentSignedOut: true, AgentSignInFailed: true, AgentPasswordSet: true, AgentSessionEnded: true, AuditExported: true,
	BackupMade: true, BackupFailed: true, BackupDownloaded: true, BackupDeleted: true,
	SecondFactorOn: true, SecondFactorOff: true, SecondFactorReset: true, RecoveryCodesMade: true, RecoveryCodeUsed: true,
	SecondFactorRequired: true, SecondFactorOptional: true,
}

// auditKinds is the one table of what the audit log tells, and as which kind.
var auditKinds = map[EventType]AuditKind{
	AgentSignedIn: AuditSigning, AgentSignedOut: AuditSigning, AgentSignInFailed: AuditSigning, AgentSessionEnded: AuditSigning,
	RecoveryCodeUsed: AuditSigning,
	AgentCreated:     AuditAgents, AgentUpdated: AuditAgents, AgentPasswordSet: AuditAgents,
	AgentTeamSaved: AuditAgents, AgentTeamDeleted: AuditAgents,
	SecondFactorOn: AuditAgents, SecondFactorOff: AuditAgents, SecondFactorReset: AuditAgents, RecoveryCodesMade: AuditAgents,
	SecondFactorRequired: AuditSettings, SecondFactorOptional: AuditSettings,
	TeamUpdated: AuditSettings, HoursUpdated: AuditSettings, BotUpdated: AuditSettings, ResolverUpdated: AuditSettings,
	CategorySaved: AuditSettings, CategoryDeleted: AuditSettings, RuleSaved: AuditSettings, RuleDeleted: AuditSettings,
	TagRenamed: AuditSettings, TagDeleted: AuditSettings,
	SiteSaved: AuditAccess, SiteDeleted: AuditAccess, ChannelTokenSaved: AuditAccess, ChannelTokenDeleted: AuditAccess,
	WebhookSaved: AuditAccess, WebhookDeleted: AuditAccess,
	KnowledgeImported: AuditData, SamplesAdded: AuditData, SamplesRemoved: AuditData, AuditExported: AuditData,
	ConversationRemoved: AuditData,
	BackupPlanned:       AuditData, BackupMade: AuditData, BackupFailed: AuditData, BackupDownloaded: AuditData, BackupDeleted: AuditData,
	CustomerBlocked: AuditPeople, CustomerUnblocked: AuditPeople, CustomerRemoved: AuditPeople,
}

// AuditKind says as what kind the audit log tells of an event; "" for what it does
// not hold.
func (e EventType) AuditKind() AuditKind { return auditKinds[e] }

// Audited reports whether the audit log is told of an event. That of a team which
// differs in nothing but its rev comes with sample data and says nothing.
func (e EventType) Audited(p *Particulars) bool {
	return auditKinds[e] != "" && (e != TeamUpdated || len(p.Fields) > 0)
}

// InJournal reports whether the journal holds such events.
func (e EventType) InJournal() bool { return !onlyAudited[e] }

// AuditTypes lists the types of events of a kind, sorted; all of them for "".
func AuditTypes(kind AuditKind) []EventType {
	var types []EventType
	for name, is := range auditKinds {
		if kind == "" || is == kind {
			types = append(types, name)
		}
	}
	slices.Sort(types)
	return types
}

// Changed names the fields that differ, of pairs of a name and whether it does.
func Changed(differs map[string]bool) []string {
	var fields []string
	for name, does := range differs {
		if does {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields[:min(len(fields), MaxAuditFields)]
}

// AgentParticulars are what the audit log keeps of a change of an agent; before is
// nil for a new one. Whether somebody was let in or shut out has words of its own.
func AgentParticulars(before, now *Agent) Particulars {
	if before == nil {
		return Particulars{New: true, To: now.Role.String()}
	}
	p := Particulars{Fields: Changed(map[string]bool{
		"name": now.Name != before.Name, "email": now.Email != before.Email, "role": now.Role != before.Role,
		"language": now.Language != before.Language, "photo": now.Photo != before.Photo,
		"disabled": before.Active && !now.Active, "enabled": now.Active && !before.Active,
	})}
	if now.Role != before.Role {
		p.From, p.To = before.Role.String(), now.Role.String()
	}
	return p
}

// TeamParticulars are what the audit log keeps of a change of the team.
func TeamParticulars(before, now *Team) Particulars {
	return Particulars{Fields: Changed(map[string]bool{
		"name": now.Name != before.Name, "bot_name": now.BotName != before.BotName,
		"bot_on": now.BotOn != before.BotOn, "language": now.Language != before.Language, "cards": now.Cards != before.Cards,
	})}
}

// AgentTeamParticulars are what the audit log keeps of a change of a team of agents;
// before is nil for a new one.
func AgentTeamParticulars(before, now *AgentTeam) Particulars {
	if before == nil {
		return Particulars{New: true, Name: now.Name}
	}
	return Particulars{Name: now.Name, Fields: Changed(map[string]bool{
		"name": now.Name != before.Name, "members": !slices.Equal(now.Members, before.Members),
	})}
}

// SiteParticulars are what the audit log keeps of a change of a site; before is nil
// for a new one.
func SiteParticulars(before, now *Site) Particulars {
	if before == nil {
		return Particulars{New: true, Name: now.Name}
	}
	return Particulars{Name: now.Name, Fields: Changed(map[string]bool{
		"name": now.Name != before.Name, "enabled": now.Enabled != before.Enabled,
		"origins": !slices.Equal(now.Origins, before.Origins), "bot": now.Bot != before.Bot,
		"look": now.Look != before.Look || now.Logo != before.Logo, "texts": now.Texts != before.Texts,
		"fields": now.Fields != before.Fields, "consent": now.Consent != before.Consent,
		"rating": now.Rating != before.Rating, "files": now.Files != before.Files, "sound": now.Sound != before.Sound,
		"secret":        string(now.Secret) != string(before.Secret),
		"first_contact": now.FirstContactAt != before.FirstContactAt,
	})}
}

// ChannelTokenParticulars are what the audit log keeps of a token that was made
// (before is nil) or given another secret.
func ChannelTokenParticulars(before, now *ChannelToken) Particulars {
	if before == nil {
		return Particulars{New: true, Name: now.Name}
	}
	return Particulars{Name: now.Name, Fields: Changed(map[string]bool{"secret": now.Hash != before.Hash})}
}

// WebhookParticulars are what the audit log keeps of a change of a webhook; before is
// nil for a new one. One that was switched off by itself says why.
func WebhookParticulars(before, now *Webhook) Particulars {
	if before == nil {
		return Particulars{New: true, Name: now.Name}
	}
	p := Particulars{Name: now.Name, Fields: Changed(map[string]bool{
		"name": now.Name != before.Name, "url": now.URL != before.URL, "events": !slices.Equal(now.Events, before.Events),
		"disabled": before.On && !now.On, "enabled": now.On && !before.On, "secret": string(now.Secret) != string(before.Secret),
	})}
	if before.On && !now.On && !now.FailingSince.IsZero() && now.Last.At-now.FailingSince >= failingFor {
		p.Why = string(now.Last.Code)
	}
	return p
}
