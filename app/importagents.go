package app

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// mentionedAgents gives the e-mail addresses of all agents in some lines, in the
// order in which they come, each once.
func mentionedAgents(lines []ImportLine) iter.Seq2[string, *interchange.Agent] {
	return func(yield func(string, *interchange.Agent) bool) {
		seen := map[string]bool{"": true}
		give := func(email string, agent *interchange.Agent) bool {
			key := desk.FoldEmail(email)
			if seen[key] {
				return true
			}
			seen[key] = true
			return yield(key, agent)
		}
		for i := range lines {
			for j := range lines[i].Line.Agents {
				if agent := &lines[i].Line.Agents[j]; !give(agent.Email, agent) {
					return
				}
			}
			for email := range namedAgents(lines[i].Line) {
				if !give(email, nil) {
					return
				}
			}
		}
	}
}

// namedAgents gives every e-mail address of an agent in a line that says no more
// about them; some are empty.
func namedAgents(l *interchange.Line) iter.Seq[string] {
	return func(yield func(string) bool) {
		switch {
		case l.Agent != nil && !yield(*l.Agent),
			l.Reply != nil && !yield(l.Reply.Owner),
			l.Customer != nil && l.Customer.Blocked != nil && !yield(l.Customer.Blocked.By):
			return
		}
		for i := range l.Messages {
			m := &l.Messages[i]
			if !yield(m.Agent) || (!m.IsOfTeams() && (!yield(m.Was) || !yield(m.Now))) {
				return
			}
		}
		for i := range l.Teams {
			for _, email := range l.Teams[i].Members {
				if !yield(email) {
					return
				}
			}
		}
		for i := 0; l.Customer != nil && i < len(l.Customer.Notes); i++ {
			if !yield(l.Customer.Notes[i].By) {
				return
			}
		}
	}
}

// agents finds the agents of the lines by e-mail address and makes those whom
// the team does not know, and reports how many those were: they cannot sign in
// until they get a password.
func (cmd *ImportLines) agents(tx *store.Tx) (ids map[string]desk.ID, made int, err error) {
	ids = make(map[string]desk.ID)
	next := 0
	for email, described := range mentionedAgents(cmd.Lines) {
		id := cmd.Agents[next]
		next++
		known, err := tx.AgentByEmail(email)
		if err == nil {
			ids[email] = known.ID
			continue
		}
		if !desk.IsNotFound(err) {
			return nil, 0, err
		}
		agent, events, err := importedAgent(id, email, described, cmd.At)
		if err != nil {
			return nil, 0, err
		}
		if err := tx.SaveAgent(nil, &agent, events); err != nil {
			return nil, 0, err
		}
		if agent.Photo != "" {
			if err := tx.SaveAgentPhoto(agent.Photo, described.Photo); err != nil {
				return nil, 0, err
			}
		}
		ids[email] = id
		made++
	}
	return ids, made, nil
}

func importedAgent(id desk.ID, email string, described *interchange.Agent, now desk.Time) (desk.Agent, []desk.Event, error) {
	name, language, role, active := nameOf(email), "", desk.RoleAgent, true
	if described != nil {
		parsed, err := desk.ParseRole(described.Role)
		if err != nil {
			return desk.Agent{}, nil, err
		}
		name, language, role, active = described.Name, described.Language, parsed, described.Active
	}
	agent, events, err := desk.NewAgent(id, name, email, role, language, desk.Actor{}, now)
	agent.Active = active
	if err == nil && described != nil {
		agent.Photo, err = importedPhoto(id, described.Photo)
	}
	return agent, events, err
}

// nameOf makes a name of an e-mail address: ada.kaya@example.com is Ada Kaya.
func nameOf(email string) string {
	local, _, _ := strings.Cut(email, "@")
	words := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' || r == '-' })
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		words[i] = string(unicode.ToUpper(first)) + word[size:]
	}
	for _, name := range []string{strings.Join(words, " "), email} {
		runes := []rune(name)
		if clean, err := desk.CleanName("name", string(runes[:min(len(runes), desk.MaxNameRunes)]), desk.MaxNameRunes); err == nil {
			return clean
		}
	}
	return email
}
