package model

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// said is what the model was asked to reply with.
type said struct {
	Known    bool   `json:"known"`
	Answer   string `json:"answer"`
	Passages []int  `json:"passages"`
}

// read takes a reply apart. What may not be said to a customer is ErrUnknown.
func read(content string, q *Question) (Reply, error) {
	object := content[max(0, strings.IndexByte(content, '{')):]
	var s said
	// What stands behind the object is passed over: models like to explain.
	if err := json.NewDecoder(strings.NewReader(object)).Decode(&s); err != nil || !s.Known {
		return Reply{}, ErrUnknown
	}
	reply := Reply{Text: clean(s.Answer)}
	var used strings.Builder
	for _, number := range s.Passages {
		if number < 1 || number > min(len(q.Passages), MaxPassages) {
			return Reply{}, ErrUnknown
		}
		reply.Used = append(reply.Used, number-1)
		used.WriteString(q.Passages[number-1] + "\n")
	}
	if reply.Text == "" || len(reply.Text) > maxReply || len(reply.Used) == 0 || invents(reply.Text, used.String()) {
		return Reply{}, ErrUnknown
	}
	return reply, nil
}

// clean leaves plain text: no control or invisible characters, no mark-up of links
// and pictures.
func clean(text string) string {
	if !utf8.ValidString(text) {
		return ""
	}
	text = strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

// precise are the things that must be right to the letter: addresses on the web,
// e-mail addresses, and numbers by which people call, pay or are found.
var precise = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*:\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?|\S+@\S+|\d(?:[\s().-]?\d){4,}`)

// invents reports whether an answer holds something precise that the passages do
// not: what a model makes up, or was talked into. The gap that something private has
// left in a passage is no answer either.
func invents(answer, passages string) bool {
	if strings.Contains(answer, "…") && strings.Contains(passages, "…") {
		return true
	}
	known := squeeze(passages)
	for _, thing := range precise.FindAllString(answer, -1) {
		if !strings.Contains(known, squeeze(strings.TrimRight(thing, ".,;:!?)'\"”»"))) {
			return true
		}
	}
	return false
}

// squeeze takes away the ways in which the same thing is written differently.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '(' || r == ')' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
