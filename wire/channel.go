package wire

import "parley/desk"

// ChannelToken is a token with which another system writes on behalf of customers,
// without its secret.
type ChannelToken struct {
	ID        desk.ID    `json:"id"`
	Name      string     `json:"name"`
	By        *desk.ID   `json:"by" nullable:"true" doc:"The agent who made it."`
	CreatedAt desk.Time  `json:"created_at"`
	UsedAt    *desk.Time `json:"used_at,omitempty" doc:"To five minutes; absent for never."`
}

// FromChannelToken builds a channel token's shape.
func FromChannelToken(t *desk.ChannelToken) ChannelToken {
	return ChannelToken{ID: t.ID, Name: t.Name, By: idOrNil(t.By), CreatedAt: t.CreatedAt, UsedAt: timeOrNil(t.UsedAt)}
}
