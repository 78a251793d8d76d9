package socket_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/server/socket"
)

// The peers of the benchmarks live in a process of their own, so that their
// memory is not counted. It is this test binary, started again with peersEnv.
const peersEnv = "PARLEY_SOCKET_PEERS" // ADDRESS,COUNT

// frameBytes is about what a posted message's frame has.
const frameBytes = 900

func TestMain(m *testing.M) {
	if address, count, ok := strings.Cut(os.Getenv(peersEnv), ","); ok {
		n, err := strconv.Atoi(count)
		if err == nil {
			err = runPeers(address, n)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// broadcast hands the same frames to all its members, as the hub does: members
// keep a place in one list and no queue of their own.
type broadcast struct {
	mu     sync.Mutex
	frames [][]byte
	next   chan struct{}
}

func (b *broadcast) post(frame []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.frames = append(b.frames, frame)
	close(b.next)
	b.next = make(chan struct{})
}

type member struct {
	hub  *broadcast
	seen int
}

func (m *member) Ready() <-chan struct{} {
	m.hub.mu.Lock()
	defer m.hub.mu.Unlock()
	return m.hub.next
}

func (m *member) Take() ([][]byte, error) {
	m.hub.mu.Lock()
	defer m.hub.mu.Unlock()
	waiting := m.hub.frames[m.seen:]
	m.seen = len(m.hub.frames)
	return waiting, nil
}

func (m *member) Receive([]byte) error { return nil }

func (m *member) Close() {}

// peers starts the other process and waits until all have connected.
func (d *deskServer) peers(b *testing.B, count int) (lines *bufio.Scanner) {
	b.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%s,%d", peersEnv, d.address, count))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		stdin.Close() // the peers leave when their input ends
		if err := command.Wait(); err != nil {
			b.Errorf("peers: %v", err)
		}
	})
	wait(b, "the peers", func() bool { return d.sockets.Len() == count })
	return bufio.NewScanner(stdout)
}

// BenchmarkIdle prints what an idle socket costs in memory: heap and stacks of the
// process, divided.
func BenchmarkIdle(b *testing.B) {
	hub := &broadcast{next: make(chan struct{})}
	b.Run("session", func(b *testing.B) {
		idle(b, serve(b, socket.Options{}, one(func() (socket.Session, error) { return &member{hub: hub}, nil })))
	})
	b.Run("quiet", func(b *testing.B) { idle(b, serveQuiet(b, socket.Options{}, &lobby{})) })
}

func idle(b *testing.B, d *deskServer) {
	const count = 1000
	before := inUse()
	d.peers(b, count)
	time.Sleep(500 * time.Millisecond)
	after := inUse()
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(after.HeapInuse-before.HeapInuse)/count, "heap-B/socket")
	b.ReportMetric(float64(after.StackInuse-before.StackInuse)/count, "stack-B/socket")
}

func inUse() (m runtime.MemStats) {
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m
}

// BenchmarkFanOut measures from the post of one frame until the last of all peers
// has read it whole, on one machine with the peers.
func BenchmarkFanOut(b *testing.B) {
	for _, count := range []int{10, 100, 1000} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			hub := &broadcast{next: make(chan struct{})}
			d := serve(b, socket.Options{}, one(func() (socket.Session, error) { return &member{hub: hub}, nil }))
			lines := d.peers(b, count)
			var took []time.Duration
			for b.Loop() {
				frame := make([]byte, frameBytes)
				binary.BigEndian.PutUint64(frame, uint64(time.Now().UnixNano()))
				hub.post(frame)
				if !lines.Scan() {
					b.Fatalf("the peers are gone: %v", lines.Err())
				}
				nanoseconds, err := strconv.ParseInt(lines.Text(), 10, 64)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Duration(nanoseconds))
				time.Sleep(5 * time.Millisecond)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
		})
	}
}

// runPeers connects count peers, prints for every frame how long it took to the
// last of them, and ends with its input.
func runPeers(address string, count int) error {
	arrived := make(chan time.Duration, count)
	for range count {
		conn, reader, err := shakeHands(address)
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			frame := make([]byte, 4+frameBytes) // two bytes of head and two of length
			for {
				if _, err := io.ReadFull(reader, frame); err != nil {
					return
				}
				sent := time.Unix(0, int64(binary.BigEndian.Uint64(frame[4:])))
				arrived <- time.Since(sent)
			}
		}()
	}
	go func() {
		for {
			var last time.Duration
			for range count {
				last = max(last, <-arrived)
			}
			fmt.Println(last.Nanoseconds())
		}
	}()
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

func shakeHands(address string) (net.Conn, *bufio.Reader, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	_, err = io.WriteString(conn, "GET /socket HTTP/1.1\r\nHost: desk.example.com\r\nOrigin: "+origin+
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"+
		"Cookie: sid=0123456789abcdef0123456789abcdef0123456789a\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140\r\n\r\n")
	if err != nil {
		return nil, nil, err
	}
	reader := bufio.NewReaderSize(conn, 2048)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return nil, nil, err
		}
		if line == "\r\n" {
			_, err := conn.Write(masked(0x81, conn.LocalAddr().String()))
			return conn, reader, err
		}
	}
}
