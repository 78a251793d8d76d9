// Package guard is the one HTTP client by which Parley calls out: to webhooks, to a
// language model, to pages that messages link to. Where it calls is said by people, so an address may point at what
// only this machine can reach; every connection is therefore judged by the address
// that it really goes to, after the name was looked up, and refused unless that is
// public or the operator has listed it.
//
// It follows no redirect, uses no proxy of the environment, keeps no cookie, and
// reads only so much of an answer as it was told to.
package guard
