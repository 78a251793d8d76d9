package server

import (
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
)

// photoOf reads where an agent's photo is from an answer about them.
func photoOf(t *testing.T, status int, answer map[string]any) string {
	t.Helper()
	if status != http.StatusOK {
		t.Fatal(status, answer)
	}
	return answer["agent"].(map[string]any)["photo"].(string)
}

// TestPhoto makes a picture that an agent has uploaded their photo, which everybody may
// see under an address that changes with it and tells nothing of whose it is, until it
// is taken away.
func TestPhoto(t *testing.T) {
	s := newStand(t)
	id, ada := s.agent("ada", desk.RoleAgent)
	set := func(photo string) string {
		t.Helper()
		status, answer := s.ask("PATCH", apiPath+"/me", ada, map[string]any{"photo": photo})
		return photoOf(t, status, answer)
	}
	first := set(s.uploadsAs(ada, "me.png", pictureOf(t, 800, 400)))
	status, header, picture := s.raw("GET", first, nil)
	if config, err := jpeg.DecodeConfig(strings.NewReader(picture)); status != http.StatusOK || err != nil || config.Width != 192 || config.Height != 192 {
		t.Errorf("%d, %+v, %v", status, config, err)
	}
	if !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(header.Get("Cache-Control"), "immutable") ||
		header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Content-Type") != "image/jpeg" || header.Get("Set-Cookie") != "" {
		t.Errorf("headers: %v", header)
	}
	if strings.Contains(first, id.String()) || strings.Contains(first, "ada") {
		t.Errorf("%s tells whose it is", first)
	}
	if status, answer := s.ask("PATCH", apiPath+"/me", ada, map[string]any{"name": "Ada L."}); photoOf(t, status, answer) != first {
		t.Error("another change takes it away")
	}
	second := set(s.uploadsAs(ada, "me.png", pictureOf(t, 20, 20)))
	if status, _, _ := s.raw("GET", first, nil); second == first || status != http.StatusNotFound {
		t.Errorf("the one before, %s: %d", first, status)
	}
	if again := set(s.uploadsAs(ada, "me.png", pictureOf(t, 20, 20))); again != second {
		t.Errorf("the same picture has another address, %s", again)
	}
	if gone := set(""); gone != "" {
		t.Errorf("still there: %s", gone)
	}
	for _, mark := range []string{strings.TrimSuffix(strings.TrimPrefix(second, "/widget/photos/"), ".jpg"), "0", "..%2f..", strings.Repeat("a", 32), strings.Repeat("a", 3000)} {
		if status, _, _ := s.raw("GET", "/widget/photos/"+mark+".jpg", nil); status != http.StatusNotFound {
			t.Errorf("%.40s: %d", mark, status)
		}
	}
}

// TestPhotoOfTwo lets two agents have the same picture: who takes theirs away leaves the
// other's.
func TestPhotoOfTwo(t *testing.T) {
	s := newStand(t)
	paths := make([]string, 2)
	tokens := make([]string, 2)
	for i, name := range []string{"ada", "boris"} {
		_, tokens[i] = s.agent(name, desk.RoleAgent)
		status, answer := s.ask("PATCH", apiPath+"/me", tokens[i], map[string]any{"photo": s.uploadsAs(tokens[i], "me.png", pictureOf(t, 9, 9))})
		paths[i] = photoOf(t, status, answer)
	}
	if status, answer := s.ask("PATCH", apiPath+"/me", tokens[0], map[string]any{"photo": ""}); photoOf(t, status, answer) != "" {
		t.Error("still there")
	}
	for i, want := range []int{http.StatusNotFound, http.StatusOK} {
		if status, _, _ := s.raw("GET", paths[i], nil); status != want {
			t.Errorf("%d: %d, want %d", i, status, want)
		}
	}
}

