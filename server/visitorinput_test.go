package server

import (
	"maps"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
	"parley/server/limit"
	"parley/store/storetest"
)

// TestBadInputOfVisitors answers with a coded problem and changes nothing.
func TestBadInputOfVisitors(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	who := s.visitor(site)
	handle := s.starts(who, "Merhaba")
	long := strings.Repeat("a", desk.MaxTextBytes+1)
	id := func() string { return app.NewID().String() }
	message := func(changes map[string]any) map[string]any {
		m := map[string]any{"client_id": id(), "text": "Merhaba"}
		maps.Copy(m, changes)
		return m
	}
	before := storetest.Dump(t, s.store)
	for name, test := range map[string]struct {
		method, path string
		body         any
		code         desk.Code
	}{
		"no JSON":                  {"POST", "/conversations", "{", desk.CodeInvalid},
		"a list":                   {"POST", "/conversations", "[]", desk.CodeInvalid},
		"no client id":             {"POST", "/conversations", map[string]any{"text": "x"}, desk.CodeInvalid},
		"a client id of zeros":     {"POST", "/conversations", message(map[string]any{"client_id": "00000000-0000-0000-0000-000000000000"}), desk.CodeInvalid},
		"a client id that is none": {"POST", "/conversations", message(map[string]any{"client_id": "1"}), desk.CodeInvalid},
		"nothing said":             {"POST", "/conversations", message(map[string]any{"text": " \n"}), desk.CodeEmpty},
		"too much said":            {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"text": long}), desk.CodeTooLong},
		"a NUL":                    {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"text": "a\x00b"}), desk.CodeBadText},
		"half a character":         {"POST", "/conversations/" + handle + "/messages", `{"client_id":"` + id() + `","text":"a\ud800"}`, desk.CodeBadText},
		"broken UTF-8":             {"POST", "/conversations/" + handle + "/messages", `{"client_id":"` + id() + `","text":"a` + "\xff" + `"}`, desk.CodeBadText},
		"a note":                   {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"note": true}), desk.CodeInvalid},
		"choices":                  {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"choices": []string{"x"}}), desk.CodeInvalid},
		"an unknown file":          {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"attachments": []string{id()}}), desk.CodeNotFound},
		"many files":               {"POST", "/conversations/" + handle + "/messages", message(map[string]any{"attachments": make([]desk.ID, 11)}), desk.CodeTooMany},
		"a page that is code":      {"POST", "/conversations", message(map[string]any{"page": map[string]any{"url": "javascript:alert(1)"}}), desk.CodeInvalid},
		"a number for a handle":    {"POST", "/conversations/1/messages", message(nil), desk.CodeNotFound},
		"a bent handle":            {"GET", "/conversations/" + handle[:21] + "!/messages", nil, desk.CodeNotFound},
		"no limit":                 {"GET", "/conversations/" + handle + "/messages?limit=0", nil, desk.CodeInvalid},
		"a great limit":            {"GET", "/conversations/" + handle + "/messages?limit=101", nil, desk.CodeInvalid},
		"before what":              {"GET", "/conversations/" + handle + "/messages?before=x", nil, desk.CodeInvalid},
		"read a negative":          {"POST", "/conversations/" + handle + "/read", map[string]any{"seq": -1}, desk.CodeInvalid},
		"rated while open":         {"POST", "/conversations/" + handle + "/rating", map[string]any{"score": 5}, desk.CodeConflict},
		"a rating of six":          {"POST", "/conversations/" + handle + "/rating", map[string]any{"score": 6}, desk.CodeInvalid},
		"a bad e-mail address":     {"PATCH", "/me", map[string]any{"email": "nobody"}, desk.CodeInvalid},
		"a long name":              {"PATCH", "/me", map[string]any{"name": strings.Repeat("n", 500)}, desk.CodeTooLong},
		"tags":                     {"PATCH", "/me", map[string]any{"tags": []string{"vip"}}, desk.CodeInvalid},
		"verified":                 {"PATCH", "/me", map[string]any{"verified": true}, desk.CodeInvalid},
		"an old consent":           {"PATCH", "/me", map[string]any{"consent": map[string]any{"version": "0"}}, desk.CodeConflict},
		"a program":                {"POST", "/attachments", map[string]any{"client_id": id(), "name": "a.exe", "size": 9, "type": ""}, desk.CodeFileType},
		"a web page":               {"POST", "/attachments", map[string]any{"client_id": id(), "name": "a.html", "size": 9, "type": "text/html"}, desk.CodeFileType},
		"a picture that is code":   {"POST", "/attachments", map[string]any{"client_id": id(), "name": "a.svg", "size": 9, "type": "image/svg+xml"}, desk.CodeFileType},
		"a great file":             {"POST", "/attachments", map[string]any{"client_id": id(), "name": "a.png", "size": desk.MaxVisitorFileBytes + 1, "type": "image/png"}, desk.CodeTooLarge},
		"an empty file":            {"POST", "/attachments", map[string]any{"client_id": id(), "name": "a.png", "size": 0, "type": "image/png"}, desk.CodeEmpty},
		"no such site":             {"POST", "/visitors", map[string]any{"site": "Unknown11111"}, desk.CodeNotFound},
		"a bad time zone":          {"POST", "/visitors", map[string]any{"site": site.Key, "zone": strings.Repeat("z", 65)}, desk.CodeInvalid},
	} {
		status, answer := s.asVisitor(who, test.method, test.path, test.body)
		if status < 400 || status >= 500 || code(answer) != test.code {
			t.Errorf("%s: %d %v, want %s", name, status, answer, test.code)
		}
	}
	after := storetest.Dump(t, s.store)
	for k, v := range after {
		if before[k] != v {
			t.Errorf("something refused has changed %q", k)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d keys became %d", len(before), len(after))
	}
}

