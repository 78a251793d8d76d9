// Package store keeps everything that Parley must not lose in one bbolt file and
// is the only importer of bbolt.
//
// State is the truth and the journal says what happened: every save takes the
// events of the change and writes both in one transaction. Order, counts and
// permissions are served from here, exact at once; a list call costs the page
// shown, not the data kept.
//
//	keys.go    the map of the file: every bucket, every key layout, who writes it
//	codec.go   the one encoding of values
//	<word>.go  the rows of one word (conversation, message, customer …)
//	slate.go   what waits to be written where it belongs; slated.go looks through it
//	order.go   the view indexes and how pages are read from them
//	journal.go the events under their sequences, and the cursors
//	open.go    creating, locking, versions; migrate.go, check.go
//
// Nothing read from a transaction may be kept as it lies in the file: every
// decoder copies.
package store
