package e2e

import "time"

// The shapes of the interface, as far as the tests read them.

type conversation struct {
	Number       uint64      `json:"number"`
	Rev          uint64      `json:"rev"`
	Customer     customerRef `json:"customer"`
	State        string      `json:"state"`
	Archived     bool        `json:"archived"`
	Lead         string      `json:"lead"`
	AgentID      *string     `json:"agent_id"`
	Views        []string    `json:"views"`
	Tags         []string    `json:"tags"`
	LastSeq      uint64      `json:"last_seq"`
	Unread       uint64      `json:"unread"`
	ActiveAt     time.Time   `json:"active_at"`
	WaitingSince *time.Time  `json:"waiting_since"`
}

type customerRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type message struct {
	Number      uint64       `json:"number"`
	Seq         uint64       `json:"seq"`
	Kind        string       `json:"kind"`
	Author      actor        `json:"author"`
	ClientID    *string      `json:"client_id"`
	Text        string       `json:"text"`
	Attachments []attachment `json:"attachments"`
}

type actor struct {
	Kind string  `json:"kind"`
	ID   *string `json:"id"`
}

type attachment struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Size uint64 `json:"size"`
}

type agent struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role"`
}

type posted struct {
	Conversation conversation `json:"conversation"`
	Message      message      `json:"message"`
}

type opened struct {
	Conversation conversation `json:"conversation"`
	Messages     []message    `json:"messages"`
	Before       bool         `json:"before"`
	Sequence     uint64       `json:"sequence"`
}

type page struct {
	Messages []message `json:"messages"`
	Before   bool      `json:"before"`
	After    bool      `json:"after"`
}

// frame is anything that the server sends over the socket.
type frame struct {
	Type         string        `json:"type"`
	Seq          uint64        `json:"seq"`
	Sequence     uint64        `json:"sequence"`
	Epoch        string        `json:"epoch"`
	Conversation *conversation `json:"conversation"`
	Message      *message      `json:"message"`
}
