package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"go.etcd.io/bbolt"
)

// create makes the file complete under a name of its own and then gives it the
// right one, so that a power cut leaves either no store or a whole one, and of
// two that start at once one makes the store for both.
func create(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, FileName+".*.new")
	if err != nil {
		return err
	}
	temp := f.Name()
	defer os.Remove(temp)
	if err := f.Close(); err != nil {
		return err
	}
	db, err := bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistArrayType})
	if err != nil {
		return err
	}
	err = db.Update(initialise)
	if err = errors.Join(err, db.Sync(), db.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, never takes the place of a store that another start
	// has made meanwhile. Some file systems have none.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, os.ErrExist) {
		if err := os.Rename(temp, path); err != nil {
			return err
		}
	}
	return syncDir(dir)
}

func initialise(tx *bbolt.Tx) error {
	for _, name := range allBuckets {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	if err := errors.Join(newEpoch(tx), newHandleKey(tx)); err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(metaSchema, keyU64(schemaVersion()))
}

// newEpoch gives the file another random id.
func newEpoch(tx *bbolt.Tx) error {
	var epoch [16]byte
	if _, err := rand.Read(epoch[:]); err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(metaEpoch, epoch[:])
}

// Renew gives the store in dir, which nobody has open, another epoch. A restored copy
// gives out sequences again that its original has given out: whoever holds a cursor of
// the original must hear that it means nothing here. The layout may be an older one.
// Refused: ErrMissing, ErrDamaged, ErrLocked.
func Renew(dir string) error {
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("store: renew %s: %w (%w)", path, ErrMissing, err)
	}
	db, err := openBolt(path, Options{})
	if err != nil {
		return fmt.Errorf("store: renew %s: %w", path, describeOpen(err, ""))
	}
	err = guarded(func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			if tx.Bucket(bucketMeta) == nil {
				return fmt.Errorf("%w (it has no %q)", ErrDamaged, bucketMeta)
			}
			return newEpoch(tx)
		})
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("store: renew %s: %w", path, err)
	}
	return nil
}

// newHandleKey makes the key under which visitors see conversation numbers.
func newHandleKey(tx *bbolt.Tx) error {
	var key [HandleKeySize]byte
	if _, err := rand.Read(key[:]); err != nil {
		return err
	}
	return tx.Bucket(bucketMeta).Put(metaHandle, key[:])
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be synced there; NTFS journals the rename
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
