package search

import (
	"strings"

	"parley/desk"
	"parley/store"
)

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
	names := strings.Fields(Fold(a.Name))
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
