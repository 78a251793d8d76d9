package server

import (
	"fmt"
	"net"
	"net/http"
	"testing"

	"parley/desk"
)

// TestTwoExportsAtOnce refuses a third one, of which the audit log is not told. A place
// is free again when the file is out, and when its reader has gone.
func TestTwoExportsAtOnce(t *testing.T) {
	w := newWeb(t)
	_, token := w.agent("kemal", desk.RoleAdmin)
	exports := []struct{ method, path string }{{http.MethodPost, "/audit/export"}, {http.MethodGet, "/knowledge/export"}}
	var leave [2]func()
	for i := range leave {
		var err error
		if leave[i], err = w.takeExport(); err != nil {
			t.Fatal(err)
		}
	}
	head := w.app.Head()
	for _, e := range exports {
		if status, answer := w.ask(e.method, apiPath+e.path, token, "{}"); status != http.StatusTooManyRequests || code(answer) != desk.CodeRateLimited {
			t.Errorf("a third, %s: %d %v", e.path, status, answer)
		}
	}
	if w.app.Head() != head {
		t.Error("something was kept of it")
	}
	leave[0]()
	leave[0]() // gives no second place
	if _, err := w.takeExport(); err != nil {
		t.Error(err)
	}
	if _, err := w.takeExport(); desk.CodeOf(err) != desk.CodeRateLimited {
		t.Errorf("a place that was given back twice: %v", err)
	}
	leave[1]()
	for range 3 {
		for _, e := range exports {
			if status, answer := w.ask(e.method, apiPath+e.path, token, "{}"); status != http.StatusOK {
				t.Errorf("one after the other, %s: %d %v", e.path, status, answer)
			}
		}
	}
	for range 3 {
		conn, err := net.Dial("tcp", w.address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST %s/audit/export HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nX-Parley: 1\r\nCookie: sid=%s\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
			apiPath, w.address, testOrigin, token)
		conn.Close()
	}
	waitUntil(t, func() bool {
		status, _ := w.ask(http.MethodPost, apiPath+"/audit/export", token, "{}")
		return status == http.StatusOK
	})
}
