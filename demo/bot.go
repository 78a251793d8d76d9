package demo

// Entry is an entry of the knowledge list, from which the bot answers.
type Entry struct {
	Language  string   `json:"language"`
	Questions []string `json:"questions"`
	Answer    string   `json:"answer"`
	Choices   []string `json:"choices"`
}

// Both is something said in Turkish and English.
type Both struct {
	TR string `json:"tr"`
	EN string `json:"en"`
}

// Category is a resolve category.
type Category struct {
	Name      Both `json:"name"`
	Closing   Both `json:"closing"`
	AskRating bool `json:"ask_rating"`
}

// Knowledge lists what the sample team's bot knows, Turkish and English.
func Knowledge() []Entry { return read[Entry]("knowledge*.json") }

// Categories lists why the sample team resolves conversations.
func Categories() []Category { return read[Category]("categories*.json") }
