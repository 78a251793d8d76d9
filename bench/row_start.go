package bench

import (
	"errors"
	"fmt"
	"time"
)

// startRow measures from the execution of the server until it has answered with
// the first page of the inbox.
func (s *stage) startRow() error {
	var samples []time.Duration
	for range s.much.starts {
		took, err := s.startOnce()
		if err != nil {
			return err
		}
		samples = append(samples, took)
		s.idle()
	}
	times := timesOf(samples)
	row := s.row("start", "start → first page of the inbox")
	row.Times, row.Note = &times, fmt.Sprintf("%d starts", len(samples))
	s.add(row)
	return nil
}

func (s *stage) startOnce() (took time.Duration, err error) {
	server, err := serve(s.opts.Executable, s.dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	if err := server.answers(); err != nil {
		return 0, err
	}
	c, err := dial(server.address, s.sessions[0].token)
	if err != nil {
		return 0, err
	}
	defer c.close()
	body, err := c.must(fmt.Sprintf("/api/v1/conversations?limit=%d", rows))
	took = time.Since(server.began)
	if err == nil && len(numbersIn(body)) != min(rows, len(s.book.entries)) {
		err = fmt.Errorf("bench: the first page holds %d conversations", len(numbersIn(body)))
	}
	return took, err
}
