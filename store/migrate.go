package store

import (
	"fmt"
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// migrations bring a file from layout i+1 to layout i+2, each in one
// transaction. The list only ever grows at its end.
var migrations = []func(tx *bbolt.Tx) error{
	secondForm,
	countFiles,
	withBuckets(bucketChannelTokens, bucketChannelHashes, bucketChannelConversations, bucketChannelSent),
	withBuckets(bucketCustomerDeeds),
	withBuckets(bucketPastUses),
	withBuckets(bucketParked),
	withBuckets(bucketSlate, bucketRemoved, bucketSamples),
	withBuckets(bucketSiteLogos),             // with it came the second form of sites
	withBuckets(bucketAgentTeams),            // with it came the third form of conversations
	withBuckets(),                            // an event line may hold tags and a reason
	withBuckets(bucketCards, bucketCardAges), // with it came the second form of the team
	withBuckets(bucketAudit),
	withBuckets(bucketTagMoves),
	withBuckets(bucketAgentPhotos), // with it came the second form of agents, the third of sites
	withBuckets(bucketWebhooks, bucketDeliveriesWaiting, bucketDeliveriesEnded),
	inTurn(findUploads, indexReplies),
	withBuckets(), // with it came the second forms of sessions and visitors
	withBuckets(), // the second form of the resolver
}

// inTurn makes one step of several.
func inTurn(steps ...func(tx *bbolt.Tx) error) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		for _, step := range steps {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	}
}

// withBuckets makes the buckets that came with a layout.
func withBuckets(names ...[]byte) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		for _, name := range names {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	}
}

// secondForm makes what sites, visitors and the bot's settings are kept in, and
// keeps a program away that cannot read rows of the second form: conversations
// with receipts, customers with their consent. Rows of the first form stay as they
// are until they are next saved.
func secondForm(tx *bbolt.Tx) error {
	for _, name := range allBuckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return newHandleKey(tx)
}

// schemaVersion is the layout that this program writes; the first is 1.
func schemaVersion() uint64 { return uint64(len(migrations)) + 1 }

// FileLayout is the layout of the files that this program writes.
func FileLayout() uint64 { return schemaVersion() }

// migrate copies the file to <name>.layout-<version> and then applies the steps
// that it lacks. A copy that is already there is kept: it is the older truth.
func (s *Store) migrate(version uint64) error {
	backup := fmt.Sprintf("%s.layout-%d", s.path, version)
	if _, err := os.Stat(backup); err != nil {
		if err := s.CopyTo(backup); err != nil {
			return fmt.Errorf("copy before migration: %w", err)
		}
	}
	for ; version < schemaVersion(); version++ {
		step := migrations[version-1]
		err := s.db.Update(func(tx *bbolt.Tx) error {
			if err := step(tx); err != nil {
				return err
			}
			return tx.Bucket(bucketMeta).Put(metaSchema, keyU64(version+1))
		})
		if err != nil {
			return fmt.Errorf("migrate layout %d: %w", version, err)
		}
	}
	return nil
}

// CopyTo writes a consistent copy of the store to a new local file, synced and
// renamed into place, while the store goes on working.
func (s *Store) CopyTo(path string) error {
	temp := path + ".part"
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := s.db.View(func(tx *bbolt.Tx) error { return writeTx(tx, f) }); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

// Snapshot calls fn with one moment of the store, with how many bytes a copy of its
// file has, and with what writes such a copy, while the store goes on working.
func (s *Store) Snapshot(fn func(tx *Tx, size int64, write func(w io.Writer) error) error) error {
	return s.View(func(tx *Tx) error {
		return fn(tx, tx.tx.Size(), func(w io.Writer) error { return writeTx(tx.tx, w) })
	})
}

func writeTx(tx *bbolt.Tx, w io.Writer) error {
	_, err := tx.WriteTo(w)
	return err
}
