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
	if err := s.widgetRoutes(site); err != nil {
		return err
	}
	s.table = append(s.table, Route{Method: http.MethodGet, Path: "/*", Action: desk.ActionPublic})
	// As a route, "GET /*" would make every other method on an unknown address a
	// wrong method instead of an unknown address.
	s.fiber.Use(func(c *fiber.Ctx) error {
		if method := c.Method(); method != http.MethodGet && method != http.MethodHead {
			return c.Next()
		}
		return site.Serve(c)
	})
	return nil
}
