// Package bench measures Parley on the machine that it runs on, and prints one
// table: what was asked for, what was found, and how far that is from what the
// disk, the network and the libraries underneath can do in the same minute.
//
// It makes its own data sets (set_*.go), takes the floors (floor_*.go), starts
// the real executable as a child process and speaks HTTP to it as an agent's
// browser would, with a session, permissions, the journal and indexing on
// (row_*.go). What an answer says is checked while its time is taken: order and
// rows of lists against a plain scan, hits against their texts, and after the
// writes the server is killed and every acknowledged message is looked for.
//
// It is the one room that may import every other and the libraries below them,
// because it compares them. Nothing imports it but the command line.
package bench
