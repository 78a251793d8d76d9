package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) replyRoutes() {
	operation(s, Route{http.MethodGet, "/replies", desk.ActionRead, "list-replies", "The saved replies: everyone's and one's own.", 0}, s.listReplies)
	operation(s, Route{http.MethodPost, "/replies", desk.ActionEditReplies, "create-reply", "Make a saved reply.", 0}, s.createReply)
	operation(s, Route{http.MethodPatch, "/replies/:id", desk.ActionEditReplies, "change-reply", "Change a saved reply; absent fields stay.", 0}, s.changeReply)
	operation(s, Route{http.MethodDelete, "/replies/:id", desk.ActionEditReplies, "delete-reply", "Take a saved reply away.", http.StatusNoContent}, s.deleteReply)
	operation(s, Route{http.MethodPost, "/replies/:id/used", desk.ActionReply, "use-reply", "Count a use of a saved reply.", 0}, s.useReply)
}

// replyList is every saved reply that the caller may see.
type replyList struct {
	Replies []wire.Reply `json:"replies" nullable:"false"`
}

func (s *Server) listReplies(_ context.Context, who *caller, _ *struct{}) (*body[replyList], error) {
	replies, err := s.app.Replies(who.agent.ID)
	return &body[replyList]{replyList{replies}}, err
}

// replyBody is what may be set of a saved reply.
type replyBody struct {
	Title    *string `json:"title,omitempty"`
	Shortcut *string `json:"shortcut,omitempty" doc:"a to z, digits and hyphens; with or without the slash."`
	Category *string `json:"category,omitempty"`
	Language *string `json:"language,omitempty" doc:"tr, en, or empty for any."`
	Text     *string `json:"text,omitempty" doc:"At most 8 KiB; may hold {{variables}}."`
	Enabled  *bool   `json:"enabled,omitempty"`
	Mine     *bool   `json:"mine,omitempty" doc:"True: only one's own; false: everyone's."`
}

func (b *replyBody) change() desk.ReplyChange {
	return desk.ReplyChange{
		Title: b.Title, Shortcut: b.Shortcut, Category: b.Category, Language: b.Language, Text: b.Text, Enabled: b.Enabled, Mine: b.Mine,
	}
}

// replyAnswer is the answer of every verb on a saved reply.
type replyAnswer struct {
	Reply wire.Reply `json:"reply"`
}

type createReplyInput struct{ Body replyBody }

func (s *Server) createReply(_ context.Context, who *caller, in *createReplyInput) (*body[replyAnswer], error) {
	reply, err := s.app.SaveReply(app.SaveReply{By: who.agent.ID, New: true, Change: in.Body.change()})
	return &body[replyAnswer]{replyAnswer{reply}}, err
}

type changeReplyInput struct {
	IDInput
	Body replyBody
}

func (s *Server) changeReply(_ context.Context, who *caller, in *changeReplyInput) (*body[replyAnswer], error) {
	reply, err := s.app.SaveReply(app.SaveReply{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[replyAnswer]{replyAnswer{reply}}, err
}

func (s *Server) deleteReply(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteReply(app.DeleteReply{By: who.agent.ID, ID: in.ID})
}

func (s *Server) useReply(_ context.Context, who *caller, in *IDInput) (*body[replyAnswer], error) {
	reply, err := s.app.UseReply(app.UseReply{By: who.agent.ID, ID: in.ID})
	return &body[replyAnswer]{replyAnswer{reply}}, err
}
