package app

import (
	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// ImportLine is a line on its way in.
type ImportLine struct {
	Key  [store.ImportKeySize]byte // tells this line from all others, also in a later run
	Line *interchange.Line
	// Customer is the id that the customer gets if they are new.
	Customer desk.ID
}

// ImportLines is a piece of an import: what it makes is saved together.
type ImportLines struct {
	Lines  []ImportLine
	Agents []desk.ID
	At     desk.Time
}

// Imported counts what a piece of an import did.
type Imported struct {
	Conversations int
	Messages      int
	Again         int // lines that had been imported before
}

// Import saves a piece of an import. A line that was imported before is counted
// and left as it is; one that no conversation can come of is refused with the
// whole piece, so check lines with CheckImport first.
func (a *App) Import(lines []ImportLine) (Imported, error) {
	for i := range lines {
		lines[i].Customer = NewID()
	}
	cmd := &ImportLines{Lines: lines, At: a.Now()}
	for range mentionedAgents(lines) {
		cmd.Agents = append(cmd.Agents, NewID())
	}
	return run(a, cmd)
}

// Apply implements command.
func (cmd *ImportLines) Apply(tx *store.Tx) (Imported, error) {
	var done Imported
	agents, err := cmd.agents(tx)
	if err != nil {
		return done, err
	}
	for i := range cmd.Lines {
		l := &cmd.Lines[i]
		if l.Line.Customer == nil {
			continue
		}
		if _, again := tx.Imported(l.Key); again {
			done.Again++
			continue
		}
		turn, err := cmd.conversation(tx, l, agents)
		if err != nil {
			return done, err
		}
		if err := tx.SaveImported(l.Key, turn); err != nil {
			return done, err
		}
		done.Conversations++
		done.Messages += len(turn.Messages)
	}
	return done, nil
}

// conversation makes a line's conversation under the next number.
func (cmd *ImportLines) conversation(tx *store.Tx, l *ImportLine, agents map[string]desk.ID) (*desk.Turn, error) {
	customer, err := cmd.customer(tx, l)
	if err != nil {
		return nil, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return nil, err
	}
	past := desk.Past{
		Number: number, Customer: customer, Channel: l.Line.Channel,
		Archived: l.Line.Status == "archived", Resolved: l.Line.Status != "open",
		Bot: l.Line.Bot, Tags: l.Line.Tags, Unread: l.Line.Unread,
	}
	if l.Line.Agent != nil {
		past.Agent = agents[agentKey(*l.Line.Agent)]
	}
	for i := range l.Line.Messages {
		past.Messages = append(past.Messages, pastMessage(&l.Line.Messages[i], customer, past.Agent, agents))
	}
	turn, err := past.Turn(desk.Actor{Kind: desk.ActorSystem}, cmd.At)
	return &turn, err
}

// customer finds the line's customer, or makes them.
func (cmd *ImportLines) customer(tx *store.Tx, l *ImportLine) (desk.ID, error) {
	known, err := tx.CustomerByExternal(l.Line.Customer.ID)
	if err == nil {
		return known.ID, nil
	}
	if desk.CodeOf(err) != desk.CodeNotFound {
		return desk.ID{}, err
	}
	next, err := importedCustomer(l)
	if err != nil {
		return desk.ID{}, err
	}
	event := desk.Event{Type: desk.CustomerCreated, Subject: next.ID, At: cmd.At}
	return next.ID, tx.SaveCustomer(nil, &next, []desk.Event{event})
}

func importedCustomer(l *ImportLine) (desk.Customer, error) {
	c := l.Line.Customer
	attributes := make(map[string]*string, len(c.Attributes))
	for k, v := range c.Attributes {
		attributes[k] = &v
	}
	blank := desk.Customer{ID: l.Customer, External: c.ID, CreatedAt: l.Line.Messages[0].At}
	next, _, err := blank.Change(desk.Actor{}, &desk.CustomerChange{
		Name: &c.Name, Email: &c.Email, Phone: &c.Phone, Language: &c.Language, Attributes: attributes, Tags: &c.Tags,
	}, 0)
	return next, err
}

// CheckImport refuses a line that Import would refuse, without touching the store.
func CheckImport(l *interchange.Line) error {
	if l.Customer == nil {
		return checkAgents(l.Agents)
	}
	probe := &ImportLine{Line: l}
	if _, err := importedCustomer(probe); err != nil {
		return err
	}
	for email, described := range mentionedAgents([]ImportLine{*probe}) {
		if _, _, err := importedAgent(desk.ID{}, email, described, 0); err != nil {
			return err
		}
	}
	_, err := desk.CleanTags(l.Tags)
	return err
}

func checkAgents(agents []interchange.Agent) error {
	for i := range agents {
		role, err := desk.ParseRole(agents[i].Role)
		if err != nil {
			return err
		}
		if _, _, err := desk.NewAgent(desk.ID{}, agents[i].Name, agents[i].Email, role, "", desk.Actor{}, 0); err != nil {
			return err
		}
	}
	return nil
}

func pastMessage(m *interchange.Message, customer, assigned desk.ID, agents map[string]desk.ID) desk.Message {
	message := desk.Message{Kind: m.Kind(), Text: m.Text, At: m.At}
	author := assigned
	if m.Agent != "" {
		author = agents[agentKey(m.Agent)]
	}
	switch {
	case m.Kind() == desk.KindCustomer || m.By == "customer":
		message.Author = desk.CustomerActor(customer)
	case m.Kind() == desk.KindBot || m.By == "bot":
		message.Author = desk.Actor{Kind: desk.ActorBot}
	case m.By == "system":
		message.Author = desk.Actor{Kind: desk.ActorSystem}
	default:
		message.Author = desk.AgentActor(author)
	}
	if m.Kind() == desk.KindEvent {
		message.Line = &desk.EventLine{Type: desk.EventType(m.Event), From: agents[agentKey(m.Was)], To: agents[agentKey(m.Now)]}
	}
	return message
}
