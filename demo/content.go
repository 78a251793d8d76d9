package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"time"
)

//go:embed content
var content embed.FS

// TeamName is what the sample team calls itself.
const TeamName = "Ayvadan"

// Agent is a person of the sample team.
type Agent struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Role     string `json:"role"`
	Language string `json:"language"`
}

// Team is some of the agents, to whom conversations with these tags are assigned.
type Team struct {
	Name    string   `json:"name"`
	Members []string `json:"members"` // their e-mails
	Tags    []string `json:"tags"`
}

// Reply is a saved reply.
type Reply struct {
	Title    string `json:"title"`
	Shortcut string `json:"shortcut"`
	Category string `json:"category"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

// Customer is a customer as the interchange form writes one.
type Customer struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Email      string            `json:"email"`
	Phone      string            `json:"phone,omitempty"`
	Language   string            `json:"language"`
	Attributes map[string]string `json:"attributes"`
}

// Agents lists the team, the owner first.
func Agents() []Agent { return read[Agent]("agents*.json") }

// Teams lists the teams of agents.
func Teams() []Team { return read[Team]("teams*.json") }

// Replies lists the saved replies, Turkish and English.
func Replies() []Reply { return read[Reply]("replies*.json") }

// Script is what one simulated customer says, line after line. It waits for
// nobody: only time passes between its lines.
type Script struct {
	Customer Customer
	Lines    []ScriptLine
}

// ScriptLine is one message of a script.
type ScriptLine struct {
	After time.Duration // since the line before; zero for the first
	Text  string
}

// Scripts lists the scripts in both languages. Some of their customers already
// have conversations, the others are new.
func Scripts() []Script {
	customers := customersByID()
	var scripts []Script
	for _, raw := range read[rawScript]("scripts*.json") {
		script := Script{Customer: find(customers, raw.Customer)}
		for _, line := range raw.Lines {
			script.Lines = append(script.Lines, ScriptLine{After: time.Duration(line.After), Text: line.Text})
		}
		scripts = append(scripts, script)
	}
	return scripts
}

type rawScript struct {
	Customer string `json:"customer"`
	Lines    []struct {
		After distance `json:"after"`
		Text  string   `json:"text"`
	} `json:"lines"`
}

func customersByID() map[string]Customer {
	byID := map[string]Customer{}
	for _, customer := range read[Customer]("customers*.json") {
		byID[customer.ID] = customer
	}
	return byID
}

// find panics when there is no such key: the content is compiled in and a test
// reads all of it, so this cannot happen to somebody who runs the program.
func find[T any](byKey map[string]T, key string) T {
	value, ok := byKey[key]
	if !ok {
		panic(fmt.Sprintf("demo: the content names %q, which it does not hold", key))
	}
	return value
}

// read decodes every file that matches, in the order of their names. It panics on
// a fault in the content, as find does.
func read[T any](pattern string) []T {
	entries, err := content.ReadDir("content")
	if err != nil {
		panic(err)
	}
	var all []T
	for _, entry := range entries {
		if match, _ := path.Match(pattern, entry.Name()); !match {
			continue
		}
		text, err := content.ReadFile("content/" + entry.Name())
		if err != nil {
			panic(err)
		}
		var part []T
		if err := json.Unmarshal(text, &part); err != nil {
			panic(fmt.Sprintf("demo: %s: %v", entry.Name(), err))
		}
		all = append(all, part...)
	}
	return all
}
