package cli

import (
	"errors"
	"os"

	"parley/desk"
	"parley/interchange"
	"parley/server/upload"
)

// filesMark ends the name of the folder that lies beside a file of conversations
// and holds the files of their attachments.
const filesMark = ".files"

// attachedTo opens the folder with the files of a file's attachments: the one
// named, else the one beside it; nil where there is none.
func attachedTo(name, named string) (*upload.Store, error) {
	folder := named
	if folder == "" {
		folder = name + filesMark
	}
	if _, err := os.Stat(folder); err != nil {
		if named == "" && errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		return nil, failure{exitNoInput, err}
	}
	return upload.Open(folder)
}

// bringFile makes the step of an import that brings an attachment's bytes. They
// are judged as those of an upload are, so what a line says of them is not taken
// for true. nil where there are no files.
func bringFile(from, into *upload.Store, dryRun bool) func(f *interchange.File) error {
	if from == nil {
		return nil
	}
	return func(f *interchange.File) error {
		sum, err := f.Sum()
		if err != nil {
			return err
		}
		f.Name = upload.CleanName(f.Name)
		judge, bring := into, func() error { return into.Copy(from, sum, f.Size) }
		if dryRun {
			judge, bring = from, func() error { return from.Check(sum, f.Size) }
		}
		if err := bring(); err != nil {
			return err
		}
		kept, err := judge.Examine(&desk.Attachment{Name: f.Name, Size: f.Size, Type: f.Type, SHA256: sum})
		f.Type, f.Width, f.Height = kept.Type, kept.Width, kept.Height
		return err
	}
}
