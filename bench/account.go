package bench

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/desk"
	"parley/store"
)

// session is an agent who is signed in.
type session struct {
	agent desk.ID
	token string // the value of the cookie
}

// signIn makes sessions for the first n agents in a stopped folder, as the server
// keeps them, because a thousand sign-ins would spend their time on hashing
// passwords, which is made to be slow.
func signIn(dir string, n int) ([]session, error) {
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		return nil, err
	}
	defer st.Close()
	var made []session
	now := desk.TimeOf(time.Now())
	life := (30 * 24 * time.Hour).Milliseconds()
	err = st.Update(func(tx *store.Tx) error {
		all, err := tx.Agents()
		if err != nil {
			return err
		}
		for _, agent := range all[:min(n, len(all))] {
			token := rand.Text()
			made = append(made, session{agent.ID, token})
			if err := tx.SaveSession(&store.Session{
				Hash: sha256.Sum256([]byte(token)), Agent: agent.ID, CreatedAt: now, SeenAt: now,
				ExpiresAt: now + desk.Time(life), IdleLimit: life,
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return made, err
}

// waitIndexed waits until the index has taken in everything.
func waitIndexed(ctx context.Context, address string, who session) error {
	c, err := dial(address, who.token)
	if err != nil {
		return err
	}
	defer c.close()
	for ctx.Err() == nil {
		body, err := c.must("/api/v1/search?q=" + "a")
		if err != nil {
			return err
		}
		var answer struct{ State string }
		if err := json.Unmarshal(body, &answer); err != nil {
			return err
		}
		lag, err := c.metric("parley_search_lag_events")
		if err != nil {
			return err
		}
		if answer.State == "ready" && lag == 0 {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return ctx.Err()
}

// metric reads one figure that the server tells its operator.
func (c *client) metric(name string) (v float64, err error) {
	body, err := c.must("/metrics")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(body)) {
		if text, found := strings.CutPrefix(line, name+" "); found {
			return strconv.ParseFloat(strings.TrimSpace(text), 64)
		}
	}
	return 0, fmt.Errorf("bench: the server has no metric %s", name)
}
