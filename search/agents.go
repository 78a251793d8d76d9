package search

import (
	"strings"

	"parley/desk"
	"parley/store"
)

// meant is who the filters on a conversation's lead and team may mean: for each of
// their texts, any of the ids.
type meant struct{ agents, teams [][]desk.ID }

// whoIsMeant looks the filters' texts up. me is who asks.
func whoIsMeant(tx *store.Tx, f *Filter, me desk.ID) (m meant, err error) {
	if m.agents, err = leadsMeant(tx, f.Agents, me); err == nil {
		m.teams, err = teamsMeant(tx, f.Teams)
	}
	return m, err
}

// teamsMeant gives, for each text behind team:, the teams that it may mean: how the
// words of a name begin. A deleted team is none.
func teamsMeant(tx *store.Tx, texts []string) ([][]desk.ID, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	teams, err := tx.AgentTeams()
	if err != nil {
		return nil, err
	}
	meant := make([][]desk.ID, len(texts))
	for i, text := range texts {
		for k := range teams {
			if teams[k].Active && isName(teams[k].Name, text) {
				meant[i] = append(meant[i], teams[k].ID)
			}
		}
	}
	return meant, nil
}

// leadsMeant gives, for each text behind agent:, the agents that it may mean:
// "me", an e-mail address or the part before its @, or how the words of a name
// begin.
func leadsMeant(tx *store.Tx, texts []string, me desk.ID) ([][]desk.ID, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	agents, err := tx.Agents()
	if err != nil {
		return nil, err
	}
	meant := make([][]desk.ID, len(texts))
	for i, text := range texts {
		if text == "me" || text == "ben" {
			meant[i] = []desk.ID{me}
			continue
		}
		for k := range agents {
			if isAgent(&agents[k], text) {
				meant[i] = append(meant[i], agents[k].ID)
			}
		}
	}
	return meant, nil
}

// isAgent reports whether a folded text means the agent.
func isAgent(a *desk.Agent, text string) bool {
	email := Fold(a.Email)
	if local, _, _ := strings.Cut(email, "@"); text == email || text == local {
		return true
	}
	return isName(a.Name, text)
}

// isName reports whether every word of a folded text begins a word of a name.
func isName(name, text string) bool {
	names := strings.Fields(Fold(name))
	for _, asked := range strings.Fields(text) {
		isPart := false
		for _, name := range names {
			isPart = isPart || strings.HasPrefix(name, asked)
		}
		if !isPart {
			return false
		}
	}
	return true
}
