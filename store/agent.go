package store

import (
	"bytes"
	"fmt"

	"parley/desk"
)

// Buckets: agents, agents_email, agent_photos, emoji, and of passwords the hashes.

// Agent reads an agent.
func (tx *Tx) Agent(id desk.ID) (desk.Agent, error) {
	v := tx.bucket(bucketAgents).Get(id[:])
	if v == nil {
		return desk.Agent{}, desk.NotFound("agent")
	}
	a, err := decodeAgent(v)
	if err != nil {
		return a, fmt.Errorf("store: agent %s: %w", id, err)
	}
	return a, nil
}

// AgentByEmail finds an agent by the e-mail address, folded.
func (tx *Tx) AgentByEmail(email string) (desk.Agent, error) {
	id, ok := readID(tx.bucket(bucketAgentsEmail).Get([]byte(email)))
	if !ok || email == "" {
		return desk.Agent{}, desk.NotFound("agent")
	}
	return tx.Agent(id)
}

// Agents reads every agent, in the order in which they were made.
func (tx *Tx) Agents() ([]desk.Agent, error) {
	var out []desk.Agent
	err := tx.bucket(bucketAgents).ForEach(func(k, v []byte) error {
		a, err := decodeAgent(v)
		if err != nil {
			return fmt.Errorf("store: agent %x: %w", k, err)
		}
		out = append(out, a)
		return nil
	})
	return out, err
}

// SaveAgent saves an agent with the events that made it so; before is nil for a
// new one. A photo that they had and have no more goes. Refused: CodeTaken when another agent has the e-mail address.
func (tx *Tx) SaveAgent(before *desk.Agent, a *desk.Agent, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	old := desk.Agent{}
	if before != nil {
		old = *before
	}
	a.Rev = old.Rev + 1
	if a.Email != old.Email {
		emails := tx.bucket(bucketAgentsEmail)
		if owner, taken := readID(emails.Get([]byte(a.Email))); taken && owner != a.ID {
			return desk.Refuse(desk.CodeTaken, "email", "Another agent has this e-mail address.")
		}
		if err := moveKey(tx.change(bucketAgentsEmail), []byte(old.Email), []byte(a.Email), a.ID[:]); err != nil {
			return err
		}
	}
	if old.Photo != "" && old.Photo != a.Photo {
		if err := tx.change(bucketAgentPhotos).Delete([]byte(old.Photo)); err != nil {
			return err
		}
	}
	if err := tx.change(bucketAgents).Put(a.ID[:], encodeAgent(a)); err != nil {
		return fmt.Errorf("store: agent %s: %w", a.ID, err)
	}
	return tx.tell(events, desk.AgentParticulars(before, a))
}

// AgentPhoto reads the photo under a mark; nil where there is none.
func (tx *Tx) AgentPhoto(mark string) []byte {
	return bytes.Clone(tx.bucket(bucketAgentPhotos).Get([]byte(mark)))
}

// SaveAgentPhoto keeps the photo whose mark its agent is saved with.
func (tx *Tx) SaveAgentPhoto(mark string, photo []byte) error {
	return tx.change(bucketAgentPhotos).Put([]byte(mark), photo)
}

// Password is an agent's password hash in PHC form; "" for one who has none.
func (tx *Tx) Password(id desk.ID) string {
	hash, _ := tx.credentials(id)
	return string(hash)
}

// SetPassword keeps an agent's password hash. It is a secret and no part of the
// state that events tell of; whoever calls it ends the agent's sessions as well.
func (tx *Tx) SetPassword(id desk.ID, hash string) error {
	_, factor := tx.credentials(id)
	return tx.saveCredentials(id, []byte(hash), factor)
}

// RecentEmoji are the emoji that an agent sent last, newest first.
func (tx *Tx) RecentEmoji(id desk.ID) ([]string, error) {
	v := tx.bucket(bucketEmoji).Get(id[:])
	if v == nil {
		return nil, nil
	}
	r := newReader(v)
	return r.texts(), r.done()
}

// SetRecentEmoji keeps the emoji that an agent sent last.
func (tx *Tx) SetRecentEmoji(id desk.ID, emoji []string) error {
	w := newWriter(1)
	w.texts(emoji)
	return tx.change(bucketEmoji).Put(id[:], w.b)
}

func encodeAgent(a *desk.Agent) []byte {
	w := newWriter(2)
	w.id(a.ID)
	w.uint(a.Rev)
	w.text(a.Name)
	w.text(a.Email)
	w.byte(byte(a.Role))
	w.flag(a.Active)
	w.text(a.Language)
	w.time(a.CreatedAt)
	w.text(a.Photo)
	return w.b
}

func decodeAgent(b []byte) (desk.Agent, error) {
	r := newReader(b)
	a := desk.Agent{
		ID: r.id(), Rev: r.uint(), Name: r.text(), Email: r.text(), Role: desk.Role(r.byte()),
		Active: r.flag(), Language: r.text(), CreatedAt: r.time(),
	}
	if r.version > 1 {
		a.Photo = r.text()
	}
	return a, r.done()
}
