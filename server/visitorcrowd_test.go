package server

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"parley/app"
	"parley/desk"
)

// The crowd of visitors lives in a process of its own, so that its memory is not
// counted. It is this test binary, started again with crowdEnv.
const (
	crowdEnv   = "PARLEY_TEST_CROWD"    // ADDRESS,COUNT
	crowdSize  = "PARLEY_TEST_VISITORS" // how many; 300 if not said
	privateMax = 20 << 10               // bytes of memory for one idle visitor
	roundMax   = 25 * time.Millisecond
)

func TestMain(m *testing.M) {
	if address, count, ok := strings.Cut(os.Getenv(crowdEnv), ","); ok {
		n, err := strconv.Atoi(count)
		if err == nil {
			err = runCrowd(address, n)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestManyVisitors connects very many idle visitors, sees what one takes in memory,
// and then how long a message of one takes to an agent's screen and the answer back.
func TestManyVisitors(t *testing.T) {
	count := 300
	if text := os.Getenv(crowdSize); text != "" {
		var err error
		if count, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	w := newWeb(t)
	visitors := w.crowdOf(count)
	before := measure()
	arrivals := w.startCrowd(count)
	waitUntil(t, func() bool { return w.hub.Visitors() == count })
	time.Sleep(time.Second)
	after := measure()
	heap, stack := (after.heap-before.heap)/count, (after.stack-before.stack)/count
	t.Logf("%d visitors: %d bytes of heap and %d of stack each; %d bytes private to the process each", count, heap, stack, (after.private-before.private)/count)
	if heap+stack > privateMax {
		t.Errorf("an idle visitor takes %d bytes", heap+stack)
	}
	w.talk(visitors, arrivals)
}

// crowdOf lets visitors in: v0, v1 …
func (w *web) crowdOf(count int) []app.Visitor {
	visitors := make([]app.Visitor, count)
	var group sync.WaitGroup
	for part := range 50 {
		group.Go(func() {
			for i := part; i < count; i += 50 {
				visitors[i] = w.visitor("v" + strconv.Itoa(i))
			}
		})
	}
	group.Wait()
	return visitors
}

// memory is what the process holds, in bytes.
type memory struct{ heap, stack, private int }

// measure first gives back what is free, as the runtime does by and by.
func measure() memory {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return memory{int(m.HeapInuse), int(m.StackInuse), privateBytes()}
}

// privateBytes is what no other process shares; 0 where the kernel does not tell.
func privateBytes() (sum int) {
	text, _ := os.ReadFile("/proc/self/smaps_rollup")
	for line := range strings.Lines(string(text)) {
		var kilobytes int
		if name, rest, _ := strings.Cut(line, ":"); strings.HasPrefix(name, "Private_") {
			if _, err := fmt.Sscanf(rest, "%d kB", &kilobytes); err == nil {
				sum += kilobytes << 10
			}
		}
	}
	return sum
}

func waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}

// startCrowd starts the other process. It prints the text of each message that one
// of its visitors is told.
func (w *web) startCrowd(count int) *bufio.Scanner {
	w.t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%s,%d", crowdEnv, w.address, count))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		stdin.Close()
		if err := command.Wait(); err != nil {
			w.t.Errorf("the crowd: %v", err)
		}
	})
	return bufio.NewScanner(stdout)
}

// talk lets visitors write, a hundred messages a second, and an agent answer each as
// soon as it is on the screen.
func (w *web) talk(visitors []app.Visitor, arrivals *bufio.Scanner) {
	const messages, every = 300, 10 * time.Millisecond
	_, token := w.agent("Ada", desk.RoleAgent)
	header := http.Header{"Origin": {testOrigin}, "Cookie": {"sid=" + token}}
	screen, response, err := websocket.DefaultDialer.Dial("ws://"+w.address+apiPath+"/socket", header)
	if err != nil {
		w.t.Fatal(err)
	}
	response.Body.Close()
	w.t.Cleanup(func() { screen.Close() })
	var there, whole []time.Duration
	var group sync.WaitGroup
	group.Go(func() { there = w.answerAll(screen, messages) })
	group.Go(func() {
		for len(whole) < messages && arrivals.Scan() {
			if sent, ok := strings.CutPrefix(arrivals.Text(), "re "); ok {
				whole = append(whole, since(sent))
			}
		}
	})
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := range messages {
		<-tick.C
		group.Go(func() { w.says(&visitors[i*7919%len(visitors)], fmt.Sprint("at ", time.Now().UnixNano())) })
	}
	group.Wait()
	slices.Sort(there)
	slices.Sort(whole)
	w.t.Logf("to the screen p50 %s p99 %s; and back p50 %s p99 %s", p(there, 50), p(there, 99), p(whole, 50), p(whole, 99))
	if len(whole) != messages {
		w.t.Errorf("%d of %d answers arrived", len(whole), messages)
	}
	if os.Getenv(crowdSize) != "" && p(whole, 99) > roundMax {
		w.t.Errorf("there and back takes %s", p(whole, 99))
	}
}

// answerAll reads an agent's socket and answers each message of a visitor.
func (w *web) answerAll(screen *websocket.Conn, messages int) (took []time.Duration) {
	var group sync.WaitGroup
	defer group.Wait()
	for len(took) < messages {
		var f struct {
			Conversation struct{ Number desk.Number }
			Message      struct{ Text string }
		}
		_ = screen.SetReadDeadline(time.Now().Add(20 * time.Second))
		if err := screen.ReadJSON(&f); err != nil {
			w.t.Error(err)
			return took
		}
		if sent, ok := strings.CutPrefix(f.Message.Text, "at "); ok {
			took = append(took, since(sent))
			group.Go(func() { w.writes(f.Conversation.Number, "re "+sent) })
		}
	}
	return took
}

func since(nanoseconds string) time.Duration {
	n, _ := strconv.ParseInt(nanoseconds, 10, 64)
	return time.Since(time.Unix(0, n))
}

func p(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)*percent/100].Round(10 * time.Microsecond)
}

