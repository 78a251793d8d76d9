package server

import (
	"crypto/sha256"
	"encoding/json"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"parley/app"
	"parley/desk"
	"parley/live"
	"parley/server/limit"
	"parley/server/socket"
)

// maxSocketsFrom bounds the visitors who are connected from one address, so that no
// single one takes all places. How many one visitor may have is the hub's to say.
const maxSocketsFrom = 1000

// socketsFrom is the bound on one address; a crowd that is for measuring comes from
// one machine.
func socketsFrom(unlimited bool) int {
	if unlimited {
		return 0
	}
	return maxSocketsFrom
}

// auth is the first message on a visitor's socket. The token comes in it, and not
// with the request, because addresses and headers end up in logs.
type auth struct {
	Type  string  `json:"type"`
	Token string  `json:"token"`
	Since *uint64 `json:"since"`
	Epoch string  `json:"epoch"`
}

// visitorSocketRoute serves the visitors' realtime socket. Their page is Parley's
// own, in a frame, so the Origin is too.
func (s *Server) visitorSocketRoute() {
	r := Route{Method: http.MethodGet, Path: widgetPath + "/socket", Action: desk.ActionPublic, About: "The visitors' realtime socket; its first message says who it is."}
	s.table = append(s.table, r)
	socket.Keep(s.fiber)
	s.fiber.Get(r.Path, s.visitors.QuietHandler(func(c *fiber.Ctx) (socket.QuietOpening, error) {
		who, err := s.admit(c, r)
		if err == nil {
			err = s.allowConnect(who.address)
		}
		if err != nil {
			return socket.QuietOpening{}, err
		}
		return socket.QuietOpening{Greet: s.greetVisitor, Address: limit.AddressKey(who.address)}, nil
	}))
}

// greetVisitor connects whoever the first message's token stands for.
func (s *Server) greetVisitor(first []byte, wake func()) (socket.QuietSession, error) {
	var a auth
	if err := json.Unmarshal(first, &a); err != nil || a.Type != "auth" {
		return nil, socket.Ending{Code: socket.CodePolicy, Reason: "the first message is auth"}
	}
	hash := hashToken(a.Token)
	from := live.Resume{Epoch: a.Epoch, Fresh: a.Since == nil}
	if a.Since != nil {
		from.Since = *a.Since
	}
	v, err := s.hub.JoinVisitor(from, live.VisitorEnd{
		Lookup: func() (live.Pass, error) { return s.passOf(hash) }, Wake: wake, Delivered: s.delivered,
	})
	if desk.CodeOf(err) == desk.CodeTooMany {
		err = socket.Ending{Code: socket.CodeTryLater, Reason: "too many of one visitor"}
	}
	if err != nil { // not v itself, which would be a session that is nil
		return nil, err
	}
	return v, nil
}

// passOf is what a visitor's token stands for now. While its site is switched off
// the token still holds, so that is no reason to forget it.
func (s *Server) passOf(hash [sha256.Size]byte) (live.Pass, error) {
	v, _, err := s.app.Visitor(hash)
	if desk.IsNotFound(err) {
		err = socket.Ending{Code: socket.CodePolicy, Reason: "the site is off"}
	}
	if err == nil {
		if fault := s.app.SeeVisitor(&v); fault != nil { // no reason to keep them out: they can read
			s.log.Warn("a visitor's sign of life was not kept", "err", fault)
		}
	}
	return live.Pass{Customer: v.Customer, Site: v.Site}, err
}

// delivered keeps that a visitor's page has the team's messages up to a seq.
func (s *Server) delivered(p live.Pass, n desk.Number, seq uint64) {
	visitor := app.Visitor{Customer: p.Customer, Site: p.Site}
	_, err := s.app.ChangeAsVisitor(app.ChangeAsVisitor{Verb: app.VisitorDelivered, Visitor: visitor, Number: n, Seq: seq})
	if err != nil && desk.CodeOf(err) == desk.CodeInternal {
		s.log.Warn("what was delivered is not kept", "err", err)
	}
}

// teamFrame is what visitors are told of the team.
type teamFrame struct {
	Type   string      `json:"type"`
	Agents []cardAgent `json:"agents"`
	Open   bool        `json:"open"`
	Wait   int         `json:"wait,omitempty"` // as the card's
}

// tellTeam tells visitors who is there, when that has changed.
func (s *Server) tellTeam() {
	front, err := s.app.Front()
	if err != nil {
		s.log.Warn("visitors are not told who is there", "err", err)
		return
	}
	frame, err := json.Marshal(teamFrame{"team", faces(front.Agents, s.hub.Presence()), front.Open, front.Wait})
	if err == nil {
		s.hub.TellTeam(frame)
	}
}
