package desk

// ChannelToken lets another system write on behalf of customers. Whoever has the
// secret acts; it is shown once and only its hash is kept.
type ChannelToken struct {
	ID        ID
	Name      string // what it is for, such as the shop's contact form
	Hash      [32]byte
	By        ID // the agent who made it
	CreatedAt Time
	UsedAt    Time // roughly; zero for never
}

// What can happen to channel tokens.
const (
	ChannelTokenSaved   EventType = "channel_token.saved"
	ChannelTokenDeleted EventType = "channel_token.deleted"
)

// MaxChannelTokens is how many there may be at a time.
const MaxChannelTokens = 100

// NewChannelToken checks the fields of a new token.
func NewChannelToken(id ID, name string, hash [32]byte, by Actor, now Time) (ChannelToken, []Event, error) {
	clean, err := CleanName("name", name, MaxNameRunes)
	if err != nil {
		return ChannelToken{}, nil, err
	}
	token := ChannelToken{ID: id, Name: clean, Hash: hash, By: by.ID, CreatedAt: now}
	return token, token.saved(by, now), nil
}

// Rotate puts another secret in the place of the one before, which is good for
// nothing from now on.
func (t *ChannelToken) Rotate(by Actor, hash [32]byte, now Time) (ChannelToken, []Event) {
	next := *t
	next.Hash = hash
	return next, next.saved(by, now)
}

func (t *ChannelToken) saved(by Actor, now Time) []Event {
	return []Event{{Type: ChannelTokenSaved, Subject: t.ID, Actor: by, At: now}}
}

// Owner is whose the files are that came with the token, until a message has them.
func (t *ChannelToken) Owner() Actor { return Actor{Kind: ActorSystem, ID: t.ID} }
