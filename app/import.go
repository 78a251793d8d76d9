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
	// Customer is the id that the customer gets if they are new and bring none.
	Customer desk.ID
}

// ImportLines is a piece of an import: what it makes is saved together.
type ImportLines struct {
	Lines  []ImportLine
	Agents []desk.ID
	Teams  []desk.ID
	At     desk.Time
}

// Imported counts what a piece of an import did.
type Imported struct {
	Conversations int
	Messages      int
	Records       int // customers, agents, saved replies and the like that were made
	Again         int // conversations that had been imported before
}

// Import saves a piece of an import. What is there already is left as it is: a
// conversation whose line was imported before, a customer, an agent or a saved
// reply with the same id, a team that has been set up. One that cannot be made is
// refused with the whole piece, so check lines with CheckImport first.
func (a *App) Import(lines []ImportLine) (Imported, error) {
	for i := range lines {
		lines[i].Customer = NewID()
	}
	cmd := &ImportLines{Lines: lines, At: a.Now()}
	for range mentionedAgents(lines) {
		cmd.Agents = append(cmd.Agents, NewID())
	}
	for range mentionedTeams(lines) {
		cmd.Teams = append(cmd.Teams, NewID())
	}
	return run(a, cmd)
}

// Apply implements command.
func (cmd *ImportLines) Apply(tx *store.Tx) (Imported, error) {
	var done Imported
	agents, made, err := cmd.agents(tx)
	if err != nil {
		return done, err
	}
	teams, founded, err := cmd.teams(tx, agents)
	if err != nil {
		return done, err
	}
	done.Records = made + founded
	for i := range cmd.Lines {
		l := &cmd.Lines[i]
		if !l.Line.IsConversation() {
			made, err := cmd.record(tx, l, agents)
			if err != nil {
				return done, err
			}
			done.Records += made
			continue
		}
		if _, again := tx.Imported(l.Key); again {
			done.Again++
			continue
		}
		turn, err := cmd.conversation(tx, l, agents, teams)
		if err != nil {
			return done, err
		}
		done.Conversations++
		done.Messages += len(turn.Messages)
	}
	return done, nil
}

// conversation saves a line's conversation under the next number.
func (cmd *ImportLines) conversation(tx *store.Tx, l *ImportLine, agents, teams map[string]desk.ID) (*desk.Turn, error) {
	customer, err := cmd.customer(tx, l)
	if err != nil {
		return nil, err
	}
	number, err := tx.NextNumber()
	if err != nil {
		return nil, err
	}
	past := pastOf(l.Line, number, customer, agents, teams)
	files, err := attach(tx, l, &past)
	if err != nil {
		return nil, err
	}
	turn, err := past.Turn(desk.Actor{Kind: desk.ActorSystem}, cmd.At)
	if err != nil {
		return nil, err
	}
	if err := tx.SaveImported(l.Key, &turn); err != nil {
		return nil, err
	}
	for i := range files {
		if err := tx.SaveAttachment(&files[i]); err != nil {
			return nil, err
		}
	}
	return &turn, nil
}

// pastOf is what a line says of a conversation.
func pastOf(line *interchange.Line, number desk.Number, customer desk.ID, agents, teams map[string]desk.ID) desk.Past {
	past := desk.Past{
		Number: number, Customer: customer, Channel: line.Channel,
		Archived: line.Status == "archived", Resolved: line.Status != "open",
		Bot: line.Bot, Tags: line.Tags, Unread: line.Unread,
		ResolvedAt: line.ResolvedAt, TeamRead: line.TeamRead, CustomerDelivered: line.CustomerDelivered,
		CustomerRead: line.CustomerRead, CustomerUnread: line.CustomerUnread,
		Category: line.Category, Site: line.Site, Misses: line.Misses,
	}
	if line.Rating != nil {
		past.Rating = &desk.Rating{Score: line.Rating.Score, Comment: line.Rating.Comment, At: line.Rating.At}
	}
	if line.Agent != nil {
		past.Agent = agents[desk.FoldEmail(*line.Agent)]
	}
	past.Team = teams[teamKey(line.AssignedTeam)]
	for i := range line.Messages {
		past.Messages = append(past.Messages, pastMessage(&line.Messages[i], customer, past.Agent, agents, teams))
	}
	return past
}

// CheckImport refuses a line that Import would refuse, without touching the store.
func CheckImport(l *interchange.Line) error {
	for email, described := range mentionedAgents([]ImportLine{{Line: l}}) {
		if _, _, err := importedAgent(desk.ID{}, email, described, 0); err != nil {
			return err
		}
	}
	for _, m := range mentionedTeams([]ImportLine{{Line: l}}) {
		if _, _, err := importedAgentTeam(desk.ID{}, &m, nil, 0); err != nil {
			return err
		}
	}
	if !l.IsConversation() {
		return checkRecord(l)
	}
	if _, err := importedCustomer(l.Customer, desk.ID{}, 0, nil); err != nil {
		return err
	}
	_, err := desk.CleanTags(l.Tags)
	return err
}

func pastMessage(m *interchange.Message, customer, assigned desk.ID, agents, teams map[string]desk.ID) desk.Message {
	message := desk.Message{Kind: m.Kind(), Text: m.Text, At: m.At, Choices: m.Choices}
	for _, origin := range m.Sources {
		message.Sources = append(message.Sources, pastSource(origin))
	}
	author := assigned
	if m.Agent != "" {
		author = agents[desk.FoldEmail(m.Agent)]
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
		message.Line = &desk.EventLine{
			Type: desk.EventType(m.Event), From: agents[desk.FoldEmail(m.Was)], To: agents[desk.FoldEmail(m.Now)],
			Added: m.Added, Removed: m.Removed, Reason: m.Reason,
		}
		if m.IsOfTeams() {
			message.Line.From, message.Line.To = teams[teamKey(m.Was)], teams[teamKey(m.Now)]
		}
	}
	return message
}

func pastSource(o interchange.Origin) desk.Source {
	kind := desk.SourceMessage
	if o.Kind == desk.SourceKnowledge.String() {
		kind = desk.SourceKnowledge
	}
	return desk.Source{Kind: kind, ID: o.ID, Number: o.Number, Seq: o.Seq}
}
