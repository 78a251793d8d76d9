// Package guardrail is what stands between the network and the handlers: the
// limits of the HTTP server, the headers of every answer, the rules about where a
// request may come from, its number and its line in the log, and the recovery
// from panics.
//
// It decides nothing about people: who is signed in and what they may do belongs
// to the routes. Everything is off the path of a handler that forgets it: the
// headers of the strictest kind are set first and loosened by those who may.
//
// In order, for the router that New makes:
//
//	app := guardrail.New(headers.OnError(problem.Handler), large)
//	app.Use(observe, headers.Base, guardrail.Bodies, guardrail.SameOrigin(origins, free))
package guardrail
