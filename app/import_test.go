package app_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/store/storetest"
)

// file makes a file of conversations in every state, one a line.
func file(conversations int) string {
	var b strings.Builder
	for i := range conversations {
		status := []string{"open", "resolved", "archived"}[i%3]
		agent, bot := `null`, i%4 == 0
		if i%2 == 1 {
			agent = fmt.Sprintf(`"agent%d@example.com"`, i%5)
		}
		fmt.Fprintf(&b, `{"customer":{"id":"c-%d","name":"Customer %d","attributes":{"n":"%d"}},"channel":"web","status":%q,"agent":%s,"bot":%v,"tags":["t%d"],"messages":[`, i%70, i%70, i%70, status, agent, bot, i%3)
		for j := range 1 + i%4 {
			from := []string{"customer", "bot", "note", "agent"}[j]
			fmt.Fprintf(&b, `{"from":%q,"text":"text %d of %d","at":"2026-09-03T10:%02d:%02d+03:00"},`, from, j, i, i/60%60, j)
		}
		b.WriteString(`{"from":"customer","text":"Thanks","at":"2026-09-03T11:30:00Z"}]}` + "\n")
	}
	return b.String()
}

// take imports a file and fails the test when it stops.
func take(t *testing.T, team *apptest.Team, text string) app.ImportProgress {
	t.Helper()
	return apptest.Must(team.ImportFile(strings.NewReader(text), app.ImportOptions{}))(t)
}

