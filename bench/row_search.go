package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// searchRow is the searches of one row.
type searchRow struct {
	id, what string
	queries  []*searchQuery
	clients  int
	floor    string
}

// prepareSearch takes what has to be taken while the server stands still: the
// floors over its index, and a plain scan for the words that rows will search.
func (s *stage) prepareSearch() error {
	var err error
	words := append(append(middleWords(), rareWords()...), bygone().words...)
	for _, q := range twoWords() {
		words = append(words, strings.Fields(q.text)...)
	}
	if s.words, err = scanWords(s.dir, append(words, s.orders()...)); err != nil {
		return err
	}
	return s.prefixFloor()
}

// searchRows measures searches: of whole words of every frequency, and as one
// types.
func (s *stage) searchRows() error {
	for _, r := range s.searches() {
		paths := make([]string, len(r.queries))
		for i, q := range r.queries {
			paths[i] = q.path()
		}
		nth := r.clients
		result, err := s.reads(r.clients, paths, func(path, n int, body []byte) error {
			if n%nth != 0 {
				return nil
			}
			return r.queries[path].check(body, s.words)
		})
		if err != nil {
			return err
		}
		row := s.row(r.id, r.what+withClients(r.clients))
		result.fill(&row)
		row.Floor = r.floor
		if r.clients == 1 {
			worst, times := result.slowest(len(paths), func(_, n int) int { return n % len(paths) })
			row.Note = fmt.Sprintf("of %d searches the slowest is “%s”, p50 %s", len(paths), r.queries[worst].text, number(milliseconds(times.P50)))
		}
		s.add(row)
	}
	return nil
}

// searches lists the rows.
func (s *stage) searches() []searchRow {
	random := rand.New(rand.NewPCG(9, 10))
	list := []searchRow{
		{id: "search.common", what: "search: the most frequent words", queries: each(whole, turkish().words[:8], english().words[:8])},
		{id: "search.middle", what: "search: words of middle frequency", queries: each(whole, middleWords())},
		{id: "search.rare", what: "search: rare words", queries: each(whole, rareWords())},
		{id: "search.bygone", what: "search: words frequent long ago", queries: each(whole, bygone().words)},
		{id: "search.order", what: "search: order numbers", queries: each(whole, s.orders())},
		{id: "search.number", what: "search: conversation numbers", queries: s.numbers(random)},
		{id: "search.none", what: "search: no hit", queries: noWords(random)},
		{id: "search.two", what: "search: two words", queries: twoWords()},
		{id: "search.phrase", what: "search: phrases", queries: phraseQueries(random)},
	}
	var typing []*searchQuery
	for _, letters := range []int{2, 3, 4} {
		var queries []*searchQuery
		for _, prefix := range prefixesOf(random, letters) {
			queries = append(queries, typed(prefix))
		}
		typing = append(typing, queries...)
		list = append(list, searchRow{
			id: fmt.Sprintf("search.prefix%d", letters), what: "search as you type: " + lettersText(letters), queries: queries, floor: floorPrefix(letters),
		})
	}
	words := append(append([]*searchQuery{}, list[0].queries...), append(list[1].queries, list[2].queries...)...)
	list = append(list,
		searchRow{id: "search.typing16", what: "search as you type: 2 to 4 letters", queries: typing, clients: 16},
		searchRow{id: "search.words16", what: "search: whole words of all frequencies", queries: words, clients: 16})
	for i := range list {
		list[i].clients = max(list[i].clients, 1)
	}
	return list
}

// each makes a query of each word.
func each(query func(words ...string) *searchQuery, lists ...[]string) (queries []*searchQuery) {
	for _, list := range lists {
		for _, word := range list {
			queries = append(queries, query(word))
		}
	}
	return queries
}

// some picks n words from a rank on, evenly up to another.
func some(v *vocabulary, n, from, to int) (words []string) {
	for i := range n {
		words = append(words, v.words[from+i*(to-from)/n])
	}
	return words
}

func middleWords() []string {
	return append(some(turkish(), 20, 500, 2000), some(english(), 20, 500, 2000)...)
}

func rareWords() []string {
	return append(some(turkish(), 20, 30_000, vocabularySize), some(english(), 20, 30_000, vocabularySize)...)
}

// orders are numbers that were given out: one conversation in two has one.
func (s *stage) orders() (list []string) {
	for i := range 40 {
		list = append(list, orderNumber(1+i*s.set.Conversations/100))
	}
	return list
}

func (s *stage) numbers(random *rand.Rand) (queries []*searchQuery) {
	for range 100 {
		queries = append(queries, numbered(pick(random, s.book.entries).number))
	}
	return queries
}

// noWords are words that nobody has written, some of them like words that are.
func noWords(random *rand.Rand) (queries []*searchQuery) {
	for range 40 {
		queries = append(queries, nobodys(newWord(random)))
	}
	return queries
}

// twoWords joins frequent words with others, and frequent ones with each other.
func twoWords() (queries []*searchQuery) {
	for _, v := range []*vocabulary{turkish(), english()} {
		for i, word := range some(v, 20, 100, 2000) {
			queries = append(queries, whole(v.words[i], word), whole(v.words[i], v.words[i+1]))
		}
	}
	return queries
}

// phraseQueries are phrases that many wrote, and neighbours that may never have
// stood together.
func phraseQueries(random *rand.Rand) (queries []*searchQuery) {
	for _, phrase := range phrases {
		queries = append(queries, quoted(phrase))
	}
	from := []*speaker{newSpeaker(random, turkish()), newSpeaker(random, english())}
	for n := range 32 {
		queries = append(queries, quoted(from[n%2].word()+" "+from[n%2].word()))
	}
	return queries
}
