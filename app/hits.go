package app

import (
	"context"
	"time"

	"parley/desk"
	"parley/search"
)

// ThreadHits are the messages of one conversation that answer a query.
type ThreadHits struct {
	Hits []ThreadHit `json:"hits" nullable:"false" doc:"In the order of the thread; at most the newest 1,000 or so."`
	All  bool        `json:"all" doc:"False: there may be older ones that were not looked at."`
}

// ThreadHit is a message that answers.
type ThreadHit struct {
	Seq    uint64         `json:"seq"`
	Ranges []search.Range `json:"ranges" nullable:"false" doc:"What to mark in the whole text, in UTF-16 code units: from, up to. Empty when a file's name was found."`
}

// InThread lists the messages of a conversation that answer a query. What a person
// can type is never an error, with now on the wall clock of who asks; an unknown conversation is CodeNotFound.
func (a *App) InThread(ctx context.Context, n desk.Number, query string, now time.Time) (ThreadHits, error) {
	found, err := a.search.InThread(ctx, n, query, now)
	hits := ThreadHits{Hits: make([]ThreadHit, 0, len(found.Hits)), All: found.All}
	for _, h := range found.Hits {
		hits.Hits = append(hits.Hits, ThreadHit(h))
	}
	return hits, err
}
