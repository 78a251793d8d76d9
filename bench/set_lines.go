package bench

import (
	"fmt"
	"io"
	"math/rand/v2"

	"parley/desk"
	"parley/interchange"
)

// The time that a set covers: two years up to setEnd, in milliseconds.
const (
	setEnd  = desk.Time(1_793_500_000_000) // 2026-11-01
	setSpan = desk.Time(2 * 365 * 24 * 3_600_000)
)

// Tags, the most frequent first; a conversation has none, one or two.
var tags = [...]string{
	"kargo", "iade", "fatura", "teslimat", "ödeme", "refund", "delivery", "vip", "beden", "şikayet",
	"invoice", "bug", "campaign", "stok", "garanti", "kurulum", "login", "abonelik", "hukuk", "basın",
}

// lines writes a set's conversations, one a line.
type lines struct {
	set      Set
	random   *rand.Rand
	writer   *writer
	customer *rand.Zipf
	leader   *rand.Zipf
	tag      *rand.Zipf
	orders   int

	messages int   // written so far
	text     int64 // bytes of their texts
}

// writeSet writes the set as JSON Lines: the team first, then the conversations
// in the order in which they began. It tells what it wrote, also when it fails.
func writeSet(out io.Writer, set Set) (*lines, error) {
	random := rand.New(rand.NewPCG(uint64(set.Conversations), uint64(set.Messages)))
	l := &lines{
		set: set, random: random, writer: newWriter(random),
		customer: rand.NewZipf(random, zipfSlope, 100, uint64(max(set.Conversations/4, 10))),
		leader:   rand.NewZipf(random, zipfSlope, 10, leaders-1),
		tag:      rand.NewZipf(random, 1.3, 2, uint64(len(tags)-1)),
	}
	if err := interchange.Write(out, team()); err != nil {
		return l, err
	}
	for i := range set.Conversations {
		if err := interchange.Write(out, l.conversation(i)); err != nil {
			return l, err
		}
	}
	return l, nil
}

// team is the line that names the agents.
func team() *interchange.Line {
	line := &interchange.Line{}
	for i := range agents {
		role := "agent"
		if i == 0 {
			role = "owner"
		}
		line.Agents = append(line.Agents, interchange.Agent{Email: agentEmail(i), Name: fmt.Sprintf("Agent %d", i), Role: role, Active: true})
	}
	return line
}

func agentEmail(i int) string { return fmt.Sprintf("agent%d@example.com", i) }

// conversation makes the nth conversation.
func (l *lines) conversation(n int) *interchange.Line {
	line := &interchange.Line{Record: interchange.Record{Customer: l.person()}, Channel: "web", Tags: l.tags()}
	l.state(line)
	count := 1
	if l.set.Messages > 1 { // between 1 and twice the mean, less often at the ends
		half := l.set.Messages
		count = 1 + l.random.IntN(half) + l.random.IntN(half)
	}
	at := setEnd - setSpan + desk.Time(float64(setSpan)*float64(n)/float64(l.set.Conversations))
	early := n < l.set.Conversations/10
	for i := range count {
		line.Messages = append(line.Messages, l.message(line, i, at, early))
		at += desk.Time(1_000 + l.random.IntN(600_000))
	}
	return line
}

// person is a customer: a few write often, most of them once or twice.
func (l *lines) person() *interchange.Customer {
	id := int(l.customer.Uint64())
	c := &interchange.Customer{
		ID: fmt.Sprintf("customer-%07d", id), Name: fmt.Sprintf("%s %s", nameOf(turkish(), id), nameOf(english(), id/7)),
		Email: fmt.Sprintf("customer%d@example.com", id), Phone: fmt.Sprintf("+90 500 %03d %02d %02d", id/10_000%1000, id/100%100, id%100),
		Language: "tr",
	}
	if id%10 >= 7 {
		c.Language = "en"
	}
	return c
}

// nameOf makes a name of a vocabulary's later words.
func nameOf(v *vocabulary, id int) string {
	word := v.words[v.common+id%(len(v.words)-v.common)]
	return capital(word, "tr")
}

func (l *lines) tags() (list []string) {
	for range l.random.IntN(3) {
		if tag := tags[l.tag.Uint64()]; len(list) == 0 || list[0] != tag {
			list = append(list, tag)
		}
	}
	return list
}

// state puts a conversation into one of the five places.
func (l *lines) state(line *interchange.Line) {
	line.Status = "open"
	leader := agentEmail(int(l.leader.Uint64()))
	switch chance := l.random.IntN(100); {
	case chance < 40:
		line.Status, line.Agent = "resolved", &leader
	case chance < 55:
		line.Status, line.Agent = "archived", &leader
	case chance < 80:
		line.Agent = &leader
	case chance < 90:
		line.Bot = true
	}
}

// message makes the ith message: the customer and the team in turn.
func (l *lines) message(line *interchange.Line, i int, at desk.Time, early bool) interchange.Message {
	m := interchange.Message{From: "customer", At: at}
	if i%2 == 1 {
		m.From = l.answerer(line)
	}
	var extra []string
	if i == 0 && l.random.IntN(2) == 0 {
		l.orders++
		extra = append(extra, orderNumber(l.orders))
	}
	if early && l.random.IntN(3) == 0 {
		extra = append(extra, pick(l.random, bygone().words))
	}
	m.Text = l.writer.text(line.Customer.Language, extra...)
	l.messages, l.text = l.messages+1, l.text+int64(len(m.Text))
	return m
}

// answerer is who answers in a conversation.
func (l *lines) answerer(line *interchange.Line) string {
	switch {
	case line.Agent == nil && !line.Bot:
		return "customer" // nobody has answered yet
	case line.Bot:
		return "bot"
	case l.random.IntN(20) == 0:
		return "note"
	}
	return "agent"
}
