package app

import "parley/store"

// Do puts any change through the commit queue.
func (a *App) Do(apply func(tx *store.Tx) error) error { return a.queue.do(&job{apply: apply}) }

// Waiting is how many commands wait in the queue.
func (a *App) Waiting() int { return len(a.queue.jobs) }

// MaxGroup is how many commands at most share a commit.
const MaxGroup = maxGroup
