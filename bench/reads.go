package bench

import "fmt"

// reads makes a load of paths that clients ask for in turn. check is given each
// answer after its time was taken: which path it is, how often its client has
// asked, and the body.
func (s *stage) reads(clients int, paths []string, check func(path, n int, body []byte) error) (*result, error) {
	conns, err := s.dialAll(clients)
	if err != nil {
		return nil, err
	}
	defer closeAll(conns)
	kinds := len(paths)
	l := &load{
		clients: clients, rounds: s.much.rounds, pid: s.server.cmd.Process.Pid,
		lasts: s.much.lasts, least: max(s.much.least, s.much.each*kinds), warm: max(1, kinds/clients),
		try: func(i, n int) (func() error, error) {
			at := (i*kinds/clients + n) % kinds
			status, body, err := conns[i].get(paths[at])
			if err == nil && status != 200 {
				err = fmt.Errorf("bench: GET %s: %d %s", paths[at], status, body)
			}
			return func() error { return check(at, n, body) }, err
		},
	}
	return l.run()
}

// dialAll connects as the first n agents.
func (s *stage) dialAll(n int) (conns []*client, err error) {
	for i := range n {
		c, err := s.dial(i)
		if err != nil {
			closeAll(conns)
			return nil, err
		}
		conns = append(conns, c)
	}
	return conns, nil
}

func closeAll(conns []*client) {
	for _, c := range conns {
		c.close()
	}
}
