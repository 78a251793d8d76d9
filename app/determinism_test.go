package app_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// history draws commands that are complete: every id and time is in them.
type history struct {
	rand *rand.Rand
	ids  int
	now  desk.Time

	visitors                                             []app.Visitor
	agents, customers, replies, files, clients, channels []desk.ID
	teams                                                []desk.ID
	commands                                             []func(tx *store.Tx) error
}

// applied is a command as the queue takes it.
func applied[R any](cmd interface {
	Apply(tx *store.Tx) (R, error)
},
) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		_, err := cmd.Apply(tx)
		return err
	}
}

func (h *history) add(commands ...func(tx *store.Tx) error) {
	h.commands = append(h.commands, commands...)
}

func (h *history) id() (id desk.ID) {
	h.ids++
	id[0], id[14], id[15] = 0x0d, byte(h.ids>>8), byte(h.ids)
	return id
}

// one of some ids, or now and then none of them.
func (h *history) one(ids []desk.ID) desk.ID {
	if len(ids) == 0 || h.rand.IntN(20) == 0 {
		return h.id()
	}
	return ids[h.rand.IntN(len(ids))]
}

func (h *history) number() desk.Number { return desk.Number(h.rand.IntN(30)) }

func (h *history) word() string {
	return []string{"", "cargo", "İade", "x-1", "a@example.com", "\xff", " Elif  Kaya "}[h.rand.IntN(7)]
}

func (h *history) draft() desk.Draft {
	d := desk.Draft{ClientID: h.id(), Text: fmt.Sprintf("text %d", h.ids), Note: h.rand.IntN(6) == 0}
	if h.rand.IntN(8) == 0 {
		d.ClientID = h.one(h.clients)
	}
	if h.rand.IntN(4) == 0 {
		d.Attachments = []desk.ID{h.one(h.files)}
	}
	h.clients = append(h.clients, d.ClientID)
	return d
}

// attributes have keys that are one when cleaned.
func (h *history) attributes() map[string]*string {
	set := make(map[string]*string)
	for range h.rand.IntN(4) {
		value := h.word()
		set[fmt.Sprintf("%*sk%d", h.rand.IntN(3), "", h.rand.IntN(3))] = &value
	}
	return set
}

// step draws one command.
func (h *history) step() {
	h.now += desk.Time(h.rand.IntN(90) - 10)
	agent, word := h.one(h.agents), h.word()
	verbs := []app.Verb{app.VerbAssign, app.VerbUnassign, app.VerbResolve, app.VerbReopen, app.VerbArchive, app.VerbUnarchive, app.VerbRead, app.VerbUnread, app.VerbSetTags}
	switch h.rand.IntN(17) {
	case 0:
		h.customers = append(h.customers, h.id())
		h.add(applied(&app.CreateCustomer{ID: h.customers[len(h.customers)-1], External: word, At: h.now, Change: desk.CustomerChange{Name: &word, Attributes: h.attributes()}}))
	case 1:
		h.add(applied(&app.EditCustomer{By: agent, ID: h.one(h.customers), At: h.now, Change: &desk.CustomerChange{Email: &word, Tags: &[]string{"b", word, "a"}, Attributes: h.attributes()}}))
	case 2:
		h.add(applied(&app.EditCustomer{By: agent, ID: h.one(h.customers), At: h.now, Block: &word}), applied(&app.AddCustomerNote{By: agent, ID: h.one(h.customers), Text: word, At: h.now}))
	case 3:
		h.replies = append(h.replies, h.id())
		h.add(applied(&app.SaveReply{By: agent, New: true, ID: h.replies[len(h.replies)-1], At: h.now, Change: desk.ReplyChange{Title: &word, Text: &word}}))
	case 4:
		mine := h.rand.IntN(2) == 0
		h.add(applied(&app.SaveReply{By: agent, ID: h.one(h.replies), At: h.now, Change: desk.ReplyChange{Mine: &mine}}),
			applied(&app.UseReply{By: agent, ID: h.one(h.replies), At: h.now}), applied(&app.DeleteReply{By: agent, ID: h.one(h.replies), At: h.now}))
	case 5:
		h.files = append(h.files, h.id())
		h.add(applied(&app.StartAttachment{Owner: desk.AgentActor(agent), ClientID: h.files[len(h.files)-1], Name: word, At: h.now}),
			applied(&app.CompleteAttachment{Owner: desk.AgentActor(agent), ID: h.one(h.files), SHA256: [32]byte{byte(h.ids)}}))
	case 6:
		h.add(applied(h.importing()))
	case 7:
		h.add(h.small(agent, word)...)
	case 8, 9, 10:
		h.add(applied(&app.PostMessage{By: agent, Number: h.number(), Draft: h.draft(), At: h.now}))
	case 11, 12, 13:
		h.add(applied(&app.ReceiveMessage{Customer: h.one(h.customers), Number: h.number() * desk.Number(h.rand.IntN(2)), Channel: "web", Draft: h.draft(), At: h.now}))
	case 14:
		h.add(h.web(agent, word)...)
	default:
		h.add(applied(&app.ChangeConversation{Verb: verbs[h.rand.IntN(len(verbs))], By: agent, Number: h.number(), To: h.one(h.agents), Tags: []string{"x", word}, At: h.now}))
	}
}

