package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Replies reads the saved replies that an agent may see.
func (a *App) Replies(by desk.ID) ([]wire.Reply, error) {
	return view(a, func(tx *store.Tx) ([]wire.Reply, error) {
		replies, err := tx.Replies(by)
		shapes := make([]wire.Reply, 0, len(replies))
		for i := range replies {
			shapes = append(shapes, wire.FromReply(&replies[i]))
		}
		return shapes, err
	})
}

// SaveReply makes (New) or changes a saved reply.
type SaveReply struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.ReplyChange
	At     desk.Time
}

// SaveReply makes or changes a saved reply. Refused: CodeTaken for a shortcut in
// use, CodeNotFound for a reply of somebody else, CodeTooMany where there is no room.
func (a *App) SaveReply(cmd SaveReply) (wire.Reply, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveReply) Apply(tx *store.Tx) (wire.Reply, error) {
	if _, err := allow(tx, cmd.By, desk.ActionEditReplies); err != nil {
		return wire.Reply{}, err
	}
	before, err := ownReply(tx, cmd.ID, cmd.By)
	if cmd.New {
		before, err = desk.Reply{ID: cmd.ID, Enabled: true}, nil
	}
	if err != nil {
		return wire.Reply{}, err
	}
	next, events, err := before.Change(desk.AgentActor(cmd.By), &cmd.Change, cmd.At)
	if err != nil {
		return wire.Reply{}, err
	}
	if cmd.New && (next.Title == "" || next.Text == "") {
		return wire.Reply{}, desk.Refuse(desk.CodeEmpty, "title", "A saved reply needs a title and a text.")
	}
	old := &before
	if cmd.New {
		old = nil
	}
	if err := saveReply(tx, old, &next, events); err != nil {
		return wire.Reply{}, err
	}
	if len(events) == 0 {
		next = before
	}
	return wire.FromReply(&next), nil
}

// saveReply saves a saved reply if its owner has room for it; before is nil for a new one.
func saveReply(tx *store.Tx, before, next *desk.Reply, events []desk.Event) error {
	if before == nil || before.Owner != next.Owner {
		if err := desk.ReplyRoom(next.Owner, tx.CountReplies(next.Owner)); err != nil {
			return err
		}
	}
	return tx.SaveReply(before, next, events)
}

// ownReply reads a saved reply; somebody else's own does not exist.
func ownReply(tx *store.Tx, id, by desk.ID) (desk.Reply, error) {
	reply, err := tx.Reply(id)
	if err == nil && !reply.VisibleTo(by) {
		err = desk.NotFound("saved reply")
	}
	return reply, err
}

// DeleteReply takes a saved reply away.
type DeleteReply struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteReply takes a saved reply away; one that is gone already stays so.
func (a *App) DeleteReply(cmd DeleteReply) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteReply) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionEditReplies); err != nil {
		return struct{}{}, err
	}
	reply, err := ownReply(tx, cmd.ID, cmd.By)
	if desk.IsNotFound(err) { // gone, or never there for this agent
		return struct{}{}, nil
	}
	if err != nil {
		return struct{}{}, err
	}
	by := desk.AgentActor(cmd.By)
	return struct{}{}, tx.DeleteReply(&reply, []desk.Event{{Type: desk.ReplyDeleted, Subject: cmd.ID, From: reply.Owner, Actor: by, At: cmd.At}})
}

// UseReply counts a use of a saved reply.
type UseReply struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// UseReply counts a use of a saved reply.
func (a *App) UseReply(cmd UseReply) (wire.Reply, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *UseReply) Apply(tx *store.Tx) (wire.Reply, error) {
	if _, err := allow(tx, cmd.By, desk.ActionReply); err != nil {
		return wire.Reply{}, err
	}
	before, err := ownReply(tx, cmd.ID, cmd.By)
	if err != nil {
		return wire.Reply{}, err
	}
	next, events := before.Use(desk.AgentActor(cmd.By), cmd.At)
	if err := tx.SaveReply(&before, &next, events); err != nil {
		return wire.Reply{}, err
	}
	return wire.FromReply(&next), nil
}
