//go:build !linux

package bench

import "sync"

// listenAll connects the listeners and reads each in a goroutine of its own.
func listenAll(c *crowd, listeners []*listener, connect func(i int) (*listener, error)) (stop func(), err error) {
	var readers sync.WaitGroup
	stop = func() {
		for _, l := range listeners {
			if l != nil {
				_ = l.conn.Close()
			}
		}
		readers.Wait()
	}
	for i := range listeners {
		if listeners[i], err = connect(i); err != nil {
			stop()
			return nil, err
		}
		readers.Go(func() { read(c, listeners[i]) })
	}
	return stop, nil
}

// read feeds a listener until its connection ends, which is a fault only while
// somebody still waits for it.
func read(c *crowd, l *listener) {
	if err := l.feed(l.early); err != nil {
		c.fail(err)
		return
	}
	for buf := make([]byte, 16<<10); ; {
		n, err := l.conn.Read(buf)
		if n > 0 {
			if feedErr := l.feed(buf[:n]); feedErr != nil {
				c.fail(feedErr)
				return
			}
		}
		if err != nil {
			return
		}
	}
}
