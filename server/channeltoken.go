package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) channelTokenRoutes() {
	operation(s, Route{http.MethodGet, "/channel-tokens", desk.ActionManageTokens, "list-channel-tokens", "The tokens with which other systems write on behalf of customers.", 0}, s.listChannelTokens)
	operation(s, Route{http.MethodPost, "/channel-tokens", desk.ActionManageTokens, "create-channel-token", "Make a channel token; its secret is shown this once.", 0}, s.createChannelToken)
	operation(s, Route{http.MethodPost, "/channel-tokens/:id/rotate", desk.ActionManageTokens, "rotate-channel-token", "Give a channel token another secret, shown this once; the one before ends.", 0}, s.rotateChannelToken)
	operation(s, Route{http.MethodDelete, "/channel-tokens/:id", desk.ActionManageTokens, "delete-channel-token", "Take a channel token away; its conversations stay.", http.StatusNoContent}, s.deleteChannelToken)
}

// channelTokenList is every channel token.
type channelTokenList struct {
	Tokens []wire.ChannelToken `json:"tokens" nullable:"false"`
}

func (s *Server) listChannelTokens(_ context.Context, _ *caller, _ *struct{}) (*body[channelTokenList], error) {
	tokens, err := s.app.ChannelTokens()
	return &body[channelTokenList]{channelTokenList{tokens}}, err
}

// shownChannelToken is a channel token with its secret.
type shownChannelToken struct {
	ChannelToken wire.ChannelToken `json:"channel_token"`
	Token        string            `json:"token" doc:"The secret, for the header Authorization: Bearer. It is never shown again."`
}

type createChannelTokenInput struct {
	Body struct {
		Name string `json:"name" doc:"What it is for; at most 120 characters."`
	}
}

func (s *Server) createChannelToken(_ context.Context, who *caller, in *createChannelTokenInput) (*body[shownChannelToken], error) {
	return s.saveChannelToken(app.SaveChannelToken{By: who.agent.ID, Name: in.Body.Name})
}

func (s *Server) rotateChannelToken(_ context.Context, who *caller, in *IDInput) (*body[shownChannelToken], error) {
	return s.saveChannelToken(app.SaveChannelToken{By: who.agent.ID, ID: in.ID, Rotate: true})
}

// channelMark begins every secret, so that one that turns up where it should not
// is known for what it is.
const channelMark = "parley_"

func (s *Server) saveChannelToken(cmd app.SaveChannelToken) (*body[shownChannelToken], error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand
	secret := channelMark + base64.RawURLEncoding.EncodeToString(random[:])
	cmd.Hash = sha256.Sum256([]byte(secret))
	token, err := s.app.SaveChannelToken(cmd)
	return &body[shownChannelToken]{shownChannelToken{token, secret}}, err
}

func (s *Server) deleteChannelToken(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteChannelToken(app.DeleteChannelToken{By: who.agent.ID, ID: in.ID})
}
