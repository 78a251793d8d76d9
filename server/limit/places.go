package limit

import "sync"

// Places bounds how many do something at the same time. It is safe for concurrent use.
type Places struct{ free chan struct{} }

// NewPlaces makes n places.
func NewPlaces(n int) *Places {
	p := &Places{make(chan struct{}, n)}
	for range n {
		p.free <- struct{}{}
	}
	return p
}

// Take takes a place if one is free. leave gives it back; saying so twice changes
// nothing.
func (p *Places) Take() (leave func(), ok bool) {
	select {
	case place := <-p.free:
		return sync.OnceFunc(func() { p.free <- place }), true
	default:
		return nil, false
	}
}
