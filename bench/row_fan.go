package bench

import (
	"fmt"
	"math/rand/v2"
	"time"

	"parley/app"
	"parley/desk"
)

// fanLimit is how long a message may be on its way before the run gives up.
const fanLimit = 20 * time.Second

// fanFloor measures a message to every socket with nothing behind it.
func (r *run) fanFloor(f *floorServer) error {
	for _, n := range r.much.fans {
		c, err := dial(f.address, "")
		if err != nil {
			return err
		}
		defer c.close()
		crowd, err := gather(f.address, door{path: "/fan"}, n)
		if err != nil {
			return err
		}
		filler := make([]byte, 900) // about as long as a frame of a post
		row := Row{ID: fmt.Sprintf("floor.fan%d", n), What: fmt.Sprintf("floor: one encoded message to %d sockets, nothing stored", n)}
		err = r.fan(&row, crowd, f.cmd.Process.Pid, func(id desk.ID) (func() error, error) {
			_, _, err := c.post("/fan", append([]byte(id.String()), filler...))
			return nil, err
		})
		crowd.stop()
		if err != nil {
			return err
		}
		r.add(row)
	}
	return nil
}

// fanRows measures a post until the last of many agents' sockets has it.
func (s *stage) fanRows() error {
	p, err := s.poster(1)
	if err != nil {
		return err
	}
	defer p.close()
	random := rand.New(rand.NewPCG(5, 6))
	for _, n := range s.much.fans {
		began := time.Now()
		crowd, err := gather(s.server.address, s.agentsDoor(), n)
		if err != nil {
			return err
		}
		joined := time.Since(began)
		s.idle()
		row := s.row(fmt.Sprintf("fanout.%d", n), fmt.Sprintf("post → last of %d agents' sockets", n))
		row.Floor = fmt.Sprintf("floor.fan%d", n)
		row.Note = fmt.Sprintf("%d sockets joined in %s and were told %s", n, joined.Round(time.Millisecond), bytesText(float64(crowd.octets.Load())))
		err = s.fan(&row, crowd, s.server.cmd.Process.Pid, func(id desk.ID) (func() error, error) {
			return p.send(0, pick(random, p.numbers), id, "A message that everybody hears")
		})
		crowd.stop()
		if err != nil {
			return err
		}
		s.add(row)
	}
	return nil
}

// agentsDoor lets agents in, each with the sign-in of its own.
func (s *stage) agentsDoor() door {
	return door{path: "/api/v1/socket", strict: true, cookie: func(i int) string { return s.sessions[i].token }}
}

// fan sends messages one after another, each once every socket has had the one
// before, and puts the times until the last socket had it into the row.
func (r *run) fan(row *Row, crowd *crowd, pid int, send func(id desk.ID) (check func() error, err error)) error {
	l := &load{clients: 1, rounds: r.much.rounds, pid: pid, least: r.much.fanPosts, most: r.much.fanPosts, warm: 3, try: func(int, int) (func() error, error) {
		id := app.NewID()
		heard := crowd.expect([]byte(id.String()))
		check, err := send(id)
		if err == nil {
			_, err = heard.wait(crowd, fanLimit)
		}
		return check, err
	}}
	result, err := l.run()
	if err == nil {
		result.fill(row)
		row.Rate = 0 // one after another: the rate says nothing
	}
	return err
}
