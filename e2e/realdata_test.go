package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// realFiles are conversations of a support centre, kept beside the repository and
// not in it.
var realFiles = []string{"conversations-tr.jsonl", "conversations-en.jsonl.gz"}

// TestRealData takes in thousands of real conversations through the command line
// and holds: check is clean, every number opens, every view counts and lists what
// the lines say, and export, import, export give the same bytes.
func TestRealData(t *testing.T) {
	files := findReal(t)
	first, second := t.TempDir(), t.TempDir()
	start := time.Now()
	mustRun(t, append([]string{"import", "--data", first}, files...)...)
	took := time.Since(start)
	mustRun(t, "check", "--data", first)

	exported := filepath.Join(t.TempDir(), "first.jsonl")
	mustRun(t, "export", "--data", first, "--output", exported)
	mustRun(t, "import", "--data", second, exported)
	again := filepath.Join(t.TempDir(), "second.jsonl")
	mustRun(t, "export", "--data", second, "--output", again)
	compareFiles(t, exported, again)

	code, out := Run(t, password+"\n", "agent", "add", "--data", first, "--name", "Visitor", "--email", "visitor@example.com", "--password-stdin")
	if code != 0 {
		t.Fatalf("agent add ended with %d: %s", code, out)
	}
	server := StartIn(t, first)
	client := NewClient(server.URL)
	client.SignIn(t, "visitor@example.com")
	total, messages := compareViews(t, client, exported)
	openAll(t, client, total)
	t.Logf("real data | %d conversations, %d messages imported in %v | check clean, every number opens, views as counted, export = import = export",
		total, messages, took.Round(time.Millisecond))
}

func findReal(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("PARLEY_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	var files []string
	for _, name := range realFiles {
		path := filepath.Join(folder, "data", name)
		if _, err := os.Stat(path); err != nil {
			t.Skip("the real conversations are not beside the repository; PARLEY_SHARED can name their folder")
		}
		files = append(files, path)
	}
	return files
}

func mustRun(t *testing.T, args ...string) (out string) {
	t.Helper()
	code, out := Run(t, "", args...)
	if code != 0 {
		t.Fatalf("parley %s ended with %d:\n%s", args[0], code, out)
	}
	return out
}

func compareFiles(t *testing.T, a, b string) {
	t.Helper()
	first, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	one, other := bytes.Split(first, []byte("\n")), bytes.Split(second, []byte("\n"))
	for i := range min(len(one), len(other)) {
		if !bytes.Equal(one[i], other[i]) {
			t.Fatalf("line %d differs:\n%.300s\n%.300s", i+1, one[i], other[i])
		}
	}
	if len(one) != len(other) {
		t.Errorf("%d lines and %d lines", len(one), len(other))
	}
}

// compareViews counts by the lines themselves, and holds the counts and the lists
// of the server against it.
func compareViews(t *testing.T, c *Client, exported string) (total, messages int) {
	t.Helper()
	text, err := os.ReadFile(exported)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]uint64{}
	for line := range bytes.Lines(text) {
		var l struct {
			Status   string            `json:"status"`
			Agent    *string           `json:"agent"`
			Bot      bool              `json:"bot"`
			Messages []json.RawMessage `json:"messages"`
		}
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if l.Status == "" {
			continue // a line that says who the agents are
		}
		total++
		messages += len(l.Messages)
		for _, view := range viewsOf(l.Status, l.Agent != nil, l.Bot) {
			want[view]++
		}
	}
	var got struct {
		Counts map[string]uint64 `json:"counts"`
	}
	c.Must(t, "GET", "/views", nil, &got)
	for view, n := range want {
		if listed := c.countList(t, view); got.Counts[view] != n || listed != n {
			t.Errorf("%s: the lines say %d, the count %d, the list %d", view, n, got.Counts[view], listed)
		}
	}
	if len(want) != 7 {
		t.Errorf("the data fills only %d views", len(want))
	}
	return total, messages
}

func viewsOf(status string, led, bot bool) []string {
	switch {
	case status == "archived":
		return []string{"archive"}
	case status == "resolved":
		return []string{"inbox", "resolved"}
	case bot:
		return []string{"inbox", "unresolved", "jetbot"}
	case led:
		return []string{"inbox", "unresolved", "assigned"}
	default:
		return []string{"inbox", "unresolved", "unassigned"}
	}
}

// countList turns every page of a view and counts the different conversations.
func (c *Client) countList(t *testing.T, view string) uint64 {
	t.Helper()
	seen := map[uint64]bool{}
	for cursor := ""; ; {
		var p struct {
			Conversations []conversation `json:"conversations"`
			Next          string         `json:"next"`
		}
		c.Must(t, "GET", fmt.Sprintf("/conversations?view=%s&limit=100&cursor=%s", view, url.QueryEscape(cursor)), nil, &p)
		for _, found := range p.Conversations {
			seen[found.Number] = true
		}
		if cursor = p.Next; cursor == "" {
			return uint64(len(seen))
		}
	}
}

func openAll(t *testing.T, c *Client, total int) {
	t.Helper()
	for number := 1; number <= total; number++ {
		var o opened
		c.Must(t, "GET", fmt.Sprintf("/conversations/%d", number), nil, &o)
		if o.Conversation.Number != uint64(number) || len(o.Messages) == 0 {
			t.Fatalf("conversation %d opens as %+v", number, o.Conversation)
		}
	}
}
