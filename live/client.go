package live

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"parley/desk"
	"parley/store"
)

// ErrEnded says that the socket's session has ended.
var ErrEnded = errors.New("live: the session has ended")

// Heartbeat is how often a quiet socket is told where the journal stands.
const Heartbeat = 25 * time.Second

// frameBatch is how many frames a socket takes at once.
const frameBatch = 64

// Client is one socket's place in what the hub tells. One goroutine calls Next.
type Client struct {
	Agent   desk.ID
	Session [sha256.Size]byte

	hub      *Hub
	sequence uint64 // every event up to here was given to Next's caller
	position uint64 // where it reads the log
	behind   bool   // it reads the journal until it has caught up with the log
	first    []Frame
	ended    chan struct{}
	once     sync.Once

	viewing desk.Number // under hub.mu
	away    bool        // under hub.mu
	typedAt time.Time   // of Receive's goroutine alone
}

// Resume is where a client left off.
type Resume struct {
	Since uint64 // the last sequence that it has seen
	Epoch string // of the store that it was connected to; "" when it does not know
	Fresh bool   // it has seen nothing: begin at the head
}

// Join connects an agent's socket. Close must be called when it goes.
func (h *Hub) Join(agent desk.ID, session [sha256.Size]byte, from Resume) (*Client, error) {
	c := &Client{Agent: agent, Session: session, hub: h, ended: make(chan struct{})}
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
	var found bool
	if c.position, found = h.log.join(c.sequence); !found {
		c.behind = true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[c] = struct{}{}
	c.first = append(c.first, plain(viewsFrame{"views", h.counts}))
	h.arrive(c)
	c.first = append(c.first, h.presenceFrame())
	c.first = append(c.first, h.allViewing()...)
	return c, nil
}

// Close takes the socket away.
func (c *Client) Close() {
	c.end()
	c.hub.leave(c)
}

func (c *Client) end() { c.once.Do(func() { close(c.ended) }) }

// Next waits for frames and gives them in order: every event after the one where
// the client left off exactly once, and among them what has no sequence. It ends
// with ErrEnded when the session has ended, or with the error of ctx.
func (c *Client) Next(ctx context.Context) ([]Frame, error) {
	if first := c.first; first != nil {
		c.first = nil
		return first, nil
	}
	for {
		select {
		case <-c.ended:
			return nil, ErrEnded
		default:
		}
		if c.behind {
			if frames, err := c.catchUp(); err != nil || len(frames) > 0 {
				return frames, err
			}
			continue
		}
		frames, more, ok := c.hub.log.after(c.position, frameBatch)
		if !ok {
			c.behind = true
			continue
		}
		c.position += uint64(len(frames))
		if frames = c.mine(frames); len(frames) > 0 {
			return frames, nil
		}
		if heartbeat, err := c.wait(ctx, more); err != nil || heartbeat {
			return []Frame{plain(pingFrame{"ping", c.hub.Head()})}, err
		}
	}
}

// wait returns when there is more, or (true) when it is time for a heartbeat.
func (c *Client) wait(ctx context.Context, more <-chan struct{}) (heartbeat bool, err error) {
	timer := time.NewTimer(Heartbeat)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-c.ended:
		return false, ErrEnded
	case <-timer.C:
		return true, nil
	case <-more:
		return false, nil
	}
}

// mine leaves out what this client has seen or may not see. It counts every
// event as seen, also those it leaves out.
func (c *Client) mine(frames []Frame) []Frame {
	var kept []Frame
	for i, f := range frames {
		seen := f.Sequence > 0 && f.Sequence <= c.sequence
		c.sequence = max(c.sequence, f.Sequence)
		if seen || (!f.only.IsZero() && f.only != c.Agent) {
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

// catchUp reads the journal where the log no longer reaches, until it does.
func (c *Client) catchUp() ([]Frame, error) {
	if position, ok := c.hub.log.join(c.sequence); ok {
		c.position, c.behind = position, false
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
	frames, err := c.hub.build(batch)
	if err != nil {
		return nil, err
	}
	return c.mine(frames), nil
}

// reset gives up on what the journal no longer holds.
func (c *Client) reset() []Frame {
	c.sequence = c.hub.Head()
	return []Frame{plain(helloFrame{"reset", c.hub.store.Epoch(), c.sequence})}
}
