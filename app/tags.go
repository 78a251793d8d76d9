package app

import (
	"slices"

	"parley/desk"
	"parley/store"
)

// tag replaces the tags.
func tag(_ *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	return c.Tag(desk.AgentActor(cmd.By), cmd.Tags, cmd.At)
}

// addTags adds to the tags: what others have added meanwhile stays. Refused:
// CodeTooMany when there would be more than a conversation takes.
func addTags(_ *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	more, err := desk.CleanTags(cmd.Tags)
	if err != nil {
		return desk.Turn{}, err
	}
	all := slices.Clone(c.Tags)
	for _, tag := range more {
		if !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return c.Tag(desk.AgentActor(cmd.By), all, cmd.At)
}

// removeTags takes tags away, where they are.
func removeTags(_ *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	gone, err := desk.CleanTags(cmd.Tags)
	if err != nil {
		return desk.Turn{}, err
	}
	left := slices.DeleteFunc(slices.Clone(c.Tags), func(tag string) bool { return slices.Contains(gone, tag) })
	return c.Tag(desk.AgentActor(cmd.By), left, cmd.At)
}
