package desk

// Rating is what a customer thinks of a conversation.
type Rating struct {
	Score   uint8 // 1 to 5
	Comment string
	At      Time
}

// MaxCommentBytes bounds a rating's comment.
const MaxCommentBytes = 2 << 10

// Seen says that the customer has seen everything up to a seq. unread is how many
// messages of agents and the bot come after it.
func (c *Conversation) Seen(seq, unread uint64, now Time) Turn {
	t := c.turn()
	seq = min(seq, c.Messages)
	if seq <= c.CustomerRead {
		return t
	}
	next := &t.Conversation
	next.CustomerRead, next.CustomerUnread = seq, unread
	next.CustomerDelivered = max(c.CustomerDelivered, seq)
	t.note(ConversationSeen, CustomerActor(c.Customer), now)
	return t
}

// Delivered says that a device of the customer has everything up to a seq.
func (c *Conversation) Delivered(seq uint64, now Time) Turn {
	t := c.turn()
	seq = min(seq, c.Messages)
	if seq <= c.CustomerDelivered {
		return t
	}
	t.Conversation.CustomerDelivered = seq
	t.note(ConversationDelivered, CustomerActor(c.Customer), now)
	return t
}

// Rate keeps what the customer thinks of a resolved conversation; a later rating
// takes the place of an earlier one. Refused: CodeInvalid for a score outside of 1
// to 5, CodeConflict while the conversation is open.
func (c *Conversation) Rate(score int, comment string, now Time) (Turn, error) {
	if score < 1 || score > 5 {
		return Turn{}, Refuse(CodeInvalid, "score", "A score is a number from 1 to 5.")
	}
	if err := CheckText("comment", comment, MaxCommentBytes); err != nil {
		return Turn{}, err
	}
	if c.State != Resolved {
		return Turn{}, Refuse(CodeConflict, "", "Only a resolved conversation can be rated.")
	}
	t := c.turn()
	if c.Rating != nil && c.Rating.Score == uint8(score) && c.Rating.Comment == comment {
		return t, nil
	}
	t.Conversation.Rating = &Rating{Score: uint8(score), Comment: comment, At: now}
	t.note(ConversationRated, CustomerActor(c.Customer), now)
	return t, nil
}
