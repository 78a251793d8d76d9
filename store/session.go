package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"parley/desk"
)

// Buckets: sessions, agent_sessions. A session is kept under the hash of its
// token, so that a copy of the store opens no door.

// Session is an agent's signed-in browser.
type Session struct {
	Hash      [sha256.Size]byte // of the token
	Agent     desk.ID
	CreatedAt desk.Time
	SeenAt    desk.Time
	ExpiresAt desk.Time // whatever happens, it ends here
	IdleLimit int64     // milliseconds without a request after which it ends
}

// Alive reports whether the session still holds at a moment.
func (s *Session) Alive(now desk.Time) bool {
	return now < s.ExpiresAt && int64(now-s.SeenAt) < s.IdleLimit
}

// Session finds a session by the hash of its token.
func (tx *Tx) Session(hash [sha256.Size]byte) (Session, error) {
	v := tx.bucket(bucketSessions).Get(hash[:])
	if v == nil {
		return Session{}, desk.Refuse(desk.CodeUnauthorized, "", "Sign in.")
	}
	r := newReader(v)
	s := Session{Hash: hash, Agent: r.id(), CreatedAt: r.time(), SeenAt: r.time(), ExpiresAt: r.time(), IdleLimit: int64(r.uint())}
	if err := r.done(); err != nil {
		return s, fmt.Errorf("store: session: %w", err)
	}
	return s, nil
}

// SaveSession keeps a session. Sessions are no part of what events tell of.
func (tx *Tx) SaveSession(s *Session) error {
	w := newWriter(1)
	w.id(s.Agent)
	w.time(s.CreatedAt)
	w.time(s.SeenAt)
	w.time(s.ExpiresAt)
	w.uint(uint64(s.IdleLimit))
	if err := tx.change(bucketSessions).Put(s.Hash[:], w.b); err != nil {
		return err
	}
	return tx.change(bucketAgentSessions).Put(append(bytes.Clone(s.Agent[:]), s.Hash[:]...), nil)
}

// EndSession forgets a session; one that is not there is ended already.
func (tx *Tx) EndSession(s *Session) error {
	if err := tx.change(bucketSessions).Delete(s.Hash[:]); err != nil {
		return err
	}
	return tx.change(bucketAgentSessions).Delete(append(bytes.Clone(s.Agent[:]), s.Hash[:]...))
}

// EndSessions forgets all sessions of an agent but one (the zero hash: all).
func (tx *Tx) EndSessions(agent desk.ID, but [sha256.Size]byte) error {
	c := tx.bucket(bucketAgentSessions).Cursor()
	var hashes [][sha256.Size]byte
	for k, _ := c.Seek(agent[:]); bytes.HasPrefix(k, agent[:]) && len(k) == len(agent)+sha256.Size; k, _ = c.Next() {
		if hash := [sha256.Size]byte(k[len(agent):]); hash != but {
			hashes = append(hashes, hash)
		}
	}
	for _, hash := range hashes {
		if err := tx.EndSession(&Session{Hash: hash, Agent: agent}); err != nil {
			return err
		}
	}
	return nil
}

// ForgetSessions drops sessions that no longer hold, looking at most at limit of them
// from a key on; it returns where to go on, nil at the end.
func (tx *Tx) ForgetSessions(now desk.Time, from []byte, limit int) (next []byte, err error) {
	c := tx.bucket(bucketSessions).Cursor()
	var ended []Session
	k, _ := c.Seek(from)
	for ; k != nil && limit > 0; limit-- {
		tx.moves++
		s, err := tx.Session([sha256.Size]byte(k))
		if err != nil {
			return nil, err
		}
		if !s.Alive(now) {
			ended = append(ended, s)
		}
		k, _ = c.Next()
	}
	next = bytes.Clone(k)
	for i := range ended {
		if err := tx.EndSession(&ended[i]); err != nil {
			return nil, err
		}
	}
	return next, nil
}
