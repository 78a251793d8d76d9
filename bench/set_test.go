package bench

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"parley/interchange"
)

// TestLinesAreWhatTheSetSays holds the lines to be importable, the same every
// time, and of the sizes that the set is said to have.
func TestLinesAreWhatTheSetSays(t *testing.T) {
	set := Set{"x", 2_000, 10, layout}
	var first, second bytes.Buffer
	l, err := writeSet(&first, set)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writeSet(&second, set); err != nil {
		t.Fatal(err)
	}
	if sha256.Sum256(first.Bytes()) != sha256.Sum256(second.Bytes()) {
		t.Error("the same set gives other lines")
	}
	places, languages := map[string]int{}, map[string]int{}
	count := 0
	err = interchange.Scan(&first, func(source interchange.Source) error {
		line, err := interchange.Parse(source.Bytes)
		if err != nil || line.Customer == nil {
			return err
		}
		count++
		languages[line.Customer.Language]++
		places[line.Status]++
		if line.Bot {
			places["bot"]++
		}
		if line.Agent == nil && !line.Bot {
			places["nobody"]++
		}
		return nil
	})
	if err != nil || count != set.Conversations {
		t.Fatalf("%d conversations, %v", count, err)
	}
	if mean := float64(l.messages) / float64(count); mean < 9.5 || mean > 10.5 {
		t.Errorf("%.2f messages in a conversation", mean)
	}
	if mean := float64(l.text) / float64(l.messages); mean < 75 || mean > 90 {
		t.Errorf("%.1f bytes in a text", mean)
	}
	for what, n := range map[string]int{"open": places["open"], "resolved": places["resolved"], "archived": places["archived"], "bot": places["bot"], "nobody": places["nobody"], "tr": languages["tr"], "en": languages["en"]} {
		if n < count/20 {
			t.Errorf("%s: %d of %d", what, n, count)
		}
	}
}

// TestWordsFollowZipf holds the words to be unequal as those of real talk are.
func TestWordsFollowZipf(t *testing.T) {
	var text bytes.Buffer
	if _, err := writeSet(&text, Set{"x", 1_000, 10, layout}); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for word := range bytes.FieldsSeq(text.Bytes()) {
		count[string(word)]++
	}
	frequent, middle := count["bir"], count[turkish().words[1000]]
	if frequent < 50*middle || middle > 100 || frequent < 1000 {
		t.Errorf("the first word %d times, the thousandth %d times", frequent, middle)
	}
}