// TestMistypedFile is refused when its bytes are not what its name says.
func TestMistypedFile(t *testing.T) {
	s := newStand(t)
	who := s.visitor(s.newSite("Shop"))
	file := app.NewID().String()
	s.asVisitor(who, "POST", "/attachments", map[string]any{"client_id": file, "name": "cat.png", "size": 9, "type": "image/png"})
	if status, answer := s.asVisitor(who, "POST", "/attachments/"+file+"/complete", nil); code(answer) != desk.CodeUnfinished {
		t.Errorf("cut: %d %v", status, answer)
	}
	s.asVisitor(who, "PUT", "/attachments/"+file+"/parts/1", "<script>a")
	if status, answer := s.asVisitor(who, "POST", "/attachments/"+file+"/complete", nil); code(answer) != desk.CodeFileType {
		t.Errorf("mistyped: %d %v", status, answer)
	}
	if status, answer := s.asVisitor(who, "POST", "/conversations", map[string]any{"client_id": app.NewID(), "text": "x", "attachments": []string{file}}); code(answer) != desk.CodeUnfinished {
		t.Errorf("attached all the same: %d %v", status, answer)
	}
	off := false
	card, err := s.app.Sites()
	if err != nil {
		t.Fatal(err)
	}
	s.sets(card[0].ID, desk.SiteChange{Files: &off})
	if status, answer := s.asVisitor(who, "POST", "/attachments", map[string]any{"client_id": app.NewID(), "name": "cat.png", "size": 9, "type": "image/png"}); code(answer) != desk.CodeForbidden {
		t.Errorf("where no files are taken: %d %v", status, answer)
	}
}

// TestVisitorsAreNotAskedForTheAgentsHeader but a page of another site is refused.
func TestVisitorsAreNotAskedForTheAgentsHeader(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	enter := func(edits ...func(*http.Request)) int {
		status, _, _ := s.raw("POST", widgetPath+"/visitors", map[string]any{"site": site.Key}, edits...)
		return status
	}
	if status := enter(); status != http.StatusCreated {
		t.Errorf("a program: %d", status)
	}
	if status := enter(with("Origin", testOrigin, "Sec-Fetch-Site", "same-origin")); status != http.StatusCreated {
		t.Errorf("the frame: %d", status)
	}
	for _, headers := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}} {
		if status := enter(with(headers...)); status != http.StatusForbidden {
			t.Errorf("%v: %d", headers, status)
		}
	}
	_, headers, _ := s.raw("POST", widgetPath+"/visitors", map[string]any{"site": site.Key})
	if headers.Get("Access-Control-Allow-Origin") != "" || headers.Get("Set-Cookie") != "" || headers.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", headers)
	}
}

