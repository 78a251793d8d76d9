// Package search finds conversations by what was said in them and by whom. It is
// the only importer of Bleve.
//
// The index is disposable: a follower builds it from the store and keeps it up,
// and whatever is missing, stale, damaged or of another layout is built again
// beside it. Nothing waits for the index: a message is accepted without it, lists
// and number jumps are answered by the store.
//
// A conversation is indexed as one small head (its customer, its facets) and as
// pieces of its thread: a message alone while the thread grows, blocks of
// BlockSize messages once it has. A query is answered from the postings of
// those documents, grouped and intersected by conversation, ranked by relevance
// and then by recency; only the conversations of the page are read from the
// store, which is where their hits, snippets and ranges come from and where the
// filters are checked against the present rows. docs/decisions/0003-search-layout.md
// tells why.
package search
