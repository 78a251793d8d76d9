package demo

import (
	"slices"
	"testing"
)

// TestChoicesLeadSomewhere: what the bot offers to choose from is a question that it
// can answer, in the language of the answer that offers it.
func TestChoicesLeadSomewhere(t *testing.T) {
	entries := Knowledge()
	for _, entry := range entries {
		for _, choice := range entry.Choices {
			if !slices.ContainsFunc(entries, func(e Entry) bool {
				return e.Language == entry.Language && slices.Contains(e.Questions, choice)
			}) {
				t.Errorf("%q offers %q, which no entry answers", entry.Questions[0], choice)
			}
		}
	}
}

// TestBothLanguagesAreServed: the bot knows as much in one language as in the other.
func TestBothLanguagesAreServed(t *testing.T) {
	count := map[string]int{}
	for _, entry := range Knowledge() {
		count[entry.Language]++
		if len(entry.Questions) == 0 || entry.Answer == "" {
			t.Errorf("an entry without a question or an answer: %+v", entry)
		}
	}
	if count["tr"] != count["en"] || len(count) != 2 {
		t.Errorf("entries by language: %v", count)
	}
	for _, c := range Categories() {
		if c.Name.TR == "" || c.Name.EN == "" || (c.Closing.TR == "") != (c.Closing.EN == "") {
			t.Errorf("a category said in one language only: %+v", c)
		}
	}
}
