package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// FileName is the store's file inside the data folder.
const FileName = "parley.db"

// The faults of opening, each with its own remedy.
var (
	ErrLocked   = errors.New("another Parley is using this data folder")
	ErrNewer    = errors.New("the data comes from a newer Parley; install that version or a later one")
	ErrDamaged  = errors.New("the store's file is damaged; it was left as it is, restore a backup into an empty folder")
	ErrReadOnly = errors.New("the store takes no more writes because the disk failed; restart Parley after mending it")
	ErrFull     = errors.New("the disk or the quota is full")
	ErrMissing  = errors.New("there is no Parley data in this folder")
)

// Options of Open.
type Options struct {
	ReadOnly bool   // take the file as it is, for reading; it must exist
	Existing bool   // refuse a folder without a store instead of making one
	MaxBytes int    // quota for the file; 0 for none
	KeepFree uint64 // bytes that must stay free on the disk; with less, writes get ErrFull
	PageHint int    // address space to map at first, bytes; 0 for the default
	Pid      string // a file that names the process holding the lock; "" for none
	NoSync   bool   // only for building throw-away data sets: never for a team's data
}

// leastMap is the least address space that is mapped at first. While the file fits in
// what is mapped, a long read, such as a backup's, never blocks a write that makes the
// file grow.
const leastMap = 8 << 30

// mapFor is how much is mapped for a file of so many bytes: it may double until the next
// start.
func mapFor(size int64) int { return int(max(leastMap, 2*size)) }

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 2 * time.Second

// Store is an open file. Its methods may be called from many goroutines.
type Store struct {
	db     *bbolt.DB
	path   string
	epoch  string
	handle [HandleKeySize]byte
	failed atomic.Bool // a sync failed: what is on disk is no longer known
	room   *room
	slates slates

	mu      sync.Mutex
	changed chan struct{} // closed after the next commit with events
}

// Open opens or creates the store in dir, brings an older file up to the
// present layout (after copying it beside itself), and refuses what it cannot
// read: ErrLocked, ErrNewer, ErrDamaged, ErrMissing (ReadOnly, Existing).
func Open(dir string, opts Options) (s *Store, err error) {
	path := filepath.Join(dir, FileName)
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(statErr, os.ErrNotExist) && (opts.ReadOnly || opts.Existing):
		return nil, fmt.Errorf("store: open %s: %w", path, ErrMissing)
	case errors.Is(statErr, os.ErrNotExist):
		if err := create(dir, path); err != nil {
			return nil, fmt.Errorf("store: create %s: %w", path, err)
		}
	case statErr == nil && info.Size() == 0: // bbolt would make a new store of it
		return nil, fmt.Errorf("store: open %s: %w (it is empty)", path, ErrDamaged)
	}
	db, err := openBolt(path, opts)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, describeOpen(err, opts.Pid))
	}
	s = &Store{db: db, path: path, room: newRoom(path, opts.KeepFree), changed: make(chan struct{})}
	err = s.settle(opts)
	if err == nil {
		err = s.openSlate()
	}
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	return s, nil
}

// openBolt opens the file. Where bbolt panics, the file stays mapped and locked
// for the life of the process.
func openBolt(path string, opts Options) (db *bbolt.DB, err error) {
	mapped := opts.PageHint
	if mapped == 0 && runtime.GOOS != "windows" && strconv.IntSize == 64 {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		mapped = mapFor(info.Size()) // on Windows the file itself would be made this long
	}
	err = guarded(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: lockWait,
			// The other kind of list is sorted anew for each commit that writes it.
			FreelistType:    bbolt.FreelistArrayType,
			InitialMmapSize: mapped,
			MaxSize:         opts.MaxBytes,
			ReadOnly:        opts.ReadOnly,
			PreLoadFreelist: true, // here, where a damaged one can be told
			NoSync:          opts.NoSync,
		})
		return err
	})
	return db, err
}

// guarded runs what may meet a damaged page, at which bbolt panics or the memory
// faults. Both become ErrDamaged.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w (%v)", ErrDamaged, fault)
		}
	}()
	return fn()
}

