package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"parley/server/upload"
	"parley/store"
)

type checkCommand struct{ data }

// Run compares everything that is kept. It reads only.
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
	missing, err := missingFiles(st, filepath.Join(c.Data, "files"))
	if err != nil {
		return err
	}
	faults = append(faults, missing...)
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if report.More > 0 {
		fmt.Printf("and %d more\n", report.More)
	}
	fmt.Printf("%d conversations, %d messages, %d customers, %d events\n",
		report.Conversations, report.Messages, report.Customers, report.Events)
	if len(faults) > 0 {
		return failure{exitBadData, errors.New("the data has faults; restore a backup, or ask for help with the lines above")}
	}
	fmt.Println("All is well.")
	return nil
}

// missingFiles lists the attachments whose bytes are not whole on disk.
func missingFiles(st *store.Store, dir string) (faults []string, err error) {
	files, err := upload.Open(dir)
	if err != nil {
		return nil, err
	}
	err = st.View(func(tx *store.Tx) error {
		return tx.Files(func(sum [32]byte, size uint64) error {
			if err := files.Check(sum, size); err != nil {
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
	n, err := open(c.Data, store.Options{}, log)
	if err != nil {
		return err
	}
	return n.close()
}
