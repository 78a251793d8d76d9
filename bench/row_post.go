package bench

import "fmt"

// postRows measures durable posts, with the index following.
func (s *stage) postRows() error {
	clients := []int{1}
	if s.isMain() {
		clients = []int{1, 16, 64}
	}
	for _, n := range clients {
		row := s.row(fmt.Sprintf("post.%d", n), "durable post"+withClients(n))
		result, err := s.posts(n, 0)
		if err != nil {
			return err
		}
		result.fill(&row)
		row.Floor = fmt.Sprintf("floor.commit%d", n)
		if floor := s.report.row(row.Floor, row.Set); n > 1 && floor != nil {
			row.Ratio = row.Rate / floor.Rate
			row.Note = "the ratio is of rates"
		}
		s.add(row)
	}
	return nil
}

// posts makes a load of posts: for as long as a row lasts, or a number of them.
func (s *stage) posts(clients, count int) (*result, error) {
	p, err := s.poster(clients)
	if err != nil {
		return nil, err
	}
	defer p.close()
	l := &load{
		clients: clients, rounds: s.much.rounds, pid: s.server.cmd.Process.Pid, lasts: 2 * s.much.lasts, least: s.much.least / 2, most: count, warm: 20,
		try: func(i, _ int) (func() error, error) { return p.post(i) },
	}
	if count > 0 {
		l.least, l.rounds = count, 1
	}
	return l.run()
}
