package apptest

import (
	"fmt"
	"strings"
	"time"

	"parley/app"
	"parley/desk"
)

// What Samples come to.
const (
	SampleConversations = 60
	SampleCustomers     = 20
	SampleReplies       = 2
)

// Samples are sample data for tests: more than one piece of a removal takes.
func Samples(now time.Time) app.SampleData {
	var lines strings.Builder
	for i := range SampleConversations {
		at := now.Add(time.Duration(i-2*SampleConversations) * time.Minute)
		said := func(from, text string, minute int) string {
			return fmt.Sprintf(`{"from":%q,"text":%q,"at":%q}`, from, text, at.Add(time.Duration(minute)*time.Second).Format(time.RFC3339))
		}
		lead := []string{`"agent":null`, `"agent":"nilufer@example.com"`, `"agent":null,"bot":true`}[i%3]
		fmt.Fprintf(&lines, `{"customer":{"id":"c%d","name":"Sample %d","email":"c%d@example.com","attributes":{"city":"İzmir"}},"channel":"web","status":%q,%s,"tags":["örnek"],"messages":[%s,%s]}`+"\n",
			i%SampleCustomers, i%SampleCustomers, i%SampleCustomers, []string{"open", "resolved", "archived", "open"}[i%4], lead,
			said("customer", "Kargom nerede?", 0), said([]string{"note", "agent", "bot"}[i%3], "canary", 1))
	}
	replies := make([]desk.ReplyChange, SampleReplies)
	for i := range replies {
		replies[i] = desk.ReplyChange{Title: new(fmt.Sprintf("Sample canary %d", i)), Shortcut: new(fmt.Sprintf("s%d", i)), Text: new("canary")}
	}
	return app.SampleData{Lines: []byte(lines.String()), Replies: replies}
}
