package app_test

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/store/storetest"
)

// empty is an app over an empty store, without people.
func empty(t *testing.T) *apptest.Team {
	t.Helper()
	team := &apptest.Team{App: app.New(storetest.Open(t), nil, time.Now, apptest.Quiet())}
	t.Cleanup(team.Close)
	return team
}

// busyDay lets everything happen that leaves a trace in a conversation, with a
// clock that is set back in the middle.
func busyDay(t *testing.T) *apptest.Team {
	t.Helper()
	team := apptest.New(t)
	team.Bot(t, true)
	byBot := team.NewConversation(t)
	team.Bot(t, false)
	c := team.NewConversation(t)
	team.Assigns(t, team.Can, team.Ada, c.Number)
	team.Clock.Move(time.Minute)
	team.Writes(t, team.Ada, c.Number, "One\nmoment <b>&\u2028 \"please\"")
	team.Clock.Move(-time.Hour)
	team.Writes(t, team.Can, c.Number, "I can help too 👩\u200d👧")
	note := apptest.Draft("Ask the depot")
	note.Note = true
	apptest.Must(team.Post(app.PostMessage{By: team.Can, Number: c.Number, Draft: note}))(t)
	team.Does(t, app.VerbUnassign, team.Ada, c.Number)
	team.Does(t, app.VerbResolve, team.Ada, c.Number)
	team.Says(t, c.Customer.ID, c.Number, "Hello?")
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Ada, Number: c.Number, Tags: []string{"İade", "vip"}}))(t)
	team.Does(t, app.VerbUnassign, team.Ada, byBot.Number)
	for _, verb := range []app.Verb{app.VerbResolve, app.VerbReopen, app.VerbArchive, app.VerbUnarchive, app.VerbArchive, app.VerbUnread} {
		team.Does(t, verb, team.Owner, byBot.Number)
	}
	apptest.Must(team.CreateCustomer(app.CreateCustomer{By: team.Ada, External: "c-17", Change: desk.CustomerChange{
		Name: text("Elif"), Email: text("elif@example.com"), Phone: text("1"), Language: text("tr"), Attributes: map[string]*string{"b": text("2"), "a": text("1")}, Tags: &[]string{"vip"},
	}}))(t)
	page := apptest.Must(team.Customers("elif@example.com", desk.ID{}, 1))(t)
	apptest.Must(team.Begin(app.BeginConversation{By: team.Owner, Customer: page.Customers[0].ID, Draft: apptest.Draft("Your parcel")}))(t)
	off := false
	apptest.Must(team.ChangeAgent(app.ChangeAgent{By: team.Owner, ID: team.Can, Change: desk.AgentChange{Active: &off}}))(t)
	return team
}

// withGaps is a team that has removed conversations at the beginning, in the middle
// and at the end of its numbers.
func withGaps(t *testing.T) *apptest.Team {
	t.Helper()
	team := apptest.New(t)
	apptest.Must(team.AddSamples(team.Owner))(t)
	apptest.Must(team.Begin(app.BeginConversation{By: team.Can, Customer: team.NewCustomer(t, "Elif").ID, Draft: apptest.Draft("Hello")}))(t)
	apptest.Must(team.RemoveSamples(t.Context(), team.Owner))(t)
	for range 4 {
		team.NewConversation(t)
	}
	for _, n := range []desk.Number{apptest.SampleConversations + 3, apptest.SampleConversations + 5} {
		if err := team.Do(func(tx *store.Tx) error {
			c, err := tx.Conversation(n)
			if err != nil {
				return err
			}
			return tx.RemoveConversation(&c, []desk.Event{{Type: desk.ConversationRemoved, Number: n, At: team.Now()}})
		}); err != nil {
			t.Fatal(err)
		}
	}
	if given := strings.Count(exported(t, team), `{"given":`); given != 3 {
		t.Fatalf("%d gaps are told of", given)
	}
	return team
}

// TestExportIsImportable exports what happened here, imports that into an empty
// store and exports it again: the same bytes, the same inbox.
func TestExportIsImportable(t *testing.T) {
	for name, team := range map[string]*apptest.Team{"a busy day": busyDay(t), "nothing": empty(t), "an import": imported(t, file(450)), "removed": withGaps(t)} {
		t.Run(name, func(t *testing.T) {
			first := exported(t, team)
			copied := imported(t, first)
			if second := exported(t, copied); second != first {
				t.Errorf("exported     %s\nand once more %s", first, second)
			}
			sameInbox(t, team, copied)
		})
	}
}

func imported(t *testing.T, text string) *apptest.Team {
	t.Helper()
	team := empty(t)
	take(t, team, text)
	return team
}

