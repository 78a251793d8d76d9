package wire

import (
	"cmp"

	"parley/desk"
)

// AuditEntry is one line of the audit log.
type AuditEntry struct {
	Seq     uint64      `json:"seq"`
	At      desk.Time   `json:"at"`
	Kind    string      `json:"kind" enum:"signing,agents,settings,access,data,people"`
	Type    string      `json:"type" doc:"What happened, such as agent.updated."`
	Actor   NamedActor  `json:"actor"`
	Subject *desk.ID    `json:"subject_id" nullable:"true" doc:"What it is about; null where that is the whole team, or nobody."`
	Number  desk.Number `json:"number,omitempty" doc:"The conversation that it is about."`
	Name    string      `json:"name" doc:"What it is about is, or was, called; empty for what has no name, or of whom none is kept."`
	New     bool        `json:"new" doc:"Whether it made what it is about."`
	Fields  []string    `json:"fields" nullable:"false" doc:"What was changed: names of fields."`
	From    string      `json:"from" doc:"The role before, if that was changed."`
	To      string      `json:"to" doc:"The role after, if that was changed, or of a new agent."`
	Why     string      `json:"why" doc:"The code of what went wrong, if anything did."`
	Address string      `json:"address" doc:"The network address that it was asked from, where it is kept: of sign-ins, sign-outs, exports and backups."`
}

// NamedActor is who did something, with the name that they have now.
type NamedActor struct {
	Actor
	Name string `json:"name" doc:"Empty for who has none, or is not there any more."`
}

// FromAuditEntry builds an entry's shape, with what its actor and its subject are
// called now.
func FromAuditEntry(e *desk.AuditEntry, actor, subject string) AuditEntry {
	shape := AuditEntry{
		Seq: e.Seq, At: e.At, Kind: string(e.Type.AuditKind()), Type: string(e.Type),
		Actor: NamedActor{FromActor(e.Actor), actor}, Subject: idOrNil(e.Subject), Number: e.Number,
		Name: e.Name, New: e.New, Fields: nonNil(e.Fields), From: e.From, To: e.To, Why: e.Why, Address: e.Address,
	}
	shape.Name = cmp.Or(shape.Name, subject)
	return shape
}
