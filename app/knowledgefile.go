package app

import (
	"errors"
	"fmt"

	"parley/desk"
	"parley/search"
	"parley/store"
)

// KnowledgeItem is an entry of the knowledge list as it is exported and imported.
type KnowledgeItem struct {
	Language  string   `json:"language" enum:"tr,en"`
	Questions []string `json:"questions" nullable:"false" doc:"1 to 30 of at most 300 characters; the first is its title."`
	Answer    string   `json:"answer" doc:"At most 4 KiB."`
	Choices   []string `json:"choices,omitempty" nullable:"false" doc:"At most 6 of at most 60 characters."`
	Enabled   *bool    `json:"enabled,omitempty" doc:"Absent: true."`
}

// ExportKnowledge reads the whole knowledge list, in the order in which it was made.
func (a *App) ExportKnowledge() ([]KnowledgeItem, error) {
	return view(a, func(tx *store.Tx) ([]KnowledgeItem, error) {
		all, err := tx.AllKnowledge()
		items := make([]KnowledgeItem, 0, len(all))
		for i := range all {
			k := &all[i]
			items = append(items, KnowledgeItem{k.Language, k.Questions, k.Answer, k.Choices, &k.Enabled})
		}
		return items, err
	})
}

// ImportKnowledge takes entries in. One whose language and first question are there
// already, in any spelling, is changed; the others are new. So the same import again
// changes nothing, and a long list may come in pieces.
type ImportKnowledge struct {
	By    desk.ID
	Items []KnowledgeItem
	IDs   []desk.ID // one for each item, for those that are new
	At    desk.Time
}

// KnowledgeImport is what an import did.
type KnowledgeImport struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// ImportKnowledge takes entries in, all or none. A refusal names the entry.
func (a *App) ImportKnowledge(cmd ImportKnowledge) (KnowledgeImport, error) {
	cmd.At = a.Now()
	for range cmd.Items {
		cmd.IDs = append(cmd.IDs, NewID())
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *ImportKnowledge) Apply(tx *store.Tx) (KnowledgeImport, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return KnowledgeImport{}, err
	}
	all, err := tx.AllKnowledge()
	if err != nil {
		return KnowledgeImport{}, err
	}
	known := make(map[string]*desk.Knowledge, len(all))
	for i := range all {
		known[titleOf(all[i].Language, all[i].Questions)] = &all[i]
	}
	steps, done, err := cmd.plan(known)
	if err != nil {
		return KnowledgeImport{}, err
	}
	if len(all)+done.Added > desk.MaxKnowledge {
		return KnowledgeImport{}, roomForKnowledge(tx, done.Added)
	}
	events := []desk.Event{{Type: desk.KnowledgeImported, Actor: desk.AgentActor(cmd.By), At: cmd.At}}
	for i := range steps {
		if err := tx.SaveKnowledge(steps[i].before, &steps[i].next, true, events); err != nil {
			return KnowledgeImport{}, err
		}
		events = nil // one for all of them
	}
	return done, nil
}

// importStep is one entry to be saved.
type importStep struct {
	before *desk.Knowledge
	next   desk.Knowledge
}

// plan decides everything before anything is written.
func (cmd *ImportKnowledge) plan(known map[string]*desk.Knowledge) (steps []importStep, done KnowledgeImport, err error) {
	planned := map[string]bool{}
	for i := range cmd.Items {
		item := &cmd.Items[i]
		title := titleOf(item.Language, item.Questions)
		if planned[title] {
			return nil, done, inItem(i, desk.Refuse(desk.CodeConflict, "questions", "Two entries begin with the same question."))
		}
		planned[title] = true
		before := known[title]
		present := before
		if before == nil {
			present = &desk.Knowledge{ID: cmd.IDs[i]}
		}
		next, events, err := present.Change(desk.AgentActor(cmd.By), item.change(), cmd.At)
		switch {
		case err != nil:
			return nil, done, inItem(i, err)
		case before == nil:
			done.Added++
		case len(events) == 0:
			done.Same++
			continue
		default:
			done.Changed++
		}
		steps = append(steps, importStep{before, next})
	}
	return steps, done, nil
}

func (item *KnowledgeItem) change() *desk.KnowledgeChange {
	enabled := item.Enabled == nil || *item.Enabled
	return &desk.KnowledgeChange{
		Language: &item.Language, Questions: &item.Questions, Answer: &item.Answer, Choices: &item.Choices, Enabled: &enabled,
	}
}

// titleOf is by what an entry is known again.
func titleOf(language string, questions []string) string {
	if len(questions) == 0 {
		return language
	}
	return language + " " + search.Fold(questions[0])
}

// inItem says in which entry a refusal is.
func inItem(i int, err error) error {
	var refusal *desk.Error
	if !errors.As(err, &refusal) {
		return err
	}
	return desk.Refuse(refusal.Code, fmt.Sprintf("knowledge[%d].%s", i, refusal.Field), refusal.Detail)
}
