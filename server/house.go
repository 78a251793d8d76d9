package server

import (
	"context"
	"time"

	"parley/desk"
	"parley/server/socket"
)

const (
	socketsEvery = time.Minute
	sweepEvery   = time.Hour
	sweepAge     = 24 * time.Hour
)

// KeepHouse ends the sockets whose sign-in has run out and sweeps away files that
// nothing refers to, until ctx ends.
func (s *Server) KeepHouse(ctx context.Context) error {
	sockets, sweep := time.NewTicker(socketsEvery), time.NewTicker(sweepEvery)
	defer sockets.Stop()
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
