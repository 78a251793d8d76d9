package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

// Visitor speaks HTTP to the server as the chat window in one browser would.
type Visitor struct {
	URL   string
	Token string
	HTTP  *http.Client
}

// Enter lets a browser in on the server's first site.
func (s *Server) Enter(t testing.TB, owner *Client) *Visitor {
	t.Helper()
	var list struct {
		Sites []struct {
			Key string `json:"key"`
		} `json:"sites"`
	}
	owner.Must(t, "GET", "/sites", nil, &list)
	if len(list.Sites) == 0 {
		t.Fatal("a fresh folder has no site")
	}
	v := &Visitor{URL: s.URL, HTTP: &http.Client{Timeout: 20 * time.Second}}
	var entered struct {
		Token string `json:"token"`
	}
	if err := v.Call("POST", "/visitors", body{"site": list.Sites[0].Key, "language": "en"}, &entered); err != nil {
		t.Fatal(err)
	}
	v.Token = entered.Token
	return v
}

// Call calls the visitors' interface. The error is a *Refusal when the server
// answered.
func (v *Visitor) Call(method, path string, in, out any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, v.URL+"/api/widget/v1"+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if v.Token != "" {
		request.Header.Set("Authorization", "Bearer "+v.Token)
	}
	answer, err := v.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return decode(answer, out)
}

// visitorPosted is the answer to a visitor's message.
type visitorPosted struct {
	Conversation struct {
		Handle string `json:"handle"`
	} `json:"conversation"`
	Message struct {
		ID       string `json:"id"`
		ClientID string `json:"client_id"`
		Text     string `json:"text"`
	} `json:"message"`
}

// Say sends a message into a conversation, or for the handle "" begins one, under a
// client id of the caller's.
func (v *Visitor) Say(handle, clientID, text string) (visitorPosted, error) {
	path := "/conversations"
	if handle != "" {
		path += "/" + handle + "/messages"
	}
	var out visitorPosted
	err := v.Call("POST", path, body{"client_id": clientID, "text": text}, &out)
	return out, err
}
