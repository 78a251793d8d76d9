package server

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
	"parley/server/csvout"
	"parley/wire"
)

func (s *Server) auditRoutes() {
	operation(s, Route{http.MethodGet, "/audit", desk.ActionReadAudit, "audit", "A page of the audit log, the newest first.", 0}, s.audit)
	plain(s, Route{Method: http.MethodPost, Path: apiPath + "/audit/export", Action: desk.ActionReadAudit}, s.exportAudit)
}

type auditInput struct {
	Kind   string  `query:"kind" enum:"signing,agents,settings,access,data,people," doc:"Only of this kind."`
	Agent  desk.ID `query:"agent" doc:"Only what this agent did, and what was done to them."`
	Since  moment  `query:"since" doc:"Only from this moment on (RFC 3339)."`
	Until  moment  `query:"until" doc:"Only before this moment (RFC 3339)."`
	Cursor uint64  `query:"cursor"`
	Limit  int     `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) audit(_ context.Context, _ *caller, in *auditInput) (*body[app.AuditPage], error) {
	filter := app.AuditFilter{Kind: desk.AuditKind(in.Kind), Agent: in.Agent, Since: in.Since.Time, Until: in.Until.Time}
	page, err := s.app.Audit(filter, in.Cursor, in.Limit)
	return &body[app.AuditPage]{page}, err
}

// auditExport is what an export of the audit log may be narrowed to.
type auditExport struct {
	Kind  desk.AuditKind `json:"kind"`
	Agent desk.ID        `json:"agent"`
	Since desk.Time      `json:"since"`
	Until desk.Time      `json:"until"`
}

// exportPage is how many entries are read at a time; no transaction is held while
// they go out.
const exportPage = 1000

// exportAudit sends the audit log as a CSV file. That it was exported is an entry of
// its own, for which reason it is a POST.
func (s *Server) exportAudit(c *fiber.Ctx, who *caller) error {
	var in auditExport
	if b := c.Body(); len(b) > 0 {
		decoder := json.NewDecoder(bytes.NewReader(b))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&in); err != nil {
			return desk.Refuse(desk.CodeInvalid, "", "The body is a JSON object with kind, agent, since and until, each of which may be left out.")
		}
	}
	if in.Kind != "" && len(desk.AuditTypes(in.Kind)) == 0 {
		return desk.Refuse(desk.CodeInvalid, "kind", "There is no such kind.")
	}
	leave, err := s.takeExport()
	if err != nil {
		return err
	}
	if err := s.app.ExportAudit(app.ExportAudit{By: who.agent.ID, Address: who.from()}); err != nil {
		leave()
		return err
	}
	filter := app.AuditFilter{Kind: in.Kind, Agent: in.Agent, Since: in.Since, Until: in.Until}
	before := uint64(0)
	s.headers.Attachment(c)
	csvout.Send(c, "parley-audit.csv", auditColumns, func() (rows [][]string, more bool, err error) {
		page, err := s.app.Audit(filter, before, exportPage)
		if err != nil {
			return nil, false, err
		}
		rows = make([][]string, 0, len(page.Entries))
		for i := range page.Entries {
			e := &page.Entries[i]
			rows = append(rows, auditRow(e))
			before = e.Seq
		}
		return rows, page.Next != "", nil
	}, leave)
	return nil
}

var auditColumns = []string{"seq", "time", "kind", "type", "actor_kind", "actor", "actor_id", "name", "subject_id", "number", "new", "fields", "from", "to", "why", "address"}

// auditRow is an entry as a row of the file.
func auditRow(e *wire.AuditEntry) []string {
	return []string{
		strconv.FormatUint(e.Seq, 10), e.At.String(), e.Kind, e.Type, e.Actor.Kind, e.Actor.Name, idOrEmpty(e.Actor.ID),
		e.Name, idOrEmpty(e.Subject), numberOrEmpty(e.Number), strconv.FormatBool(e.New), strings.Join(e.Fields, " "), e.From, e.To, e.Why, e.Address,
	}
}

func idOrEmpty(id *desk.ID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

func numberOrEmpty(n desk.Number) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(n), 10)
}
