package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// vocabularySize is how many different words each language has.
const vocabularySize = 50_000

// The languages of the data sets, made when they are first asked for: the other
// commands of the executable must not pay for them.
var (
	turkish = sync.OnceValue(func() *vocabulary {
		return newVocabulary(11, commonTurkish, turkishSyllables, vocabularySize)
	})
	english = sync.OnceValue(func() *vocabulary {
		return newVocabulary(12, commonEnglish, englishSyllables, vocabularySize)
	})
)

// bygone are words that were frequent in the first tenth of the time and never
// came again, such as the name of an old campaign.
var bygone = sync.OnceValue(func() *vocabulary {
	return newVocabulary(13, "", syllables{open: "q", vowels: "a e u", close: "x w"}, 40)
})

// phrases are sentences that people write again and again.
var phrases = [...]string{
	"siparişim nerede kaldı", "iade etmek istiyorum", "kargom hâlâ gelmedi", "faturam yanlış kesilmiş",
	"where is my order", "i want a refund", "my package never arrived", "please cancel my order",
}

// Texts are meanText bytes long in the mean, and between minText and maxText.
const (
	minText  = 20
	meanText = 80
	maxText  = 480
)

// writer writes messages.
type writer struct {
	random           *rand.Rand
	turkish, english *speaker
}

func newWriter(random *rand.Rand) *writer {
	return &writer{random, newSpeaker(random, turkish()), newSpeaker(random, english())}
}

// speaker is the one of a language.
func (w *writer) speaker(language string) *speaker {
	if language == "tr" {
		return w.turkish
	}
	return w.english
}

// text writes a message. extra words come first, such as an order number.
func (w *writer) text(language string, extra ...string) string {
	length := min(minText+int(w.random.ExpFloat64()*(meanText-minText)), maxText)
	var out strings.Builder
	if w.random.IntN(20) == 0 {
		extra = append(extra, pick(w.random, phrases[:]))
	}
	for _, e := range extra {
		out.WriteString(e)
		out.WriteByte(' ')
	}
	from := w.speaker(language)
	for out.Len() < length {
		if out.Len() > 0 && !strings.HasSuffix(out.String(), " ") {
			out.WriteByte(' ')
		}
		out.WriteString(from.word())
	}
	text := strings.TrimRight(out.String(), " ")
	if w.random.IntN(2) == 0 {
		text = capital(text, language)
	}
	return text
}

// capital writes the first letter large, as the language has it.
func capital(text, language string) string {
	first, size := utf8.DecodeRuneInString(text)
	if language == "tr" {
		return string(unicode.TurkishCase.ToUpper(first)) + text[size:]
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// orderNumber is the number of the nth order.
func orderNumber(n int) string { return fmt.Sprintf("TR-2026-%07d", n) }
