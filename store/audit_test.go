package store_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// unaudited are the events that the audit log is not meant to tell: the daily work.
// A new type of event belongs here or into desk's table.
var unaudited = []desk.EventType{
	desk.MessagePosted, desk.ConversationOpened, desk.ConversationImported, desk.ConversationAssigned, desk.ConversationUnassigned,
	desk.ConversationResolved, desk.ConversationReopened, desk.ConversationArchived, desk.ConversationUnarchived,
	desk.ConversationHandedOver, desk.ConversationRead, desk.ConversationUnread, desk.ConversationTagged,
	desk.ConversationTeamAssigned, desk.ConversationTeamUnassigned, desk.ConversationCarded,
	desk.ConversationBlocked, desk.ConversationUnblocked, // the thread's; the audit log has the customer's
	desk.ConversationDelivered, desk.ConversationSeen, desk.ConversationRated,
	desk.CustomerCreated, desk.CustomerUpdated, desk.CustomerNoteAdded, desk.CustomerVisited,
	desk.ReplySaved, desk.ReplyDeleted, desk.KnowledgeSaved, desk.KnowledgeDeleted,
}

// TestEveryEventIsAuditedOrNot asks of each type of event whether the audit log is to
// tell of it.
func TestEveryEventIsAuditedOrNot(t *testing.T) {
	for _, event := range store.KnownEvents() {
		if audited := event.AuditKind() != ""; audited == slices.Contains(unaudited, event) {
			t.Errorf("%s: audited: %v, and in the list of those that are not: %v", event, audited, !audited)
		}
	}
	for _, event := range desk.AuditTypes("") {
		if known := slices.Contains(store.KnownEvents(), event); known != event.InJournal() {
			t.Errorf("%s: known to the journal: %v", event, known)
		}
	}
}

// tellAll appends sign-ins, one for each moment.
func tellAll(t *testing.T, st *store.Store, from, n int) {
	t.Helper()
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for i := range n {
			event := desk.Event{Type: desk.AgentSignedIn, Subject: idOf(0xa0, 1), Actor: desk.AgentActor(idOf(0xa0, 1)), At: noon + desk.Time(from+i)}
			if err := tx.Tell(&event, desk.Particulars{Address: "192.0.2.1"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestAudit reads back what was told, the newest first, a page at a time, after the
// store was opened again; the journal knows nothing of it.
func TestAudit(t *testing.T) {
	st := storetest.Open(t)
	tellAll(t, st, 0, 5)
	agent := desk.Agent{ID: idOf(0xa0, 2), Name: "Ada", Email: "ada@example.com", Role: desk.RoleAdmin, Active: true}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		return tx.SaveAgent(nil, &agent, []desk.Event{{Type: desk.AgentCreated, Subject: agent.ID, At: noon}})
	})
	st = storetest.Reopen(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		all := func(*desk.AuditEntry) bool { return true }
		first, err := tx.Audit(0, 2, all)
		if err != nil {
			return err
		}
		want := desk.AuditEntry{Seq: 6, Type: desk.AgentCreated, At: noon, Subject: agent.ID, Particulars: desk.Particulars{New: true, To: "admin"}}
		if len(first) != 2 || !reflect.DeepEqual(first[0], want) || first[1].Seq != 5 || first[1].Address != "192.0.2.1" {
			t.Errorf("the newest are %+v", first)
		}
		rest, err := tx.Audit(first[1].Seq, 10, all)
		if err != nil || len(rest) != 4 || rest[3].Seq != 1 {
			t.Errorf("the others are %+v, %v", rest, err)
		}
		odd, err := tx.Audit(0, 10, func(e *desk.AuditEntry) bool { return e.Seq%2 == 1 })
		if err != nil || len(odd) != 3 {
			t.Errorf("every second is %+v, %v", odd, err)
		}
		if tx.Head() != 1 {
			t.Errorf("the journal holds %d events, want the one of the agent", tx.Head())
		}
		return nil
	})
}

// TestAuditIsBounded keeps the newest desk.MaxAudit entries.
func TestAuditIsBounded(t *testing.T) {
	st := storetest.Open(t)
	tellAll(t, st, 0, desk.MaxAudit)
	tellAll(t, st, desk.MaxAudit, 3)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		oldest, err := tx.Audit(6, 10, func(*desk.AuditEntry) bool { return true })
		if err != nil || len(oldest) != 2 || oldest[1].Seq != 4 {
			t.Errorf("the oldest are %+v, %v", oldest, err)
		}
		return nil
	})
}

// TestAuditChain notices a line that was changed and one that was taken out.
func TestAuditChain(t *testing.T) {
	for name, row := range map[string]struct {
		tamper func(b *bbolt.Bucket) error
		want   string
	}{
		"changed": {func(b *bbolt.Bucket) error {
			v := slices.Clone(b.Get(seq(3)))
			return b.Put(seq(3), []byte(strings.Replace(string(v), "192.0.2.1", "192.0.2.9", 1)))
		}, "audit entry 4: it does not follow"},
		"taken out": {func(b *bbolt.Bucket) error { return b.Delete(seq(3)) }, "audit entry 4: it stands where 3 belongs"},
	} {
		dir := t.TempDir()
		st, err := store.Open(dir, storetest.Options())
		if err != nil {
			t.Fatal(err)
		}
		tellAll(t, st, 0, 5)
		if err := st.Alter(func(tx *bbolt.Tx) error { return row.tamper(tx.Bucket([]byte("audit"))) }); err != nil {
			t.Fatal(err)
		}
		report, err := st.Check(context.Background())
		if err != nil || len(report.Faults) == 0 || !strings.HasPrefix(report.Faults[0], row.want) {
			t.Errorf("%s: check finds %v, %v", name, report.Faults, err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
}

func seq(n byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, n} }
