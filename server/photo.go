package server

import (
	"context"
	"io"

	"parley/app"
	"parley/desk"
)

// photo makes an agent's photo of a picture that the caller has uploaded; of none, one
// without bytes.
func (s *Server) photo(who *caller, attachment string) (photo []byte, err error) {
	if attachment == "" {
		return nil, nil
	}
	err = s.uploaded(who, "photo", attachment, func(file io.Reader, a *desk.Attachment) (err error) {
		photo, err = s.studio.Photo(file, a)
		return err
	})
	return photo, err
}

// uploaded opens a picture that the caller has uploaded, and that a field names by its
// id.
func (s *Server) uploaded(who *caller, field, attachment string, with func(file io.Reader, a *desk.Attachment) error) error {
	id, err := desk.ParseID(attachment)
	if err != nil {
		return desk.Refuse(desk.CodeInvalid, field, "Upload a picture and name its id.")
	}
	a, err := s.app.Upload(id, who.owner())
	if err != nil {
		return err
	}
	if !a.Complete {
		return desk.Refuse(desk.CodeUnfinished, field, "The picture has not arrived; say that it is complete first.")
	}
	file, err := s.files.File(a.SHA256)
	if err != nil {
		return err
	}
	defer file.Close()
	return with(file, &a)
}

func (s *Server) removePhoto(_ context.Context, who *caller, in *IDInput) (*body[agentAnswer], error) {
	agent, err := s.app.ChangeAgent(app.ChangeAgent{By: who.agent.ID, ID: in.ID, Photo: &[]byte{}})
	if err == nil {
		s.tellTeam()
	}
	return &body[agentAnswer]{agentAnswer{agent}}, err
}
