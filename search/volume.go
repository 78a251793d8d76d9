package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// volume is one index folder, open. A new one is built beside the present one
// and takes its place.
type volume struct {
	path    string
	bleve   index.Index
	queue   *index.AnalysisQueue
	times   timeline
	maps    docMaps
	failed  chan error    // receives the first fault; the volume is then closed and looked at again
	retired chan struct{} // closed when another volume has taken its place

	mu       sync.RWMutex // held for reading while the volume is used, for writing to close it
	isClosed bool

	waiting atomic.Int64  // documents that are not on disk yet
	written chan struct{} // receives when some have got there
	stirred chan struct{} // receives after a batch

	took time.Time // when the last batch was begun; the follower's alone

	cursor atomic.Uint64 // the journal's sequence up to which it is indexed
	head   Head          // as it was when the folder was opened
}

// Head is what an index folder says of itself.
type Head struct {
	Layout string // the layout that it was written with
	Epoch  string // the store that it was made from
	Cursor uint64 // the journal's sequence up to which it is indexed
	Scan   uint64 // while it is being built: the conversation to go on with; 0 once it is whole
}

// Names of the internal values, saved in the same batch as the documents.
var (
	internalLayout = []byte("layout")
	internalEpoch  = []byte("epoch")
	internalCursor = []byte("cursor")
	internalScan   = []byte("scan")
)

// maxWaiting bounds the documents that are kept in memory until they are on disk.
const maxWaiting = 20_000

// The faults of a volume.
var (
	errClosed = errors.New("search: the index is closed")
	errFault  = errors.New("search: the index is damaged")
)

// openVolume opens or creates an index folder. Any fault of Bleve, a panic
// included, comes back as an error.
func openVolume(path string, workers int) (v *volume, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			v, err = nil, fmt.Errorf("%w: open: %v", errFault, fault)
		}
	}()
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	v = &volume{
		path: path, queue: index.NewAnalysisQueue(workers),
		failed: make(chan error, 1), retired: make(chan struct{}), written: make(chan struct{}, 1),
		stirred: make(chan struct{}, 1),
	}
	asyncFaults.Store(path, v)
	v.bleve, err = scorch.NewScorch(scorch.Name, map[string]any{
		"path":                   path,
		"bolt_timeout":           "2s",
		"asyncErrorCallbackName": asyncCallback,
		// A batch is searchable at once and written down soon after. What a crash
		// takes is indexed again, because the cursor went with it.
		"unsafe_batch": true,
		// Every segment has a dictionary of its own that a search looks through, so
		// there must not be many; but each merge writes all that it merges anew.
		"scorchMergePlanOptions": map[string]any{"MaxSegmentsPerTier": 8, "SegmentsPerMergeTask": 8, "FloorSegmentSize": 4000},
		"scorchPersisterOptions": map[string]any{"PersisterNapTimeMSec": 500, "PersisterNapUnderNumFiles": 300},
	}, v.queue)
	if err == nil {
		err = v.bleve.Open()
	}
	if err == nil {
		err = v.readHead()
	}
	if err != nil {
		asyncFaults.Delete(path)
		v.queue.Close()
		return nil, fmt.Errorf("%w: open: %w", errFault, err)
	}
	return v, nil
}

// asyncCallback is the name under which Bleve knows where to tell the faults of
// its background work. Its registry wants one function for all indexes, so this
// one finds the volume by its folder.
const asyncCallback = "parley search 1"

var asyncFaults sync.Map // path → *volume

func init() {
	scorch.RegistryAsyncErrorCallbacks[asyncCallback] = func(err error, path string) {
		if v, open := asyncFaults.Load(path); open {
			v.(*volume).fail(err)
			time.Sleep(10 * time.Millisecond) // Bleve tries again at once, for ever
		}
	}
}

// fail makes the first fault known.
func (v *volume) fail(err error) {
	select {
	case v.failed <- err:
	default:
	}
}

func (v *volume) readHead() error {
	reader, err := v.bleve.Reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	text := func(key []byte) (value []byte) {
		if err == nil {
			value, err = reader.GetInternal(key)
		}
		return value
	}
	number := func(key []byte) uint64 {
		if value := text(key); len(value) == 8 {
			return binary.BigEndian.Uint64(value)
		}
		return 0
	}
	v.head = Head{
		Layout: string(text(internalLayout)), Epoch: string(text(internalEpoch)),
		Cursor: number(internalCursor), Scan: number(internalScan),
	}
	v.cursor.Store(v.head.Cursor)
	return err
}

// batch is a change of the index: documents to write and to drop.
type batch struct {
	bleve *index.Batch
	docs  []*document
}

func newBatch() *batch { return &batch{bleve: index.NewBatch()} }

func (b *batch) put(d *document) {
	b.bleve.Update(d)
	b.docs = append(b.docs, d)
}

// faults are those of documents that were indexed without some of their words.
func (b *batch) faults() (faults []error) {
	for _, d := range b.docs {
		if d.fault != nil {
			n, seq := readID([]byte(d.id))
			faults = append(faults, fmt.Errorf("conversation %d from message %d on: %w", n, seq, d.fault))
		}
	}
	return faults
}

func (b *batch) drop(id string) { b.bleve.Delete(id) }

// apply makes a batch searchable, together with what the head says then. It
// waits while too many documents are not on disk yet. A fault makes the volume
// unusable.
func (v *volume) apply(ctx context.Context, b *batch, head Head) (err error) {
	for v.waiting.Load() > maxWaiting {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-v.written:
		case <-time.After(time.Second):
			if v.isDone() {
				return errClosed
			}
		}
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.isClosed {
		return errClosed
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: batch: %v", errFault, fault)
		}
		if err != nil {
			v.fail(err)
		}
	}()
	b.bleve.SetInternal(internalLayout, []byte(head.Layout))
	b.bleve.SetInternal(internalEpoch, []byte(head.Epoch))
	b.bleve.SetInternal(internalCursor, binary.BigEndian.AppendUint64(nil, head.Cursor))
	b.bleve.SetInternal(internalScan, binary.BigEndian.AppendUint64(nil, head.Scan))
	size := int64(len(b.docs))
	v.waiting.Add(size)
	b.bleve.SetPersistedCallback(func(err error) {
		v.waiting.Add(-size)
		select {
		case v.written <- struct{}{}:
		default:
		}
	})
	if err := v.bleve.Batch(b.bleve); err != nil {
		return fmt.Errorf("search: batch: %w", err)
	}
	v.cursor.Store(head.Cursor)
	select {
	case v.stirred <- struct{}{}:
	default:
	}
	return nil
}

func (v *volume) isDone() bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.isClosed
}

// close waits until what is waiting is on disk, at most patience, and closes the
// folder. Searches that are under way are let end.
func (v *volume) close(patience time.Duration) (err error) {
	deadline := time.Now().Add(patience)
	for v.waiting.Load() > 0 && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.isClosed {
		return nil
	}
	v.isClosed = true
	asyncFaults.Delete(v.path)
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: close: %v", errFault, fault)
		}
	}()
	err = v.bleve.Close()
	v.queue.Close()
	return err
}
