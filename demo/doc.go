// Package demo holds the sample team that a newcomer meets: Ayvadan, an invented
// shop for linen, ceramics and copper, with its agents, saved replies, customers
// and conversations in Turkish and English, and what simulated customers say.
//
// The content lies in content/ as JSON that people edit. Its times are written as
// distances ("ago", "after"), so that the sample is always fresh; Lines turns them
// into moments. The package stores nothing: what it gives is imported and played
// by others. Every person, number and address in it is made up.
package demo
