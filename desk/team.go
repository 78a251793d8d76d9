package desk

// Team is what is set for the whole team.
type Team struct {
	Rev      uint64
	Name     string
	BotName  string
	BotOn    bool   // new conversations are led by the bot
	Language string // the language of a fresh browser: tr or en
}

// DefaultTeam is the team before anything was set.
func DefaultTeam() Team { return Team{Name: "Parley", BotName: "JetBot", Language: "tr"} }
