package main_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// maxLines is the length over which a Go file is split. A generated file says so
// in its first lines and is let be.
const maxLines = 400

// unwanted are texts that belong to one machine or to unfinished work. They are
// written in two halves so that this file does not hold them.
var unwanted = []string{
	"/wo" + "rk/", "/ro" + "ot/", "/home" + "/",
	"TODO: " + "remove", "FIX" + "ME", "X" + "XX:", "<<<<" + "<<< ", ">>>>" + ">>> ",
}

// readable are the files that people write and read.
var readable = map[string]bool{
	".go": true, ".ts": true, ".svelte": true, ".css": true, ".html": true, ".md": true, ".json": true,
	".sh": true, ".yml": true, ".yaml": true, ".txt": true, "": true,
}

// notOurs are folders that hold what is built, installed or kept for running.
var notOurs = map[string]bool{
	".git": true, "node_modules": true, "dist": true, "bin": true, "data": true, "results": true, "testdata": true,
}

// TestFilesStaySmall keeps every Go file short enough to be read at one sitting.
func TestFilesStaySmall(t *testing.T) {
	seen := 0
	eachFile(t, func(path string, text []byte) {
		if filepath.Ext(path) != ".go" || isGenerated(text) {
			return
		}
		seen++
		if lines := bytes.Count(text, []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines; split what is over %d", path, lines, maxLines)
		}
	})
	if seen < 10 {
		t.Fatalf("saw only %d Go files", seen)
	}
}

// TestNothingUnwanted keeps paths of one machine and marks of unfinished work out.
func TestNothingUnwanted(t *testing.T) {
	eachFile(t, func(path string, text []byte) {
		for number, line := range strings.Split(string(text), "\n") {
			for _, word := range unwanted {
				if strings.Contains(line, word) {
					t.Errorf("%s:%d holds %q", path, number+1, word)
				}
			}
		}
	})
}

// eachFile calls fn with every readable file of the repository.
func eachFile(t *testing.T, fn func(path string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // gone since the folder was read
		case err != nil:
			return err
		case entry.IsDir():
			if notOurs[entry.Name()] {
				return fs.SkipDir
			}
			return nil
		case !readable[filepath.Ext(path)] || entry.Name() == "package-lock.json" || !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && utf8.Valid(text) {
			fn(path, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isGenerated(text []byte) bool {
	head := text[:min(len(text), 512)]
	return bytes.Contains(head, []byte("Code generated")) && bytes.Contains(head, []byte("DO NOT EDIT"))
}