// small are the rarer commands.
func (h *history) small(agent desk.ID, word string) []func(tx *store.Tx) error {
	on, role, made := h.rand.IntN(2) == 0, desk.Role(h.rand.IntN(4)), h.id()
	h.channels = append(h.channels, made)
	h.teams = append(h.teams, h.id())
	return []func(tx *store.Tx) error{
		applied(&app.ChangeTeam{By: agent, BotOn: &on, At: h.now}),
		applied(&app.SaveAgentTeam{By: agent, New: true, ID: h.teams[len(h.teams)-1], At: h.now, Change: desk.AgentTeamChange{Name: &word, Members: &[]desk.ID{h.one(h.agents), h.agents[0]}}}),
		applied(&app.ChangeConversation{Verb: app.VerbTeam, By: agent, Number: h.number(), To: h.one(h.teams), At: h.now}),
		applied(&app.DeleteAgentTeam{By: agent, ID: h.one(h.teams), At: h.now}),
		applied(&app.ChangeAgent{By: agent, ID: h.one(h.agents), Change: desk.AgentChange{Role: &role}, At: h.now}),
		applied(&app.SentEmoji{By: agent, Emoji: "👍"}),
		applied(&app.SaveChannelToken{By: agent, ID: made, Name: word + "x", Hash: [32]byte(append(made[:], made[:]...)), At: h.now}),
		applied(&app.SaveChannelToken{By: agent, ID: h.one(h.channels), Hash: [32]byte{byte(h.ids), byte(h.ids >> 8)}, Rotate: true, At: h.now}),
		applied(&app.UseChannelToken{ID: h.one(h.channels), At: h.now}),
		applied(&app.SaveWebhook{By: agent, New: true, ID: made, Secret: []byte("s"), At: h.now, Change: desk.WebhookChange{
			Name: &word, URL: new("https://a.example"), Events: &desk.WebhookEvents, On: &on,
		}}),
		applied(&app.SaveWebhook{By: agent, ID: h.one(h.channels), At: h.now, Change: desk.WebhookChange{On: &on}}),
		applied(&app.SealWebhook{By: agent, ID: h.one(h.channels), Secret: []byte(word), At: h.now}),
		applied(&app.QueueDeliveries{
			Cursor: uint64(h.ids), At: h.now, IDs: slices.Repeat([]desk.ID{h.id()}, desk.MaxWebhooks),
			Entries: []store.Entry{{Sequence: uint64(h.ids), Event: desk.Event{Type: desk.MessagePosted, Number: h.number(), Seq: 1}}},
		}),
		applied(&app.SaveTry{Delivery: desk.Delivery{Webhook: h.one(h.channels), Seq: uint64(h.rand.IntN(9))}, Outcome: desk.Outcome{At: h.now, Code: desk.OutcomeTimeout}}),
		applied(&app.DeleteWebhook{By: agent, ID: h.one(h.channels), At: h.now}),
		applied(&app.ChannelMessage{
			Token: h.one(h.channels), External: fmt.Sprint(h.rand.IntN(20)), Channel: "api", Number: h.number() % 2 * h.number(), At: h.now, Handles: wire.NewHandles([16]byte{}),
			Customer: app.CreateCustomer{ID: h.id(), External: fmt.Sprintf("ext-%d", h.rand.IntN(9)), At: h.now}, Draft: desk.Draft{Text: "text"},
		}),
		applied(&app.SaveDraft{By: agent, Draft: store.Draft{Number: h.number(), Text: word, At: h.now}}),
		applied(&app.SetPreferences{By: agent, Object: []byte(`{}`)}),
		applied(&app.SaveSession{New: true, Session: store.Session{Hash: [32]byte(slices.Repeat([]byte{byte(h.ids)}, 32)), Agent: agent, SeenAt: h.now, ExpiresAt: h.now + 500, IdleLimit: 300}}),
		applied(&app.EndSession{Session: store.Session{Hash: [32]byte(slices.Repeat([]byte{byte(h.ids)}, 32)), Agent: agent}, At: h.now, Address: "192.0.2.1"}),
		applied(&app.MoveTag{By: agent, From: word, To: "x", At: h.now}), applied(&app.MoveTagPiece{At: h.now}),
		applied(&app.FailSignIn{Agent: agent, At: h.now}), applied(&app.ExportAudit{By: agent, At: h.now}),
		applied(&app.BeginConversation{By: agent, Customer: h.one(h.customers), Draft: h.draft(), At: h.now}),
		applied(&app.SaveRule{By: agent, New: true, ID: h.id(), At: h.now, Change: desk.RuleChange{Phrases: &[]string{word}, Answer: &word}}),
		applied(&app.SaveKnowledge{By: agent, New: true, ID: h.id(), At: h.now, Change: desk.KnowledgeChange{Language: new("tr"), Questions: &[]string{word}, Answer: &word}}),
		applied(&app.ImportKnowledge{By: agent, IDs: []desk.ID{h.id()}, At: h.now, Items: []app.KnowledgeItem{{Language: "en", Questions: []string{word}, Answer: "b"}}}),
		applied(&app.SetResolver{By: agent, Resolver: desk.Resolver{Rev: uint64(h.ids), AgentMinutes: 1}, At: h.now}),
		applied(&app.BotSpeak{Number: h.number(), Asked: 1, Speech: desk.Speech{Say: []desk.Draft{{Text: word}}, Handover: on}, Cursor: uint64(h.ids), At: h.now}),
		applied(&app.Tend{Number: h.number(), At: h.now + 100_000}), applied(&app.Tend{Number: h.number(), At: h.now + 200_000}),
		applied(&app.SaveCards{
			Number: h.number(), Seq: 1, Late: on, Cursor: uint64(h.ids / 2), At: h.now,
			Cards: []desk.LinkCard{desk.NewLinkCard("https://a.example/"+word, word, "", "", h.now), desk.NewLinkCard("https://b.example", "", "", "", h.now)},
		}),
		applied(&app.ForgetCards{At: h.now + 40*24*3600*1000, Limit: 1}),
		applied(&app.RemoveSamples{By: agent, At: h.now}), applied(&app.RemoveSamplePiece{At: h.now}),
		applied(&app.ForgetOld{At: h.now + 8*24*3600*1000, KeepFrom: uint64(h.ids / 4), Place: app.HousePlace{Room: h.rand.IntN(4)}, Limit: 5}),
	}
}

