package store

import (
	"bytes"
	"context"
	"crypto/sha256"

	"parley/desk"
)

// The rows beside the conversations: each has the keys that point at it, and no
// key points at anything else.

func (tx *Tx) checkCustomers(ctx context.Context, report *Report) error {
	emails, externals, notes := uint64(0), uint64(0), uint64(0)
	err := tx.bucket(bucketCustomers).ForEach(func(k, v []byte) error {
		report.Customers++
		c, err := decodeCustomer(v)
		if err != nil || !bytes.Equal(c.ID[:], k) {
			report.fault("customer %x: the row cannot be read: %v", k, err)
			return ctx.Err()
		}
		notes += c.Notes
		if c.Email != "" {
			emails++
			if tx.bucket(bucketCustomersEmail).Get(keyEmail(c.Email, c.ID)) == nil {
				report.fault("customer %s: missing from the e-mail addresses", c.ID)
			}
		}
		if c.External != "" {
			externals++
			if owner, _ := readID(tx.bucket(bucketCustomersExternal).Get([]byte(c.External))); owner != c.ID {
				report.fault("customer %s: the external id points at %s", c.ID, owner)
			}
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketCustomersEmail); kept != emails {
		report.fault("customers: %d e-mail keys for %d addresses", kept, emails)
	}
	if kept := countKeys(tx, bucketCustomersExternal); kept != externals {
		report.fault("customers: %d external keys for %d ids", kept, externals)
	}
	if kept := countKeys(tx, bucketCustomerNotes); kept != notes {
		report.fault("customers: %d notes kept, the customers count %d", kept, notes)
	}
	tx.checkDeeds(report)
	if kept := countKeys(tx, bucketCustomerConversations); kept != report.Conversations {
		report.fault("customers: %d conversation keys for %d conversations", kept, report.Conversations)
	}
	return err
}

func (tx *Tx) checkAgents(_ context.Context, report *Report) error {
	agents, err := tx.Agents()
	if err != nil {
		report.fault("agents: %v", err)
		return nil
	}
	photos := uint64(0)
	for i := range agents {
		if agents[i].Photo != "" {
			photos++
			if tx.bucket(bucketAgentPhotos).Get([]byte(agents[i].Photo)) == nil {
				report.fault("agent %s: the photo is missing", agents[i].ID)
			}
		}
		if owner, _ := readID(tx.bucket(bucketAgentsEmail).Get([]byte(agents[i].Email))); owner != agents[i].ID {
			report.fault("agent %s: the e-mail address points at %s", agents[i].ID, owner)
		}
	}
	if kept := countKeys(tx, bucketAgentsEmail); kept != uint64(len(agents)) {
		report.fault("agents: %d e-mail keys for %d agents", kept, len(agents))
	}
	if kept := countKeys(tx, bucketAgentPhotos); kept != photos {
		report.fault("agents: %d photos for %d agents with one", kept, photos)
	}
	return nil
}

func (tx *Tx) checkSessions(ctx context.Context, report *Report) error {
	sessions := uint64(0)
	err := tx.bucket(bucketSessions).ForEach(func(k, _ []byte) error {
		sessions++
		if len(k) != sha256.Size {
			report.fault("session %x: not under a hash", k)
			return ctx.Err()
		}
		s, err := tx.Session([sha256.Size]byte(k))
		if err != nil || tx.bucket(bucketAgentSessions).Get(append(bytes.Clone(s.Agent[:]), k...)) == nil {
			report.fault("session %x: missing from its agent's: %v", k[:4], err)
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketAgentSessions); kept != sessions {
		report.fault("sessions: %d keys of agents for %d sessions", kept, sessions)
	}
	return err
}

func (tx *Tx) checkSent(ctx context.Context, report *Report) error {
	return tx.bucket(bucketSent).ForEach(func(k, v []byte) error {
		n, seq := desk.Number(readU64(v)), readU64(v[8:])
		c, err := tx.Conversation(n)
		if err != nil {
			report.fault("sent %x: points at conversation %d, which is not there", k[:16], n)
			return ctx.Err()
		}
		if m, err := tx.Message(&c, seq); err != nil || !bytes.Equal(m.ClientID[:], k[:16]) {
			report.fault("sent %x: points at message %d of conversation %d, which is another", k[:16], seq, n)
		}
		return ctx.Err()
	})
}

func (tx *Tx) checkAttachments(ctx context.Context, report *Report) error {
	complete, attached, uploads, sizes := uint64(0), uint64(0), uint64(0), make(map[string]uint64)
	err := tx.bucket(bucketAttachments).ForEach(func(k, v []byte) error {
		a, err := decodeAttachment(v)
		if err != nil || !bytes.Equal(a.ID[:], k) {
			report.fault("attachment %x: the row cannot be read: %v", k, err)
			return ctx.Err()
		}
		sizes[string(keyAllBytes)] += a.Size
		sizes[string(keyOwnerBytes(a.Owner))] += a.Size
		if a.Number > 0 {
			attached++
		} else if uploads++; !has(tx.bucket(bucketUploads), keyUpload(&a)) {
			report.fault("attachment %s: no message carries it, and it is not among the uploads", a.ID)
		}
		if a.Complete {
			complete++
			if tx.bucket(bucketFiles).Get(append(bytes.Clone(a.SHA256[:]), a.ID[:]...)) == nil {
				report.fault("attachment %s: its file is not counted", a.ID)
			}
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketFiles); kept != complete {
		report.fault("attachments: %d file keys for %d files", kept, complete)
	}
	if kept := countKeys(tx, bucketUploads); kept != uploads {
		report.fault("attachments: %d keys of uploads for %d", kept, uploads)
	}
	if attached != report.attached {
		report.fault("attachments: %d are in messages, messages carry %d", attached, report.attached)
	}
	tx.checkFileBytes(sizes, report)
	return err
}

// checkFileBytes compares what is kept of the sizes with what the rows come to.
func (tx *Tx) checkFileBytes(sizes map[string]uint64, report *Report) {
	kept := tx.bucket(bucketFileBytes)
	for key, bytes := range sizes {
		if counted := readU64(kept.Get([]byte(key))); counted != bytes {
			report.fault("attachments: %d bytes counted under %x, the rows have %d", counted, key, bytes)
		}
	}
	_ = kept.ForEach(func(k, v []byte) error {
		if sizes[string(k)] == 0 {
			report.fault("attachments: %d bytes counted under %x, the rows have none", readU64(v), k)
		}
		return nil
	})
}

func (tx *Tx) checkImports(ctx context.Context, report *Report) error {
	return tx.bucket(bucketImports).ForEach(func(k, v []byte) error {
		if tx.conversations().Get(v) == nil {
			report.fault("import %x: points at conversation %d, which is not there", k, readU64(v))
		}
		return ctx.Err()
	})
}
