package live

import (
	"errors"
	"time"

	"parley/desk"
	"parley/store"
)

// frameBatch is how many frames a socket takes at once.
const frameBatch = 64

// Client is one socket's place in what the hub tells. One goroutine calls Ready
// and Take, one calls Receive.
type Client struct {
	agent desk.ID

	hub      *Hub
	sequence uint64  // every event up to here was given to Take's caller
	seat             // where it reads the log; end and head are those of joining
	behind   bool    // it reads the journal first, up to the seat's head
	first    []Frame // what it is told before anything else

	viewing desk.Number // under hub.mu
	state   Presence    // under hub.mu
	typedAt time.Time   // of Receive's goroutine alone
}

// Resume is where a client left off.
type Resume struct {
	Since uint64 // the last sequence that it has seen
	Epoch string // of the store that it was connected to; "" when it does not know
	Fresh bool   // it has seen nothing: begin at the head
}

// Join connects an agent's socket. Close must be called when it goes.
func (h *Hub) Join(agent desk.ID, from Resume) (*Client, error) {
	c := &Client{agent: agent, hub: h, state: Online}
	var head, floor uint64
	if err := h.store.View(func(tx *store.Tx) error {
		head, floor = tx.Head(), tx.Floor()
		return nil
	}); err != nil {
		return nil, err
	}
	epoch := h.store.Epoch()
	c.first = append(c.first, plain(helloFrame{"hello", epoch, head}))
	strange := from.Since > head || from.Since < floor || (from.Epoch != "" && from.Epoch != epoch)
	c.sequence = from.Since
	if from.Fresh || strange {
		c.sequence = head
	}
	if strange && !from.Fresh {
		c.first = append(c.first, plain(helloFrame{"reset", epoch, head}))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	c.join()
	h.arrive(c)
	c.first = append(c.first, h.moment()...)
	return c, nil
}

// join finds where to go on in the log. A client whom the log does not reach back
// to reads the journal first; frames without a sequence wait for it in the log.
func (c *Client) join() {
	var found bool
	c.seat, found = c.hub.log.join(c.sequence)
	c.behind = !found
}

// moment is what has no sequence, as everybody knows it. h.mu is held.
func (h *Hub) moment() []Frame {
	return append([]Frame{plain(viewsFrame{"views", h.counts})}, h.moments.joined()...)
}

// Close takes the socket away.
func (c *Client) Close() { c.hub.leave(c) }

// ready is a channel that is always readable.
var ready = func() <-chan struct{} {
	closed := make(chan struct{})
	close(closed)
	return closed
}()

// Ready gives a channel that is readable or closed as soon as Take may have
// something.
func (c *Client) Ready() <-chan struct{} {
	if c.first != nil || c.behind {
		return ready
	}
	frames, more, ok := c.hub.log.after(c.position, 1)
	if len(frames) > 0 || !ok {
		return ready
	}
	return more
}

// Take gives the frames that wait, in order: every event after the one where the
// client left off exactly once, and among them what has no sequence. It does not
// wait.
func (c *Client) Take() ([][]byte, error) {
	frames, err := c.take()
	if err != nil || len(frames) == 0 {
		return nil, err
	}
	texts := make([][]byte, len(frames))
	for i := range frames {
		texts[i] = frames[i].Data
	}
	return texts, nil
}

func (c *Client) take() ([]Frame, error) {
	if first := c.first; first != nil {
		c.first = nil
		return first, nil
	}
	if c.behind {
		return c.catchUp()
	}
	frames, _, ok := c.hub.log.after(c.position, frameBatch)
	if !ok {
		return c.fallBehind(), nil
	}
	mine := c.mine(frames, c.position)
	c.position += uint64(len(frames))
	return mine, nil
}

// mine leaves out what this client has seen or may not see, and what was so for a
// moment before it joined. It counts every event as seen, also those it leaves out.
func (c *Client) mine(frames []Frame, position uint64) []Frame {
	var kept []Frame
	for i, f := range frames {
		seen := f.Sequence > 0 && f.Sequence <= c.sequence
		if f.Sequence == 0 {
			seen = position+uint64(i) < c.end
		}
		c.sequence = max(c.sequence, f.Sequence)
		if seen || (!f.only.IsZero() && f.only != c.agent) {
			if kept == nil {
				kept = append(make([]Frame, 0, len(frames)), frames[:i]...)
			}
			continue
		}
		if kept != nil {
			kept = append(kept, f)
		}
	}
	if kept == nil {
		return frames
	}
	return kept
}

// fallBehind begins anew after the log has moved on beyond the client. What
// happened is in the journal; what has no sequence is told as it stands now.
func (c *Client) fallBehind() []Frame {
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	c.join()
	return c.hub.moment()
}

// catchUp reads the journal up to where the log goes on.
func (c *Client) catchUp() ([]Frame, error) {
	if c.sequence >= c.head {
		c.behind = false
		return nil, nil
	}
	var batch []store.Entry
	err := c.hub.store.View(func(tx *store.Tx) (err error) {
		batch, err = tx.Journal(c.sequence, frameBatch)
		return err
	})
	if errors.Is(err, store.ErrTrimmed) { // trimmed while it was reading
		return c.reset(), nil
	}
	if err != nil {
		return nil, err
	}
	frames, _, err := c.hub.build(batch)
	if err != nil && len(frames) == 0 { // the others were told the same, see Hub.Run
		frames = []Frame{plainAt(batch[0].Sequence)}
	}
	return c.mine(frames, c.position), nil
}

// reset gives up on what the journal no longer holds.
func (c *Client) reset() []Frame {
	c.sequence = c.hub.Head()
	return []Frame{plain(helloFrame{"reset", c.hub.store.Epoch(), c.sequence})}
}
