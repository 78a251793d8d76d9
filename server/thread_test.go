package server

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
)

// TestWhereInAThread asks for places in a conversation: by words and by the time.
func TestWhereInAThread(t *testing.T) {
	s := newStand(t)
	_, token := s.agent("anna", desk.RoleAgent)
	customer, err := s.app.CreateCustomer(app.CreateCustomer{})
	var posted app.Posted
	for _, text := range []string{"👍 kargom nerede", "iki", "KARGO geldi"} {
		if err == nil {
			posted, err = s.app.Receive(app.ReceiveMessage{
				Customer: customer.ID, Number: posted.Conversation.Number, Draft: desk.Draft{ClientID: app.NewID(), Text: text},
			})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	moment := func(by time.Duration) string { return url.QueryEscape(now.Add(by).Format(time.RFC3339)) }
	for path, want := range map[string]string{
		"1/hits?q=kargo":                             "[map[ranges:[[3 9]] seq:1] map[ranges:[[0 5]] seq:3]] true",
		"1/hits?q=":                                  "[] true",
		"1/hits":                                     "[] true",
		"2/hits?q=kargo":                             "not_found",
		"1/hits?q=view:nowhere+tag:":                 "[] true",
		"1/messages?limit=1&at=" + moment(-1e12):     "1",
		"1/messages?limit=2&at=" + moment(1e12):      "3",
		"1/messages?limit=1&at=yesterday":            "invalid",
		"99/messages?at=" + moment(time.Duration(0)): "not_found",
	} {
		status, answer := s.ask("GET", apiPath+"/conversations/"+path, token, nil)
		if got := inShort(answer); got != want {
			t.Errorf("%s: %d %s, want %s", path, status, got, want)
		}
		if status >= http.StatusInternalServerError {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	for query, want := range map[string]int{
		"since=" + moment(-1e12): 1, "since=" + moment(1e12): 0, "until=" + moment(-1e12): 0, "since=" + moment(-1e12) + "&until=" + moment(1e12): 1,
	} {
		status, answer := s.ask("GET", apiPath+"/conversations?"+query, token, nil)
		if list, _ := answer["conversations"].([]any); status != http.StatusOK || len(list) != want {
			t.Errorf("%s: %d %v, want %d conversations", query, status, answer, want)
		}
	}
}

// inShort is what an answer says, in short: a problem's code, the hits, or the seqs.
func inShort(answer map[string]any) string {
	if c := code(answer); c != "" {
		return string(c)
	}
	if hits, ok := answer["hits"]; ok {
		return fmt.Sprint(hits, answer["all"])
	}
	seqs := ""
	for _, m := range answer["messages"].([]any) {
		seqs += fmt.Sprint(m.(map[string]any)["seq"])
	}
	return seqs
}
