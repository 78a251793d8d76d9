package server

import (
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/live"
	"parley/server/socket"
)

// socketRoute serves the agents' realtime socket. The Origin is checked by the
// sockets themselves, before the upgrade.
func (s *Server) socketRoute() {
	r := Route{Method: http.MethodGet, Path: apiPath + "/socket", Action: desk.ActionRead, About: "The realtime socket."}
	s.table = append(s.table, r)
	s.fiber.Get(r.Path, s.sockets.Handler(func(c *fiber.Ctx) (socket.Opening, error) {
		who, err := s.admit(c, r)
		if err != nil {
			return socket.Opening{}, err
		}
		if err := s.allowConnect(who.address); err != nil {
			return socket.Opening{}, err
		}
		from, err := resumeOf(c)
		if err != nil {
			return socket.Opening{}, err
		}
		return socket.Opening{
			Owner: socket.Owner{Agent: who.agent.ID, Session: who.session},
			Start: func() (socket.Session, error) { return s.hub.Join(who.agent.ID, from) },
		}, nil
	}))
}

// resumeOf reads where a client left off.
func resumeOf(c *fiber.Ctx) (live.Resume, error) {
	since := c.Query("since")
	from := live.Resume{Epoch: c.Query("epoch"), Fresh: since == ""}
	if from.Fresh {
		return from, nil
	}
	var err error
	if from.Since, err = strconv.ParseUint(since, 10, 64); err != nil {
		return from, desk.Refuse(desk.CodeInvalid, "since", "since is the sequence of the last frame that you have seen.")
	}
	return from, nil
}
