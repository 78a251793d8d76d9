// Package wire holds the JSON shapes that leave the process, and builds them from
// the desk's words. The HTTP interface and the realtime frames use the same
// shapes, so that a frame can take the place of a fetch.
//
// Who may see a shape is settled before it is built. What a visitor sees has shapes
// of its own, which have no room for what is the team's alone.
package wire

import "parley/desk"

// Conversation is a conversation as lists, threads and frames show it.
type Conversation struct {
	Number       desk.Number `json:"number" doc:"The conversation's number, shown #1042."`
	Rev          uint64      `json:"rev" doc:"Rises with every change; of two copies the higher one is newer."`
	Customer     CustomerRef `json:"customer"`
	Channel      string      `json:"channel"`
	State        string      `json:"state" enum:"open,resolved"`
	Archived     bool        `json:"archived"`
	Lead         string      `json:"lead" enum:"nobody,bot,agent"`
	AgentID      *desk.ID    `json:"agent_id" nullable:"true" doc:"The leading agent, or the one who led it until it was resolved; null for none."`
	TeamID       *desk.ID    `json:"team_id" nullable:"true" doc:"The team that it is assigned to, whoever leads it; null for none. A team that was deleted is none."`
	Views        []desk.View `json:"views" doc:"The views that hold it now." nullable:"false"`
	Tags         []string    `json:"tags" nullable:"false"`
	LastSeq      uint64      `json:"last_seq" doc:"The seq of its newest message."`
	Unread       uint64      `json:"unread" doc:"Customer messages that nobody of the team has read."`
	OpenedAt     desk.Time   `json:"opened_at"`
	ActiveAt     desk.Time   `json:"active_at" doc:"Its newest message; the order of lists."`
	WaitingSince *desk.Time  `json:"waiting_since" nullable:"true" doc:"Since when the customer waits for an answer; null when nobody waits."`
	Last         *Preview    `json:"last,omitempty" doc:"The newest message in short; absent while there is none."`

	CustomerDelivered uint64   `json:"customer_delivered" doc:"The seq up to which a device of the customer has it."`
	CustomerRead      uint64   `json:"customer_read" doc:"The seq up to which the customer has seen it."`
	Rating            *Rating  `json:"rating,omitempty" doc:"Absent until the customer rates it."`
	CategoryID        *desk.ID `json:"category_id,omitempty" doc:"What it was resolved as."`
	SiteID            *desk.ID `json:"site_id,omitempty" doc:"The website it was written on; absent for other channels."`
}

// Rating is what a customer thinks of a conversation.
type Rating struct {
	Score   int       `json:"score" minimum:"1" maximum:"5"`
	Comment string    `json:"comment"`
	At      desk.Time `json:"at"`
}

// CustomerRef is what a conversation shows of its customer.
type CustomerRef struct {
	ID      desk.ID `json:"id"`
	Rev     uint64  `json:"rev"`
	Name    string  `json:"name" doc:"Empty for a visitor."`
	Email   string  `json:"email"`
	Blocked bool    `json:"blocked"`
	// Language is what lists are narrowed by.
	Language string `json:"language" doc:"As the customer's; empty when it is not known."`
}

// Preview is a message in short.
type Preview struct {
	Kind     string    `json:"kind" enum:"customer,agent,bot,note"`
	AuthorID *desk.ID  `json:"author_id" nullable:"true"`
	Text     string    `json:"text" doc:"At most 140 characters, one line."`
	Files    uint64    `json:"files"`
	At       desk.Time `json:"at"`
}

// Message is one entry of a thread.
type Message struct {
	Number      desk.Number  `json:"number"`
	Seq         uint64       `json:"seq" doc:"1, 2, 3 … in its conversation, without gaps."`
	Kind        string       `json:"kind" enum:"customer,agent,bot,note,event"`
	Author      Actor        `json:"author"`
	ClientID    *desk.ID     `json:"client_id" nullable:"true" doc:"The id that its sender gave it; null for what no client sent."`
	Text        string       `json:"text"`
	At          desk.Time    `json:"at"`
	Attachments []Attachment `json:"attachments" nullable:"false"`
	Event       *EventLine   `json:"event,omitempty" doc:"For the kind event only."`
	Choices     []string     `json:"choices,omitempty" nullable:"false" doc:"Quick answers that the bot offers; at most 6."`
	Sources     []Source     `json:"sources,omitempty" nullable:"false" doc:"Where the bot found what it says."`
	Cards       []LinkCard   `json:"cards,omitempty" nullable:"false" doc:"What pages that it links to say of themselves; at most 3."`
}

// LinkCard is what a page says of itself. Its texts may be anything that a page can
// say; show them as text.
type LinkCard struct {
	URL         string `json:"url" doc:"An http or https address."`
	Title       string `json:"title"`
	Description string `json:"description" doc:"May be empty."`
	Site        string `json:"site" doc:"What the site calls itself; its host when it does not say."`
}

// Source is where the bot found what it says: an entry of the knowledge list, or
// an agent's earlier message.
type Source struct {
	Kind   string      `json:"kind" enum:"knowledge,message"`
	ID     *desk.ID    `json:"id,omitempty" doc:"The knowledge entry."`
	Number desk.Number `json:"number,omitempty" doc:"The message's conversation."`
	Seq    uint64      `json:"seq,omitempty"`
}

// Actor is who did something.
type Actor struct {
	Kind string   `json:"kind" enum:"system,customer,agent,bot"`
	ID   *desk.ID `json:"id" nullable:"true" doc:"Null for the system and the bot."`
}

