package wire

import "parley/desk"

// Bot is how the bot speaks and when it gives way. On is the team's bot_on.
type Bot struct {
	Rev       uint64    `json:"rev"`
	On        bool      `json:"on" doc:"The same as the team's bot_on."`
	When      string    `json:"when" enum:"always,open,closed" doc:"At which times it leads new conversations: always, while the team works, while it does not."`
	Welcome   Greetings `json:"welcome" doc:"Said first in a new conversation; texts may hold {{bot.name}}, {{team.name}}, {{customer.first_name|…}}."`
	Fallback  Both      `json:"fallback" doc:"Said when it has not understood."`
	Handover  Handover  `json:"handover"`
	Misses    uint8     `json:"misses" minimum:"1" maximum:"5" doc:"So many misses in a row hand over."`
	Threshold float64   `json:"threshold" minimum:"0" maximum:"1" doc:"How sure of an answer it must be."`
	FollowUp  FollowUp  `json:"follow_up" doc:"The question behind an answer: did it help?"`
	Waiting   []Waiting `json:"waiting" nullable:"false" maxItems:"2" doc:"Said while a customer waits for a person."`
	Model     Model     `json:"model" doc:"An optional language model behind an OpenAI-compatible address."`
}

// Greetings is what the bot says first, in both languages.
type Greetings struct {
	TR Greeting `json:"tr"`
	EN Greeting `json:"en"`
}

// Greeting is a text with quick answers.
type Greeting struct {
	Text    string   `json:"text"`
	Choices []string `json:"choices" nullable:"false" maxItems:"6" doc:"At most 60 characters each."`
}

// Lists is a list of texts in each language.
type Lists struct {
	TR []string `json:"tr" nullable:"false"`
	EN []string `json:"en" nullable:"false"`
}

// Handover is how the bot gives way to a person.
type Handover struct {
	Words      Lists `json:"words" doc:"Words and phrases by which a customer asks for a person; all are looked for in any language."`
	Online     Both  `json:"online" doc:"Said when somebody of the team is there."`
	Offline    Both  `json:"offline" doc:"Said when nobody is; may hold {{hours.opening|…}}."`
	AskContact bool  `json:"ask_contact" doc:"While nobody is there, ask a customer without an e-mail address for one."`
}

// FollowUp is the question behind an answer.
type FollowUp struct {
	On     bool `json:"on"`
	Text   Both `json:"text"`
	Yes    Both `json:"yes"`
	No     Both `json:"no" doc:"Choosing it counts as a miss."`
	Thanks Both `json:"thanks" doc:"Said after yes."`
}

// Waiting is a message to a customer who waits for a person.
type Waiting struct {
	AfterMinutes uint32 `json:"after_minutes" minimum:"1" maximum:"1440"`
	Text         Both   `json:"text"`
}

// Model is the optional language model. Its key is never shown.
type Model struct {
	On             bool   `json:"on"`
	URL            string `json:"url" maxLength:"500" doc:"Up to and without /chat/completions."`
	Model          string `json:"model" maxLength:"200"`
	KeySet         bool   `json:"key_set" readOnly:"true"`
	TimeoutSeconds uint32 `json:"timeout_seconds" minimum:"1" maximum:"60"`
}

// FromBot builds the shape of the bot's settings.
func FromBot(b *desk.BotSettings, team *desk.Team) Bot {
	shape := Bot{
		Rev: b.Rev, On: team.BotOn, When: string(b.When),
		Welcome: FromGreeting(&b.Welcome), Fallback: Both(b.Fallback),
		Handover: Handover{
			Words:  Lists{nonNil(b.Handover.Words.TR), nonNil(b.Handover.Words.EN)},
			Online: Both(b.Handover.Online), Offline: Both(b.Handover.Offline), AskContact: b.Handover.AskContact,
		},
		Misses: b.Misses, Threshold: b.Threshold,
		FollowUp: FollowUp{
			On: b.FollowUp.On, Text: Both(b.FollowUp.Text), Yes: Both(b.FollowUp.Yes), No: Both(b.FollowUp.No), Thanks: Both(b.FollowUp.Thanks),
		},
		Waiting: make([]Waiting, 0, len(b.Waiting)),
		Model:   Model{On: b.Model.On, URL: b.Model.URL, Model: b.Model.Name, KeySet: len(b.Model.Key) > 0, TimeoutSeconds: b.Model.TimeoutSeconds},
	}
	for _, w := range b.Waiting {
		shape.Waiting = append(shape.Waiting, Waiting{w.AfterMinutes, Both(w.Text)})
	}
	return shape
}

// FromGreeting builds the shape of what the bot says first.
func FromGreeting(g *desk.Greeting) Greetings {
	return Greetings{
		TR: Greeting{g.Text.TR, nonNil(g.Choices.TR)},
		EN: Greeting{g.Text.EN, nonNil(g.Choices.EN)},
	}
}

// Desk reads the shape, without On and the model's key.
func (b *Bot) Desk() desk.BotSettings {
	settings := desk.BotSettings{
		Rev: b.Rev, When: desk.BotWhen(b.When),
		Welcome: desk.Greeting{
			Text:    desk.Both{TR: b.Welcome.TR.Text, EN: b.Welcome.EN.Text},
			Choices: desk.Lists{TR: b.Welcome.TR.Choices, EN: b.Welcome.EN.Choices},
		},
		Fallback: b.Fallback.Desk(),
		Handover: desk.Handover{
			Words: desk.Lists(b.Handover.Words), Online: b.Handover.Online.Desk(), Offline: b.Handover.Offline.Desk(), AskContact: b.Handover.AskContact,
		},
		Misses: b.Misses, Threshold: b.Threshold,
		FollowUp: desk.FollowUp{
			On: b.FollowUp.On, Text: b.FollowUp.Text.Desk(), Yes: b.FollowUp.Yes.Desk(), No: b.FollowUp.No.Desk(), Thanks: b.FollowUp.Thanks.Desk(),
		},
		Model: desk.Model{On: b.Model.On, URL: b.Model.URL, Name: b.Model.Model, TimeoutSeconds: b.Model.TimeoutSeconds},
	}
	for _, w := range b.Waiting {
		settings.Waiting = append(settings.Waiting, desk.Waiting{AfterMinutes: w.AfterMinutes, Text: w.Text.Desk()})
	}
	return settings
}
