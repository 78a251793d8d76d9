package bench

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
)

// sizeRows tells what has to be sent to a new machine and to a new browser.
func (r *run) sizeRows() error {
	info, err := os.Stat(r.opts.Executable)
	if err != nil {
		return err
	}
	r.add(Row{ID: "size.executable", What: "executable", Value: float64(info.Size()) / megabyte, Unit: "MB"})
	packed, files, err := firstLoad(r.opts.Page)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.opts.Say("    the frontend is not built into this executable")
		return nil
	case err != nil:
		return err
	}
	r.add(Row{
		ID: "size.firstload", What: "first load of the agents' app, JavaScript gz", Value: float64(packed) / 1000, Unit: "kB",
		Note: fmt.Sprintf("%d files: the page, the inbox's screen and the Turkish words, with what they import at once", files),
	})
	return nil
}

var (
	pageScript   = regexp.MustCompile(`(?:src|href)="/?([^"]+\.js)"`)
	scriptImport = regexp.MustCompile(`(?:from|import)\s*"(\./[^"]+\.js)"`)
)

// firstLoad adds up the packed sizes of the scripts that are needed until the inbox
// stands. fs.ErrNotExist: the frontend is not built.
func firstLoad(page fs.FS) (packed, files int, err error) {
	if page == nil {
		return 0, 0, fs.ErrNotExist
	}
	html, err := fs.ReadFile(page, "index.html")
	if err != nil {
		return 0, 0, err
	}
	var queue []string
	for _, m := range pageScript.FindAllSubmatch(html, -1) {
		queue = append(queue, string(m[1]))
	}
	inbox, err := inboxScripts(page)
	if err != nil {
		return 0, 0, err
	}
	queue = append(queue, inbox...)
	seen := make(map[string]bool)
	for ; len(queue) > 0; queue = queue[1:] {
		if seen[queue[0]] {
			continue
		}
		seen[queue[0]] = true
		text, err := fs.ReadFile(page, queue[0])
		if err != nil {
			return 0, 0, err
		}
		packed += packedSize(text)
		for _, m := range scriptImport.FindAllSubmatch(text, -1) {
			queue = append(queue, path.Join(path.Dir(queue[0]), string(m[1])))
		}
	}
	return packed, len(seen), nil
}

// inboxScripts are those that the page asks for by itself, for an agent who is signed
// in: the inbox's screen and one language. Of the files with words, those of the screens
// hold the names of the views.
func inboxScripts(page fs.FS) (names []string, err error) {
	names, err = fs.Glob(page, "assets/Conversations-*.js")
	if err != nil || len(names) != 1 {
		return nil, errors.Join(err, fmt.Errorf("bench: %d scripts of the inbox's screen", len(names)))
	}
	words, err := fs.Glob(page, "assets/tr-*.js")
	if err != nil {
		return nil, err
	}
	for _, name := range words {
		text, err := fs.ReadFile(page, name)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(text, []byte("Gelen Kutusu")) {
			return append(names, name), nil
		}
	}
	return nil, errors.New("bench: there are no Turkish words")
}

func packedSize(text []byte) int {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is one there is
	_, _ = w.Write(text)                                    // a buffer takes everything
	_ = w.Close()
	return out.Len()
}
