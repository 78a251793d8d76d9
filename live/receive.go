package live

import (
	"encoding/json"
	"time"

	"parley/desk"
)

// said is what a browser may say on the socket. Types that are not known are
// passed over, so that a newer page does not break on an older server.
type said struct {
	Type   string      `json:"type"`
	Number desk.Number `json:"number"`
	State  Presence    `json:"state"`
}

// typingEvery is how often at most a socket's typing is passed on.
const typingEvery = 2 * time.Second

// Receive takes what the browser said. What cannot be read is refused with
// desk.CodeInvalid; the socket stays open.
func (c *Client) Receive(text []byte) error {
	var s said
	if err := json.Unmarshal(text, &s); err != nil {
		return desk.Refuse(desk.CodeInvalid, "", "A frame is a JSON object with a type.")
	}
	h := c.hub
	switch s.Type {
	case "viewing":
		h.setViewing(c, s.Number)
	case "presence":
		h.setState(c, s.State)
	case "typing":
		if s.Number == 0 || time.Since(c.typedAt) < typingEvery {
			return nil
		}
		c.typedAt = time.Now()
		return c.typing(s.Number)
	}
	return nil
}
