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
	Browser   string    // in short, such as Firefox on Windows
	Address   string    // where it was seen last; "" where that is not known
}

// ID names a session where its agent manages it: half of the hash, which finds no
// token and of which there are no two.
func (s *Session) ID() desk.ID { return desk.ID(s.Hash[:len(desk.ID{})]) }

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
	s, err := decodeSession(v)
	if err != nil {
		return s, fmt.Errorf("store: session: %w", err)
	}
	s.Hash = hash
	return s, nil
}

func decodeSession(b []byte) (Session, error) {
	r := newReader(b)
	s := Session{Agent: r.id(), CreatedAt: r.time(), SeenAt: r.time(), ExpiresAt: r.time(), IdleLimit: int64(r.uint())}
	if r.version > 1 {
		s.Browser, s.Address = r.text(), r.text()
	}
	return s, r.done()
}

func encodeSession(s *Session) []byte {
	w := newWriter(2)
	w.id(s.Agent)
	w.time(s.CreatedAt)
	w.time(s.SeenAt)
	w.time(s.ExpiresAt)
	w.uint(uint64(s.IdleLimit))
	w.text(s.Browser)
	w.text(s.Address)
	return w.b
}

// SaveSession keeps a session. Sessions are no part of what events tell of.
func (tx *Tx) SaveSession(s *Session) error {
	if err := tx.change(bucketSessions).Put(s.Hash[:], encodeSession(s)); err != nil {
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

// SessionsOf reads the sessions of an agent, those that no longer hold among them.
func (tx *Tx) SessionsOf(agent desk.ID) (all []Session, err error) {
	c := tx.bucket(bucketAgentSessions).Cursor()
	for k, _ := c.Seek(agent[:]); bytes.HasPrefix(k, agent[:]) && len(k) == len(agent)+sha256.Size; k, _ = c.Next() {
		s, err := tx.Session([sha256.Size]byte(k[len(agent):]))
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// EndSessions forgets all sessions of an agent but one (the zero hash: all), and
// tells how many those were.
func (tx *Tx) EndSessions(agent desk.ID, but [sha256.Size]byte) (ended int, err error) {
	all, err := tx.SessionsOf(agent)
	for i := range all {
		if err == nil && all[i].Hash != but {
			err = tx.EndSession(&all[i])
			ended++
		}
	}
	return ended, err
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
