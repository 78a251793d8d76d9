package bot

import (
	"context"
	"errors"
	"time"

	"parley/app"
	"parley/bot/model"
	"parley/desk"
	"parley/follow"
)

// question is a message that the language model is asked about.
type question struct {
	*scene
	voice     app.Voice
	thought   app.Thought
	otherwise desk.Speech // what is said when the model has no answer
	cause     uint64
}

// Past is what an agent answered before to a question like this one. It was said to
// somebody else, so nothing may be in it that tells who that was.
type Past struct {
	Number           desk.Number
	Seq              uint64 // of the answer
	Question, Answer string
}

const (
	ponderers  = 4  // questions at once
	maxPonders = 64 // questions that may wait for one of them
)

// ponder takes questions until ctx ends. Those that are left are read again at the
// next start.
func (b *Bot) ponder(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case q := <-b.ponders:
			speech := q.otherwise
			err := follow.Try(b.log, app.FollowerBot, func() error { speech = b.think(ctx, q); return nil })
			if err != nil {
				b.log.Error("a question could not be thought about", "conversation", q.conversation.Number, "err", err)
			}
			if ctx.Err() != nil {
				return
			}
			b.see(ctx, q.scene, speech, q.cause)
		}
	}
}

// think asks the model and gives what it has, or what is said otherwise.
func (b *Bot) think(ctx context.Context, q *question) desk.Speech {
	speech, err := b.askModel(ctx, q)
	if err == nil {
		return speech
	}
	if ctx.Err() == nil && !errors.Is(err, model.ErrUnknown) {
		b.log.Warn("the language model could not be asked", "conversation", q.conversation.Number, "err", err)
	}
	return q.otherwise
}

// askModel asks the model for an answer from what the team has approved.
func (b *Bot) askModel(ctx context.Context, q *question) (desk.Speech, error) {
	passages, sources := b.passages(ctx, q)
	if len(passages) == 0 {
		return desk.Speech{}, model.ErrUnknown
	}
	settings := &q.settings.Model
	key, err := b.app.ModelKey(settings)
	if err != nil {
		return desk.Speech{}, err
	}
	if err := b.typing(q.conversation.Number); err != nil {
		b.log.Warn("nobody could be told that the bot is typing", "err", err)
	}
	limited, cancel := context.WithTimeout(ctx, time.Duration(settings.TimeoutSeconds)*time.Second)
	defer cancel()
	reply, err := model.Ask(limited, b.client, model.Server{URL: settings.URL, Name: settings.Name, Key: key}, &model.Question{
		Text: q.wholeQuestion(), Language: q.voice.Language, Team: q.team.Name, Passages: passages,
	})
	if err != nil {
		return desk.Speech{}, err
	}
	said := desk.Draft{Text: reply.Text}
	for _, used := range reply.Used[:min(len(reply.Used), desk.MaxSources)] {
		said.Sources = append(said.Sources, sources[used])
	}
	p := planner{scene: q.scene, Voice: q.voice}
	return p.says(p.follow(said)...).speech, nil
}

// passages are what the model may go by: entries of the knowledge list that are
// somewhat like the question, and what agents answered to such questions before.
func (b *Bot) passages(ctx context.Context, q *question) (texts []string, sources []desk.Source) {
	for i := range q.thought.Matches {
		k := &q.thought.Matches[i].Entry
		texts = append(texts, k.Questions[0]+"\n"+k.Answer)
		sources = append(sources, desk.Source{Kind: desk.SourceKnowledge, ID: k.ID})
	}
	if b.past == nil {
		return texts, sources
	}
	past, err := b.past(ctx, q.conversation.Number)
	if err != nil {
		b.log.Warn("earlier answers could not be found", "err", err)
	}
	for _, p := range past {
		texts = append(texts, p.Question+"\n"+p.Answer)
		sources = append(sources, desk.Source{Kind: desk.SourceMessage, Number: p.Number, Seq: p.Seq})
	}
	return texts, sources
}
