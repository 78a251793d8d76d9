package upload

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"parley/desk"
)

// dirMode lets nobody in but the process's own user; files are made 0600 by
// os.CreateTemp and keep that.
const dirMode = 0o700

// makeDir makes a folder and those above it, each durable in the one above.
func makeDir(dir string) error {
	if err := os.Mkdir(dir, dirMode); err == nil {
		return syncDir(filepath.Dir(dir))
	} else if errors.Is(err, fs.ErrExist) {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makeDir(filepath.Dir(dir)); err != nil {
		return err
	}
	return makeDir(dir)
}

// syncDir makes the names in a folder durable. Windows has no such call, and
// keeps names in its own journal.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// writeWhole writes a file under a passing name in dir, syncs it, and hands it to
// place, which gives it its real name. Whatever fails, no passing name stays.
func writeWhole(dir string, write func(*os.File) error, place func(path string) error) (err error) {
	file, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = place(file.Name())
	}
	return err
}

// fault wraps an error of the file system, and turns a full disk or quota, or a
// limit on the size of files, into desk.CodeStorageFull. Refusals pass as they
// are.
func fault(doing string, err error) error {
	if err == nil || desk.CodeOf(err) != desk.CodeInternal {
		return err
	}
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			return fmt.Errorf("upload: %s: %w: %w", doing, desk.Refuse(desk.CodeStorageFull, "", "The disk is full; nothing can be saved until there is room."), err)
		}
	}
	return fmt.Errorf("upload: %s: %w", doing, err)
}
