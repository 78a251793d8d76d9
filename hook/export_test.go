package hook

// Workers is how many webhooks have a worker.
func (t *Teller) Workers() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.workers)
}
