package app

import (
	"parley/desk"
	"parley/store"
)

// saveCursor saves how far a follower has come; it never goes back.
func saveCursor(tx *store.Tx, follower string, cursor uint64) error {
	if tx.HasCursor(follower) && cursor <= tx.Cursor(follower) {
		return nil
	}
	return tx.SetCursor(follower, min(cursor, tx.Head()))
}

// Park keeps an event that a follower passes over.
type Park struct {
	Row    store.Parked
	Cursor uint64
}

// Park keeps an event that a follower passes over, together with how far it has come
// then; 0 for a follower that does not keep that in the store.
func (a *App) Park(row store.Parked, cursor uint64) error {
	row.At = a.Now()
	_, err := run(a, &Park{row, cursor})
	return err
}

// Apply implements command.
func (cmd *Park) Apply(tx *store.Tx) (struct{}, error) {
	err := tx.Park(&cmd.Row)
	if err == nil && cmd.Cursor > 0 {
		err = saveCursor(tx, cmd.Row.Follower, cmd.Cursor)
	}
	return struct{}{}, err
}

// keepParked is Park for the index, whose cursor is in the index itself. That goes on
// also when the store takes nothing: the row is but news.
func (a *App) keepParked(row store.Parked) {
	if err := a.Park(row, 0); err != nil {
		a.log.Error("that an event was passed over could not be kept", "follower", row.Follower, "sequence", row.Sequence, "err", err)
	}
}

// Parked is an event that a follower could not handle and has passed over.
type Parked struct {
	Follower string    `json:"follower"`
	Sequence uint64    `json:"sequence"`
	At       desk.Time `json:"at"`
	Error    string    `json:"error"`
}

// Parked reads what the followers have passed over.
func (a *App) Parked() ([]Parked, error) {
	return view(a, func(tx *store.Tx) ([]Parked, error) {
		all, err := tx.Parked()
		shapes := make([]Parked, 0, len(all))
		for _, p := range all {
			shapes = append(shapes, Parked(p))
		}
		return shapes, err
	})
}

// ParkedEvents is how many events the followers have passed over, of those that are kept.
func (a *App) ParkedEvents() int {
	all, _ := a.Parked() // what cannot be read is told by Parked and by the check
	return len(all)
}
