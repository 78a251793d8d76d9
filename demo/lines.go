package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Lines gives the sample conversations in the interchange form: JSON Lines, one
// conversation a line, ordered by their first message, everything before now.
func Lines(now time.Time) []byte {
	now = now.In(istanbul).Truncate(time.Second)
	customers, agents := customersByID(), agentsByKey()
	var lines []line
	for _, raw := range read[rawConversation]("conversations*.json") {
		lines = append(lines, raw.line(now, find(customers, raw.Customer), agents))
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.Messages[0].At.Compare(b.Messages[0].At) })

	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for i := range lines {
		if err := encoder.Encode(&lines[i]); err != nil {
			panic(err) // plain strings and times always encode
		}
	}
	return out.Bytes()
}

// istanbul is where the sample shop is; it keeps one offset all year.
var istanbul = time.FixedZone("", 3*60*60)

// line is a conversation in the interchange form.
type line struct {
	Customer Customer      `json:"customer"`
	Channel  string        `json:"channel"`
	Status   string        `json:"status"`
	Agent    *string       `json:"agent"`
	Bot      bool          `json:"bot"`
	Tags     []string      `json:"tags"`
	Messages []lineMessage `json:"messages"`
}

type lineMessage struct {
	From string    `json:"from"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// rawConversation is a conversation as content/ holds it.
type rawConversation struct {
	Customer string       `json:"customer"`
	Ago      distance     `json:"ago"` // how long ago it began
	Status   string       `json:"status"`
	Agent    string       `json:"agent"` // the part of the e-mail before the @; empty for nobody
	Lead     string       `json:"lead"`  // "bot" while the bot alone has answered
	Tags     []string     `json:"tags"`
	Messages []rawMessage `json:"messages"`
}

// rawMessage has one of its four texts; the one says who wrote it.
type rawMessage struct {
	After    *distance `json:"after"` // since the message before; absent: as long as typing it takes
	Customer string    `json:"customer"`
	Agent    string    `json:"agent"`
	Bot      string    `json:"bot"`
	Note     string    `json:"note"`
}

func (raw *rawConversation) line(now time.Time, customer Customer, agents map[string]Agent) line {
	out := line{Customer: customer, Channel: "web", Status: raw.Status, Bot: raw.Lead == "bot", Tags: raw.Tags}
	if raw.Agent != "" {
		email := find(agents, raw.Agent).Email
		out.Agent = &email
	}
	at := now.Add(-time.Duration(raw.Ago))
	for i, message := range raw.Messages {
		from, text := message.said()
		if i > 0 {
			at = at.Add(message.pause(text))
		}
		out.Messages = append(out.Messages, lineMessage{From: from, Text: text, At: at})
	}
	return out
}

func (m *rawMessage) said() (from, text string) {
	switch {
	case m.Customer != "":
		return "customer", m.Customer
	case m.Agent != "":
		return "agent", m.Agent
	case m.Bot != "":
		return "bot", m.Bot
	default:
		return "note", m.Note
	}
}

// pause is how long after the message before this one came: as written, or what a
// quick typist takes, at about five letters a second.
func (m *rawMessage) pause(text string) time.Duration {
	if m.After != nil {
		return time.Duration(*m.After)
	}
	return 10*time.Second + time.Duration(utf8.RuneCountInString(text)/5)*time.Second
}

func agentsByKey() map[string]Agent {
	byKey := map[string]Agent{}
	for _, agent := range Agents() {
		key, _, _ := strings.Cut(agent.Email, "@")
		byKey[key] = agent
	}
	return byKey
}

// distance is a duration that may begin with days: "3d4h", "12m", "5s".
type distance time.Duration

func (d *distance) UnmarshalText(text []byte) error {
	rest := string(text)
	var days int64
	if before, after, found := strings.Cut(rest, "d"); found {
		n, err := strconv.ParseInt(before, 10, 32)
		if err != nil || n < 0 {
			return fmt.Errorf("demo: %q is not a distance such as 3d4h", text)
		}
		days, rest = n, after
	}
	var within time.Duration
	if rest != "" || days == 0 {
		parsed, err := time.ParseDuration(rest)
		if err != nil || parsed < 0 {
			return fmt.Errorf("demo: %q is not a distance such as 3d4h", text)
		}
		within = parsed
	}
	*d = distance(time.Duration(days)*24*time.Hour + within)
	return nil
}