// describeOpen gives the faults of bbolt's Open their names. Those of the system
// keep their own; what bbolt says by itself is about what it read.
func describeOpen(err error, pidFile string) error {
	var system syscall.Errno
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		if pid, readErr := os.ReadFile(pidFile); readErr == nil {
			return fmt.Errorf("%w (process %s)", ErrLocked, strings.TrimSpace(string(pid)))
		}
		return ErrLocked
	case errors.Is(err, ErrDamaged), errors.As(err, &system):
		return err
	}
	return fmt.Errorf("%w (%w)", ErrDamaged, err)
}

// settle checks that the file is whole as far as that costs nothing, checks the
// layout's version, migrates if need be, and reads the epoch.
func (s *Store) settle(opts Options) error {
	var version uint64
	err := guarded(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			meta := tx.Bucket(bucketMeta)
			if meta == nil {
				return fmt.Errorf("%w (it has no %q)", ErrDamaged, bucketMeta)
			}
			version = readU64(meta.Get(metaSchema))
			s.epoch = hex.EncodeToString(meta.Get(metaEpoch))
			return s.whole(tx, version)
		})
	})
	switch {
	case err != nil:
		return err
	case version == 0 || s.epoch == "":
		return fmt.Errorf("%w (it has no version)", ErrDamaged)
	case version > schemaVersion():
		return fmt.Errorf("%w (layout %d, this program reads up to %d)", ErrNewer, version, schemaVersion())
	case version < schemaVersion() && opts.ReadOnly:
		return fmt.Errorf("the data has layout %d; start Parley once so that it is brought to %d", version, schemaVersion())
	case version < schemaVersion():
		if err := s.migrate(version); err != nil {
			return err
		}
	case opts.ReadOnly:
		return s.readHandleKey()
	}
	return errors.Join(s.addBuckets(), s.readHandleKey())
}

func (s *Store) readHandleKey() error {
	return s.db.View(func(tx *bbolt.Tx) error {
		if copy(s.handle[:], tx.Bucket(bucketMeta).Get(metaHandle)) != HandleKeySize {
			return fmt.Errorf("%w (it has no key for handles)", ErrDamaged)
		}
		return nil
	})
}

// addBuckets makes the buckets that came with a later program of the same layout.
// A file that has them all is not written to.
func (s *Store) addBuckets() error {
	missing := false
	err := s.db.View(func(tx *bbolt.Tx) error {
		for _, name := range lateBuckets {
			missing = missing || tx.Bucket(name) == nil
		}
		return nil
	})
	if err != nil || !missing {
		return err
	}
	return s.db.Update(func(tx *bbolt.Tx) error {
		for _, name := range lateBuckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
}

// whole refuses a file that was cut off, and one that lacks a bucket.
func (s *Store) whole(tx *bbolt.Tx, version uint64) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("%w (it has %d of %d bytes)", ErrDamaged, info.Size(), tx.Size())
	}
	if version != schemaVersion() {
		return nil
	}
	for _, name := range allBuckets {
		late := slices.ContainsFunc(lateBuckets, func(other []byte) bool { return bytes.Equal(other, name) })
		if !late && tx.Bucket(name) == nil {
			return fmt.Errorf("%w (it has no %q)", ErrDamaged, name)
		}
	}
	// A bucket without a meaning is a later program's, or one whose name was damaged;
	// then what came later must not be made anew beside it.
	return tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		if !slices.ContainsFunc(allBuckets, func(known []byte) bool { return bytes.Equal(known, name) }) {
			return fmt.Errorf("%w (it has %q)", ErrNewer, name)
		}
		return nil
	})
}

// Epoch is the random id of this file. Another file has another, also a restored one:
// see Renew.
func (s *Store) Epoch() string { return s.epoch }

// HandleKeySize is the length of the handles' key, in bytes.
const HandleKeySize = 16

// HandleKey is the key under which visitors see conversation numbers. It is made
// with the file and never changes.
func (s *Store) HandleKey() [HandleKeySize]byte { return s.handle }

// Path is the store's file.
func (s *Store) Path() string { return s.path }

// Close waits for running transactions and lets go of the file. If anything was
// written, what waits on the slate is written where it belongs first, so that the next
// start is a fast one; where that fails nothing is lost by it.
func (s *Store) Close() error {
	if s.slates.offered() && !s.failed.Load() && s.waits() {
		_ = guarded(func() error { return s.update((*Tx).wipe) })
	}
	return s.db.Close()
}
