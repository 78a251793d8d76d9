// Package server is the way in from the network: it decodes a request, knows who
// makes it, calls one use case of app and encodes the answer. It decides nothing
// about conversations.
//
// Every route is declared in one table with the action that it takes; what the
// caller's role may not do is refused before the handler runs, and with a route that
// is not declared New fails, and so do the tests.
//
//	guardrail/  limits, headers, origins, the log       problem/  one shape of error
//	socket/     websockets that do not outlive handlers upload/   files on disk
//	password/   hashing and rules                       limit/    rates and delays
package server
