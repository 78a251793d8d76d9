package bench

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"parley/app"
	"parley/desk"
)

// visitorsPath is where the visitors' interface lies.
const visitorsPath = "/api/widget/v1"

// talkEvery is the pace at which visitors write: a hundred messages a second.
const talkEvery = 10 * time.Millisecond

// visitorRows measures what very many connected visitors cost, and how long a
// message of one takes to an agent's screen and the answer back.
func (s *stage) visitorRows() error {
	tokens, err := s.enterVisitors(s.much.visitors)
	if err != nil {
		return err
	}
	alone, err := s.posts(1, 0)
	if err != nil {
		return err
	}
	s.rest()
	before, memoryErr := memoryOf(s.server.cmd.Process.Pid)
	began := time.Now()
	crowd, err := gather(s.server.address, visitorsDoor(tokens), len(tokens))
	if err != nil {
		return err
	}
	joined := time.Since(began)
	s.rest()
	after, _ := memoryOf(s.server.cmd.Process.Pid)
	beside, err := s.posts(1, 0)
	crowd.stop()
	if err != nil {
		return err
	}
	if memoryErr == nil {
		row := s.row("visitors.idle", fmt.Sprintf("memory of each of %d idle visitors' sockets, private", len(tokens)))
		row.Value, row.Unit = float64(int64(after.anonymous)-int64(before.anonymous))/float64(len(tokens))/(1<<10), "KiB"
		row.Note = fmt.Sprintf("they joined in %s and were told %s", joined.Round(time.Millisecond), bytesText(float64(crowd.octets.Load())))
		s.add(row)
	}
	row := s.row("visitors.post", fmt.Sprintf("durable post beside %d idle visitors", len(tokens)))
	beside.fill(&row)
	row.Ratio = float64(beside.times.P99) / float64(alone.times.P99)
	row.Note = fmt.Sprintf("the ratio is of p99 to that without them, %s ms", number(milliseconds(alone.times.P99)))
	s.add(row)
	return s.talkRow(tokens[:min(s.much.talkers, len(tokens))])
}

// rest leaves the server alone for long enough that it has given back what was needed
// before: what is compared then is what stays.
func (s *stage) rest() {
	for range 5 {
		s.settle()
	}
}

// enterVisitors makes visitors of the first site.
func (s *stage) enterVisitors(n int) ([]string, error) {
	owner, err := s.dial(0)
	if err != nil {
		return nil, err
	}
	defer owner.close()
	body, err := owner.must("/api/v1/sites")
	if err != nil {
		return nil, err
	}
	var list struct{ Sites []struct{ Key string } }
	if err := json.Unmarshal(body, &list); err != nil || len(list.Sites) == 0 {
		return nil, fmt.Errorf("bench: no site in %s: %w", body, err)
	}
	const clients = 16
	tokens, faults := make([]string, n), make([]error, clients)
	var wait sync.WaitGroup
	for i := range clients {
		wait.Go(func() { faults[i] = s.enter(list.Sites[0].Key, tokens, i, clients) })
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

// enter makes every step-th visitor from one on.
func (s *stage) enter(site string, tokens []string, from, step int) error {
	c, err := dial(s.server.address, "")
	if err != nil {
		return err
	}
	defer c.close()
	body := fmt.Appendf(nil, `{"site":%q}`, site)
	for i := from; i < len(tokens); i += step {
		status, answer, err := c.post(visitorsPath+"/visitors", body)
		if err == nil && status != 201 {
			err = fmt.Errorf("bench: POST %s/visitors: %d %s", visitorsPath, status, answer)
		}
		var entered struct{ Token string }
		if err == nil {
			err = json.Unmarshal(answer, &entered)
		}
		if err != nil {
			return err
		}
		tokens[i] = entered.Token
	}
	return nil
}

// visitorsDoor lets visitors in, each by its token as the first message.
func visitorsDoor(tokens []string) door {
	return door{path: visitorsPath + "/socket", first: func(i int) string {
		return `{"type":"auth","token":"` + tokens[i] + `"}`
	}}
}

// talkRow lets visitors write, a hundred messages a second, and an agent answer each
// as soon as it is on the screen. The time is that until the visitor has the answer.
func (s *stage) talkRow(tokens []string) error {
	visitors, err := gather(s.server.address, visitorsDoor(tokens), len(tokens))
	if err != nil {
		return err
	}
	defer visitors.stop()
	screen, err := gather(s.server.address, s.agentsDoor(), 1)
	if err != nil {
		return err
	}
	defer screen.stop()
	t := &talk{visitors: visitors, screen: screen, tokens: tokens}
	if t.visitor, err = dial(s.server.address, ""); err != nil {
		return err
	}
	defer t.visitor.close()
	if t.agents, err = s.poster(1); err != nil {
		return err
	}
	defer t.agents.close()
	l := &load{
		clients: 1, rounds: s.much.rounds, pid: s.server.cmd.Process.Pid, pace: talkEvery,
		least: s.much.talks, most: s.much.talks, warm: 5, try: t.once,
	}
	result, err := l.run()
	if err != nil {
		return err
	}
	row := s.row("visitors.round", fmt.Sprintf("visitor's message → screen → answer → visitor, %d connected, 100 a second", len(tokens)))
	result.fill(&row)
	row.Rate = 0
	there := timesOf(t.there)
	row.Note = fmt.Sprintf("to the screen p50 %s, p99 %s ms", number(milliseconds(there.P50)), number(milliseconds(there.P99)))
	s.add(row)
	return nil
}

// talk is visitors and an agent who answers them.
type talk struct {
	visitors, screen *crowd
	tokens           []string
	visitor          *client // writes for each visitor in turn
	agents           *poster
	there            []time.Duration // until the message was on the screen
}

// once lets a visitor begin a conversation and hear an answer in it.
func (t *talk) once(_, n int) (check func() error, err error) {
	began := time.Now()
	id, answerID := app.NewID(), app.NewID()
	onScreen := t.screen.expect([]byte(id.String()))
	back := t.visitors.expectAt([]byte(answerID.String()), 1)
	t.visitor.as(t.tokens[n%len(t.tokens)])
	status, answer, err := t.visitor.post(visitorsPath+"/conversations", fmt.Appendf(nil, `{"client_id":"%s","text":"Where is my parcel? %s"}`, id, id))
	if err == nil && status != 200 {
		err = fmt.Errorf("bench: POST %s/conversations: %d %s", visitorsPath, status, answer)
	}
	if err != nil {
		return nil, err
	}
	at, err := onScreen.wait(t.screen, fanLimit)
	if err != nil {
		return nil, err
	}
	t.there = append(t.there, at.Sub(began))
	var shown struct{ Conversation struct{ Number desk.Number } }
	if err := json.Unmarshal(onScreen.text, &shown); err != nil {
		return nil, err
	}
	check, err = t.agents.send(0, shown.Conversation.Number, app.NewID(), "It left today "+answerID.String())
	if err == nil {
		_, err = back.wait(t.visitors, fanLimit)
	}
	return check, err
}