// TestLimitsOfVisitors are those of docs/widget.md, by address and by visitor.
func TestLimitsOfVisitors(t *testing.T) {
	now := time.Now()
	l := newLimits(func() time.Time { return now }, false)
	for name, test := range map[string]struct {
		limiter *limit.Limiter
		n, size int
		within  time.Duration
	}{
		"visitors by address":   {l.enter, 10, 1, time.Minute},
		"visitors by site":      {l.enterSite, 100, 1, time.Minute},
		"identities":            {l.identify, 30, 1, time.Minute},
		"wrong tokens":          {l.badToken, 60, 1, time.Minute},
		"messages":              {l.say.own, 20, 1, time.Minute},
		"files":                 {l.send.own, 10, 1, time.Hour},
		"files of 10 MiB a day": {l.sendBytes.own, 5, 10, 24 * time.Hour},
		"messages by address":   {l.say.address, 400, 1, time.Minute},
		"files by address":      {l.send.address, 200, 1, time.Hour},
		"MiB a day by address":  {l.sendBytes.address, 100, 10, 24 * time.Hour},
		"requests by address":   {l.visit.address, 6000, 1, time.Minute},
		"introductions":         {l.introduce, 20, 1, time.Minute},
	} {
		for i := range test.n {
			if err := allowN(test.limiter, "a", test.size); err != nil {
				t.Fatalf("%s: number %d: %v", name, i+1, err)
			}
		}
		if err := allowN(test.limiter, "a", test.size); desk.CodeOf(err) != desk.CodeRateLimited {
			t.Errorf("%s: number %d: %v", name, test.n+1, err)
		}
		if err := allowN(test.limiter, "b", test.size); err != nil {
			t.Errorf("%s: somebody else: %v", name, err)
		}
		now = now.Add(test.within)
		if err := allowN(test.limiter, "a", test.size); err != nil {
			t.Errorf("%s: after %s: %v", name, test.within, err)
		}
	}
}

// TestLimitsAreAsked holds each to the door that it guards: the answer is 429 with
// the time to wait, and nothing is stored.
func TestLimitsAreAsked(t *testing.T) {
	s := newStand(t)
	site := s.newSite("Shop")
	who := s.visitor(site)
	handle := s.starts(who, "Merhaba")
	none := func() *limit.Limiter {
		l := limit.New(time.Now, limit.Rate{N: 1, Per: time.Hour})
		for _, key := range []string{"0.0.0.0", limit.AddressKey(netip.Addr{}), site.ID.String(), s.customerOf(handle)} {
			l.Allow(key)
		}
		return l
	}
	say := map[string]any{"client_id": app.NewID(), "text": "Merhaba"}
	file := map[string]any{"client_id": app.NewID(), "name": "a.txt", "size": 9, "type": ""}
	for name, test := range map[string]struct {
		field        **limit.Limiter
		method, path string
		body         any
		edit         func(*http.Request)
	}{
		"enter":     {&s.limits.enter, "POST", "/visitors", map[string]any{"site": site.Key}, who},
		"enterSite": {&s.limits.enterSite, "POST", "/visitors", map[string]any{"site": site.Key}, who},
		"identify":  {&s.limits.identify, "POST", "/identify", map[string]any{"site": site.Key, "jwt": "a.b.c"}, who},
		"badToken":  {&s.limits.badToken, "GET", "/me", nil, bearing("guess")},
		"visit":     {&s.limits.visit.own, "GET", "/me", nil, who},
		"say":       {&s.limits.say.own, "POST", "/conversations", say, who},
		"say more":  {&s.limits.say.own, "POST", "/conversations/" + handle + "/messages", say, who},
		"send":      {&s.limits.send.own, "POST", "/attachments", file, who},
		"sendBytes": {&s.limits.sendBytes.own, "POST", "/attachments", file, who},
		"visitFrom": {&s.limits.visit.address, "GET", "/me", nil, who},
		"sayFrom":   {&s.limits.say.address, "POST", "/conversations", say, who},
		"sendFrom":  {&s.limits.send.address, "POST", "/attachments", file, who},
		"bytesFrom": {&s.limits.sendBytes.address, "POST", "/attachments", file, who},
		"introduce": {&s.limits.introduce, "PATCH", "/me", map[string]any{"language": "tr"}, who},
		"siteCard":  {&s.limits.siteReader, "GET", "/sites/" + site.Key, nil, who},
	} {
		open := *test.field
		*test.field = none()
		head := s.app.Head()
		status, headers, answer := s.raw(test.method, widgetPath+test.path, test.body, test.edit)
		if status != http.StatusTooManyRequests || headers.Get("Retry-After") == "" || !strings.Contains(answer, `"rate_limited"`) || s.app.Head() != head {
			t.Errorf("%s: %d %q %s", name, status, headers.Get("Retry-After"), answer)
		}
		*test.field = open
	}
}

// customerOf is the customer of a conversation.
func (s *stand) customerOf(handle string) string {
	s.t.Helper()
	n, err := s.app.NumberOf(handle)
	if err != nil {
		s.t.Fatal(err)
	}
	thread, err := s.app.Open(n)
	if err != nil {
		s.t.Fatal(err)
	}
	return thread.Conversation.Customer.ID.String()
}