// EventLine is what an event line tells.
type EventLine struct {
	Type string   `json:"type" doc:"Such as conversation.assigned."`
	From *desk.ID `json:"from" nullable:"true" doc:"The agent before, or the team; null for none."`
	To   *desk.ID `json:"to" nullable:"true" doc:"The agent after, or the team; for conversation.resolved the category; null for none."`

	Added   []string `json:"added,omitempty" nullable:"false" doc:"For conversation.tagged: the tags that came."`
	Removed []string `json:"removed,omitempty" nullable:"false" doc:"For conversation.tagged: the tags that went."`
	Reason  string   `json:"reason,omitempty" doc:"For conversation.blocked: why the customer was blocked."`
}

// Attachment is a file.
type Attachment struct {
	ID     desk.ID `json:"id"`
	Name   string  `json:"name"`
	Size   uint64  `json:"size" doc:"Bytes."`
	Type   string  `json:"type" doc:"The media type that its bytes show."`
	Width  uint64  `json:"width" doc:"Pixels; 0 for what is not a picture."`
	Height uint64  `json:"height"`
	Inline bool    `json:"inline" doc:"Whether the page may show it in place; other files are only downloaded."`
}

// Customer is a customer with everything that the panel shows.
type Customer struct {
	ID         desk.ID           `json:"id"`
	Rev        uint64            `json:"rev"`
	External   string            `json:"external_id"`
	Name       string            `json:"name"`
	Email      string            `json:"email"`
	Phone      string            `json:"phone"`
	Language   string            `json:"language"`
	Attributes map[string]string `json:"attributes"`
	Tags       []string          `json:"tags" nullable:"false"`
	Blocked    *Block            `json:"blocked,omitempty" doc:"Absent while not blocked."`
	Notes      uint64            `json:"notes" doc:"How many notes there are."`
	CreatedAt  desk.Time         `json:"created_at"`
	Verified   bool              `json:"verified" doc:"A website has vouched for who they are."`
	Consent    *Consent          `json:"consent,omitempty" doc:"What they agreed to; absent until then."`
	Page       *Page             `json:"page,omitempty" doc:"Where on the website they were last."`
	Browser    string            `json:"browser,omitempty" doc:"In short, such as Firefox on Windows."`
	Zone       string            `json:"time_zone,omitempty" doc:"By its IANA name."`
}

// Consent is the receipt for what a customer agreed to.
type Consent struct {
	Version  string    `json:"version"`
	At       desk.Time `json:"at"`
	Language string    `json:"language" doc:"Of the text that they were shown."`
}

// Page is a page of a website that a customer has looked at.
type Page struct {
	URL   string    `json:"url"`
	Title string    `json:"title"`
	At    desk.Time `json:"at"`
}

// Block tells who blocked a customer, when and why.
type Block struct {
	By     *desk.ID   `json:"by" nullable:"true"`
	At     desk.Time  `json:"at"`
	Reason string     `json:"reason"`
	Until  *desk.Time `json:"until,omitempty" doc:"When it ends by itself; absent for never."`
}

// CustomerNote is something the team wrote down about a customer.
type CustomerNote struct {
	Seq    uint64    `json:"seq"`
	Author *desk.ID  `json:"author_id" nullable:"true"`
	Text   string    `json:"text"`
	At     desk.Time `json:"at"`
}

// Deed is something that was done to a customer.
type Deed struct {
	Seq    uint64    `json:"seq"`
	Type   string    `json:"type" doc:"Such as customer.updated."`
	Actor  Actor     `json:"actor"`
	At     desk.Time `json:"at"`
	Fields []string  `json:"fields" nullable:"false" doc:"What an update changed: names of fields, attributes.<key> for attributes."`
}

// Agent is a person of the team.
type Agent struct {
	ID       desk.ID `json:"id"`
	Rev      uint64  `json:"rev"`
	Name     string  `json:"name"`
	Email    string  `json:"email"`
	Role     string  `json:"role" enum:"owner,admin,agent,reporter"`
	Active   bool    `json:"active"`
	Language string  `json:"language" doc:"tr, en, or empty to follow the browser."`
	Photo    string  `json:"photo" doc:"Where their photo is on this server, for everybody; empty where there is none. Another photo has another path."`
}

// Reply is a saved reply.
type Reply struct {
	ID        desk.ID    `json:"id"`
	Rev       uint64     `json:"rev"`
	Mine      bool       `json:"mine" doc:"Only its owner sees it."`
	Title     string     `json:"title"`
	Shortcut  string     `json:"shortcut" doc:"Without the slash; may be empty."`
	Category  string     `json:"category"`
	Language  string     `json:"language" doc:"tr, en, or empty for any."`
	Text      string     `json:"text"`
	Enabled   bool       `json:"enabled"`
	Uses      uint64     `json:"uses"`
	UsedAt    *desk.Time `json:"used_at" nullable:"true"`
	UpdatedAt desk.Time  `json:"updated_at"`
}

// Team is what is set for the whole team.
type Team struct {
	Rev      uint64 `json:"rev"`
	Name     string `json:"name"`
	BotName  string `json:"bot_name"`
	BotOn    bool   `json:"bot_on"`
	Language string `json:"language" enum:"tr,en"`
	Cards    bool   `json:"cards" doc:"Pages that messages link to are asked what they are."`
	// Samples says whether there are sample data.
	Samples desk.Samples `json:"samples" enum:"none,there,going" doc:"Whether there are sample data; going while they are being removed."`
}

// Counts is how many conversations each view holds.
type Counts struct {
	Rev    uint64               `json:"rev" doc:"Rises; a lower one is older and ignored."`
	Counts map[desk.View]uint64 `json:"counts"`
}
