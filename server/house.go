package server

import (
	"context"
	"time"

	"parley/desk"
	"parley/server/socket"
)

const (
	socketsEvery = time.Minute
	teamEvery    = 15 * time.Second
	sweepEvery   = time.Hour
	sweepAge     = 24 * time.Hour
)

// KeepHouse ends the sockets whose sign-in has run out, tells visitors of the team
// and sweeps away files that nothing refers to, until ctx ends.
func (s *Server) KeepHouse(ctx context.Context) error {
	sockets, team, sweep := time.NewTicker(socketsEvery), time.NewTicker(teamEvery), time.NewTicker(sweepEvery)
	defer sockets.Stop()
	defer team.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-sockets.C:
			s.endSockets(func(o socket.Owner) bool {
				_, _, err := s.app.Session(o.Session)
				return desk.CodeOf(err) == desk.CodeUnauthorized
			})
		case <-team.C:
			s.tellTeam()
		case now := <-sweep.C:
			swept, err := s.files.Sweep(now, sweepAge, s.app.FileReferenced)
			if err != nil {
				s.log.Warn("files could not all be swept", "err", err)
			}
			if swept.Files > 0 || swept.Uploads > 0 {
				s.log.Info("files swept", "files", swept.Files, "bytes", swept.Bytes, "uploads", swept.Uploads)
			}
		}
	}
}
