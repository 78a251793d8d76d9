package bench

import (
	"strings"
	"unicode"

	"parley/desk"
	"parley/search"
	"parley/store"
)

// scanWords reads every message of a stopped folder and notes in which
// conversations some words and order numbers stand, by plain comparison. The keys
// are those that were given.
func scanWords(dir string, words []string) (map[string][]desk.Number, error) {
	st, err := store.Open(dir, store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer st.Close()
	w := &wordScan{found: make(map[string][]desk.Number), keys: make(map[string]string)}
	for _, word := range words {
		w.found[word], w.keys[search.Fold(word)] = nil, word
	}
	for next := desk.Number(1); next > 0; {
		if err := st.View(func(tx *store.Tx) (err error) {
			next, err = w.piece(tx, next)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return w.found, nil
}

type wordScan struct {
	keys  map[string]string // folded word → as it was given
	found map[string][]desk.Number
}

// piece scans some conversations and says where to go on; 0 at the end.
func (w *wordScan) piece(tx *store.Tx, from desk.Number) (next desk.Number, err error) {
	list, err := tx.ConversationsFrom(from, scanPiece)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for i := range list {
		messages, err := tx.Messages(&list[i], 1, list[i].Messages)
		if err != nil {
			return 0, err
		}
		for j := range messages {
			w.text(list[i].Number, messages[j].Text)
		}
	}
	return list[len(list)-1].Number + 1, nil
}

// text notes the words of one message.
func (w *wordScan) text(number desk.Number, text string) {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }
	for word := range strings.FieldsFuncSeq(search.Fold(text), apart) {
		key, wanted := w.keys[word]
		if !wanted {
			continue
		}
		numbers := w.found[key]
		if len(numbers) == 0 || numbers[len(numbers)-1] != number {
			w.found[key] = append(numbers, number)
		}
	}
}
