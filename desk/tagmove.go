package desk

// TagMove puts one tag in another's place in every conversation that has it, or takes
// it away. There may be very many, so it is done a piece at a time.
type TagMove struct {
	From string
	To   string // "": it goes
	By   ID     // the agent who wants it
}

// What can happen to a tag as a whole. The events of the conversations follow.
const (
	TagRenamed EventType = "tag.renamed"
	TagDeleted EventType = "tag.deleted"
)

// NewTagMove checks what is wanted; others are the moves that still go on. Refused:
// CodeConflict where one of them has to do with the same tags, so that none waits for
// another; CodeInvalid for a tag that stays as it is.
func NewTagMove(from, to string, by ID, others []TagMove, now Time) (TagMove, []Event, error) {
	move, kind := TagMove{By: by}, TagDeleted
	var err error
	if move.From, err = cleanTag("from", from); err != nil {
		return TagMove{}, nil, err
	}
	if to != "" {
		kind = TagRenamed
		if move.To, err = cleanTag("to", to); err != nil {
			return TagMove{}, nil, err
		}
	}
	if move.From == move.To {
		return TagMove{}, nil, Refuse(CodeInvalid, "to", "The tag is called so already.")
	}
	for _, other := range others {
		if other.From == move.From || other.From == move.To || other.To == move.From {
			return TagMove{}, nil, Refuse(CodeConflict, "", "One of these tags is being changed already; try again in a moment.")
		}
	}
	return move, []Event{{Type: kind, Actor: AgentActor(by), At: now}}, nil
}

func cleanTag(field, tag string) (string, error) {
	name, err := CleanName(field, tag, MaxTagRunes)
	return lowerTag(name), err
}

// Moved are a conversation's tags after a move.
func (m *TagMove) Moved(tags []string) []string {
	next := make([]string, 0, len(tags)+1)
	for _, tag := range tags {
		if tag != m.From {
			next = append(next, tag)
		}
	}
	if m.To != "" {
		next = append(next, m.To)
	}
	return next
}
