package bench

import (
	"errors"
	"io"
	"os"
)

// copyOf copies a set into a folder of its own, where it can be written to.
func copyOf(dir, work string) (string, error) {
	to, err := os.MkdirTemp(work, "set-")
	if err != nil {
		return "", err
	}
	return to, os.CopyFS(to, os.DirFS(dir))
}

// copyFile copies one file; it replaces what is there.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
