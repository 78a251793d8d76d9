package e2e

import (
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Proxy carries TCP connections to a server and spoils them: it cuts them at any
// octet, and makes them stall.
type Proxy struct {
	URL string

	target   string
	listener net.Listener

	mu    sync.Mutex
	pipes map[*pipe]struct{}
}

// pipe is one connection and its other half.
type pipe struct {
	client, server net.Conn
}

// NewProxy listens on a free port and carries everything to the server. It ends
// with the test.
func NewProxy(t testing.TB, serverURL string) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{
		URL: "http://" + listener.Addr().String(), target: strings.TrimPrefix(serverURL, "http://"),
		listener: listener, pipes: map[*pipe]struct{}{},
	}
	go p.accept()
	t.Cleanup(func() {
		listener.Close()
		p.Cut(1, rand.New(rand.NewPCG(1, 1)))
	})
	return p
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return // the test is over
		}
		go p.carry(client)
	}
}

func (p *Proxy) carry(client net.Conn) {
	defer client.Close()
	server, err := net.DialTimeout("tcp", p.target, time.Second)
	if err != nil {
		return // the server is down: the client sees a closed connection
	}
	defer server.Close()
	pair := &pipe{client: client, server: server}
	p.mu.Lock()
	p.pipes[pair] = struct{}{}
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.pipes, pair)
		p.mu.Unlock()
	}()

	both := make(chan struct{}, 2)
	go func() { copyRoughly(server, client); both <- struct{}{} }()
	go func() { copyRoughly(client, server); both <- struct{}{} }()
	<-both // one half is gone; the deferred closes end the other
}

// copyRoughly carries octets in pieces of any size and now and then stalls.
func copyRoughly(to, from net.Conn) {
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer[:1+rand.IntN(len(buffer))])
		if rand.IntN(200) == 0 {
			time.Sleep(time.Duration(rand.IntN(50)) * time.Millisecond)
		}
		if _, failed := to.Write(buffer[:n]); failed != nil || err != nil {
			return
		}
	}
}

// Cut breaks a share of the open connections at once, half of them with a reset
// instead of an orderly end. It returns how many it broke.
func (p *Proxy) Cut(share float64, random *rand.Rand) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	broken := 0
	for pair := range p.pipes {
		if random.Float64() >= share {
			continue
		}
		if tcp, ok := pair.client.(*net.TCPConn); ok && random.IntN(2) == 0 {
			_ = tcp.SetLinger(0) // so that Close sends a reset
		}
		pair.client.Close()
		pair.server.Close()
		broken++
	}
	return broken
}
