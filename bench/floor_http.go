package bench

import (
	"errors"
	"fmt"
)

// floorServer is the process that ServeFloor runs in.
type floorServer struct {
	*child
	echo string // the address of the echo
}

func (r *run) serveFloor() (*floorServer, error) {
	httpAddress, err := freePort()
	if err != nil {
		return nil, err
	}
	echoAddress, err := freePort()
	if err != nil {
		return nil, err
	}
	c, err := launch(r.opts.Executable, httpAddress, "bench", "--serve-floor", httpAddress, "--serve-floor", echoAddress)
	if err != nil {
		return nil, err
	}
	if err := c.answers(); err != nil {
		return nil, errors.Join(err, c.kill())
	}
	return &floorServer{c, echoAddress}, nil
}

// floorRows measures what nothing built on it can beat.
func (r *run) floorRows() error {
	if err := r.diskFloor(); err != nil {
		return err
	}
	f, err := r.serveFloor()
	if err != nil {
		return err
	}
	return errors.Join(r.echoFloor(f), r.httpFloor(f), r.fanFloor(f), f.stop())
}

// echoFloor measures what the way to another process and back takes.
func (r *run) echoFloor(f *floorServer) error {
	c, err := dial(f.echo, "")
	if err != nil {
		return err
	}
	defer c.close()
	message, back := make([]byte, 64), make([]byte, 64)
	l := &load{clients: 1, rounds: r.much.rounds, pid: f.cmd.Process.Pid, lasts: r.much.lasts / 4, least: r.much.least, warm: 100, try: func(int, int) (func() error, error) {
		if _, err := c.conn.Write(message); err != nil {
			return nil, err
		}
		_, err := c.conn.Read(back)
		return nil, err
	}}
	result, err := l.run()
	if err != nil {
		return err
	}
	row := Row{ID: "floor.echo", What: "floor: 64 bytes over loopback TCP and back"}
	result.fill(&row)
	r.add(row)
	return nil
}

// httpFloor measures bare Fiber with a JSON answer of about 4 kB.
func (r *run) httpFloor(f *floorServer) error {
	for _, clients := range []int{1, 16} {
		conns := make([]*client, clients)
		for i := range conns {
			var err error
			if conns[i], err = dial(f.address, ""); err != nil {
				return err
			}
			defer conns[i].close()
		}
		l := &load{clients: clients, rounds: r.much.rounds, pid: f.cmd.Process.Pid, lasts: r.much.lasts / 2, least: r.much.least, warm: 10, try: func(i, _ int) (func() error, error) {
			_, err := conns[i].must("/json")
			return nil, err
		}}
		result, err := l.run()
		if err != nil {
			return err
		}
		row := Row{ID: floorFor(clients), What: fmt.Sprintf("floor: bare Fiber, JSON of %d bytes%s", floorBytes(), withClients(clients))}
		result.fill(&row)
		r.add(row)
	}
	return nil
}

// floorFor is the HTTP floor for a number of clients.
func floorFor(clients int) string { return fmt.Sprintf("floor.http%d", clients) }
