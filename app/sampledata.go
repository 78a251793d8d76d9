package app

import (
	"bytes"
	"fmt"
	"time"

	"parley/desk"
	"parley/interchange"
	"parley/store"
	"parley/wire"
)

// SampleData is what a team can try Parley out with.
type SampleData struct {
	Lines   []byte // conversations, in the interchange form
	Replies []desk.ReplyChange
}

// WithSamples gives the sample data that a team may add, as fresh as now.
func WithSamples(samples func(now time.Time) SampleData) Option {
	return func(a *App) { a.samples = samples }
}

// sampleCustomer comes before the external ids of sample customers, so that no
// customer of another system is ever taken for one of them.
const sampleCustomer = "sample:"

// AddSamples fills an empty inbox with sample data. Everything that agents say in
// them is said by whoever adds them, so that nobody joins the team for it.
type AddSamples struct {
	By        desk.ID
	Lines     []*interchange.Line
	Customers []desk.ID // one for each line
	Replies   []desk.ReplyChange
	IDs       []desk.ID // one for each reply
	At        desk.Time
}

// AddSamples fills an empty inbox with sample data; where they are already, nothing
// is added. Refused: CodeConflict as desk.Samples.Add says.
func (a *App) AddSamples(by desk.ID) (wire.Team, error) {
	if a.samples == nil {
		return wire.Team{}, desk.Refuse(desk.CodeUnavailable, "", "This program came without sample data.")
	}
	data := a.samples(a.clock())
	cmd := &AddSamples{By: by, Replies: data.Replies, At: a.Now()}
	for line := range bytes.Lines(data.Lines) {
		parsed, err := interchange.Parse(line)
		if err != nil {
			return wire.Team{}, fmt.Errorf("app: sample data: %w", err)
		}
		parsed.Customer.ID = sampleCustomer + parsed.Customer.ID
		cmd.Lines, cmd.Customers = append(cmd.Lines, parsed), append(cmd.Customers, NewID())
	}
	for range data.Replies {
		cmd.IDs = append(cmd.IDs, NewID())
	}
	return run(a, cmd)
}

// Apply implements command.
func (cmd *AddSamples) Apply(tx *store.Tx) (wire.Team, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Team{}, err
	}
	counts := tx.Counts()
	add, err := tx.Samples().Add(counts[desk.ViewInbox] + counts[desk.ViewArchive])
	if err != nil {
		return wire.Team{}, err
	}
	if !add {
		return wire.TeamOf(tx)
	}
	numbers, customers, err := cmd.conversations(tx)
	if err != nil {
		return wire.Team{}, err
	}
	replies, err := cmd.replies(tx)
	if err != nil {
		return wire.Team{}, err
	}
	if err := tx.MarkSamples(numbers, customers, replies); err != nil {
		return wire.Team{}, err
	}
	return touchTeam(tx, desk.Event{Type: desk.SamplesAdded, Actor: desk.AgentActor(cmd.By), At: cmd.At})
}

func (cmd *AddSamples) conversations(tx *store.Tx) (numbers []desk.Number, customers []desk.ID, err error) {
	for i, line := range cmd.Lines {
		id, isNew, err := cmd.customer(tx, i)
		if err != nil {
			return nil, nil, err
		}
		if isNew {
			customers = append(customers, id)
		}
		number, err := tx.NextNumber()
		if err != nil {
			return nil, nil, err
		}
		agents := make(map[string]desk.ID)
		for email := range namedAgents(line) {
			agents[desk.FoldEmail(email)] = cmd.By
		}
		past := pastOf(line, number, id, agents, nil)
		turn, err := past.Turn(desk.AgentActor(cmd.By), cmd.At)
		if err != nil {
			return nil, nil, err
		}
		if err := tx.SaveTurn(nil, &turn); err != nil {
			return nil, nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, customers, nil
}

// customer finds the customer of a line, whom an earlier line may have made. One
// whom the team kept when it had samples taken away is taken up again.
func (cmd *AddSamples) customer(tx *store.Tx, i int) (id desk.ID, isNew bool, err error) {
	line := cmd.Lines[i]
	known, err := tx.CustomerByExternal(line.Customer.ID)
	if err == nil || !desk.IsNotFound(err) {
		return known.ID, false, err
	}
	next, err := importedCustomer(line.Customer, cmd.Customers[i], line.Messages[0].At, nil)
	if err != nil {
		return desk.ID{}, false, err
	}
	created := desk.Event{Type: desk.CustomerCreated, Subject: next.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At}
	return next.ID, true, tx.SaveNewCustomer(&next, nil, []desk.Event{created})
}

// replies saves the saved replies; one whose shortcut the team uses goes without.
func (cmd *AddSamples) replies(tx *store.Tx) ([]desk.Reply, error) {
	var saved []desk.Reply
	for i := range cmd.Replies {
		blank := desk.Reply{ID: cmd.IDs[i], Enabled: true}
		reply, events, err := blank.Change(desk.AgentActor(cmd.By), &cmd.Replies[i], cmd.At)
		if err != nil {
			return nil, err
		}
		err = saveReply(tx, nil, &reply, events)
		if desk.CodeOf(err) == desk.CodeTaken {
			reply.Shortcut = ""
			err = saveReply(tx, nil, &reply, events)
		}
		if err != nil {
			return nil, err
		}
		saved = append(saved, reply)
	}
	return saved, nil
}

// touchTeam says something new about the team that is not in its row, under a rev of
// its own.
func touchTeam(tx *store.Tx, event desk.Event) (wire.Team, error) {
	before, err := tx.Team()
	if err != nil {
		return wire.Team{}, err
	}
	next := before
	if err := tx.SaveTeam(&before, &next, []desk.Event{event}); err != nil {
		return wire.Team{}, err
	}
	return wire.TeamOf(tx)
}
