// Package bot is JetBot, the automatic responder: a follower of the journal that
// answers customers through the app, and the clock that says what nobody wrote.
//
// It answers what a customer wrote while it leads: from its rules, from the
// knowledge list, from a language model if one is set, or it gives way to a person.
// What it says is decided from one moment of the store and applied only if that
// still holds, so it never speaks after a hand-over. How far it has come is saved in
// the transaction of what it says.
//
//	bot.go      the follower: which events it answers, its cursor
//	plan.go     what it says to a message
//	ponder.go   questions that take a while: the language model
//	timers.go   when something is due in which conversation
//	clock.go    what is then done: waiting messages, warnings, resolving, archiving
//	model/      the client of the language model
//
// It changes nothing but by commands of the app, and calls out only through guard.
package bot
