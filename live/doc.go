// Package live tells everyone on the team what happens, at the moment at which
// it has happened.
//
// The hub follows the journal and encodes each event once, as a frame that
// carries the whole present entity, into a log in memory that every socket
// reads at its own pace. A socket has no queue: it has a position. One that
// falls out of the log, or comes back after a break, reads the journal itself
// until it has caught up, so a slow or absent reader costs the others nothing
// and misses nothing.
//
// A visitor's socket is told of its own conversations and nothing else, in shapes
// for visitors. What happens finds it through an index by customer; it makes its
// frames itself, when it takes them.
//
// Presence, typing and who is viewing what go through the same log without a
// sequence and are never kept.
package live
