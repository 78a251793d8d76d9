package bench

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"parley/desk"
	"parley/search"
)

// searchQuery is one search, and how its answer is looked at.
type searchQuery struct {
	text   string      // as typed; a space at the end says that the last word is whole
	parts  []string    // folded words: each hit marks at least one of them
	number desk.Number // the conversation that the text is the number of
	nobody bool        // nothing may be found
}

func (q *searchQuery) path() string { return "/api/v1/search?q=" + url.QueryEscape(q.text) }

// found is what is read of an answer.
type found struct {
	Number *struct {
		Number desk.Number
		Found  bool
	}
	Hits       []hit
	Total      int
	TotalExact bool `json:"total_exact"`
	State      string
}

type hit struct {
	Conversation struct{ Number desk.Number }
	Snippets     []markedText
	Fields       []markedText
}

type markedText struct {
	Text   string
	Ranges []search.Range
}

// check looks at an answer: what it holds must answer the query, and where a plain
// scan has counted, nothing may be missing.
func (q *searchQuery) check(body []byte, scanned map[string][]desk.Number) error {
	var f found
	if err := json.Unmarshal(body, &f); err != nil {
		return err
	}
	switch {
	case f.State != "ready":
		return fmt.Errorf("bench: the index is %s", f.State)
	case q.nobody && f.Total > 0:
		return fmt.Errorf("bench: a search for %q finds %d conversations and should find none", q.text, f.Total)
	case q.number > 0 && (f.Number == nil || f.Number.Number != q.number || !f.Number.Found):
		return fmt.Errorf("bench: conversation %d is not found by its number", q.number)
	case q.number > 0:
		return nil
	}
	want, counted := q.scanned(scanned)
	switch {
	case !counted:
		return q.shown(&f, nil)
	case len(want) == 0:
		return nil // what is found is found for a likeness
	}
	if err := q.complete(&f, want); err != nil {
		return err
	}
	return q.shown(&f, want)
}

// scanned gives the conversations in which a plain scan has found all the words.
func (q *searchQuery) scanned(found map[string][]desk.Number) (all []desk.Number, counted bool) {
	for i, word := range strings.Fields(q.text) {
		numbers, known := found[word]
		switch {
		case !known:
			return nil, false
		case i == 0:
			all = numbers
		default:
			all = slices.DeleteFunc(slices.Clone(all), func(n desk.Number) bool {
				_, both := slices.BinarySearch(numbers, n)
				return !both
			})
		}
	}
	return all, len(q.text) > 0
}

// complete makes sure that nothing is missing.
func (q *searchQuery) complete(f *found, want []desk.Number) error {
	if f.TotalExact && f.Total < len(want) {
		return fmt.Errorf("bench: a search for %q finds %d conversations, a plain scan %d", q.text, f.Total, len(want))
	}
	if len(want) > 10 { // they need not all be on the first page
		return nil
	}
	for _, n := range want {
		if !slices.ContainsFunc(f.Hits, func(h hit) bool { return h.Conversation.Number == n }) {
			return fmt.Errorf("bench: a search for %q does not find conversation %d", q.text, n)
		}
	}
	return nil
}

// shown makes sure that each hit marks something, and that what it marks begins
// as a word asked for does: the rest may be another form of the word. Where a
// plain scan has counted, others than it found may be there for a likeness alone.
func (q *searchQuery) shown(f *found, scanned []desk.Number) error {
	for _, h := range f.Hits {
		if scanned != nil && !slices.Contains(scanned, h.Conversation.Number) {
			continue
		}
		if !slices.ContainsFunc(append(h.Snippets, h.Fields...), q.marked) {
			return fmt.Errorf("bench: a hit for %q, conversation %d, does not show it: %+v", q.text, h.Conversation.Number, h)
		}
	}
	return nil
}

// marked tells whether a text marks something that begins as the query does.
func (q *searchQuery) marked(t markedText) bool {
	units := utf16.Encode([]rune(t.Text))
	return slices.ContainsFunc(t.Ranges, func(r search.Range) bool {
		if r[0] < 0 || r[0] >= r[1] || r[1] > len(units) {
			return false
		}
		mark := search.Fold(string(utf16.Decode(units[r[0]:r[1]])))
		return slices.ContainsFunc(q.parts, func(part string) bool { return part[:1] == mark[:min(1, len(mark))] })
	})
}

// whole is a search for words that have been typed to their end.
func whole(words ...string) *searchQuery {
	q := &searchQuery{text: strings.Join(words, " ") + " "}
	for _, word := range words {
		q.parts = append(q.parts, search.Fold(word))
	}
	return q
}

// quoted is a search for words that stand together.
func quoted(phrase string) *searchQuery {
	return &searchQuery{text: `"` + phrase + `"`, parts: []string{search.Fold(phrase)}}
}

// typed is a search for the beginning of a word.
func typed(prefix string) *searchQuery {
	return &searchQuery{text: prefix, parts: []string{prefix}}
}

// nobodys is a search that nothing answers.
func nobodys(word string) *searchQuery { return &searchQuery{text: word + " ", nobody: true} }

// numbered is a search by a conversation's number.
func numbered(n desk.Number) *searchQuery {
	return &searchQuery{text: fmt.Sprintf("#%d", n), number: n}
}

// prefixes is how many different prefixes a row goes through.
const prefixes = 200

// prefixesOf draws beginnings of so many letters: half of them of words as they
// are used, so mostly of frequent ones, half of any word there is.
func prefixesOf(random *rand.Rand, letters int) []string {
	speakers := []*speaker{newSpeaker(random, turkish()), newSpeaker(random, english())}
	var list []string
	for n := 0; len(list) < prefixes; n++ {
		from := speakers[n%2]
		word := from.word()
		if n%4 >= 2 {
			word = pick(random, from.vocabulary.words)
		}
		if folded := []rune(search.Fold(word)); len(folded) > letters && !strings.ContainsFunc(word, unicode.IsPunct) {
			list = append(list, string(folded[:letters]))
		}
	}
	return list
}

func lettersText(n int) string { return fmt.Sprintf("%d letters", n) }
