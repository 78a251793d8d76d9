package app

import (
	"context"
	"time"

	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/wire"
)

// SearchRequest asks for one page of results.
type SearchRequest = search.Request

// WallClock is now as the clock on the wall shows it in a zone: whoever searches means
// their own yesterday. Without a zone it is that of the working hours, and where those
// have none that is known here, the machine's. Refused: CodeInvalid for an unknown zone.
func (a *App) WallClock(zone string) (time.Time, error) {
	if zone != "" {
		place, err := desk.ParseZone(zone)
		if err != nil {
			return time.Time{}, err
		}
		return a.clock().In(place), nil
	}
	hours, err := view(a, (*store.Tx).Hours)
	if err != nil {
		return time.Time{}, err
	}
	if place, err := desk.ParseZone(hours.Zone); err == nil {
		return a.clock().In(place), nil
	}
	return a.clock(), nil
}

// SearchStatus tells how the index stands.
func (a *App) SearchStatus() search.Status { return a.search.Status() }

// SearchReady is the state of an index that holds everything.
const SearchReady = search.Ready

// Found is one page of results.
type Found struct {
	Number     *FoundNumber `json:"number,omitempty" doc:"When the text is a conversation's number, such as 1042 or #1042."`
	Hits       []FoundHit   `json:"hits" nullable:"false" doc:"Best first."`
	Next       string       `json:"next" doc:"The cursor of the next page; empty at the end."`
	Total      int          `json:"total" doc:"How many conversations were found."`
	TotalExact bool         `json:"total_exact" doc:"False: there are at least so many."`
	Terms      []string     `json:"terms" nullable:"false" doc:"The folded words asked for."`
	State      search.State `json:"state" enum:"ready,building" doc:"building: answers may be missing much."`
	Progress   float64      `json:"progress" doc:"0 to 1, while the index is being built."`
}

// FoundNumber is a jump to a conversation.
type FoundNumber struct {
	Number desk.Number `json:"number"`
	Found  bool        `json:"found"`
}

// FoundHit is a conversation that was found.
type FoundHit struct {
	Conversation wire.Conversation `json:"conversation"`
	Hits         int               `json:"hits" doc:"Messages in it that answer."`
	Snippets     []FoundSnippet    `json:"snippets" nullable:"false"`
	Fields       []FoundField      `json:"fields" nullable:"false" doc:"What was found outside the messages."`
}

// FoundSnippet is a part of a message around what was found.
type FoundSnippet struct {
	Seq    uint64         `json:"seq"`
	Kind   string         `json:"kind" enum:"customer,agent,bot,note,event"`
	Author wire.Actor     `json:"author"`
	At     desk.Time      `json:"at"`
	Text   string         `json:"text" doc:"At most 140 characters, one line."`
	Ranges []search.Range `json:"ranges" nullable:"false" doc:"What to mark, in UTF-16 code units: from, up to."`
}

// FoundField is a field in which something was found.
type FoundField struct {
	Name   string         `json:"name" doc:"Such as customer.name."`
	Text   string         `json:"text"`
	Ranges []search.Range `json:"ranges" nullable:"false"`
}

// Search answers a page. What a person can type is never an error; a cursor of
// another search is.
func (a *App) Search(ctx context.Context, r SearchRequest) (Found, error) {
	answer, err := a.search.Search(ctx, r)
	if err != nil {
		return Found{}, err
	}
	found := Found{
		Hits: make([]FoundHit, 0, len(answer.Hits)), Next: answer.Next, Total: answer.Total, TotalExact: answer.TotalExact,
		Terms: answer.Terms, State: answer.State, Progress: answer.Progress,
	}
	if answer.Number != nil {
		found.Number = &FoundNumber{answer.Number.Number, answer.Number.Found}
	}
	if found.Terms == nil {
		found.Terms = []string{}
	}
	for i := range answer.Hits {
		found.Hits = append(found.Hits, foundHit(&answer.Hits[i]))
	}
	return found, nil
}

func foundHit(h *search.Hit) FoundHit {
	hit := FoundHit{
		Conversation: wire.FromConversation(&h.Conversation, &h.Customer), Hits: h.Hits,
		Snippets: make([]FoundSnippet, 0, len(h.Snippets)), Fields: make([]FoundField, 0, len(h.Fields)),
	}
	for i := range h.Snippets {
		s := &h.Snippets[i]
		hit.Snippets = append(hit.Snippets, FoundSnippet{
			Seq: s.Seq, Kind: s.Kind.String(), Author: wire.FromActor(s.Author), At: s.At, Text: s.Text, Ranges: ranges(s.Ranges),
		})
	}
	for _, f := range h.Fields {
		hit.Fields = append(hit.Fields, FoundField{f.Name, f.Text, ranges(f.Ranges)})
	}
	return hit
}

func ranges(list []search.Range) []search.Range {
	if list == nil {
		return []search.Range{}
	}
	return list
}