// samples are a team's first act, if they want any.
func (h *history) samples() func(tx *store.Tx) error {
	line := h.importing().Lines[0].Line
	title := "Sample"
	return applied(&app.AddSamples{
		By: h.agents[0], Lines: []*interchange.Line{line, line}, Customers: []desk.ID{h.id(), h.id()},
		Replies: []desk.ReplyChange{{Title: &title, Text: &title}}, IDs: []desk.ID{h.id()}, At: h.now,
	})
}

// importing is a piece of an import that names agents known and unknown.
func (h *history) importing() *app.ImportLines {
	line := &interchange.Line{
		Record: interchange.Record{Customer: &interchange.Customer{
			ID: fmt.Sprintf("ext-%d", h.rand.IntN(4)), Attributes: map[string]string{"b": "2", "a": "1", " a": "3"},
		}},
		Status: "open", Agent: text(fmt.Sprintf("new%d@example.com", h.rand.IntN(4))), Tags: []string{"b", "a"}, AssignedTeam: "Cargo",
		Messages: []interchange.Message{{From: "customer", Text: "Hi", At: h.now}, {From: "agent", Agent: "other@example.com", Text: "Hello", At: h.now + 1}},
	}
	cmd := &app.ImportLines{At: h.now}
	for range 3 {
		cmd.Lines = append(cmd.Lines, app.ImportLine{Key: [store.ImportKeySize]byte{byte(h.rand.IntN(40))}, Line: line, Customer: h.id()})
		cmd.Agents, cmd.Teams = append(cmd.Agents, h.id()), append(cmd.Teams, h.id())
	}
	for _, record := range []interchange.Record{
		{Team: &interchange.Team{Name: "Team", BotName: "Bot", Language: "en"}},
		{Teams: []interchange.AgentTeam{{Name: fmt.Sprintf("Team %d", h.rand.IntN(3)), Members: []string{"other@example.com"}}}},
		{Reply: &interchange.Reply{ID: h.one(h.replies), Title: "T", Text: "x", Owner: "new1@example.com"}},
		{Customer: &interchange.Customer{ID: fmt.Sprintf("ext-%d", h.rand.IntN(9)), Notes: []interchange.Note{{By: "other@example.com", Text: "n", At: h.now}}}},
	} {
		cmd.Lines = append(cmd.Lines, app.ImportLine{Line: &interchange.Line{Record: record}, Customer: h.id()})
		cmd.Agents = append(cmd.Agents, h.id())
	}
	return cmd
}

