package server

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
)

// uploadsAs sends an agent's file whole.
func (s *stand) uploadsAs(token, name, content string) string {
	s.t.Helper()
	id := app.NewID().String()
	for _, step := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/attachments", map[string]any{"client_id": id, "name": name, "size": len(content), "type": ""}},
		{"PUT", "/attachments/" + id + "/parts/1", content},
		{"POST", "/attachments/" + id + "/complete", nil},
	} {
		if status, answer := s.ask(step.method, apiPath+step.path, token, step.body); status != http.StatusOK {
			s.t.Fatal(status, answer)
		}
	}
	return id
}

func pictureOf(t *testing.T, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLogo makes a picture that was uploaded a site's logo, which everybody may see
// under an address that changes with it, until it is taken away.
func TestLogo(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	_, owner := s.agent("olive", desk.RoleOwner)
	path := apiPath + "/sites/" + site.ID.String()
	set := func(logo string) map[string]any {
		t.Helper()
		status, answer := s.ask("PATCH", path, owner, map[string]any{"logo": logo})
		if status != http.StatusOK {
			t.Fatal(status, answer)
		}
		logoNow, _ := answer["site"].(map[string]any)["logo"].(map[string]any)
		return logoNow
	}
	first := set(s.uploadsAs(owner, "logo.png", pictureOf(t, 800, 192)))
	if first["width"] != 400.0 || first["height"] != 96.0 {
		t.Errorf("it is %v", first)
	}
	address := first["path"].(string)
	status, header, picture := s.raw("GET", address, nil)
	if _, err := png.Decode(strings.NewReader(picture)); status != http.StatusOK || err != nil || header.Get("Content-Type") != "image/png" {
		t.Errorf("%d, %v, %v", status, err, header)
	}
	if !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(header.Get("Cache-Control"), "immutable") ||
		header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", header)
	}
	_, card := s.ask("GET", widgetPath+"/sites/"+site.Key, "", nil)
	if card["logo"].(map[string]any)["path"] != address {
		t.Errorf("the widget is told %v", card["logo"])
	}
	if status, answer := s.ask("PATCH", path, owner, map[string]any{"name": "Shop 2"}); status != http.StatusOK || answer["site"].(map[string]any)["logo"] == nil {
		t.Errorf("another change takes it away: %d %v", status, answer)
	}
	second := set(s.uploadsAs(owner, "logo.png", pictureOf(t, 20, 20)))
	if second["path"] == address {
		t.Error("another picture has the same address")
	}
	if status, _, _ := s.raw("GET", address, nil); status != http.StatusNotFound {
		t.Errorf("the one before: %d", status)
	}
	if gone := set(""); gone != nil {
		t.Errorf("still there: %v", gone)
	}
	if status, _, _ := s.raw("GET", second["path"].(string), nil); status != http.StatusNotFound {
		t.Errorf("one that was taken away: %d", status)
	}
}

// TestLogoRefused takes no logo that is none, or that is another's, and leaves the one
// that there is.
func TestLogoRefused(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	_, owner := s.agent("olive", desk.RoleOwner)
	_, other := s.agent("otto", desk.RoleAgent)
	path := apiPath + "/sites/" + site.ID.String()
	good := s.uploadsAs(owner, "logo.png", pictureOf(t, 20, 20))
	if status, answer := s.ask("PATCH", path, owner, map[string]any{"logo": good}); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	for name, row := range map[string]struct {
		logo string
		code desk.Code
	}{
		"no id":            {"logo.png", desk.CodeInvalid},
		"nothing":          {app.NewID().String(), desk.CodeNotFound},
		"somebody else's":  {s.uploadsAs(other, "logo.png", pictureOf(t, 9, 9)), desk.CodeNotFound},
		"a text":           {s.uploadsAs(owner, "logo.txt", "a logo"), desk.CodeFileType},
		"code":             {s.uploadsAs(owner, "logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), desk.CodeFileType},
		"a damaged one":    {s.uploadsAs(owner, "logo.png", pictureOf(t, 20, 20)[:60]), desk.CodeFileType},
		"far too large":    {s.uploadsAs(owner, "logo.png", pictureOf(t, 4000, 4000)), desk.CodeTooLarge},
		"with another rev": {good, desk.CodeConflict},
	} {
		change := map[string]any{"logo": row.logo}
		if row.code == desk.CodeConflict {
			change["rev"] = 1
		}
		status, answer := s.ask("PATCH", path, owner, change)
		if status < 400 || answer["code"] != string(row.code) {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if status, answer := s.ask("PATCH", path, other, map[string]any{"logo": ""}); status != http.StatusForbidden {
		t.Errorf("an agent may: %d %v", status, answer)
	}
	sites, err := s.app.Sites()
	if err != nil || sites[0].Logo == nil || sites[0].Logo.Width != 20 {
		t.Errorf("afterwards %+v, %v", sites[0].Logo, err)
	}
}
