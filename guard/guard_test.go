package guard_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/guard"
)

// loopback lets a test's own server be called.
func loopback(t testing.TB) []netip.Prefix {
	t.Helper()
	allow, err := guard.ParseAllow([]string{"127.0.0.1", "::1"})
	if err != nil {
		t.Fatal(err)
	}
	return allow
}

func serve(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestPost(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Heard", r.Header.Get("X-Said"))
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write(append([]byte("you said "), body...))
	})
	c := guard.New(guard.Options{Allow: loopback(t)})
	answer, err := c.Post(t.Context(), address+"/path?q=1", http.Header{"X-Said": {"hi"}}, []byte("hello"))
	if err != nil || answer.Status != http.StatusTeapot || string(answer.Body) != "you said hello" || answer.Header.Get("X-Heard") != "hi" {
		t.Fatalf("%+v, %v", answer, err)
	}
}

// TestUnlistedIsNotCalled goes for a server of our own by every name that leads to
// it, without the operator's leave: nothing may arrive.
func TestUnlistedIsNotCalled(t *testing.T) {
	arrived := make(chan string, 100)
	address := serve(t, func(_ http.ResponseWriter, r *http.Request) { arrived <- r.URL.Path })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	c := guard.New(guard.Options{Timeout: 2 * time.Second})
	for _, host := range []string{
		"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]",
		"10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
	} {
		if _, err := c.Post(t.Context(), "http://"+host+":"+port+"/"+host, nil, nil); err == nil {
			t.Errorf("%s was called", host)
		}
	}
	select {
	case path := <-arrived:
		t.Errorf("%s arrived", path)
	default:
	}
	if _, err := c.Post(t.Context(), address, nil, nil); !errors.Is(err, guard.ErrAddress) {
		t.Errorf("refused with %v", err)
	}
}

func TestStrangeAddresses(t *testing.T) {
	c := guard.New(guard.Options{Allow: loopback(t)})
	for _, address := range []string{"", "/x", "file:///etc/passwd", "gopher://127.0.0.1/", "http://", "http://user:pass@127.0.0.1/", "http://127.0.0.1:x/", "http:// /"} {
		if _, err := c.Post(t.Context(), address, nil, nil); !errors.Is(err, guard.ErrURL) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		size := 1000
		if r.URL.Path == "/large" {
			size++
		}
		_, _ = w.Write(make([]byte, size))
	})
	c := guard.New(guard.Options{Allow: loopback(t), MaxBytes: 1000})
	if answer, err := c.Post(t.Context(), address, nil, nil); err != nil || len(answer.Body) != 1000 {
		t.Errorf("as large as allowed: %v", err)
	}
	if _, err := c.Post(t.Context(), address+"/large", nil, nil); !errors.Is(err, guard.ErrTooLarge) {
		t.Errorf("larger: %v", err)
	}
}

// TestSlowAnswers gives up on a server that does not answer, and on one that sends
// an octet now and then.
func TestSlowAnswers(t *testing.T) {
	stop := make(chan struct{})
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drip" {
			for {
				if _, err := w.Write([]byte(".")); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-stop:
					return
				case <-r.Context().Done():
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		}
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	})
	defer close(stop)
	c := guard.New(guard.Options{Allow: loopback(t), Timeout: 100 * time.Millisecond})
	for _, path := range []string{"", "/drip"} {
		if _, err := c.Post(t.Context(), address+path, nil, nil); !errors.Is(err, guard.ErrTimeout) {
			t.Errorf("%q: %v", path, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := guard.New(guard.Options{Allow: loopback(t)}).Post(ctx, address, nil, nil); !errors.Is(err, guard.ErrTimeout) {
		t.Errorf("the caller's own limit: %v", err)
	}
}

// TestNoRedirects takes a redirect for an answer: what it points at was judged by
// nobody.
func TestNoRedirects(t *testing.T) {
	called := false
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		called = called || r.URL.Path == "/there"
		http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
	})
	answer, err := guard.New(guard.Options{Allow: loopback(t)}).Post(t.Context(), address, nil, nil)
	if err != nil || answer.Status != http.StatusTemporaryRedirect || called {
		t.Errorf("%+v, %v, followed: %t", answer, err, called)
	}
}

