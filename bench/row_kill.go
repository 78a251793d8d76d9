package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// killRow ends the server with SIGKILL while 16 clients post, starts it again, and looks for everything that was acknowledged in the whole stage.
func (s *stage) killRow() error {
	ctx, cancel := context.WithCancel(s.ctx)
	var wait sync.WaitGroup
	wait.Go(func() { _, _ = s.postBeside(ctx, 16, 0) }) // it fails when the server dies
	time.Sleep(s.much.kill)
	err := s.server.kill()
	cancel()
	wait.Wait()
	if err != nil {
		return err
	}
	if s.server, err = serve(s.opts.Executable, s.dir); err != nil {
		return err
	}
	if err := s.server.answers(); err != nil {
		return err
	}
	restarted := time.Since(s.server.began)
	c, err := s.dial(0)
	if err != nil {
		return err
	}
	defer c.close()
	k, err := s.ledger.compare(c)
	if err != nil {
		return err
	}
	row := s.row("kill", "acknowledged messages found after kill -9 under load")
	row.Value, row.Unit = float64(k.found), "messages"
	row.Note = fmt.Sprintf("of %d acknowledged in this run: lost %d, changed %d, doubled %d; it answered again after %s",
		s.ledger.len(), k.lost, k.changed, k.doubled, restarted.Round(time.Millisecond))
	row.Verdict = Aim
	if k.found != s.ledger.len() {
		row.Verdict = Miss
		err = errors.New("bench: acknowledged messages are gone: " + row.Note)
	}
	s.add(row)
	return errors.Join(err, s.wordsFound(c))
}

// wordsFound searches again for every word that was found before the kill.
func (s *stage) wordsFound(c *client) error {
	if err := waitIndexed(s.ctx, s.server.address, s.sessions[0]); err != nil {
		return err
	}
	for word, number := range s.ledger.words {
		body, err := c.must("/api/v1/search?limit=1&q=" + word)
		if err != nil {
			return err
		}
		if !bytes.Contains(body, fmt.Appendf(nil, `"hits":[{"conversation":{"number":%d,`, number)) {
			return fmt.Errorf("bench: after the kill %q is no longer found: %s", word, body)
		}
	}
	return nil
}
