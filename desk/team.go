package desk

// Team is what is set for the whole team.
type Team struct {
	Rev      uint64
	Name     string
	BotName  string
	BotOn    bool   // new conversations are led by the bot
	Language string // the language of a fresh browser: tr or en
	Cards    bool   // pages that messages link to are asked what they are
}

// DefaultTeam is the team before anything was set.
func DefaultTeam() Team { return Team{Name: "Parley", BotName: "JetBot", Language: "tr"} }

// TeamChange is what may be changed of a team; a nil field stays.
type TeamChange struct {
	Name, BotName, Language *string
	BotOn, Cards            *bool
}

// Change applies a change.
func (t *Team) Change(by Actor, change *TeamChange, now Time) (Team, []Event, error) {
	next := *t
	for _, field := range []struct {
		name  string
		value *string
		into  *string
	}{{"name", change.Name, &next.Name}, {"bot_name", change.BotName, &next.BotName}} {
		if field.value == nil {
			continue
		}
		clean, err := CleanName(field.name, *field.value, MaxNameRunes)
		if err != nil {
			return Team{}, nil, err
		}
		*field.into = clean
	}
	if change.Language != nil {
		if *change.Language != "tr" && *change.Language != "en" {
			return Team{}, nil, Refuse(CodeInvalid, "language", "The languages are tr and en.")
		}
		next.Language = *change.Language
	}
	if change.BotOn != nil {
		next.BotOn = *change.BotOn
	}
	if change.Cards != nil {
		next.Cards = *change.Cards
	}
	if next == *t {
		return next, nil, nil
	}
	return next, []Event{{Type: TeamUpdated, Actor: by, At: now}}, nil
}
