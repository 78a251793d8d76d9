package bench

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"time"
)

// pageSize is what a disk write is made of here: one page of the store.
const pageSize = 4 << 10

// diskFloor measures what the disk takes to make one page safe: overwrite it and
// sync. Nothing durable can answer sooner.
func (r *run) diskFloor() error {
	f, err := os.Create(filepath.Join(r.opts.Work, "floor"))
	if err != nil {
		return err
	}
	defer f.Close()
	page := make([]byte, pageSize)
	_, _ = rand.Read(page) // never fails
	if _, err := f.Write(page); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	l := &load{clients: 1, rounds: r.much.rounds, lasts: r.much.lasts / 2, least: r.much.least / 2, warm: 10, try: func(int, int) (func() error, error) {
		if _, err := f.WriteAt(page, 0); err != nil {
			return nil, err
		}
		return nil, syncData(f)
	}}
	result, err := l.run()
	if err != nil {
		return err
	}
	row := Row{ID: "floor.disk", What: "floor: overwrite 4 KiB and fdatasync"}
	result.fill(&row)
	r.add(row)
	return nil
}

// idle waits a moment so that what came before does not show in what follows.
func (r *run) idle() {
	if !r.opts.Quick {
		time.Sleep(time.Second)
	}
}
