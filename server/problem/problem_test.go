package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"parley/desk"
	"parley/server/problem"
)

// secret stands for what may never leave the process.
const secret = "bucket parley.db page 7 at /var/lib"

type saveInput struct {
	Body struct {
		Email    string `json:"email" format:"email"`
		Password string `json:"password" minLength:"12"`
	}
}

// newApp has a plain route, a described operation and one behind a middleware for
// every error of errs.
func newApp(t *testing.T, errs map[string]error) (*fiber.App, *error) {
	t.Helper()
	app := fiber.New(fiber.Config{ErrorHandler: problem.Handler, Immutable: true})
	var fault error
	app.Use(func(c *fiber.Ctx) error {
		if err := c.Next(); err != nil {
			_ = problem.Handler(c, err)
		}
		fault = problem.Fault(c)
		return nil
	})
	config := huma.DefaultConfig("test", "1")
	config.DocsPath = ""
	api := humafiber.NewV2(app, config)
	for name, err := range errs {
		app.Get("/plain/"+name, func(*fiber.Ctx) error { return err })
		huma.Get(api, "/described/"+name, func(context.Context, *struct{}) (*struct{}, error) { return nil, err })
		huma.Register(api, huma.Operation{
			Method: http.MethodGet, Path: "/guarded/" + name,
			Middlewares: huma.Middlewares{func(ctx huma.Context, _ func(huma.Context)) {
				_ = huma.WriteErr(api, ctx, http.StatusInternalServerError, "", err)
			}},
		}, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	}
	huma.Post(api, "/described/save", func(context.Context, *saveInput) (*struct{}, error) { return nil, nil })
	return app, &fault
}

func ask(t *testing.T, app *fiber.App, method, path, body string) (*http.Response, problem.Problem) {
	t.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var p problem.Problem
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatalf("%s %s: %v in %q", method, path, err, raw)
	}
	if strings.Contains(string(raw), "parley.db") {
		t.Errorf("%s %s leaks %q", method, path, raw)
	}
	return response, p
}

func TestErrorsBecomeProblems(t *testing.T) {
	errs := map[string]error{
		"missing":  fmt.Errorf("server: %w", desk.NotFound("conversation")),
		"invalid":  desk.Refuse(desk.CodeInvalid, "email", "Write an address."),
		"limited":  problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Wait."), 1500*time.Millisecond),
		"full":     desk.Refuse(desk.CodeStorageFull, "", "The disk is full."),
		"fault":    errors.New(secret),
		"disguise": desk.Refuse(desk.CodeInternal, "", secret),
	}
	app, fault := newApp(t, errs)
	for name, want := range map[string]struct {
		status int
		code   desk.Code
		field  string
		retry  string
		fault  bool
	}{
		"missing":  {status: 404, code: desk.CodeNotFound},
		"invalid":  {status: 422, code: desk.CodeInvalid, field: "email"},
		"limited":  {status: 429, code: desk.CodeRateLimited, retry: "2"},
		"full":     {status: 507, code: desk.CodeStorageFull},
		"fault":    {status: 500, code: desk.CodeInternal, fault: true},
		"disguise": {status: 500, code: desk.CodeInternal, fault: true},
	} {
		for _, kind := range []string{"/plain/", "/described/", "/guarded/"} {
			response, p := ask(t, app, "GET", kind+name, "")
			if response.StatusCode != want.status || p.Status != want.status || p.Code != want.code || p.Field != want.field {
				t.Errorf("%s%s: status %d, %+v", kind, name, response.StatusCode, p)
			}
			if got := response.Header.Get("Content-Type"); got != problem.ContentType {
				t.Errorf("%s%s: content type %q", kind, name, got)
			}
			if got := strings.Join(response.Header.Values("Retry-After"), ","); got != want.retry {
				t.Errorf("%s%s: Retry-After %q, want %q", kind, name, got, want.retry)
			}
			if p.Type != "about:blank" || p.Title == "" || p.Detail == "" {
				t.Errorf("%s%s: incomplete %+v", kind, name, p)
			}
			if logged := *fault != nil && strings.Contains((*fault).Error(), secret); logged != want.fault {
				t.Errorf("%s%s: fault %v, want one: %t", kind, name, *fault, want.fault)
			}
		}
	}
}

func TestWrongForm(t *testing.T) {
	app, _ := newApp(t, nil)
	response, p := ask(t, app, "POST", "/described/save", `{"email":"x","password":"hunter2hunter","extra":1}`)
	if response.StatusCode != 422 || p.Code != desk.CodeInvalid || len(p.Errors) != 2 {
		t.Fatalf("status %d, %+v", response.StatusCode, p)
	}
	_, p = ask(t, app, "POST", "/described/save", `{"email":"a@example.com","password":"hunter2"}`)
	if p.Field != "password" || len(p.Errors) != 1 {
		t.Errorf("%+v", p)
	}
	for _, v := range p.Errors {
		if strings.Contains(v.Message, "hunter2") {
			t.Errorf("the password came back in %q", v.Message)
		}
	}
	response, p = ask(t, app, "POST", "/described/save", `{"email":`)
	if response.StatusCode != 400 || p.Code != desk.CodeInvalid {
		t.Errorf("cut JSON: status %d, %+v", response.StatusCode, p)
	}
}

func TestViolationsAreBounded(t *testing.T) {
	app, _ := newApp(t, nil)
	var body strings.Builder
	body.WriteString(`{"email":"a@example.com","password":"123456789012"`)
	for i := range 500 {
		fmt.Fprintf(&body, `,"extra%d":1`, i)
	}
	body.WriteString("}")
	if _, p := ask(t, app, "POST", "/described/save", body.String()); len(p.Errors) == 0 || len(p.Errors) > 20 {
		t.Errorf("%d violations", len(p.Errors))
	}
}

func TestRouting(t *testing.T) {
	app, _ := newApp(t, map[string]error{"missing": desk.NotFound("page")})
	for _, want := range []struct {
		method, path string
		status       int
		code         desk.Code
	}{
		{"GET", "/nowhere/<script>", 404, desk.CodeNotFound},
		{"POST", "/plain/missing", 405, desk.CodeInvalid},
	} {
		response, p := ask(t, app, want.method, strings.ReplaceAll(want.path, "<", "%3C"), "")
		if response.StatusCode != want.status || p.Code != want.code || strings.Contains(p.Detail, "script") {
			t.Errorf("%s %s: status %d, %+v", want.method, want.path, response.StatusCode, p)
		}
	}
}

// TestEveryCodeHasAStatus fails when desk gains a code that nobody thought of here.
func TestEveryCodeHasAStatus(t *testing.T) {
	for _, code := range codesOf(t) {
		if status := problem.Status(code); status == 500 && code != desk.CodeInternal {
			t.Errorf("%s has no status of its own", code)
		}
	}
}
