package app

import (
	"context"
	"maps"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/desk"
	"parley/search"
	"parley/store"
)

// Hidden stands in a discreet text for what was taken out of it.
const Hidden = "…"

// DiscreetSuggestions finds what Suggestions finds, for somebody who may know what was
// answered but not to whom and by whom: a language model. Taken out are e-mail addresses
// and long numbers, the names of the team, all that is known of the customer who had
// asked, and what else looks like a name. Words of the knowledge list are the team's own
// and stay.
func (a *App) DiscreetSuggestions(ctx context.Context, n desk.Number) ([]Suggestion, error) {
	found, err := a.Suggestions(ctx, n)
	if err != nil || len(found.Suggestions) == 0 {
		return nil, err
	}
	return view(a, func(tx *store.Tx) ([]Suggestion, error) {
		team, err := teamDiscretion(tx)
		if err != nil {
			return nil, err
		}
		for i := range found.Suggestions {
			s := &found.Suggestions[i]
			d, err := team.about(tx, s.Number)
			if err != nil {
				return nil, err
			}
			s.Question, s.Answer, s.Agent.Name = d.hide(s.Question), d.hide(s.Answer), Hidden
		}
		return found.Suggestions, nil
	})
}

// discretion knows which words tell of somebody. Words are folded.
type discretion struct {
	names map[string]bool
	ours  map[string]bool // what the team says to everybody
}

func newDiscretion() discretion {
	d := discretion{names: map[string]bool{}, ours: map[string]bool{}}
	add(d.ours, everyday)
	return d
}

// teamDiscretion knows the team.
func teamDiscretion(tx *store.Tx) (discretion, error) {
	d := newDiscretion()
	team, err := tx.Team()
	if err != nil {
		return d, err
	}
	add(d.ours, team.Name, team.BotName)
	knowledge, err := tx.AllKnowledge()
	if err != nil {
		return d, err
	}
	for i := range knowledge {
		add(d.ours, knowledge[i].Answer)
		add(d.ours, knowledge[i].Questions...)
	}
	agents, err := tx.Agents()
	for i := range agents {
		add(d.names, agents[i].Name)
	}
	return d, err
}

// about is the same with what is known of the customer of a conversation.
func (d *discretion) about(tx *store.Tx, n desk.Number) (discretion, error) {
	own := discretion{names: maps.Clone(d.names), ours: d.ours}
	c, err := tx.Conversation(n)
	if err != nil {
		return own, err
	}
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return own, desk.OrGone(err)
	}
	add(own.names, customer.Name, customer.External)
	for _, value := range customer.Attributes {
		for _, word := range wordsOf(value) {
			if folded := search.Fold(word.text); utf8.RuneCountInString(folded) >= longName && !d.ours[folded] {
				own.names[folded] = true
			}
		}
	}
	return own, nil
}

// add puts the words of texts into a set.
func add(into map[string]bool, texts ...string) {
	for _, text := range texts {
		for _, word := range wordsOf(text) {
			into[search.Fold(word.text)] = true
		}
	}
}

const (
	longName   = 4 // letters from which a name is also known with an ending
	mostEnding = 5
)

// everyday are words with a capital that are nobody's name; folded.
const everyday = `i ok pazartesi sali carsamba persembe cuma cumartesi pazar monday tuesday wednesday thursday friday ` +
	`saturday sunday turkiye turkce turkish english ingilizce internet google apple android iphone whatsapp instagram`

// titles stand beside names: before them, or behind.
var (
	titlesBefore = map[string]bool{"sayin": true, "sn": true, "mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "av": true}
	titlesBehind = map[string]bool{"bey": true, "hanim": true, "beyefendi": true, "hanimefendi": true}
)

// personal are e-mail addresses, and numbers of orders, cards and telephones.
var personal = regexp.MustCompile(`\S+@\S+|[\p{L}\d-]*\d(?:[\s().-]?\d){3,}[\p{L}\d-]*`)

// hide takes out of a text what tells of somebody.
func (d *discretion) hide(text string) string {
	text = personal.ReplaceAllString(text, Hidden)
	words := wordsOf(text)
	isLoud := strings.IndexFunc(text, unicode.IsLower) < 0
	var b strings.Builder
	last := 0
	for i, word := range words {
		between := text[last:word.start]
		var before, behind string
		if i > 0 {
			before = search.Fold(words[i-1].text)
		}
		if i+1 < len(words) {
			behind = search.Fold(words[i+1].text)
		}
		isName := d.isName(word.text) || titlesBefore[before] || titlesBehind[behind] ||
			looksLikeName(word, isLoud) && !d.ours[search.Fold(word.text)]
		if isName && strings.HasSuffix(b.String(), Hidden) && strings.TrimSpace(between) == "" {
			last = word.end // one mark for a name of several words
			continue
		}
		b.WriteString(between)
		if last = word.end; isName {
			b.WriteString(Hidden)
		} else {
			b.WriteString(word.text)
		}
	}
	b.WriteString(text[last:])
	return b.String()
}

// isName knows a name also by its beginning: Turkish endings need no apostrophe in
// what people type.
func (d *discretion) isName(word string) bool {
	folded := search.Fold(word)
	if d.names[folded] {
		return true
	}
	for cut := len(folded) - 1; cut >= longName && cut >= len(folded)-mostEnding; cut-- {
		if d.names[folded[:cut]] {
			return true
		}
	}
	return false
}

// looksLikeName is a capital within a sentence. A short word of capitals alone, such
// as SMS, is none, unless all of the text is written so.
func looksLikeName(word textWord, isLoud bool) bool {
	first, size := utf8.DecodeRuneInString(word.text)
	if !unicode.IsUpper(first) || word.begins {
		return false
	}
	isShout := strings.IndexFunc(word.text[size:], unicode.IsLower) < 0
	return isLoud || !isShout || utf8.RuneCountInString(word.text) > longName
}

// textWord is a word of a text; what follows an apostrophe is none of it.
type textWord struct {
	text       string
	start, end int
	begins     bool // a sentence
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{M}\d]+`)

func wordsOf(text string) []textWord {
	var words []textWord
	last := 0
	for _, at := range wordPattern.FindAllStringIndex(text, -1) {
		between := text[last:at[0]]
		last = at[1]
		if len(words) > 0 && (between == "'" || between == "’") {
			continue
		}
		begins := len(words) == 0 || strings.ContainsAny(between, ".!?:;\n")
		words = append(words, textWord{text[at[0]:at[1]], at[0], at[1], begins})
	}
	return words
}
