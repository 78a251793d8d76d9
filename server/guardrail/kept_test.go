package guardrail_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
)

// TestKeptStringsStayTheirOwn keeps strings and bytes of many requests, of 64
// clients at once, beyond the life of each request. The server reuses its
// buffers, so what is kept without a copy turns into somebody else's.
func TestKeptStringsStayTheirOwn(t *testing.T) {
	const clients, rounds = 64, 20
	type kept struct{ path, query, header, cookie, body string }
	var mu sync.Mutex
	all := map[string][]kept{}
	h := build(t, func(app *fiber.App, _ *guardrail.Headers) {
		app.Post("/keep/:id", func(c *fiber.Ctx) error {
			k := kept{c.Params("id"), c.Query("q"), c.Get("X-Id"), c.Cookies("sid"), string(c.Body())}
			mu.Lock()
			defer mu.Unlock()
			all[c.Params("id")] = append(all[c.Params("id")], k)
			return c.SendString(k.path)
		})
	}).open(t)
	var group sync.WaitGroup
	for client := range clients {
		group.Go(func() {
			for round := range rounds {
				id := fmt.Sprintf("%02d-%02d-%s", client, round, strings.Repeat(string(rune('a'+client%26)), 20))
				request, err := http.NewRequest(http.MethodPost, "http://"+h.address+"/keep/"+id+"?q="+id, strings.NewReader(id))
				if err != nil {
					t.Error(err)
					return
				}
				request.Header.Set("X-Parley", "1")
				request.Header.Set("X-Id", id)
				request.AddCookie(&http.Cookie{Name: "sid", Value: id})
				response, err := http.DefaultClient.Do(request)
				if err != nil {
					t.Error(err)
					return
				}
				response.Body.Close()
			}
		})
	}
	group.Wait()
	if len(all) != clients*rounds {
		t.Errorf("%d ids, want %d", len(all), clients*rounds)
	}
	for id, list := range all {
		if want := (kept{id, id, id, id, id}); len(list) != 1 || list[0] != want {
			t.Errorf("%s: kept %+v", id, list)
		}
	}
}
