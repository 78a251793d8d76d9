package bench

import (
	"fmt"
	"time"
)

// settled is how long the server is left alone before its memory or its files are
// looked at.
const settled = 5 * time.Second

const megabyte = 1e6

// idleMemory looks at a server that has just been started and has shown a list.
func (s *stage) idleMemory() error {
	s.settle()
	return s.memoryRow("memory.idle", "memory, idle (PSS)", func(m memory) (uint64, string) {
		return m.proportional, "of it " + bytesText(float64(m.anonymous)) + " is not backed by a file"
	})
}

// loadedMemory looks at the server after everything else was measured on it.
func (s *stage) loadedMemory() error {
	s.settle()
	return s.memoryRow("memory.loaded", "memory after load, private", func(m memory) (uint64, string) {
		return m.anonymous, "PSS " + bytesText(float64(m.proportional)) + ", the rest is cache that the kernel can take back"
	})
}

func (s *stage) memoryRow(id, what string, of func(memory) (uint64, string)) error {
	m, err := memoryOf(s.server.cmd.Process.Pid)
	if err != nil {
		s.opts.Say("    the system does not tell: %v", err)
		return nil
	}
	row := s.row(id, what)
	bytes, note := of(m)
	row.Value, row.Unit, row.Note = float64(bytes)/megabyte, "MB", note
	s.add(row)
	return nil
}

// settle leaves the server alone for a while.
func (r *run) settle() {
	if !r.opts.Quick {
		time.Sleep(settled)
	}
}

// importRows tells what was found while the set was built, and what it takes up.
func (s *stage) importRows() error {
	note := ""
	if s.set.Reused {
		note = "measured when the set was built, see above"
	}
	for _, part := range []struct {
		id, what string
		took     time.Duration
	}{
		{"import.stored", "import, messages stored", s.set.Imported},
		{"import.indexed", "import, index following", s.set.Indexed},
	} {
		row := s.row(part.id, part.what)
		row.Rate, row.Note = float64(s.set.Total)/part.took.Seconds(), note
		if part.id == "import.indexed" {
			row.CPU = s.set.CPU / time.Duration(s.set.Total)
		}
		s.add(row)
	}
	row := s.row("disk.fresh", "bytes on disk for each message, fresh")
	s.fillDisk(&row, s.set.Store, s.set.Index, s.set.Total)
	s.add(row)
	return nil
}

// postedDisk measures what a message takes up after many random posts.
func (s *stage) postedDisk() error {
	result, err := s.posts(64, s.much.posts)
	if err != nil {
		return err
	}
	posted := s.row("post.bulk", fmt.Sprintf("durable post, 64 clients, %s in a row", number(float64(result.times.Count))))
	result.fill(&posted)
	s.add(posted)
	began := time.Now()
	if err := waitIndexed(s.ctx, s.server.address, s.sessions[0]); err != nil {
		return err
	}
	behind := time.Since(began)
	s.settle()
	data, index, err := sizes(s.dir)
	if err != nil {
		return err
	}
	row := s.row("disk.posts", fmt.Sprintf("bytes on disk for each message, after %s random posts", number(float64(s.ledger.len()))))
	s.fillDisk(&row, data, index, s.set.Total+s.ledger.len())
	row.Note += fmt.Sprintf("; the index was up to date %s after the last post", behind.Round(time.Millisecond))
	s.add(row)
	return nil
}

func (s *stage) fillDisk(row *Row, data, index int64, messages int) {
	n := float64(messages)
	row.Value, row.Unit = float64(data+index)/n, "B"
	row.Note = fmt.Sprintf("data file %s, index %s; texts of %.0f bytes in the mean", bytesText(float64(data)/n), bytesText(float64(index)/n),
		float64(s.set.Text)/float64(s.set.Total))
}
