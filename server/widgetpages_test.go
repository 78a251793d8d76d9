package server

import (
	"net/http"
	"strings"
	"testing"

	"parley/app"
	"parley/desk"
)

// with adds headers to a request.
func with(pairs ...string) func(*http.Request) {
	return func(r *http.Request) {
		for i := 0; i < len(pairs); i += 2 {
			r.Header.Set(pairs[i], pairs[i+1])
		}
	}
}

// TestLoaderOfASite carries the site's configuration as it is now, may be used by
// any page, and is not sent twice.
func TestLoaderOfASite(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	path := "/widget/" + site.Key + ".js"
	status, headers, script := s.raw("GET", path, nil)
	if status != http.StatusOK || !strings.Contains(script, `"key":"`+site.Key+`"`) || !strings.Contains(script, `"origin":"`+testOrigin+`"`) {
		t.Fatalf("%d %s", status, script)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin", "X-Content-Type-Options": "nosniff", "Set-Cookie": "",
	} {
		if got := headers.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if status, _, _ := s.raw("GET", path, nil, with("If-None-Match", headers.Get("ETag"))); status != http.StatusNotModified {
		t.Errorf("again: %d", status)
	}
	if !strings.Contains(script, `"launcher_icon":"M0 0h1z"`) || strings.Contains(script, "M0 0h2z") {
		t.Errorf("the icon is another, or they all come: %s", script)
	}
	s.sets(site.ID, desk.SiteChange{Look: desk.SiteLookChange{Color: text("#123456"), Icon: text("hand")}})
	if status, _, script := s.raw("GET", path, nil, with("If-None-Match", headers.Get("ETag"))); status != http.StatusOK || !strings.Contains(script, "#123456") || !strings.Contains(script, "M0 0h2z") {
		t.Errorf("after a change: %d %s", status, script)
	}
	off := false
	s.sets(site.ID, desk.SiteChange{Enabled: &off})
	for _, path := range []string{path, "/widget/" + site.Key + "/", widgetPath + "/sites/" + site.Key, "/widget/Unknown11111.js", "/widget/Unknown11111/"} {
		if status, headers, text := s.raw("GET", path, nil); status != http.StatusNotFound || headers.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
}

func text(s string) *string { return &s }

// sets changes a site as an owner would.
func (s *stand) sets(id desk.ID, change desk.SiteChange) {
	s.t.Helper()
	owner, _ := s.agent("owner-"+app.NewID().String(), desk.RoleOwner)
	if _, err := s.app.SaveSite(app.SaveSite{By: owner, ID: id, Change: change}); err != nil {
		s.t.Fatal(err)
	}
}

// TestFrameOfASite may be shown by our own pages and the site's, and by nobody
// else's.
func TestFrameOfASite(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	frame := func() (http.Header, string) {
		status, headers, text := s.raw("GET", "/widget/"+site.Key+"/", nil)
		if status != http.StatusOK {
			t.Fatal(status, text)
		}
		return headers, text
	}
	headers, text := frame()
	policy := headers.Get("Content-Security-Policy")
	if !strings.HasSuffix(policy, "frame-ancestors 'self'") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the policy is %s", policy)
	}
	if !strings.Contains(text, "frame") || headers.Get("X-Frame-Options") != "" || headers.Get("Set-Cookie") != "" || headers.Get("Cache-Control") != "no-store" {
		t.Errorf("%v %s", headers, text)
	}
	s.sets(site.ID, desk.SiteChange{Origins: &[]string{"https://shop.example", "https://*.shop.example:8443"}})
	headers, _ = frame()
	if policy := headers.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors 'self' https://shop.example https://*.shop.example:8443") {
		t.Errorf("the policy is %s", policy)
	}
}

// TestWidgetFiles serves what the build has made for the frame, for good and for
// any page, and nothing of it under another name.
func TestWidgetFiles(t *testing.T) {
	s := newStand(t)
	status, headers, text := s.raw("GET", "/widget/assets/app-1234.js", nil)
	if status != http.StatusOK || text != "export {};" || headers.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
		headers.Get("Access-Control-Allow-Origin") != "*" || headers.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%d %q %v", status, text, headers)
	}
	for _, path := range []string{
		"/widget/", "/widget/index.html", "/widget/loader.js", "/widget/icons.json", "/widget/assets/", "/widget/assets/none.js", "/widget/assets/../index.html",
		"/widget/assets/..%2findex.html", "/widget/demo/none", "/widget/demo/page.html", "/widget/assets", "/widget/a/b",
	} {
		if status, _, text := s.raw("GET", path, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
}

// TestDemoHost plays a website of the site that is asked for, or of the first, in
// both languages, under a policy that allows nothing inline.
func TestDemoHost(t *testing.T) {
	s := newStand(t)
	if status, _, text := s.raw("GET", "/widget/demo", nil); status != http.StatusNotFound {
		t.Errorf("without a site: %d %s", status, text)
	}
	first, second := s.newSite("Shop"), s.newSite("Blog")
	for path, want := range map[string][]string{
		"/widget/demo?lang=tr":                           {`<html lang="tr">`, "Ürünler", "/widget/" + first.Key + ".js"},
		"/widget/demo?lang=en&key=" + second.Key:         {`<html lang="en">`, "Products", "/widget/" + second.Key + ".js"},
		"/widget/demo?lang=%22%3E%3Cscript%3Ealert(1)//": {`<html lang="en">`},
	} {
		status, headers, page := s.raw("GET", path, nil)
		for _, part := range want {
			if status != http.StatusOK || !strings.Contains(page, part) {
				t.Errorf("%s: %d, no %s in %s", path, status, part, page)
			}
		}
		if strings.Contains(page, "alert(1)") || strings.Contains(page, "<style") || strings.Contains(page, "onclick") {
			t.Errorf("%s: %s", path, page)
		}
		if policy := headers.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %s", path, policy)
		}
	}
	if _, _, css := s.raw("GET", "/widget/demo/host.css", nil); !strings.Contains(css, "all: unset !important") {
		t.Error("the style sheet is harmless")
	}
}

// TestFirstContact is a browser's that loads the widget on a page that is not ours.
func TestFirstContact(t *testing.T) {
	for name, test := range map[string]struct {
		headers []string
		counts  bool
	}{
		"a website":                   {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "script"}, true},
		"a website of the same owner": {[]string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Dest", "script"}, true},
		"a website over plain HTTP":   {[]string{"Referer", "http://shop.example/cart"}, true},
		"our own page":                {[]string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Dest", "script"}, false},
		"our own page over HTTP":      {[]string{"Referer", testOrigin + "/widget/demo"}, false},
		"typed by hand":               {[]string{"Sec-Fetch-Site", "none", "Sec-Fetch-Dest", "document"}, false},
		"a link to the script":        {[]string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "document"}, false},
		"a program":                   {nil, false},
		"a broken Referer":            {[]string{"Referer", "://"}, false},
	} {
		s := newStand(t)
		site := s.newSite("Shop")
		s.raw("GET", "/widget/"+site.Key+".js", nil, with(test.headers...))
		sites, err := s.app.Sites()
		if err != nil || (sites[0].FirstContactAt != nil) != test.counts {
			t.Errorf("%s: %v, %v", name, sites[0].FirstContactAt, err)
		}
	}
}
