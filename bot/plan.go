package bot

import (
	"parley/app"
	"parley/desk"
)

// consider thinks about a text in a language; see app.Consider.
type consider func(text, language string) (app.Thought, error)

// plan is what the bot is going to say, or what it has to ask the language model
// first.
type plan struct {
	speech desk.Speech
	ponder *question // nil when the speech is all
}

// planner decides what to say to one message.
type planner struct {
	*scene
	app.Voice
	online  bool // somebody of the team is there
	think   consider
	thought app.Thought
}

// planFor decides what to say.
func planFor(s *scene, think consider, online bool) (plan, error) {
	p := planner{scene: s, Voice: s.voice(), online: online, think: think}
	if err := p.consider(); err != nil {
		return plan{}, err
	}
	return p.decide(), nil
}

// consider thinks about the message, and about the whole question when the message
// alone leads nowhere.
func (p *planner) consider() (err error) {
	if p.thought, err = p.think(p.message().Text, p.Language); err != nil {
		return err
	}
	if guessed := p.thought.Language; guessed != "" {
		p.Language = guessed
	}
	if p.isSettled() || p.thought.Nothing {
		return nil
	}
	whole := p.wholeQuestion()
	if whole == p.message().Text+"\n" {
		return nil
	}
	thought, err := p.think(whole, p.Language)
	if err == nil && thought.Answer() != nil {
		p.thought = thought
	}
	return err
}

// isSettled reports whether the thought leads to an answer or to a person.
func (p *planner) isSettled() bool {
	return p.thought.Person || p.thought.Rule != nil || p.thought.Answer() != nil
}

func (p *planner) decide() plan {
	if desk.IsLooping(p.tail[:p.asked+1], p.now) {
		return p.giveWay()
	}
	if plan, done := p.followed(); done {
		return plan
	}
	switch t := &p.thought; {
	case t.Person:
		return p.giveWay()
	case t.Rule != nil:
		return p.obey(t.Rule)
	case t.Answer() != nil:
		return p.answer(t.Answer())
	case t.Nothing:
		return p.answerNothing()
	case p.settings.Model.On:
		return plan{ponder: &question{scene: p.scene, voice: p.Voice, thought: p.thought}, speech: p.miss().speech}
	}
	return p.miss()
}

// followed answers a choice under "did this help?".
func (p *planner) followed() (plan, bool) {
	last, follow := p.lastSaid(), &p.settings.FollowUp
	if last == nil || !follow.On || len(last.Choices) == 0 {
		return plan{}, false
	}
	for _, language := range desk.Languages {
		switch p.message().Text {
		case follow.Yes.In(language):
			if thanks := follow.Thanks.In(language); thanks != "" {
				return p.says(desk.Draft{Text: p.Say(thanks)}), true
			}
		case follow.No.In(language):
			return p.miss(), true
		}
	}
	return plan{}, false
}

// obey does what a rule says.
func (p *planner) obey(rule *desk.Rule) plan {
	if rule.Answer == "" {
		return p.giveWay()
	}
	said := desk.Draft{Text: p.Say(rule.Answer), Choices: rule.Choices}
	if rule.Handover {
		plan := p.giveWay()
		plan.speech.Say = append([]desk.Draft{said}, plan.speech.Say...)
		return plan
	}
	return p.says(said)
}

// answer says what the knowledge list has, and asks whether it helped.
func (p *planner) answer(m *app.Match) plan {
	said := desk.Draft{
		Text: p.Say(m.Entry.Answer), Choices: m.Entry.Choices,
		Sources: []desk.Source{{Kind: desk.SourceKnowledge, ID: m.Entry.ID}},
	}
	p.Language = m.Entry.Language
	return p.says(p.follow(said)...)
}

// follow adds the question whether an answer helped, unless the answer goes on by
// itself.
func (p *planner) follow(said desk.Draft) []desk.Draft {
	follow := &p.settings.FollowUp
	text := p.SayIn(follow.Text)
	if !follow.On || len(said.Choices) > 0 || text == "" {
		return []desk.Draft{said}
	}
	return []desk.Draft{said, {Text: text, Choices: []string{follow.Yes.In(p.Language), follow.No.In(p.Language)}}}
}

// answerNothing answers a greeting, thanks or the like.
func (p *planner) answerNothing() plan {
	if p.isFirst() {
		return p.welcomed(p.choices(nil))
	}
	if thanks := p.SayIn(p.settings.FollowUp.Thanks); thanks != "" {
		plan := p.says(desk.Draft{Text: thanks})
		plan.speech.Misses = p.conversation.Misses // neither understood nor not
		return plan
	}
	return p.miss()
}

// miss says that the bot has not understood and offers what may be meant. After a
// few of them in a row it gives way.
func (p *planner) miss() plan {
	misses := p.conversation.Misses + 1
	if misses >= p.settings.Misses {
		return p.giveWay()
	}
	plan := p.says(desk.Draft{Text: p.SayIn(p.settings.Fallback), Choices: p.choices(p.thought.Near())})
	plan.speech.Misses = misses
	return plan
}

// choices are the questions that may be meant and those of the welcome. A question
// is offered in words that lead to its entry for certain.
func (p *planner) choices(near []app.Match) (choices []string) {
	add := func(text string) {
		for _, other := range choices {
			if other == text {
				return
			}
		}
		if len(choices) < desk.MaxChoices && desk.CheckChoices("choices", []string{text}) == nil {
			choices = append(choices, text)
		}
	}
	for i := range near {
		title := near[i].Entry.Questions[0]
		if len([]rune(title)) > desk.MaxChoiceRunes {
			title = near[i].Question
		}
		add(title)
	}
	for _, choice := range p.settings.Welcome.Choices.In(p.Language) {
		add(choice)
	}
	return choices
}

// giveWay hands over, with a word of farewell.
func (p *planner) giveWay() plan {
	speech := desk.Speech{Handover: true}
	if farewell := p.Farewell(&p.settings, p.online); farewell != nil {
		speech.Say = []desk.Draft{*farewell}
	}
	return plan{speech: speech}
}

// says makes the plan to say something, after the welcome in a new conversation.
func (p *planner) says(drafts ...desk.Draft) plan {
	if welcome, due := p.welcome(); due {
		drafts = append([]desk.Draft{welcome}, drafts...)
	}
	return plan{speech: desk.Speech{Say: drafts}}
}

// welcome is what the bot says first, if it has not yet. In the widget it is seen before
// one writes.
func (p *planner) welcome() (desk.Draft, bool) {
	text := p.SayIn(p.settings.Welcome.Text)
	return desk.Draft{Text: text}, text != "" && p.conversation.Channel != desk.ChannelWidget && p.isFirst()
}

// welcomed says the welcome and nothing else. Who has seen it already is asked what
// it is about by the choices alone, or by the fallback.
func (p *planner) welcomed(choices []string) plan {
	if welcome, due := p.welcome(); due {
		welcome.Choices = choices
		return plan{speech: desk.Speech{Say: []desk.Draft{welcome}}}
	}
	text := p.SayIn(p.settings.Welcome.Text)
	if text == "" {
		return p.miss()
	}
	return plan{speech: desk.Speech{Say: []desk.Draft{{Text: text, Choices: choices}}}}
}
