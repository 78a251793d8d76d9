package cli

import (
	"time"

	"parley/app"
	"parley/demo"
	"parley/desk"
)

// sampleData is what a team can fill an empty inbox with: the sample team's
// conversations and saved replies, without its people.
func sampleData(now time.Time) app.SampleData {
	return app.SampleData{Lines: demo.Lines(now), Replies: sampleReplies()}
}

func sampleReplies() (changes []desk.ReplyChange) {
	for _, r := range demo.Replies() {
		changes = append(changes, desk.ReplyChange{
			Title: &r.Title, Shortcut: &r.Shortcut, Category: &r.Category, Language: &r.Language, Text: &r.Text,
		})
	}
	return changes
}