func exported(t *testing.T, team *apptest.Team) string {
	t.Helper()
	var b bytes.Buffer
	if err := team.Export(&b, app.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestImport brings conversations in as they were.
func TestImport(t *testing.T) {
	team := apptest.New(t)
	head := team.Head()
	progress := take(t, team, file(130)+"\n"+`{"agents":[{"email":"Boss@example.com","name":"The Boss","role":"admin","active":false}]}`)
	if progress.Conversations != 130 || progress.Lines != 131 || progress.Again != 0 || progress.Bad != 0 || progress.Messages != 130+1*33+2*33+3*32+4*32 {
		t.Errorf("imported %+v", progress)
	}
	if got := team.Events(t, head); len(slices.DeleteFunc(got, func(e desk.EventType) bool { return e != desk.ConversationImported })) != 130 {
		t.Errorf("told %v", got)
	}
	c := apptest.Must(team.Open(2))(t) // the line with i = 1
	if c.Conversation.State != "resolved" || c.Conversation.Lead != "agent" || c.Conversation.Customer.Name != "Customer 1" || c.Conversation.LastSeq != 3 || c.Conversation.Unread != 0 {
		t.Errorf("the second is %+v", c.Conversation)
	}
	if m := c.Messages[1]; m.Kind != "bot" || m.Text != "text 1 of 1" || m.Author.Kind != "bot" {
		t.Errorf("its second message is %+v", m)
	}
	page := apptest.Must(team.Customers("", desk.ID{}, 100))(t)
	if len(page.Customers) != 70 {
		t.Errorf("%d customers", len(page.Customers))
	}
	agents := make(map[string]string)
	for _, a := range apptest.Must(team.Roster())(t).Agents {
		agents[a.Email] = fmt.Sprint(a.Name, " ", a.Role, " ", a.Active)
	}
	if agents["agent1@example.com"] != "Agent1 agent true" || agents["boss@example.com"] != "The Boss admin false" {
		t.Errorf("the team is %v", agents)
	}
}

// TestImportTwice imports nothing a second time, and equal lines of one file each
// once.
func TestImportTwice(t *testing.T) {
	team := apptest.New(t)
	line := file(1)
	take(t, team, line+line+file(20))
	before := content(t, team.Store())
	for name, text := range map[string]string{"the same": line + line + file(20), "a part": line + file(5), "with blank lines": "\n\n" + line} {
		lines := strings.Count(text, "{\"customer")
		if again := take(t, team, text); again.Conversations != 0 || again.Again != lines {
			t.Errorf("%s: %+v", name, again)
		}
	}
	if after := content(t, team.Store()); !maps.Equal(before, after) {
		t.Errorf("the second time changed the store: %s", difference(before, after))
	}
	if more := take(t, team, line+line+line+line); more.Conversations != 1 || more.Again != 3 {
		t.Errorf("one line more: %+v", more)
	}
}

// TestImportResumes cuts an import at many places and begins again: the inbox is
// what it would have been.
func TestImportResumes(t *testing.T) {
	text := file(1100)
	whole := apptest.New(t)
	take(t, whole, text)
	ownID := regexp.MustCompile(`"own_id":"[^"]*"`) // of customers who brought none
	told := func(team *apptest.Team) string { return ownID.ReplaceAllString(exported(t, team), "") }
	want := told(whole)
	for _, cut := range []int{0, 100, len(text) / 2, len(text) - 10} {
		team := apptest.New(t)
		fault := errors.New("the disk was pulled out")
		_, err := team.ImportFile(io.MultiReader(strings.NewReader(text[:cut]), iotest.ErrReader(fault)), app.ImportOptions{})
		if !errors.Is(err, fault) {
			t.Errorf("cut at %d: %v", cut, err)
		}
		team = team.Restart(t)
		progress := take(t, team, text)
		if progress.Conversations+progress.Again != 1100 || (cut > 100 && progress.Again == 0) {
			t.Errorf("cut at %d, then %+v", cut, progress)
		}
		if got := told(team); got != want {
			t.Errorf("cut at %d, the inbox is another", cut)
		}
	}
}

// badFile has a bad line as the third and the last.
func badFile() string {
	lines := strings.SplitAfter(file(700), "\n")
	lines[2] = `{"customer":{"id":"c"},"status":"lost"}` + "\n"
	return strings.Join(lines, "") + `{"customer":`
}

// TestBadLines stops at the first bad line, or goes on without the bad ones when
// told to, and names them.
func TestBadLines(t *testing.T) {
	team := apptest.New(t)
	progress, err := team.ImportFile(strings.NewReader(badFile()), app.ImportOptions{})
	if err == nil || !strings.HasPrefix(err.Error(), "line 3: status") || progress.Bad != 1 || progress.Conversations != 2 || team.Store() == nil {
		t.Errorf("stopped with %v after %+v", err, progress)
	}
	var told []string
	progress, err = team.ImportFile(strings.NewReader(badFile()), app.ImportOptions{SkipBad: true, Bad: func(line int, err error) {
		told = append(told, fmt.Sprintf("%d: %.20s", line, err))
	}})
	if err != nil || progress.Bad != 2 || progress.Conversations != 697 || progress.Again != 2 || progress.Lines != 701 {
		t.Errorf("went on to %v after %+v", err, progress)
	}
	if !slices.Equal(told, []string{`3: status "lost" is non`, "701: not a JSON object: i"}) {
		t.Errorf("told of %q", told)
	}
}

// TestDryRun saves nothing, tells of every bad line, and counts what would come.
func TestDryRun(t *testing.T) {
	team := apptest.New(t)
	before := content(t, team.Store())
	bad, steps := 0, 0
	text := `{"agents":[{"email":"x@example.com","name":"X","role":"agent","active":true}]}` + "\n" + badFile()
	progress := apptest.Must(team.ImportFile(strings.NewReader(text), app.ImportOptions{
		DryRun: true, Bad: func(int, error) { bad++ }, Step: func(app.ImportProgress) { steps++ },
	}))(t)
	if after := content(t, team.Store()); !maps.Equal(before, after) {
		t.Errorf("it was saved: %s", difference(before, after))
	}
	real := apptest.Must(team.ImportFile(strings.NewReader(text), app.ImportOptions{SkipBad: true}))(t)
	real.Records = 0                                // what is made beside conversations shows only when it is made
	if progress != real || bad != 2 || steps != 1 { // all of it is one piece
		t.Errorf("promised %+v with %d bad in %d steps, then %+v", progress, bad, steps, real)
	}
}

// TestPackedImport reads packed files, and keeps what came before a cut.
func TestPackedImport(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, file(1500)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	team := apptest.New(t)
	progress, err := team.ImportFile(bytes.NewReader(packed.Bytes()[:packed.Len()*2/3]), app.ImportOptions{SkipBad: true})
	if err == nil || !strings.Contains(err.Error(), "cut off") || progress.Conversations == 0 || progress.Bad != 0 {
		t.Errorf("a cut file: %v after %+v", err, progress)
	}
	first := progress.Conversations
	if progress := apptest.Must(team.ImportFile(&packed, app.ImportOptions{}))(t); progress.Conversations != 1500-first || progress.Again != first {
		t.Errorf("the whole file: %+v after %d", progress, first)
	}
}

// TestImportedAgents finds one and the same person however the address is written.
func TestImportedAgents(t *testing.T) {
	team := apptest.New(t)
	message := `{"from":"agent","text":"x","at":"2026-01-01T00:00:00Z","agent":%q}`
	line := func(id, agent, author string) string {
		return fmt.Sprintf(`{"customer":{"id":%q},"status":"open","agent":%q,"bot":false,"messages":[`+message+"]}\n", id, agent, author)
	}
	take(t, team, line("1", " Ünal.Öz@Example.com ", "ünal.öz@example.com")+line("2", "ADA@example.com", " Ünal.Öz@example.com"))
	one, two := apptest.Must(team.Open(1))(t), apptest.Must(team.Open(2))(t)
	unal := apptest.Must(team.AgentByEmail("ünal.öz@example.com"))(t)
	if unal.Name != "Ünal Öz" || *one.Conversation.AgentID != unal.ID || *one.Messages[0].Author.ID != unal.ID {
		t.Errorf("%+v leads %+v", unal, one.Conversation)
	}
	if *two.Conversation.AgentID != team.Ada || *two.Messages[0].Author.ID != unal.ID {
		t.Errorf("the second is led by %v, its author is %v", two.Conversation.AgentID, two.Messages[0].Author.ID)
	}
	if got := len(apptest.Must(team.Roster())(t).Agents); got != 6 {
		t.Errorf("the team has %d people", got)
	}
}

// TestCheckImportForesees whatever Import would refuse: a line that passes the
// check never holds a piece up.
func TestCheckImportForesees(t *testing.T) {
	long := strings.Repeat("a", 200)
	var lines []interchange.Line
	for _, email := range []string{"a@b", "ü@b", "İ@b", "-@b", "_._@b", "\u200d@b", "\u00ad.\u00ad@b", long + "@b", strings.Repeat("ş.", 60) + "@b", "x", "@", "a b@c", "a@b\u0085", "ǅ@b", "ﬁ@b"} {
		agent := interchange.Agent{Email: email, Name: email, Role: "agent"}
		leading, writing := conversation(interchange.Customer{ID: "c"}), conversation(interchange.Customer{ID: email, Email: email})
		leading.Agent = &email
		lines = append(lines, leading, writing,
			interchange.Line{Record: interchange.Record{Agents: []interchange.Agent{agent}}},
			interchange.Line{Record: interchange.Record{Reply: &interchange.Reply{ID: app.NewID(), Title: "T", Text: "T", Owner: email}}},
			interchange.Line{Record: interchange.Record{Customer: &interchange.Customer{ID: "n", Notes: []interchange.Note{{By: email, Text: "x"}}}}})
	}
	for _, word := range []string{"", " ", "\u200d", long, "\xff", "ok"} {
		tagged := conversation(interchange.Customer{ID: "w"})
		tagged.Tags = []string{word}
		customer := interchange.Customer{ID: "w" + word, Name: word, Phone: word, Language: word, Attributes: map[string]string{word: word}, Tags: []string{word}}
		lines = append(lines, tagged, conversation(customer),
			interchange.Line{Record: interchange.Record{Customer: &customer}},
			interchange.Line{Record: interchange.Record{Team: &interchange.Team{Name: word, BotName: "B", Language: "en"}}},
			interchange.Line{Record: interchange.Record{Team: &interchange.Team{Name: "T", BotName: "B", Language: word}}},
			interchange.Line{Record: interchange.Record{Reply: &interchange.Reply{ID: app.NewID(), Title: word, Text: "T"}}},
			interchange.Line{Record: interchange.Record{Reply: &interchange.Reply{ID: app.NewID(), Title: "T", Text: word, Shortcut: word}}},
			interchange.Line{Record: interchange.Record{Agents: []interchange.Agent{{Email: "a@b", Name: word, Role: word}}}})
	}
	for _, text := range []string{
		`{"hours":{}}`, `{"hours":null}`, `{"hours":{"zone":"Mars/Olympus"}}`, `{"hours":{"zone":"Europe/Istanbul","always":true,"week":[[],[],[],[],[],[],[]],"holidays":[]}}`,
		`{"rule":{}}`, `{"rule":{"id":"0198c0de-0000-7000-8000-00000000ffff","phrases":["a"],"match":"word","answer":"b","enabled":true}}`,
		`{"rule":{"id":"0198c0de-0000-7000-8000-00000000ffff","phrases":["a"],"match":"maybe","answer":"b"}}`, `{"rule":{"colour":"red"}}`,
		`{"knowledge":{"id":"0198c0de-0000-7000-8000-00000000ffff","language":"tr","questions":["a"],"answer":"b"}}`, `{"knowledge":[]}`,
		`{"resolve_category":{"id":"0198c0de-0000-7000-8000-00000000ffff","name":{"tr":"a","en":"b"}}}`, `{"resolve_category":{"name":{"tr":"a"}}}`,
		`{"website":{"id":"0198c0de-0000-7000-8000-00000000ffff","key":"../../etc/passwd"}}`, `{"bot_settings":{"when":"sometimes"}}`, `{"resolver":{"category_id":"0198c0de-0000-7000-8000-00000000ffff"}}`,
	} {
		if line, err := interchange.Parse([]byte(text)); err == nil {
			lines = append(lines, *line)
		} else {
			t.Errorf("%s: %v", text, err)
		}
	}
	refused := 0
	for i := range lines {
		team := apptest.New(t)
		checked := app.CheckImport(&lines[i])
		_, err := team.Import([]app.ImportLine{{Key: [store.ImportKeySize]byte{1}, Line: &lines[i]}})
		if (checked == nil) != (err == nil) {
			t.Errorf("%+v: checked %v, imported %v", lines[i], checked, err)
		}
		if err != nil {
			refused++
		}
	}
	if refused < 10 || refused > len(lines)-10 {
		t.Errorf("%d of %d lines were refused, which proves little", refused, len(lines))
	}
}

// conversation is the shortest one that a customer can have.
func conversation(with interchange.Customer) interchange.Line {
	return interchange.Line{
		Record: interchange.Record{Customer: &with}, Status: "open",
		Messages: []interchange.Message{{From: "customer", Text: "Hi", At: 1_800_000_000_000}},
	}
}

// TestImportIsAllOrNothing takes nothing of a piece with a line that cannot be.
func TestImportIsAllOrNothing(t *testing.T) {
	team := apptest.New(t)
	before := content(t, team.Store())
	good := conversation(interchange.Customer{ID: "g"})
	bad := good
	bad.Tags = []string{""}
	if _, err := team.Import([]app.ImportLine{{Key: [16]byte{1}, Line: &good}, {Key: [16]byte{2}, Line: &bad}}); desk.CodeOf(err) != desk.CodeEmpty {
		t.Errorf("got %v", err)
	}
	if after := content(t, team.Store()); !maps.Equal(before, after) {
		t.Errorf("half of it is there: %s", difference(before, after))
	}
	storetest.MustCheck(t, team.Store())
}
