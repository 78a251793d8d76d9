package app

import (
	"strconv"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// ChannelThread is a piece of a thread as its customer sees it.
type ChannelThread struct {
	ChannelConversation
	Messages []wire.VisitorMessage `json:"messages" nullable:"false" doc:"In order, without the team's notes."`
	Before   bool                  `json:"before" doc:"Whether older ones may exist."`
	After    bool                  `json:"after" doc:"Whether newer ones may exist."`
}

// ChannelPage is a page of a token's conversations.
type ChannelPage struct {
	Conversations []ChannelConversation `json:"conversations" nullable:"false" doc:"The newest first."`
	Next          string                `json:"next" doc:"The cursor of the next page; empty at the end."`
}

// ChannelMessages reads a piece of a thread that came with a token.
func (a *App) ChannelMessages(token desk.ID, q MessageQuery) (ChannelThread, error) {
	return view(a, func(tx *store.Tx) (ChannelThread, error) {
		c, err := channelConversation(tx, token, q.Number)
		if err != nil {
			return ChannelThread{}, err
		}
		var thread ChannelThread
		if thread.ChannelConversation, err = channelShape(tx, a.handles, &c, a.Now()); err != nil {
			return ChannelThread{}, err
		}
		shown, from, to, err := shownMessages(tx, &c, &q)
		if err != nil {
			return ChannelThread{}, err
		}
		thread.Before, thread.After = from > 1, to < c.Messages
		thread.Messages, err = wire.VisitorMessagesOf(tx, a.handles, shown)
		return thread, err
	})
}

// ChannelConversations reads a page of the conversations that came with a token,
// with numbers below before (0 for all).
func (a *App) ChannelConversations(token desk.ID, before desk.Number, limit int) (ChannelPage, error) {
	return view(a, func(tx *store.Tx) (ChannelPage, error) {
		numbers := tx.ChannelConversations(token, before, limit)
		page := ChannelPage{Conversations: make([]ChannelConversation, 0, len(numbers))}
		for _, n := range numbers {
			c, err := tx.Conversation(n)
			if err != nil {
				return ChannelPage{}, err
			}
			shape, err := channelShape(tx, a.handles, &c, a.Now())
			if err != nil {
				return ChannelPage{}, err
			}
			page.Conversations = append(page.Conversations, shape)
		}
		if len(numbers) == limit {
			page.Next = strconv.FormatUint(uint64(numbers[limit-1]), 10)
		}
		return page, nil
	})
}

// ChannelFile reads an attachment for a token: one that was said in a conversation
// that came with it, or one that it has uploaded.
func (a *App) ChannelFile(token *desk.ChannelToken, id desk.ID) (desk.Attachment, error) {
	return view(a, func(tx *store.Tx) (desk.Attachment, error) {
		file, err := tx.Attachment(id)
		switch {
		case err != nil:
			return desk.Attachment{}, err
		case !file.Complete:
			return desk.Attachment{}, desk.NotFound("attachment")
		case file.Owner == token.Owner():
			return file, nil
		}
		c, err := channelConversation(tx, token.ID, file.Number)
		return shownFile(tx, &file, &c, err)
	})
}

// channelConversation reads a conversation that came with a token; any other does
// not exist.
func channelConversation(tx *store.Tx, token desk.ID, n desk.Number) (desk.Conversation, error) {
	if !tx.OfChannel(token, n) {
		return desk.Conversation{}, desk.NotFound("conversation")
	}
	return tx.Conversation(n)
}

func channelShape(tx *store.Tx, handles *wire.Handles, c *desk.Conversation, now desk.Time) (ChannelConversation, error) {
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return ChannelConversation{}, err
	}
	shape, err := wire.VisitorConversationOf(tx, handles, c)
	return ChannelConversation{
		Number: c.Number, Conversation: shape,
		Customer: ChannelCustomer{ID: customer.ID, External: customer.External, Blocked: customer.IsBlocked(now)},
	}, err
}