// TestPhotoRefused takes nothing that is no picture of the caller's own, and leaves the
// photo that there is.
func TestPhotoRefused(t *testing.T) {
	s := newStand(t)
	_, ada := s.agent("ada", desk.RoleAgent)
	_, other := s.agent("otto", desk.RoleAgent)
	status, answer := s.ask("PATCH", apiPath+"/me", ada, map[string]any{"photo": s.uploadsAs(ada, "me.png", pictureOf(t, 20, 20))})
	before := photoOf(t, status, answer)
	for name, row := range map[string]struct {
		photo string
		code  desk.Code
	}{
		"no id":           {"me.png", desk.CodeInvalid},
		"nothing":         {app.NewID().String(), desk.CodeNotFound},
		"somebody else's": {s.uploadsAs(other, "me.png", pictureOf(t, 9, 9)), desk.CodeNotFound},
		"a text":          {s.uploadsAs(ada, "me.txt", "me"), desk.CodeFileType},
		"a damaged one":   {s.uploadsAs(ada, "me.png", pictureOf(t, 20, 20)[:60]), desk.CodeFileType},
		"far too large":   {s.uploadsAs(ada, "me.png", pictureOf(t, 4000, 4000)), desk.CodeTooLarge},
	} {
		status, answer := s.ask("PATCH", apiPath+"/me", ada, map[string]any{"photo": row.photo, "name": "Other"})
		if status < 400 || answer["code"] != string(row.code) || answer["errors"] == nil && answer["field"] == nil && row.code != desk.CodeNotFound {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	status, answer = s.ask("GET", apiPath+"/me", ada, nil)
	if photoOf(t, status, answer) != before || answer["agent"].(map[string]any)["name"] != "ada" {
		t.Errorf("afterwards %v", answer["agent"])
	}
}

// TestPhotoIsTakenAway lets who manages agents take the photo of one who is not above
// them away, and set none.
func TestPhotoIsTakenAway(t *testing.T) {
	s := newStand(t)
	_, admin := s.agent("adam", desk.RoleAdmin)
	id, ada := s.agent("ada", desk.RoleAgent)
	owner, olive := s.agent("olive", desk.RoleOwner)
	for _, token := range []string{ada, olive} {
		status, answer := s.ask("PATCH", apiPath+"/me", token, map[string]any{"photo": s.uploadsAs(token, "me.png", pictureOf(t, 20, 20))})
		photoOf(t, status, answer)
	}
	if status, answer := s.ask("DELETE", apiPath+"/agents/"+owner.String()+"/photo", admin, nil); status != http.StatusForbidden {
		t.Errorf("an owner's, by an admin: %d %v", status, answer)
	}
	if status, answer := s.ask("DELETE", apiPath+"/agents/"+owner.String()+"/photo", ada, nil); status != http.StatusForbidden {
		t.Errorf("an owner's, by an agent: %d %v", status, answer)
	}
	for range 2 { // saying it twice changes nothing
		if status, answer := s.ask("DELETE", apiPath+"/agents/"+id.String()+"/photo", admin, nil); photoOf(t, status, answer) != "" {
			t.Errorf("an agent's, by an admin: %d %v", status, answer)
		}
	}
	photo := []byte("x")
	if _, err := s.app.ChangeAgent(app.ChangeAgent{By: owner, ID: id, Photo: &photo}); desk.CodeOf(err) != desk.CodeForbidden {
		t.Errorf("setting somebody else's: %v", err)
	}
}

// TestVisitorsSeePhotos shows a photo beside the team's names and the agent's answers,
// and again where it has changed.
func TestVisitorsSeePhotos(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	id, ada := s.agent("ada", desk.RoleAgent)
	status, answer := s.ask("PATCH", apiPath+"/me", ada, map[string]any{"photo": s.uploadsAs(ada, "me.png", pictureOf(t, 20, 20))})
	photo := photoOf(t, status, answer)
	_, card := s.ask("GET", widgetPath+"/sites/"+site.Key, "", nil)
	for _, face := range card["agents"].([]any) {
		if got := face.(map[string]any); (got["name"] == "ada") != (got["photo"] == photo) {
			t.Errorf("the widget is told %v", got)
		}
	}
	visitor := s.visitor(site)
	handle := s.starts(visitor, "hi")
	if status, answer := s.ask("POST", apiPath+"/conversations/1/assign", ada, map[string]any{"agent_id": id}); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	if status, answer := s.ask("POST", apiPath+"/conversations/1/messages", ada, map[string]any{"client_id": app.NewID().String(), "text": "hello"}); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	seen := func() (lead, author any) {
		_, page := s.asVisitor(visitor, "GET", "/conversations/"+handle+"/messages", nil)
		messages := page["messages"].([]any)
		return page["conversation"].(map[string]any)["agent"].(map[string]any)["photo"],
			messages[len(messages)-1].(map[string]any)["author"].(map[string]any)["photo"]
	}
	if lead, author := seen(); lead != photo || author != photo {
		t.Errorf("the visitor sees %v and %v, want %s", lead, author, photo)
	}
	s.ask("PATCH", apiPath+"/me", ada, map[string]any{"photo": ""})
	if lead, author := seen(); lead != nil || author != nil {
		t.Errorf("taken away, the visitor sees %v and %v", lead, author)
	}
}
