// Package desk holds the words and the rules of a support desk: what a
// conversation, a message, a customer, an agent and a saved reply are, which
// verbs change them, who may do what, and which errors can come of it.
//
// It is pure. It reads no clock, draws no random number, opens no file and
// knows no database: a rule takes the present state, the actor and the time as
// values and returns the new state with the events that tell what happened, or
// a coded error and nothing else. The same input gives the same output, byte for
// byte, which is what lets commands be replayed and tests be exact.
//
// Only the standard library may be imported here, and the tables by which texts that
// look the same are written the same (golang.org/x/text/unicode/norm).
package desk
