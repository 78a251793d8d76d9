package server

import (
	"context"
	"net/http"
	"os"

	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
	"parley/server/upload"
	"parley/wire"
)

// Backups makes and keeps them. Whoever starts the server has it: it stands on more
// than the server may know.
type Backups interface {
	// State is what there is to know of them.
	State() (wire.Backups, error)
	// Start has one made in the background. Refused: CodeConflict while one is made.
	Start(by desk.ID, address string) error
	// Open opens one for reading. Refused: CodeNotFound.
	Open(name string) (*os.File, error)
	// Remove deletes one; one that is gone already stays so.
	Remove(by desk.ID, name, address string) error
}

func (s *Server) backupRoutes() {
	operation(s, Route{http.MethodGet, "/backups", desk.ActionBackUp, "backups", "The backups that are kept, when the next is due, and what came of the last.", 0}, s.listBackups)
	operation(s, Route{http.MethodPost, "/backups", desk.ActionBackUp, "make-backup", "Have a backup made now; ask for the list to see when it is there. Refused with conflict while one is made.", http.StatusAccepted}, s.makeBackup)
	operation(s, Route{http.MethodPut, "/backups/plan", desk.ActionBackUp, "set-backup-plan", "Replace when backups are made; refused with conflict for an old rev.", 0}, s.setBackupPlan)
	operation(s, Route{http.MethodDelete, "/backups/:name", desk.ActionBackUp, "delete-backup", "Delete a backup.", http.StatusNoContent}, s.deleteBackup)
	operation(s, Route{http.MethodPost, "/backups/:name/ticket", desk.ActionBackUp, "backup-ticket", "The address from which one may fetch a backup, once, within a minute.", 0}, s.backupTicket)
	plain(s, Route{Method: http.MethodGet, Path: apiPath + "/backups/download/:ticket", Action: desk.ActionBackUp}, s.downloadBackup)
}

// keeper is the part that makes backups, where there is one.
func (s *Server) keeper() (Backups, error) {
	if s.backups == nil {
		return nil, desk.Refuse(desk.CodeUnavailable, "", "This server makes no backups.")
	}
	return s.backups, nil
}

func (s *Server) listBackups(_ context.Context, _ *caller, _ *struct{}) (*body[wire.Backups], error) {
	keeper, err := s.keeper()
	if err != nil {
		return nil, err
	}
	state, err := keeper.State()
	return &body[wire.Backups]{state}, err
}

func (s *Server) makeBackup(_ context.Context, who *caller, _ *struct{}) (*body[wire.Backups], error) {
	keeper, err := s.keeper()
	if err == nil {
		err = keeper.Start(who.agent.ID, who.from())
	}
	if err != nil {
		return nil, err
	}
	state, err := keeper.State()
	return &body[wire.Backups]{state}, err
}

type backupPlanInput struct{ Body wire.BackupPlan }

func (s *Server) setBackupPlan(_ context.Context, who *caller, in *backupPlanInput) (*body[wire.BackupPlan], error) {
	plan, err := in.Body.Desk()
	if err != nil {
		return nil, err
	}
	set, err := s.app.SetBackupPlan(app.SetBackupPlan{By: who.agent.ID, Plan: plan})
	return &body[wire.BackupPlan]{set}, err
}

type backupInput struct {
	Name string `path:"name" maxLength:"64"`
}

func (s *Server) deleteBackup(_ context.Context, who *caller, in *backupInput) (*struct{}, error) {
	keeper, err := s.keeper()
	if err != nil {
		return nil, err
	}
	return nil, keeper.Remove(who.agent.ID, in.Name, who.from())
}

// ticketAnswer is where a backup may be fetched.
type ticketAnswer struct {
	URL string `json:"url" doc:"Good once, for a minute, for whoever asked for it."`
}

// backupTicket tells the audit log of the download, for which a GET is no place, and
// gives the browser an address from which it saves the file by itself.
func (s *Server) backupTicket(_ context.Context, who *caller, in *backupInput) (*body[ticketAnswer], error) {
	keeper, err := s.keeper()
	if err != nil {
		return nil, err
	}
	file, err := keeper.Open(in.Name)
	if err != nil {
		return nil, err
	}
	_ = file.Close()
	told := app.TellBackup{By: who.agent.ID, What: desk.BackupDownloaded, Name: in.Name, Address: who.from()}
	if err := s.app.TellBackup(told); err != nil {
		return nil, err
	}
	ticket := s.tickets.issue(who.session, in.Name)
	return &body[ticketAnswer]{ticketAnswer{apiPath + "/backups/download/" + ticket}}, nil
}

func (s *Server) downloadBackup(c *fiber.Ctx, who *caller) error {
	keeper, err := s.keeper()
	if err != nil {
		return err
	}
	name, good := s.tickets.take(who.session, c.Params("ticket"), c.Method() == http.MethodGet)
	if !good {
		return desk.NotFound("ticket")
	}
	file, err := keeper.Open(name)
	if err != nil {
		return err
	}
	return upload.Send(c, s.headers, file, &desk.Attachment{Name: name}, true)
}
