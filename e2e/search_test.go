package e2e

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// found is the answer of a search.
type found struct {
	Hits []struct {
		Conversation conversation `json:"conversation"`
		Hits         int          `json:"hits"`
	} `json:"hits"`
	State string `json:"state"`
}

// TestSearchHeals holds: whatever happens to the index, search finds everything
// again by itself, and lists and number jumps do not wait for it.
func TestSearchHeals(t *testing.T) {
	random := newRandom(t)
	server := Start(t)
	owner := server.SetUp(t)
	words := map[string]uint64{} // a word that only one conversation has → its number
	for i := range 10 {
		number := owner.Begin(t, fmt.Sprintf("Customer %d", i), "Hello").Number
		for range 4 {
			word := randomWord(random)
			if _, err := owner.Post(number, NewID(), "İçinde "+word+" geçen mesaj"); err != nil {
				t.Fatal(err)
			}
			words[word] = number
		}
	}
	awaitWords(t, owner, words)

	index := filepath.Join(server.Dir, "search")
	for name, harm := range map[string]func(){
		"the folder is gone":      func() { must(t, os.RemoveAll(index)) },
		"every file is cut":       func() { eachFile(t, index, func(path string, size int64) { must(t, os.Truncate(path, size/2)) }) },
		"every file is rubbish":   func() { eachFile(t, index, scribble(t, random)) },
		"killed while it indexes": func() {},
	} {
		t.Run(name, func(t *testing.T) {
			word := randomWord(random)
			words[word] = 1
			if _, err := owner.Post(1, NewID(), word); err != nil {
				t.Fatal(err)
			}
			server.Kill()
			harm()
			server.Restart(t)
			var o opened
			owner.Must(t, "GET", "/conversations/1", nil, &o)
			owner.Must(t, "GET", "/conversations?view=inbox", nil, nil)
			awaitWords(t, owner, words)
		})
	}
}

// awaitWords waits until each word finds its conversation and no other.
func awaitWords(t *testing.T, c *Client, words map[string]uint64) {
	t.Helper()
	start := time.Now()
	for word, number := range words {
		for {
			f := c.search(t, word)
			if len(f.Hits) == 1 && f.Hits[0].Conversation.Number == number && f.Hits[0].Hits == 1 {
				break
			}
			if time.Since(start) > 20*time.Second {
				t.Fatalf("%s of conversation %d is not found after 20 s: %+v", word, number, f)
			}
			time.Sleep(20 * time.Millisecond)
		}
		time.Sleep(25 * time.Millisecond) // an agent may not search without pause
	}
	t.Logf("%d words found after %v", len(words), time.Since(start).Round(time.Millisecond))
}

func (c *Client) search(t *testing.T, query string) found {
	t.Helper()
	var f found
	for {
		err := c.Call("GET", "/search?q="+url.QueryEscape(query), nil, &f)
		if r := refusal(err); r != nil && r.Code == "rate_limited" {
			time.Sleep(200 * time.Millisecond)
			continue
		}
		must(t, err)
		return f
	}
}

// randomWord is a word of letters that no other message has.
func randomWord(random *rand.Rand) string {
	letters := []rune("abcçdefgğhıijklmnoöprsştuüvyz")
	word := make([]rune, 14)
	for i := range word {
		word[i] = letters[random.IntN(len(letters))]
	}
	return string(word)
}

// scribble writes noise over the middle of a file.
func scribble(t *testing.T, random *rand.Rand) func(path string, size int64) {
	return func(path string, size int64) {
		text, err := os.ReadFile(path)
		must(t, err)
		for i := range text[size/4 : size/2] {
			text[int(size/4)+i] = byte(random.Uint32())
		}
		must(t, os.WriteFile(path, text, 0o600))
	}
}

// eachFile calls fn with every file below a folder, in order.
func eachFile(t *testing.T, folder string, fn func(path string, size int64)) {
	t.Helper()
	var paths []string
	must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			paths = append(paths, path)
		}
		return err
	}))
	if len(paths) == 0 {
		t.Fatalf("%s holds no file", folder)
	}
	slices.Sort(paths)
	for _, path := range paths {
		info, err := os.Stat(path)
		must(t, err)
		fn(path, info.Size())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestSearchFiles finds messages by the names of the files that they carry, and by
// carrying any.
func TestSearchFiles(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	plain := owner.Begin(t, "Without a file", "The invoice of March is on its way").Number
	attached := owner.Begin(t, "With a file", "Here it is").Number
	id, err := owner.Upload("Fatura-İzmir 2026.txt", "text/plain", []byte("only the name is looked into"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Post(attached, NewID(), "", id); err != nil { // the file is all that it says
		t.Fatal(err)
	}
	if _, err := owner.Post(plain, NewID(), "fatura"); err != nil { // comes last
		t.Fatal(err)
	}
	owner.awaitHits(t, "fatura", plain, attached)
	for query, want := range map[string][]uint64{
		"has:file": {attached}, "has:dosya": {attached}, "fatura has:file": {attached}, "izmir": {attached},
		"fatura-izmir": {attached}, "izmir march": nil, "invoice has:file": nil, "only": nil,
	} {
		if got := numbers(owner.search(t, query)); !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", query, got, want)
		}
	}
}

// awaitHits waits until a search finds these conversations, in any order.
func (c *Client) awaitHits(t *testing.T, query string, want ...uint64) {
	t.Helper()
	slices.Sort(want)
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		got := numbers(c.search(t, query))
		if slices.Equal(got, want) {
			return
		}
		if time.Since(start) > 10*time.Second {
			t.Fatalf("%s finds %v after 10 s, want %v", query, got, want)
		}
	}
}

// numbers are the conversations of an answer, sorted.
func numbers(f found) (all []uint64) {
	for _, hit := range f.Hits {
		all = append(all, hit.Conversation.Number)
	}
	slices.Sort(all)
	return all
}
