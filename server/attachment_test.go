package server

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"parley/app"
	"parley/desk"
)

// TestUploadSentAgain sends the part and the word that it was all at the same moment
// again and again, as a client does whose line is bad: it is never a fault of ours, and
// in the end the file is there.
func TestUploadSentAgain(t *testing.T) {
	s := newStand(t)
	_, token := s.agent("ada", desk.RoleAgent)
	content := strings.Repeat("a line of text\n", 10_000)
	for range 5 {
		id := app.NewID().String()
		path := apiPath + "/attachments/" + id
		if status, answer := s.ask("POST", apiPath+"/attachments", token, map[string]any{"client_id": id, "name": "a.txt", "size": len(content), "type": ""}); status != http.StatusOK {
			t.Fatal(status, answer)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				status, answer := s.ask("PUT", path+"/parts/1", token, content)
				if status != http.StatusOK && status != http.StatusConflict {
					t.Errorf("a part: %d %v", status, answer)
				}
				if status, answer := s.ask("POST", path+"/complete", token, nil); status != http.StatusOK {
					t.Errorf("complete: %d %v", status, answer)
				}
			})
		}
		all.Wait()
		if status, _, got := s.raw("GET", path, nil, func(r *http.Request) { r.Header.Set("Cookie", "sid="+token) }); status != http.StatusOK || got != content {
			t.Errorf("the file: %d with %d bytes", status, len(got))
		}
	}
}
