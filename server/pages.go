package server

import (
	"io/fs"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/server/static"
)

// pages serves the frontend for every path that nothing else has taken.
func (s *Server) pages(files fs.FS) error {
	site, err := static.New(files, s.headers)
	if err != nil {
		return err
	}
	serve := func(c *fiber.Ctx, _ *caller) error { return site.Serve(c) }
	plain(s, Route{Method: http.MethodGet, Path: "/*", Action: desk.ActionPublic}, serve)
	return nil
}