// TestNoProxy leaves a proxy of the environment alone.
func TestNoProxy(t *testing.T) {
	proxied := false
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { proxied = true })
	t.Setenv("HTTP_PROXY", proxy)
	t.Setenv("http_proxy", proxy)
	address := serve(t, func(http.ResponseWriter, *http.Request) {})
	if _, err := guard.New(guard.Options{Allow: loopback(t)}).Post(t.Context(), address, nil, nil); err != nil || proxied {
		t.Errorf("proxied: %t, %v", proxied, err)
	}
}

func TestNobodyAnswers(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	if _, err := guard.New(guard.Options{Allow: loopback(t)}).Post(t.Context(), "http://"+address, nil, nil); !errors.Is(err, guard.ErrNoAnswer) {
		t.Errorf("%v", err)
	}
}

func TestParseAllow(t *testing.T) {
	allow, err := guard.ParseAllow([]string{"10.1.2.3", " 192.168.7.9/16", "fd00::/8", "::ffff:10.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"10.1.2.3/32", "192.168.0.0/16", "fd00::/8", "10.0.0.1/32"}
	for i := range want {
		if allow[i].String() != want[i] {
			t.Errorf("%s, want %s", allow[i], want[i])
		}
	}
	for _, text := range []string{"", "example.com", "10.0.0.0/33", "10.0.0"} {
		if _, err := guard.ParseAllow([]string{text}); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

// TestPeek reads how a page begins, and nothing of what is no page.
func TestPeek(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(strings.Repeat("a", 1500)))
		case "/film":
			w.Header().Set("Content-Type", "video/mp4")
			_, _ = w.Write(make([]byte, 1500))
		case "/elsewhere":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/nameless":
			w.Header()["Content-Type"] = nil
			_, _ = w.Write([]byte("<html>"))
		}
		if r.Method != http.MethodGet {
			t.Errorf("asked with %s", r.Method)
		}
	})
	c := guard.New(guard.Options{Allow: loopback(t), MaxBytes: 1000})
	for path, want := range map[string]struct{ status, read int }{
		"/page": {200, 1000}, "/film": {200, 0}, "/elsewhere": {302, 0}, "/nameless": {200, 0}, "/nothing": {200, 0},
	} {
		answer, err := c.Peek(t.Context(), address+path, nil, "text/html")
		if path == "/elsewhere" && answer != nil {
			want.read = len(answer.Body) // a word for people
		}
		if err != nil || answer.Status != want.status || len(answer.Body) != want.read {
			t.Errorf("%s: %+v, %v", path, answer, err)
		}
	}
	if _, err := guard.New(guard.Options{}).Peek(t.Context(), address+"/page", nil, "text/html"); !errors.Is(err, guard.ErrAddress) {
		t.Errorf("an address that is not public: %v", err)
	}
}

// TestEncrypted sends nothing unencrypted but to listed networks, and reads of an
// answer that is only told no more than it has to.
func TestEncrypted(t *testing.T) {
	arrived := make(chan string, 10)
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- r.URL.Path
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write(make([]byte, 1<<20))
	})
	c := guard.New(guard.Options{Allow: loopback(t), Encrypted: true, MaxBytes: 10, Timeout: 2 * time.Second})
	answer, err := c.Tell(t.Context(), address+"/listed", nil, []byte("hello"))
	if err != nil || answer.Status != http.StatusAccepted || len(answer.Body) != 0 || <-arrived != "/listed" {
		t.Errorf("%+v, %v", answer, err)
	}
	if _, err := c.Tell(t.Context(), "http://192.0.43.7/", nil, nil); !errors.Is(err, guard.ErrAddress) {
		t.Errorf("a public address, unencrypted: %v", err)
	}
	if _, err := c.Tell(t.Context(), "https://10.1.2.3/", nil, nil); !errors.Is(err, guard.ErrAddress) {
		t.Errorf("a private address: %v", err)
	}
}
