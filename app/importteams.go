package app

import (
	"slices"
	"strings"

	"parley/desk"
	"parley/interchange"
	"parley/search"
	"parley/store"
)

// teamKey is a team's name as it is compared.
func teamKey(name string) string {
	return search.Fold(strings.Join(strings.Fields(name), " "))
}

// mentionedTeam is a team that lines name.
type mentionedTeam struct {
	key, name string
	described *interchange.AgentTeam // nil where no line says more than the name
	past      bool                   // only threads tell of it: one that is not there counts as deleted
}

// mentionedTeams gives the teams in some lines, in the order in which they come,
// each once.
func mentionedTeams(lines []ImportLine) (all []mentionedTeam) {
	mention := func(name string) *mentionedTeam {
		key := teamKey(name)
		i := slices.IndexFunc(all, func(m mentionedTeam) bool { return m.key == key })
		if i < 0 {
			all, i = append(all, mentionedTeam{key: key, name: name, past: true}), len(all)
		}
		return &all[i]
	}
	for i := range lines {
		line := lines[i].Line
		for j := range line.Teams {
			if m := mention(line.Teams[j].Name); m.described == nil {
				m.name, m.described, m.past = line.Teams[j].Name, &line.Teams[j], false
			}
		}
		if line.AssignedTeam != "" {
			mention(line.AssignedTeam).past = false
		}
		for j := range line.Messages {
			for _, name := range line.Messages[j].TellsOfTeams() {
				mention(name)
			}
		}
	}
	return all
}

// teams finds the teams of the lines by their names and makes those that are not
// there, and reports how many those were.
func (cmd *ImportLines) teams(tx *store.Tx, agents map[string]desk.ID) (ids map[string]desk.ID, made int, err error) {
	ids = make(map[string]desk.ID)
	mentioned := mentionedTeams(cmd.Lines)
	if len(mentioned) == 0 {
		return ids, 0, nil
	}
	present, err := tx.AgentTeams()
	if err != nil {
		return nil, 0, err
	}
	for i := range mentioned {
		m := &mentioned[i]
		if known := m.find(present); known != nil {
			ids[m.key] = known.ID
			continue
		}
		team, events, err := importedAgentTeam(cmd.Teams[i], m, agents, cmd.At)
		if err != nil {
			return nil, 0, err
		}
		if err := tx.SaveAgentTeam(nil, &team, events); err != nil {
			return nil, 0, err
		}
		ids[m.key] = team.ID
		made++
	}
	return ids, made, nil
}

// find gives the team of this name, or nil: an active one, and where only threads
// tell of it also one that was deleted.
func (m *mentionedTeam) find(present []desk.AgentTeam) (found *desk.AgentTeam) {
	for i := range present {
		g := &present[i]
		if teamKey(g.Name) != m.key {
			continue
		}
		if g.Active {
			return g
		}
		if m.past {
			found = g
		}
	}
	return found
}

func importedAgentTeam(id desk.ID, m *mentionedTeam, agents map[string]desk.ID, now desk.Time) (desk.AgentTeam, []desk.Event, error) {
	members := []desk.ID{}
	if m.described != nil {
		for _, email := range m.described.Members {
			members = append(members, agents[desk.FoldEmail(email)])
		}
	}
	blank := desk.AgentTeam{ID: id, Active: !m.past}
	return blank.Change(desk.Actor{}, &desk.AgentTeamChange{Name: &m.name, Members: &members}, now)
}