// TestCommandsAreDeterministic applies one history to three empty stores, one
// commit for each command, many to a commit, and once more: they hold the same,
// byte for byte.
func TestCommandsAreDeterministic(t *testing.T) {
	for seed := range uint64(4) {
		h := &history{rand: rand.New(rand.NewPCG(seed, 3)), now: 1_800_000_000_000}
		for i, role := range []desk.Role{desk.RoleOwner, desk.RoleAgent, desk.RoleAgent, desk.RoleAdmin} {
			h.agents = append(h.agents, h.id())
			h.add(applied(&app.CreateAgent{ID: h.agents[i], Name: "Agent", Email: fmt.Sprintf("a%d@example.com", i), Role: role, Password: "hash", At: h.now}))
		}
		h.add(h.samples())
		for range 800 {
			h.step()
		}
		one, refused := alone(t, h.commands)
		again, _ := alone(t, h.commands)
		together := inGroups(t, h.commands)
		if refused < 50 || len(h.commands)-refused < 300 {
			t.Errorf("%d of %d commands were refused, which proves little", refused, len(h.commands))
		}
		for name, other := range map[string]map[string]string{"once more": again, "many to a commit": together} {
			if !maps.Equal(one, other) {
				t.Errorf("seed %d: %s, the store holds something else: %s", seed, name, difference(one, other))
			}
		}
	}
}

// alone applies each command in a transaction of its own.
func alone(t *testing.T, commands []func(tx *store.Tx) error) (dump map[string]string, refused int) {
	t.Helper()
	st := storetest.Open(t)
	for _, command := range commands {
		if err := st.Update(command); err != nil {
			if desk.CodeOf(err) == desk.CodeInternal {
				t.Fatal(err)
			}
			refused++
		}
	}
	return content(t, st), refused
}

// inGroups puts the commands through the queue, fifty waiting at a time.
func inGroups(t *testing.T, commands []func(tx *store.Tx) error) map[string]string {
	t.Helper()
	st := storetest.Open(t)
	team := &apptest.Team{App: app.New(st, nil, nil, apptest.Quiet())}
	defer team.Close()
	for group := range slices.Chunk(commands, 50) {
		release := hold(team)
		var all sync.WaitGroup
		for i, command := range group {
			all.Go(func() { _ = team.Do(command) })
			for team.Waiting() != i+1 {
				runtime.Gosched()
			}
		}
		release()
		all.Wait()
	}
	return content(t, st)
}

// content is what a store holds but for its own name.
func content(t *testing.T, st *store.Store) map[string]string {
	t.Helper()
	dump := storetest.Dump(t, st)
	delete(dump, "meta/epoch")
	delete(dump, "meta/handle")
	return dump
}

func difference(a, b map[string]string) string {
	for k, v := range a {
		if b[k] != v {
			return fmt.Sprintf("%q is %q and %q", k, v, b[k])
		}
	}
	return "something is only in the second"
}
