package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// SetFigures is what was found while a set was built.
type SetFigures struct {
	Set
	Total    int           `json:"total"`    // messages
	Text     int64         `json:"text"`     // bytes of all texts
	Imported time.Duration `json:"imported"` // how long it took to store them, while the index followed
	Indexed  time.Duration `json:"indexed"`  // how long until the index had followed, from the start of the import
	CPU      time.Duration `json:"cpu"`      // that both together used
	Store    int64         `json:"store"`    // bytes of the data file
	Index    int64         `json:"index"`    // bytes of the index
	Version  string        `json:"version"`  // of the executable that built it
	Built    time.Time     `json:"built"`
	Reused   bool          `json:"-"` // it was built by an earlier run
}

// String tells of the set in the table's head.
func (f *SetFigures) String() string {
	built := "built in this run"
	if f.Reused {
		built = fmt.Sprintf("built %s by %s", f.Built.UTC().Format("2006-01-02 15:04"), f.Version)
	}
	return fmt.Sprintf("**%s**: %d conversations, %d messages of %.0f bytes in the mean, %d agents; data file %s, index %s; %s",
		f.Name, f.Conversations, f.Total, float64(f.Text)/float64(max(f.Total, 1)), agents, bytesText(float64(f.Store)), bytesText(float64(f.Index)), built)
}

// ownerPassword is that of the first agent, who signs in all the way.
const ownerPassword = "measure-twice-and-cut-once"

// builder builds sets into a cache.
type builder struct {
	executable string
	version    string
	cache      string
	settled    time.Duration // how long the index is left alone after it was built
	say        func(format string, args ...any)
}

const figuresFile = "figures.json"

// ensure gives the folder of a set, building it if the cache lacks it.
func (b *builder) ensure(ctx context.Context, set Set) (dir string, figures *SetFigures, err error) {
	dir = filepath.Join(b.cache, set.folder())
	figures = &SetFigures{}
	text, err := os.ReadFile(filepath.Join(dir, figuresFile))
	if err == nil && json.Unmarshal(text, figures) == nil && figures.Set == set {
		figures.Reused = true
		return dir, figures, nil
	}
	part := dir + ".part"
	if err := errors.Join(os.RemoveAll(dir), os.RemoveAll(part)); err != nil {
		return "", nil, err
	}
	if figures, err = b.build(ctx, part, set); err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(part))
	}
	return dir, figures, os.Rename(part, dir)
}

// build makes a set in an empty folder with the executable's own commands.
func (b *builder) build(ctx context.Context, dir string, set Set) (*SetFigures, error) {
	figures := &SetFigures{Set: set, Version: b.version, Built: time.Now()}
	b.say("building %s: importing %d conversations", set.Name, set.Conversations)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := b.importSet(ctx, dir, figures); err != nil {
		return nil, err
	}
	if _, err := command(ctx, b.executable, strings.NewReader(ownerPassword+"\n"),
		"agent", "password", "--data", dir, "--password-stdin", agentEmail(0)); err != nil {
		return nil, err
	}
	b.say("building %s: %d messages stored in %s, indexed in %s", set.Name, figures.Total,
		figures.Imported.Round(time.Millisecond), figures.Indexed.Round(time.Millisecond))
	if err := b.rest(ctx, dir); err != nil {
		return nil, err
	}
	var err error
	if figures.Store, figures.Index, err = sizes(dir); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		return nil, err
	}
	return figures, os.WriteFile(filepath.Join(dir, figuresFile), text, 0o600)
}

// storedIn finds how long an import says that storing took.
var storedIn = regexp.MustCompile(`imported, .* in ([0-9.a-zµ]+)\n`)

// importSet makes the lines and lets the executable import them as they come.
func (b *builder) importSet(ctx context.Context, dir string, figures *SetFigures) error {
	read, write := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(write, 1<<20)
		l, err := writeSet(out, figures.Set)
		figures.Total, figures.Text = l.messages, l.text
		write.CloseWithError(errors.Join(err, out.Flush()))
	}()
	done, err := command(ctx, b.executable, read, "import", "--data", dir, "-")
	if err != nil {
		return errors.Join(err, read.Close())
	}
	figures.Imported, figures.Indexed, figures.CPU = done.took, done.took, done.cpu
	if found := storedIn.FindStringSubmatch(done.printed); found != nil {
		if figures.Imported, err = time.ParseDuration(found[1]); err != nil {
			return fmt.Errorf("bench: how long the import took: %w", err)
		}
	}
	return nil
}

// rest starts the server, and stops it once its index has come to rest, so that
// every run begins with the same files.
func (b *builder) rest(ctx context.Context, dir string) error {
	sessions, err := signIn(dir, 1)
	if err != nil {
		return err
	}
	server, err := serve(b.executable, dir)
	if err != nil {
		return err
	}
	if err := server.answers(); err != nil {
		return errors.Join(err, server.kill())
	}
	err = waitIndexed(ctx, server.address, sessions[0])
	return errors.Join(err, b.awaitStill(ctx, dir), server.stop())
}

// awaitStill waits until nothing has changed the size of a folder's files for a while:
// what an import leaves in many segments is put together by the server that comes after it.
func (b *builder) awaitStill(ctx context.Context, dir string) error {
	var data, index int64
	for since := time.Now(); time.Since(since) < b.settled; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
		d, i, err := sizes(dir)
		if err != nil {
			return err
		}
		if d != data || i != index {
			data, index, since = d, i, time.Now()
		}
	}
	return nil
}

// sizes adds up the bytes of a folder's data file and index.
func sizes(dir string) (data, index int64, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the index drops files while one looks
		}
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		below, err := filepath.Rel(dir, path)
		if strings.HasPrefix(below, "search"+string(filepath.Separator)) {
			index += info.Size()
		} else if filepath.Ext(below) == ".db" {
			data += info.Size()
		}
		return err
	})
	return data, index, err
}
