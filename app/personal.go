package app

import (
	"encoding/json"

	"parley/desk"
	"parley/store"
)

// Draft is a text that an agent has begun and not sent.
type Draft struct {
	Number desk.Number `json:"number"`
	Note   bool        `json:"note"`
	Text   string      `json:"text"`
	At     desk.Time   `json:"at"`
}

// Drafts reads an agent's drafts, in one conversation or (0) in all.
func (a *App) Drafts(by desk.ID, n desk.Number) ([]Draft, error) {
	return view(a, func(tx *store.Tx) ([]Draft, error) {
		found, err := tx.Drafts(by, n)
		drafts := make([]Draft, 0, len(found))
		for _, d := range found {
			drafts = append(drafts, Draft(d))
		}
		return drafts, err
	})
}

// SaveDraft keeps what an agent has begun to write; an empty text takes it away.
type SaveDraft struct {
	By    desk.ID
	Draft store.Draft
}

// SaveDraft keeps what an agent has begun to write.
func (a *App) SaveDraft(by desk.ID, d Draft) (Draft, error) {
	if err := desk.CheckText("text", d.Text, desk.MaxTextBytes); err != nil {
		return Draft{}, err
	}
	d.At = a.Now()
	return run(a, &SaveDraft{By: by, Draft: store.Draft(d)})
}

// Apply implements command.
func (cmd *SaveDraft) Apply(tx *store.Tx) (Draft, error) {
	if _, err := allow(tx, cmd.By, desk.ActionReply); err != nil {
		return Draft{}, err
	}
	if _, err := tx.Conversation(cmd.Draft.Number); err != nil {
		return Draft{}, err
	}
	return Draft(cmd.Draft), tx.SaveDraft(cmd.By, &cmd.Draft)
}

// maxPreferences is how long an agent's settings may be, in bytes of JSON.
const maxPreferences = 16 << 10

// SetPreferences keeps an agent's settings of the page.
type SetPreferences struct {
	By     desk.ID
	Object json.RawMessage
}

// SetPreferences keeps an agent's settings of the page: a JSON object that the
// server does not look into.
func (a *App) SetPreferences(by desk.ID, object json.RawMessage) (Me, error) {
	var members map[string]json.RawMessage
	if len(object) > maxPreferences {
		return Me{}, desk.Refuse(desk.CodeTooLong, "preferences", "The preferences take at most 16 KiB.")
	}
	if err := json.Unmarshal(object, &members); err != nil || members == nil {
		return Me{}, desk.Refuse(desk.CodeInvalid, "preferences", "The preferences are a JSON object.")
	}
	return run(a, &SetPreferences{By: by, Object: object})
}

// Apply implements command.
func (cmd *SetPreferences) Apply(tx *store.Tx) (Me, error) {
	if _, err := allow(tx, cmd.By, desk.ActionSelf); err != nil {
		return Me{}, err
	}
	if err := tx.SetPreferences(cmd.By, cmd.Object); err != nil {
		return Me{}, err
	}
	return meOf(tx, cmd.By)
}

// Tag is a tag in use.
type Tag struct {
	Tag   string `json:"tag"`
	Count int    `json:"count" doc:"Conversations that have it; 1000 stands for that and more."`
}

// Tags lists the tags in use.
func (a *App) Tags() ([]Tag, error) {
	return view(a, func(tx *store.Tx) ([]Tag, error) {
		found := tx.Tags()
		tags := make([]Tag, 0, len(found))
		for _, t := range found {
			tags = append(tags, Tag(t))
		}
		return tags, nil
	})
}