// runCrowd connects count visitors and prints what they are told, until its input
// ends.
func runCrowd(address string, count int) error {
	lines := make(chan string, 1024)
	connect := make(chan struct{}, 50)
	fault := make(chan error, count)
	for i := range count {
		connect <- struct{}{}
		go func() {
			conn, reader, err := enterCrowd(address, "v"+strconv.Itoa(i))
			<-connect
			if err != nil {
				fault <- err
				return
			}
			defer conn.Close()
			for {
				text, err := readText(reader)
				if err != nil {
					return
				}
				if _, after, ok := bytes.Cut(text, []byte(`"kind":"agent","author":{"name":"Olive"},"text":"`)); ok {
					told, _, _ := bytes.Cut(after, []byte(`"`))
					lines <- string(told)
				}
			}
		}()
	}
	go func() {
		for line := range lines {
			fmt.Println(line)
		}
	}()
	go func() { fmt.Fprintln(os.Stderr, <-fault) }()
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// enterCrowd connects one visitor. The buffer for reading is small, as there are
// many.
func enterCrowd(address, token string) (net.Conn, *bufio.Reader, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	if _, err := fmt.Fprintf(conn, "GET %s/socket HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140\r\n\r\n",
		widgetPath, address, testOrigin); err != nil {
		return nil, nil, err
	}
	reader := bufio.NewReaderSize(conn, 1024)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return nil, nil, err
		}
		if line == "\r\n" {
			break
		}
	}
	text := `{"type":"auth","token":"` + token + `"}`
	frame := append([]byte{0x81, 0x80 | byte(len(text)), 0, 0, 0, 0}, text...) // the mask may be zero
	_, err = conn.Write(frame)
	return conn, reader, err
}

// readText reads a frame of at most 64 kB.
func readText(r *bufio.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:2]); err != nil {
		return nil, err
	}
	length := int(head[1])
	if length == 126 {
		if _, err := io.ReadFull(r, head[2:]); err != nil {
			return nil, err
		}
		length = int(binary.BigEndian.Uint16(head[2:]))
	}
	text := make([]byte, length)
	_, err := io.ReadFull(r, text)
	return text, err
}
