package bench

import (
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
)

// listenAll connects the listeners and reads all of them in one loop over epoll:
// a goroutine for each would take more of the cores than the server does.
func listenAll(c *crowd, listeners []*listener, connect func(i int) (*listener, error)) (stop func(), err error) {
	poll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	loop := &pollLoop{crowd: c, poll: poll, listeners: make([]atomic.Pointer[listener], len(listeners)), ended: make(chan struct{})}
	go loop.run()
	for i := range listeners {
		l, err := connect(i)
		if err == nil {
			err = loop.add(i, l)
		}
		if err != nil {
			loop.stop()
			return nil, err
		}
	}
	return loop.stop, nil
}

type pollLoop struct {
	crowd     *crowd
	poll      int
	listeners []atomic.Pointer[listener]
	fds       []int // of the listeners, of adding's goroutine alone
	stopping  atomic.Bool
	ended     chan struct{}
}

// add takes a listener's descriptor away from the runtime and gives it to the loop.
func (p *pollLoop) add(i int, l *listener) error {
	raw, err := l.conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return err
	}
	fd, dupErr := -1, error(nil)
	if err := raw.Control(func(own uintptr) { fd, dupErr = syscall.Dup(int(own)) }); err != nil {
		return err
	}
	if err := errors.Join(dupErr, l.conn.Close()); err != nil { // the copy lives on
		return err
	}
	l.write = func(frame []byte) error { _, err := syscall.Write(fd, frame); return err }
	if err := l.feed(l.early); err != nil {
		return err
	}
	p.fds = append(p.fds, fd)
	p.listeners[i].Store(l)
	return syscall.EpollCtl(p.poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd), Pad: int32(i)})
}

// run reads whatever has come until the loop is stopped.
func (p *pollLoop) run() {
	defer close(p.ended)
	events, buf := make([]syscall.EpollEvent, 256), make([]byte, 256<<10)
	for !p.stopping.Load() {
		n, err := syscall.EpollWait(p.poll, events, 20)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			p.crowd.fail(err)
			return
		}
		for _, e := range events[:max(n, 0)] {
			if err := p.read(&e, buf); err != nil {
				p.crowd.fail(err)
				return
			}
		}
	}
}

func (p *pollLoop) read(e *syscall.EpollEvent, buf []byte) error {
	n, err := syscall.Read(int(e.Fd), buf)
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return nil
	case err != nil:
		return err
	case n == 0:
		return fmt.Errorf("bench: the server cut a socket")
	}
	return p.listeners[e.Pad].Load().feed(buf[:n])
}

// stop ends the loop and cuts the sockets.
func (p *pollLoop) stop() {
	p.stopping.Store(true)
	<-p.ended
	for _, fd := range p.fds {
		_ = syscall.Close(fd)
	}
	_ = syscall.Close(p.poll)
}
