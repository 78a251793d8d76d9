package server

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
	"parley/server/upload"
	"parley/wire"
)

func (s *Server) attachmentRoutes() {
	operation(s, Route{http.MethodPost, "/attachments", desk.ActionReply, "start-attachment", "Announce a file; its parts follow.", 0}, s.startAttachment)
	operation(s, Route{http.MethodPost, "/attachments/:id/complete", desk.ActionReply, "complete-attachment", "Say that all parts were sent.", 0}, s.completeAttachment)
	plain(s, Route{Method: http.MethodPut, Path: apiPath + "/attachments/:id/parts/:n", Action: desk.ActionReply}, s.putPart)
	plain(s, Route{Method: http.MethodGet, Path: apiPath + "/attachments/:id", Action: desk.ActionRead}, s.download)
}

// channelFileRoutes are the same for another system.
func (s *Server) channelFileRoutes() {
	operation(s, Route{http.MethodPost, channelPath + "/attachments", desk.ActionChannel, "channel-start-attachment", "POST /attachments with a channel token: announce a file; its parts follow.", 0}, s.startAttachment)
	operation(s, Route{http.MethodPost, channelPath + "/attachments/:id/complete", desk.ActionChannel, "channel-complete-attachment", "POST /attachments/{id}/complete with a channel token: say that all parts were sent.", 0}, s.completeAttachment)
	plain(s, Route{Method: http.MethodPut, Path: apiPath + channelPath + "/attachments/:id/parts/:n", Action: desk.ActionChannel}, s.putPart)
	plain(s, Route{Method: http.MethodGet, Path: apiPath + channelPath + "/attachments/:id", Action: desk.ActionChannel}, s.download)
}

type startAttachmentInput struct {
	Body struct {
		ClientID desk.ID `json:"client_id" doc:"A UUID made by the sender; it becomes the attachment's id."`
		Name     string  `json:"name" maxLength:"1000"`
		Size     uint64  `json:"size" doc:"Bytes; at most 25 MiB."`
		Type     string  `json:"type" maxLength:"200" doc:"The media type as the browser knows it; may be empty."`
	}
}

// uploading is an attachment on its way, and what is missing of it.
type uploading struct {
	Attachment wire.Attachment `json:"attachment"`
	PartSize   uint64          `json:"part_size" doc:"Bytes of every part but the last."`
	Parts      int             `json:"parts"`
	Have       []int           `json:"have" nullable:"false" doc:"The parts that have arrived; they need not be sent again."`
}

func (s *Server) startAttachment(_ context.Context, who *caller, in *startAttachmentInput) (*body[uploading], error) {
	name, err := upload.Announce(in.Body.Name, in.Body.Size)
	if err != nil {
		return nil, err
	}
	if err := allow(s.limits.upload, who.owner().ID.String()); err != nil {
		return nil, err
	}
	return s.announced(who, name, in)
}

// announced takes note of a file that may come, under its clean name.
func (s *Server) announced(who *caller, name string, in *startAttachmentInput) (*body[uploading], error) {
	if in.Body.ClientID.IsZero() {
		return nil, desk.Refuse(desk.CodeInvalid, "client_id", "Send a new UUID with each file, and the same one with each retry.")
	}
	if err := s.files.Fits(in.Body.ClientID, in.Body.Size); err != nil {
		return nil, err
	}
	a, err := s.app.StartAttachment(app.StartAttachment{
		Owner: who.owner(), ClientID: in.Body.ClientID, Name: name, Size: in.Body.Size, Type: in.Body.Type,
	})
	if err != nil {
		return nil, err
	}
	state, err := s.uploadState(&a)
	return &body[uploading]{state}, err
}

func (s *Server) uploadState(a *desk.Attachment) (uploading, error) {
	have, err := s.files.Have(a.ID, a.Size)
	return uploading{wire.FromAttachment(a), desk.PartBytes, upload.Parts(a.Size), have}, err
}

// putPart takes one part, as bytes and nothing around them.
func (s *Server) putPart(c *fiber.Ctx, who *caller) error {
	id, err := desk.ParseID(c.Params("id"))
	if err != nil {
		return desk.NotFound("attachment")
	}
	n, err := strconv.Atoi(c.Params("n"))
	if err != nil {
		return desk.NotFound("part")
	}
	defer s.files.Turn(id)()
	a, err := s.app.Upload(id, who.owner())
	if err != nil {
		return err
	}
	if a.Complete {
		return desk.Refuse(desk.CodeConflict, "", "The file is complete already.")
	}
	if err := s.files.PutPart(a.ID, a.Size, n, c.Request().Body()); err != nil {
		return err
	}
	state, err := s.uploadState(&a)
	if err != nil {
		return err
	}
	return c.JSON(state)
}

// attachmentAnswer is an attachment that is complete.
type attachmentAnswer struct {
	Attachment wire.Attachment `json:"attachment"`
}

func (s *Server) completeAttachment(_ context.Context, who *caller, in *IDInput) (*body[attachmentAnswer], error) {
	defer s.files.Turn(in.ID)()
	owner := who.owner()
	a, err := s.app.Upload(in.ID, owner)
	if err != nil {
		return nil, err
	}
	if !a.Complete {
		kept, err := s.files.Complete(&a)
		if err != nil {
			return nil, err
		}
		if a, err = s.app.CompleteAttachment(app.CompleteAttachment{
			Owner: owner, ID: in.ID, SHA256: kept.SHA256, Type: kept.Type, Width: kept.Width, Height: kept.Height,
		}); err != nil {
			return nil, err
		}
	}
	if err := s.files.Discard(in.ID); err != nil {
		s.log.Warn("the parts of a complete upload stay until the next sweep", "err", err)
	}
	return &body[attachmentAnswer]{attachmentAnswer{wire.FromAttachment(&a)}}, nil
}

// download sends a file: in place when the page may show it, else to be saved.
func (s *Server) download(c *fiber.Ctx, who *caller) error {
	id, err := desk.ParseID(c.Params("id"))
	if err != nil {
		return desk.NotFound("attachment")
	}
	a, err := s.fileFor(who, id)
	if err != nil {
		return err
	}
	file, err := s.files.File(a.SHA256)
	if err != nil {
		return err
	}
	return upload.Send(c, s.headers, file, &a, c.Query("download") != "")
}

// fileFor reads an attachment that the caller may see.
func (s *Server) fileFor(who *caller, id desk.ID) (desk.Attachment, error) {
	switch {
	case !who.channel.ID.IsZero():
		return s.app.ChannelFile(&who.channel, id)
	case !who.visitor.Customer.IsZero():
		return s.app.VisitorFile(&who.visitor, id)
	}
	return s.app.Download(id, who.agent.ID)
}
