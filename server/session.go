package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
	"parley/server/socket"
)

// How long a sign-in holds.
const (
	sessionIdle     = 12 * time.Hour
	sessionLife     = 7 * 24 * time.Hour
	sessionRemember = 30 * 24 * time.Hour
	// sessionRememberIdle lets who asked to be remembered stay away for a week.
	sessionRememberIdle = 7 * 24 * time.Hour
	// seenEvery is how exactly the last sign of life is kept: a write for each
	// request would cost more than it tells.
	seenEvery = 5 * time.Minute
)

func (s *Server) sessionRoutes() {
	operation(s, Route{http.MethodPost, "/session", desk.ActionSignIn, "sign-in", "Sign in; sets the session's cookie.", 0}, s.signIn)
	operation(s, Route{http.MethodDelete, "/session", desk.ActionSecure, "sign-out", "Sign out.", http.StatusNoContent}, s.signOut)
	operation(s, Route{http.MethodGet, "/me", desk.ActionSecure, "me", "Who is signed in, and the team.", 0}, s.me)
	operation(s, Route{http.MethodPatch, "/me", desk.ActionSelf, "change-me", "Change one's own name, language or photo.", 0}, s.changeMe)
	operation(s, Route{http.MethodPost, "/me/password", desk.ActionSelf, "change-password", "Change one's own password; ends the other sessions, and the present one goes on under a new cookie.", http.StatusNoContent}, s.changePassword)
	operation(s, Route{http.MethodPost, "/me/emoji", desk.ActionSelf, "sent-emoji", "Put an emoji first in the row of the last sent.", 0}, s.sentEmoji)
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"1024"`
		Remember bool   `json:"remember,omitempty" doc:"Hold for 30 days instead of 7."`
		Code     string `json:"code,omitempty" maxLength:"64" doc:"Of an agent with two-step verification: the code of their app, or a recovery code. Without it the answer is second_factor_required."`
	}
}

// signedIn is an answer that sets the session's cookie.
type signedIn struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      app.Me
}

func (s *Server) signIn(ctx context.Context, who *caller, in *signInInput) (*signedIn, error) {
	email := in.Body.Email
	if err := s.logins.Allow(who.address, email); err != nil {
		return nil, err
	}
	found, err := s.app.Credentials(email)
	if err != nil {
		return nil, err
	}
	result, err := s.passwords.Verify(ctx, found.Hash, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if !result.Right {
		s.logins.Failed(who.address, email)
		s.signInFailed(who, found.Agent.ID, "")
		return nil, desk.Refuse(desk.CodeUnauthorized, "", "The e-mail address or the password is wrong.")
	}
	proof, err := s.proveFactor(who, &found.Agent, in.Body.Code)
	if err != nil {
		return nil, err
	}
	life := sessionLife
	if in.Body.Remember {
		life = sessionRemember
	}
	session, token := s.newSession(found.Agent.ID, life)
	who.seenFrom(&session)
	save := app.SaveSession{Session: session, New: true, Address: who.from(), Proof: proof}
	if result.Stale {
		if save.Rehash, err = s.passwords.Hash(ctx, in.Body.Password); err != nil {
			return nil, err
		}
	}
	me, err := s.app.SaveSession(save)
	if err != nil {
		return nil, err
	}
	s.factorProved(who, &found.Agent)
	return &signedIn{s.cookie(token, life), me}, nil
}

// signInFailed tells the audit log of a wrong password, or why else it failed, up to a
// bound that no guessing can fill it with. A fault is left to the operator's log: who is refused is refused.
func (s *Server) signInFailed(who *caller, agent desk.ID, why desk.Code) {
	if allow(s.limits.tellFailed, "all") != nil {
		return
	}
	if err := s.app.FailSignIn(app.FailSignIn{Agent: agent, Address: who.from(), Why: why}); err != nil {
		s.log.Warn("a failed sign-in was not kept", "err", err)
	}
}

// newSession makes a session and the token that only its browser will know.
func (s *Server) newSession(agent desk.ID, life time.Duration) (app.Session, string) {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails: crypto/rand
	token := base64.RawURLEncoding.EncodeToString(secret[:])
	now := s.app.Now()
	idle := sessionIdle
	if life > sessionLife {
		idle = sessionRememberIdle
	}
	return app.Session{
		Hash: sha256.Sum256([]byte(token)), Agent: agent, CreatedAt: now, SeenAt: now,
		ExpiresAt: now + desk.Time(life.Milliseconds()), IdleLimit: min(life, idle).Milliseconds(),
	}, token
}

func (s *Server) cookieName() string {
	if s.secure {
		return "__Host-sid"
	}
	return "sid"
}

func (s *Server) cookie(token string, life time.Duration) http.Cookie {
	return http.Cookie{
		Name: s.cookieName(), Value: token, Path: "/", MaxAge: int(life.Seconds()),
		Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// sessionOf finds the live session behind a request's cookie.
func (s *Server) sessionOf(c *fiber.Ctx) (app.Session, desk.Agent, error) {
	token := c.Cookies(s.cookieName())
	if token == "" {
		return app.Session{}, desk.Agent{}, desk.Refuse(desk.CodeUnauthorized, "", "Sign in.")
	}
	return s.app.Session(sha256.Sum256([]byte(token)))
}

// seen keeps a sign of life, when the last one is old enough. A fault is left to
// the next request.
func (s *Server) seen(who *caller, session *app.Session) {
	now := s.app.Now()
	if now-session.SeenAt < desk.Time(seenEvery.Milliseconds()) {
		return
	}
	session.SeenAt = now
	who.seenFrom(session)
	if _, err := s.app.SaveSession(app.SaveSession{Session: *session}); err != nil {
		s.log.Warn("a session's sign of life was not kept", "err", err)
	}
}

// cookieSet is an answer that sets or takes away the session's cookie and says no more.
type cookieSet struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) signOut(_ context.Context, who *caller, _ *struct{}) (*cookieSet, error) {
	if err := s.app.EndSession(app.EndSession{
		Session: app.Session{Hash: who.session, Agent: who.agent.ID}, Address: who.from(),
	}); err != nil { // they are signed out all the same, on a full disk or a broken one
		s.log.Warn("that a session has ended is not kept", "err", err)
	}
	s.endSockets(func(o socket.Owner) bool { return o.Session == who.session })
	gone := s.cookie("", 0)
	gone.MaxAge = -1
	return &cookieSet{gone}, nil
}

func (s *Server) me(_ context.Context, who *caller, _ *struct{}) (*body[app.Me], error) {
	me, err := s.app.Me(who.agent.ID)
	return &body[app.Me]{me}, err
}

type changeMeInput struct {
	Body struct {
		Name     *string `json:"name,omitempty"`
		Language *string `json:"language,omitempty" doc:"tr, en, or empty to follow the browser."`
		Photo    *string `json:"photo,omitempty" doc:"The id of a picture that you have uploaded (PNG, JPEG, WebP or GIF): the square in its middle becomes your photo. An empty text takes the photo away."`
	}
}

func (s *Server) changeMe(_ context.Context, who *caller, in *changeMeInput) (*body[app.Me], error) {
	cmd := app.ChangeAgent{
		By: who.agent.ID, ID: who.agent.ID, Self: true,
		Change: desk.AgentChange{Name: in.Body.Name, Language: in.Body.Language},
	}
	if in.Body.Photo != nil {
		photo, err := s.photo(who, *in.Body.Photo)
		if err != nil {
			return nil, err
		}
		cmd.Photo = &photo
	}
	if _, err := s.app.ChangeAgent(cmd); err != nil {
		return nil, err
	}
	s.tellTeam() // visitors see the name and the photo
	me, err := s.app.Me(who.agent.ID)
	return &body[app.Me]{me}, err
}

type changePasswordInput struct {
	Body struct {
		Current string `json:"current" maxLength:"1024"`
		New     string `json:"new" maxLength:"1024"`
	}
}

func (s *Server) changePassword(ctx context.Context, who *caller, in *changePasswordInput) (*cookieSet, error) {
	if err := s.provePassword(ctx, who, "current", in.Body.Current); err != nil {
		return nil, err
	}
	hash, err := s.hashNew(ctx, in.Body.New, who.agent.Name, who.agent.Email)
	if err != nil {
		return nil, err
	}
	session, cookie, err := s.successor(who)
	if err != nil {
		return nil, err
	}
	_, err = s.app.ChangeAgent(app.ChangeAgent{By: who.agent.ID, ID: who.agent.ID, Self: true, Password: hash, Session: session})
	if err != nil {
		return nil, err
	}
	s.sockets.HandOver(who.session, session.Hash)
	s.endSockets(func(o socket.Owner) bool { return o.Agent == who.agent.ID && o.Session != session.Hash })
	return &cookieSet{cookie}, nil
}

// hashNew checks and hashes a new password.
func (s *Server) hashNew(ctx context.Context, secret string, personal ...string) (string, error) {
	if err := s.rules.Check(secret, personal...); err != nil {
		return "", err
	}
	return s.passwords.Hash(ctx, secret)
}

type sentEmojiInput struct {
	Body struct {
		Emoji string `json:"emoji" maxLength:"64"`
	}
}

func (s *Server) sentEmoji(_ context.Context, who *caller, in *sentEmojiInput) (*body[app.Me], error) {
	me, err := s.app.SentEmoji(app.SentEmoji{By: who.agent.ID, Emoji: in.Body.Emoji})
	return &body[app.Me]{me}, err
}

// endSockets closes the sockets whose session has ended.
func (s *Server) endSockets(fits func(socket.Owner) bool) {
	s.sockets.CloseWhere(fits, socket.Ending{Code: socket.CodeSessionEnded, Reason: "session ended"})
}
