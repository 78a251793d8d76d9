package app

import (
	"strconv"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// AuditFilter narrows the audit log; a zero field lets everything through.
type AuditFilter struct {
	Kind  desk.AuditKind
	Agent desk.ID // what they did, and what was done to them
	Since desk.Time
	Until desk.Time // before this moment
}

func (f *AuditFilter) keeps(e *desk.AuditEntry) bool {
	return (f.Kind == "" || e.Type.AuditKind() == f.Kind) &&
		(f.Agent.IsZero() || e.Actor == desk.AgentActor(f.Agent) || e.Subject == f.Agent) &&
		e.At >= f.Since && (f.Until.IsZero() || e.At < f.Until)
}

// AuditPage is a page of the audit log.
type AuditPage struct {
	Entries []wire.AuditEntry `json:"entries" nullable:"false"`
	Next    string            `json:"next" doc:"The cursor of the next page; empty at the end."`
}

// Audit reads a page of the audit log below a seq (0 for all), the newest first.
func (a *App) Audit(filter AuditFilter, before uint64, limit int) (AuditPage, error) {
	return view(a, func(tx *store.Tx) (AuditPage, error) {
		entries, err := tx.Audit(before, limit+1, filter.keeps)
		page := AuditPage{Entries: make([]wire.AuditEntry, 0, len(entries))}
		called := namesIn(tx)
		for i := range entries[:min(len(entries), limit)] {
			actor, err := called(entries[i].Actor.ID)
			if err != nil {
				return page, err
			}
			subject, err := called(entries[i].Subject)
			if err != nil {
				return page, err
			}
			page.Entries = append(page.Entries, wire.FromAuditEntry(&entries[i], actor, subject))
		}
		if len(entries) > limit {
			page.Next = strconv.FormatUint(entries[limit-1].Seq, 10)
		}
		return page, err
	})
}

// namesIn finds what agents and customers are called, each once. Ids are unique over
// all kinds; one that is nobody's, or not there any more, has no name.
func namesIn(tx *store.Tx) func(id desk.ID) (string, error) {
	known := map[desk.ID]string{{}: ""}
	return func(id desk.ID) (string, error) {
		if name, found := known[id]; found {
			return name, nil
		}
		agent, err := tx.Agent(id)
		name := agent.Name
		if desk.IsNotFound(err) {
			var customer desk.Customer
			customer, err = tx.CustomerBrief(id)
			name = customer.Name
		}
		if err = desk.OrGone(err); err == nil {
			known[id] = name
		}
		return name, err
	}
}

// ExportAudit tells the audit log that it is exported.
type ExportAudit struct {
	By      desk.ID
	Address string
	At      desk.Time
}

// ExportAudit tells the audit log that it is exported: it comes before what is read.
func (a *App) ExportAudit(cmd ExportAudit) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *ExportAudit) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionReadAudit); err != nil {
		return struct{}{}, err
	}
	event := desk.Event{Type: desk.AuditExported, Actor: desk.AgentActor(cmd.By), At: cmd.At}
	return struct{}{}, tx.Tell(&event, desk.Particulars{Address: cmd.Address})
}
