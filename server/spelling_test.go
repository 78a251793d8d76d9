package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/desk"
)

// spellings are other ways to write an address, by which a door might be passed.
func spellings(path string) []string {
	last := path[strings.LastIndexByte(path, '/')+1:]
	return []string{
		path + "/", "/" + path, strings.Replace(path, "/v1/", "/v1//", 1), strings.Replace(path, "/v1/", "/V1/", 1), strings.ToUpper(path),
		strings.Replace(path, "/v1/", "/v1/./", 1), strings.Replace(path, "/v1/", "/v1/x/../", 1), strings.Replace(path, "/v1/", "/v1/%2e/", 1),
		strings.Replace(path, "/v1/", "/v1%2f", 1), path + ";x=1", path + "%00", path + "%20", path + ".json", path + "?x=1",
		strings.TrimSuffix(path, last) + url.PathEscape(last+"/../"+last), strings.Replace(path, "widget", "%77idget", 1),
	}
}

// TestSpellingsOpenNothing writes the addresses of another visitor's things in other
// ways: nothing of theirs comes back, and nothing changes.
func TestSpellingsOpenNothing(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	victim, snoop := s.visitor(site), s.visitor(site)
	file := s.uploads(victim, "canary-file.txt", "canary-bytes")
	handle := s.starts(victim, "canary-text", file)
	asked, head := 0, s.app.Head()
	for _, r := range s.Routes() {
		if r.Action != desk.ActionVisit || !strings.Contains(r.Path, ":") {
			continue
		}
		path := strings.NewReplacer(":handle", handle, ":id", file, ":n", "1").Replace(r.URL())
		for _, spelled := range spellings(path) {
			for who, edit := range map[string]func(*http.Request){"another visitor": snoop, "nobody": func(*http.Request) {}} {
				asked++
				status, _, text := s.raw(r.Method, spelled, map[string]any{"client_id": desk.ID{1}, "text": "x", "seq": 1}, edit)
				if strings.Contains(text, "canary") || status >= 500 || (status < 300 && !strings.Contains(text, "<title>")) {
					t.Errorf("%s %s by %s: %d %s", r.Method, spelled, who, status, text)
				}
			}
		}
	}
	if s.app.Head() != head {
		t.Error("something has changed")
	}
	t.Logf("%d asked", asked)
}