// sameInbox compares the counts and every list row and thread but for ids.
func sameInbox(t *testing.T, a, b *apptest.Team) {
	t.Helper()
	if x, y := apptest.Must(a.Counts())(t), apptest.Must(b.Counts())(t); !maps.Equal(x.Counts, y.Counts) {
		t.Errorf("counts %v and %v", x.Counts, y.Counts)
	}
	for _, q := range []store.ListQuery{
		{View: desk.ViewInbox, Sort: store.SortNewest, Limit: 1000}, {View: desk.ViewInbox, Sort: store.SortNewest, Unread: true, Limit: 1000}, {View: desk.ViewArchive, Sort: store.SortOldest, Limit: 1000},
	} {
		if x, y := rowsOf(t, a, q), rowsOf(t, b, q); !slices.Equal(x, y) {
			t.Errorf("%+v\n%v\n%v", q, x, y)
		}
	}
}

func rowsOf(t *testing.T, team *apptest.Team, q store.ListQuery) (rows []string) {
	t.Helper()
	who := people(t, team)
	for _, c := range apptest.Must(team.List(q))(t).Conversations {
		row := fmt.Sprint(c.Number, c.Customer.Name, c.Channel, c.State, c.Archived, c.Lead, who(c.AgentID), c.Views, c.Tags, c.LastSeq, c.Unread, c.OpenedAt, c.ActiveAt, c.Last.Kind, c.Last.Text, c.Last.At)
		for _, m := range apptest.Must(team.Messages(app.MessageQuery{Number: c.Number, Limit: 100}))(t).Messages {
			row += fmt.Sprint("|", m.Seq, m.Kind, m.Author.Kind, who(m.Author.ID), m.Text, m.At)
			if m.Event != nil {
				row += fmt.Sprint(m.Event.Type, who(m.Event.From), who(m.Event.To))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// people names agents by their addresses.
func people(t *testing.T, team *apptest.Team) func(id *desk.ID) string {
	t.Helper()
	emails := make(map[desk.ID]string)
	for _, a := range apptest.Must(team.Roster())(t).Agents {
		emails[a.ID] = a.Email
	}
	return func(id *desk.ID) string {
		if id == nil {
			return ""
		}
		return emails[*id] // customers have none
	}
}

// TestExportReports how far it is, and stops when nobody takes what it writes.
func TestExportReports(t *testing.T) {
	team := imported(t, file(450))
	var steps []int
	if err := team.Export(io.Discard, app.ExportOptions{Step: func(n int) { steps = append(steps, n) }}); err != nil || !slices.Equal(steps, []int{200, 400, 450}) {
		t.Errorf("steps %v, %v", steps, err)
	}
	full := errors.New("full")
	if err := team.Export(&fullDisk{left: 10_000, fault: full}, app.ExportOptions{}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

// fullDisk takes a number of bytes and then no more.
type fullDisk struct {
	left  int
	fault error
}

func (d *fullDisk) Write(b []byte) (int, error) {
	if d.left -= len(b); d.left < 0 {
		return 0, d.fault
	}
	return len(b), nil
}

// TestRealConversations imports the real Turkish conversations and the first of
// the English ones: what comes out says what went in, and comes out the same
// after another round.
func TestRealConversations(t *testing.T) {
	lines := append(realLines(t, "conversations-tr.jsonl", 10_000), realLines(t, "conversations-en.jsonl.gz", 1500)...)
	team := imported(t, strings.Join(lines, "\n"))
	first := exported(t, team)
	out := strings.Split(strings.TrimSpace(first), "\n")
	out = out[len(out)-len(lines):] // after the people
	seen := make(map[string]*interchange.Customer)
	for i := range lines {
		in, back := apptest.Must(interchange.Parse([]byte(lines[i])))(t), apptest.Must(interchange.Parse([]byte(out[i])))(t)
		if first, again := seen[in.Customer.ID]; again {
			in.Customer = first // the first line of a customer tells who they are
		}
		seen[in.Customer.ID] = in.Customer
		if what := changedOnTheWay(in, back); what != "" {
			t.Fatalf("conversation %d: its %s went in as %.300s and came out as %.300s", i+1, what, lines[i], out[i])
		}
	}
	if second := exported(t, imported(t, first)); second != first {
		t.Error("another round gives something else")
	}
}

// realLines reads the first lines of a file of the real conversations.
func realLines(t *testing.T, name string, most int) (lines []string) {
	t.Helper()
	folder := os.Getenv("PARLEY_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(folder, "data", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real conversations are not beside the repository; PARLEY_SHARED can name their folder")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() && len(lines) < most {
		lines = append(lines, scanner.Text())
	}
	return lines
}

// changedOnTheWay names what of a conversation is not what it was.
func changedOnTheWay(in, out *interchange.Line) string {
	slices.Sort(in.Tags)
	switch {
	case !reflect.DeepEqual(in.Customer, out.Customer):
		return "customer"
	case in.Channel != out.Channel || in.Status != out.Status || in.Bot != out.Bot:
		return "standing"
	case (in.Agent == nil) != (out.Agent == nil) || (in.Agent != nil && *in.Agent != *out.Agent):
		return "agent"
	case !slices.Equal(in.Tags, out.Tags):
		return "tags"
	case !reflect.DeepEqual(in.Messages, out.Messages):
		return "messages"
	}
	return ""
}
