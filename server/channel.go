package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
)

func (s *Server) channelRoutes() {
	operation(s, Route{http.MethodPost, channelPath + "/conversations", desk.ActionChannel, "channel-begin", "POST /conversations with a channel token: a customer's first message, once for each external_id.", 0}, s.channelBegin)
	operation(s, Route{http.MethodPost, channelPath + "/conversations/:number/messages", desk.ActionChannel, "channel-post", "POST /conversations/{number}/messages with a channel token: a customer's message, once for each external_id.", 0}, s.channelPost)
	operation(s, Route{http.MethodGet, channelPath + "/conversations", desk.ActionChannel, "channel-conversations", "GET /conversations with a channel token: the conversations that came with it, the newest first.", 0}, s.channelConversations)
	operation(s, Route{http.MethodGet, channelPath + "/conversations/:number/messages", desk.ActionChannel, "channel-messages", "GET /conversations/{number}/messages with a channel token: what was said to the customer and by them.", 0}, s.channelMessages)
	s.channelFileRoutes()
}

// ChannelBody is a customer's message from another system.
type ChannelBody struct {
	External    string    `json:"external_id" minLength:"1" maxLength:"200" doc:"What your system calls this message; the same with each retry."`
	Text        string    `json:"text,omitempty" doc:"At most 32 KiB."`
	Attachments []desk.ID `json:"attachments,omitempty" nullable:"false" doc:"Complete attachments that came with this token; at most 10."`
}

func (b *ChannelBody) message(who *caller) app.ChannelMessage {
	return app.ChannelMessage{
		Token: who.channel.ID, External: b.External, Draft: desk.Draft{Text: b.Text, Attachments: b.Attachments},
	}
}

type channelBeginInput struct {
	Body struct {
		ChannelBody
		Channel  string `json:"channel,omitempty" default:"api" maxLength:"100" doc:"How the customer wrote, such as email; agents see it and can filter by it."`
		Customer struct {
			CustomerBody
			External string `json:"external_id" minLength:"1" maxLength:"200" doc:"What your system calls the customer; the same one is the same person. Absent fields stay."`
		} `json:"customer"`
	}
}

func (s *Server) channelBegin(_ context.Context, who *caller, in *channelBeginInput) (*body[app.ChannelPosted], error) {
	cmd := in.Body.message(who)
	cmd.Channel = in.Body.Channel
	cmd.Customer = app.CreateCustomer{External: in.Body.Customer.External, Change: in.Body.Customer.change()}
	posted, err := s.app.ChannelSays(cmd)
	return &body[app.ChannelPosted]{posted}, err
}

type channelPostInput struct {
	NumberInput
	Body struct{ ChannelBody }
}

func (s *Server) channelPost(_ context.Context, who *caller, in *channelPostInput) (*body[app.ChannelPosted], error) {
	cmd := in.Body.message(who)
	cmd.Number = in.Number
	posted, err := s.app.ChannelSays(cmd)
	return &body[app.ChannelPosted]{posted}, err
}

func (s *Server) channelConversations(_ context.Context, who *caller, in *PageInput) (*body[app.ChannelPage], error) {
	before, err := in.below()
	if err != nil {
		return nil, err
	}
	page, err := s.app.ChannelConversations(who.channel.ID, desk.Number(before), in.Limit)
	return &body[app.ChannelPage]{page}, err
}

type channelMessagesInput struct {
	NumberInput
	Before optional[uint64] `query:"before" doc:"Only those before this seq."`
	After  optional[uint64] `query:"after" doc:"Only those after this seq; 0 begins at the first."`
	Limit  uint64           `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) channelMessages(_ context.Context, who *caller, in *channelMessagesInput) (*body[app.ChannelThread], error) {
	thread, err := s.app.ChannelMessages(who.channel.ID, app.MessageQuery{
		Number: in.Number, Before: in.Before.given(), After: in.After.given(), Limit: in.Limit,
	})
	return &body[app.ChannelThread]{thread}, err
}
