package bot

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// stand is a team whose bot is at work.
type stand struct {
	*apptest.Team
	bot  *Bot
	stop func()
}

// newStand starts a team with a bot that is on.
func newStand(t testing.TB, change ...func(o *Options)) *stand {
	t.Helper()
	s := &stand{Team: apptest.New(t)}
	s.Bot(t, true)
	s.start(t, change...)
	return s
}

// start sets a bot to work on the team's app.
func (s *stand) start(t testing.TB, change ...func(o *Options)) {
	t.Helper()
	options := Options{App: s.App, Log: apptest.Quiet()}
	for _, c := range change {
		c(&options)
	}
	s.bot = New(options)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.bot.Run(ctx)
	}()
	s.stop = func() {
		cancel()
		<-ended
	}
	t.Cleanup(func() { s.stop() })
	s.settle(t)
}

// settle waits until the bot has done with everything that has happened.
func (s *stand) settle(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Microsecond) {
		head := s.Head()
		if s.bot.reach.low() >= head && s.Head() == head {
			return
		}
	}
	t.Fatalf("the bot is at %d of %d", s.bot.reach.low(), s.Head())
}

// says is what a customer writes, and what the bot makes of it.
func (s *stand) says(t testing.TB, c *wire.Conversation, text string) []wire.Message {
	t.Helper()
	posted := s.Says(t, c.Customer.ID, c.Number, text)
	s.settle(t)
	*c = apptest.Must(s.Open(c.Number))(t).Conversation
	return s.since(t, c.Number, posted.Message.Seq)
}

// begins is a new customer who writes something.
func (s *stand) begins(t testing.TB, text string) (wire.Conversation, []wire.Message) {
	t.Helper()
	name := "Elif Kaya"
	customer := apptest.Must(s.CreateCustomer(app.CreateCustomer{Change: desk.CustomerChange{Name: &name, Language: new("tr")}}))(t)
	posted := s.Says(t, customer.ID, 0, text)
	s.settle(t)
	c := apptest.Must(s.Open(posted.Conversation.Number))(t).Conversation
	return c, s.since(t, c.Number, posted.Message.Seq)
}

// since are the messages of a thread behind a seq.
func (s *stand) since(t testing.TB, n desk.Number, seq uint64) []wire.Message {
	t.Helper()
	return apptest.Must(s.Messages(app.MessageQuery{Number: n, After: &seq, Limit: 100}))(t).Messages
}

// knows puts an entry into the knowledge list.
func (s *stand) knows(t testing.TB, answer string, questions ...string) desk.ID {
	t.Helper()
	return apptest.Must(s.SaveKnowledge(app.SaveKnowledge{By: s.Admin, New: true, Change: desk.KnowledgeChange{
		Language: new("tr"), Questions: &questions, Answer: &answer,
	}}))(t).ID
}

// sets changes the bot's settings.
func (s *stand) sets(t testing.TB, change func(b *wire.Bot)) {
	t.Helper()
	settings := apptest.Must(s.BotSettings())(t)
	change(&settings)
	apptest.Must(s.SetBot(app.SetBot{By: s.Admin, On: settings.On, Bot: settings.Desk()}, nil))(t)
}

// texts are what messages say; an event line is its type.
func texts(messages []wire.Message) []string {
	list := make([]string, 0, len(messages))
	for i := range messages {
		text := messages[i].Text
		if messages[i].Event != nil {
			text = messages[i].Event.Type
		}
		list = append(list, text)
	}
	return list
}

// wantTexts fails unless messages say so.
func wantTexts(t testing.TB, messages []wire.Message, want ...string) {
	t.Helper()
	if got := texts(messages); !slices.Equal(got, want) {
		t.Errorf("said %q\nwant %q", got, want)
	}
}
