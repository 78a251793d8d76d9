package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"parley/desk"
	"parley/search"
	"parley/server/upload"
	"parley/store"
)

type checkCommand struct{ data }

// Run compares everything that is kept. It reads only; but a damaged search index is
// moved aside, as by every start.
func (c *checkCommand) Run(log *slog.Logger) error {
	st, err := store.Open(c.Data, store.Options{ReadOnly: true, Pid: pidFile(c.Data)})
	if err != nil {
		return err
	}
	defer st.Close()
	report, err := st.Check(context.Background())
	if err != nil {
		return err
	}
	faults := report.Faults
	missing, err := missingFiles(st, filepath.Join(c.Data, "files"), nil)
	if err != nil {
		return err
	}
	faults = append(faults, missing...)
	if fault := indexFault(c.Data, st, log); fault != nil {
		faults = append(faults, fault.Error())
	}
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if report.More > 0 {
		fmt.Printf("and %d more\n", report.More)
	}
	if err := tellParked(st); err != nil {
		return err
	}
	fmt.Printf("%d conversations, %d messages, %d customers, %d events\n",
		report.Conversations, report.Messages, report.Customers, report.Events)
	if len(faults) > 0 {
		return failure{exitBadData, errors.New("the data has faults; restore a backup, or ask for help with the lines above")}
	}
	fmt.Println("All is well.")
	return nil
}

// tellParked lists the events that were passed over. They are no faults of the data.
func tellParked(st *store.Store) error {
	return st.View(func(tx *store.Tx) error {
		parked, err := tx.Parked()
		for _, p := range parked {
			fmt.Printf("%s: %s passed over event %d, which it could not handle: %q\n",
				p.At, p.Follower, p.Sequence, p.Error)
		}
		return err
	})
}

// indexFault compares the search index with the store. An index that is not there
// or is unfinished is no fault: the next start builds it.
func indexFault(dir string, st *store.Store, log *slog.Logger) error {
	path := filepath.Join(dir, "search")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	engine, err := search.Open(path, st, log, search.Options{})
	if err != nil {
		return err
	}
	if engine.Status().State == search.Ready {
		err = engine.Check(context.Background(), 0)
	} else {
		fmt.Println("The search index is not whole; the next start builds it again.")
	}
	return errors.Join(err, engine.Close())
}

// missingFiles lists the attachments whose bytes are not whole on disk, beside those that
// are known to be lost.
func missingFiles(st *store.Store, dir string, lost []desk.LostFile) (faults []string, err error) {
	files, err := upload.Open(dir)
	if err != nil {
		return nil, err
	}
	err = st.View(func(tx *store.Tx) error {
		return tx.Files(func(sum [32]byte, size uint64) error {
			known := slices.ContainsFunc(lost, func(f desk.LostFile) bool { return f.SHA256 == sum })
			if err := files.Check(sum, size); err != nil && !known {
				faults = append(faults, fmt.Sprintf("file %x: %v", sum, err))
			}
			return nil
		})
	})
	return faults, err
}

type reindexCommand struct{ data }

// Run builds the search index again, from the store, on a stopped folder.
func (c *reindexCommand) Run(log *slog.Logger) error {
	n, err := open(c.Data, store.Options{Existing: true}, log)
	if err != nil {
		return err
	}
	progress := newProgress(os.Stderr, "reindex", 0)
	err = n.search.Reindex(context.Background(), progress.part)
	progress.clear()
	if err == nil {
		fmt.Printf("The search index was built in %s.\n", progress.took().Round(time.Millisecond))
	}
	return errors.Join(err, n.close())
}
