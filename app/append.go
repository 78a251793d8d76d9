package app

import (
	"strconv"

	"parley/wire"
)

// The answers that are asked for all day write their own JSON; see wire.Appender.

// AppendJSON appends the page.
func (p ConversationPage) AppendJSON(b []byte) []byte {
	b = append(b, `{"conversations":`...)
	if p.encoded != nil {
		b = append(b, p.encoded...)
	} else {
		b = wire.AppendConversations(b, p.Conversations)
	}
	b = wire.AppendText(append(b, `,"next":`...), p.Next)
	b = strconv.AppendUint(append(b, `,"sequence":`...), p.Sequence, 10)
	return append(b, '}')
}

// AppendJSON appends the thread.
func (t Thread) AppendJSON(b []byte) []byte {
	b = t.Conversation.AppendJSON(append(b, `{"conversation":`...))
	b = wire.AppendMessages(append(b, `,"messages":`...), t.Messages)
	b = strconv.AppendBool(append(b, `,"before":`...), t.Before)
	b = strconv.AppendUint(append(b, `,"sequence":`...), t.Sequence, 10)
	return append(b, '}')
}

// AppendJSON appends the piece of a thread.
func (p MessagePage) AppendJSON(b []byte) []byte {
	b = wire.AppendMessages(append(b, `{"messages":`...), p.Messages)
	b = strconv.AppendBool(append(b, `,"before":`...), p.Before)
	b = strconv.AppendBool(append(b, `,"after":`...), p.After)
	b = strconv.AppendUint(append(b, `,"sequence":`...), p.Sequence, 10)
	return append(b, '}')
}

// AppendJSON appends the answer to a message.
func (p Posted) AppendJSON(b []byte) []byte {
	b = p.Conversation.AppendJSON(append(b, `{"conversation":`...))
	b = p.Message.AppendJSON(append(b, `,"message":`...))
	return append(b, '}')
}
