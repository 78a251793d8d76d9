package server

import (
	"context"
	"net/http"

	"parley/desk"
	"parley/server/upload"
)

func (s *Server) visitorFileRoutes() {
	operation(s, Route{http.MethodPost, "/attachments", desk.ActionVisit, "start-visitor-attachment", "Announce a file; its parts follow.", 0}, s.startVisitorAttachment)
	operation(s, Route{http.MethodPost, "/attachments/:id/complete", desk.ActionVisit, "complete-visitor-attachment", "Say that all parts were sent.", 0}, s.completeAttachment)
	plain(s, Route{Method: http.MethodPut, Path: widgetPath + "/attachments/:id/parts/:n", Action: desk.ActionVisit}, s.putPart)
	plain(s, Route{Method: http.MethodGet, Path: widgetPath + "/attachments/:id", Action: desk.ActionVisit}, s.download)
}

// mib rounds bytes up to what the limit on them counts in.
func mib(bytes uint64) int { return int((bytes + 1<<20 - 1) >> 20) }

func (s *Server) startVisitorAttachment(_ context.Context, who *caller, in *startAttachmentInput) (*body[uploading], error) {
	if !who.site.Files {
		return nil, desk.Refuse(desk.CodeForbidden, "", "This site takes no files.")
	}
	name, err := upload.AnnounceVisitors(in.Body.Name, in.Body.Size)
	if err != nil {
		return nil, err
	}
	if err := allowVisitor(s.limits.send, who, 1); err != nil {
		return nil, err
	}
	if err := allowVisitor(s.limits.sendBytes, who, mib(in.Body.Size)); err != nil {
		return nil, err
	}
	return s.announced(who, name, in)
}
