package bench

import (
	"bytes"
	"fmt"
)

// checkDoor makes sure that what is measured is guarded: without a session and
// with a made-up one nothing is told, without the header nothing is changed, and
// the owner's password opens.
func (s *stage) checkDoor() error {
	for _, token := range []string{"", "made-up"} {
		if err := s.expect(token, 401, func(c *client) (int, []byte, error) { return c.get("/api/v1/conversations") }); err != nil {
			return err
		}
		if err := s.expect(token, 401, func(c *client) (int, []byte, error) {
			return c.post("/api/v1/conversations/1/messages", []byte(`{"client_id":"00000000-0000-7000-8000-000000000001","text":"x"}`))
		}); err != nil {
			return err
		}
	}
	return s.expect("", 200, func(c *client) (int, []byte, error) {
		status, body, err := c.post("/api/v1/session", fmt.Appendf(nil, `{"email":%q,"password":%q}`, agentEmail(0), ownerPassword))
		if err == nil && status == 200 && !bytes.Contains(body, []byte(agentEmail(0))) {
			err = fmt.Errorf("bench: signed in as somebody else: %s", body)
		}
		return status, body, err
	})
}

// expect makes one request on a connection of its own and compares the status.
func (s *stage) expect(token string, status int, ask func(c *client) (int, []byte, error)) error {
	c, err := dial(s.server.address, token)
	if err != nil {
		return err
	}
	defer c.close()
	got, body, err := ask(c)
	if err == nil && got != status {
		err = fmt.Errorf("bench: the door answered %d and should answer %d: %.200s", got, status, body)
	}
	return err
}
