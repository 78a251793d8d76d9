package server

func (s *Server) searchRoutes() {}
