// Package model asks a language model behind any OpenAI-compatible address, also one
// on this machine.
//
// A model may say anything, and what customers write may try to make it. So it is
// given nothing but numbered passages that the team has approved, it must name those
// that it used, and what it says is thrown away when it does not: an answer without
// a passage, one with a link, an address or a number that no passage holds, one that
// is too long or no text. Whatever goes wrong is ErrUnknown to the bot, which then
// goes its ordinary way.
package model
