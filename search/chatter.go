package search

import "strings"

// says is how much a word says about what is asked, before it is weighed: 1 for
// most, little for what belongs to any sentence.
func says(term string) float64 {
	if known, found := chatter[term]; found {
		return known.weight
	}
	if len(term) == 1 {
		return 0.1
	}
	for i := range common {
		if c := common[i].judge(term, false); c == same || c == akin {
			return commonSays
		}
	}
	return 1
}

// common are the verbs of both languages that go with any noun, in any form.
var common = func() (words []word) {
	for term := range strings.FieldsSeq("yap et ol al ver iste calis bak soyle ogren goster bul kullan work take give say look show use find") {
		words = append(words, newWord(term, false))
	}
	return words
}()

const commonSays = 0.4

// chat is what is known of a word that stands in any sentence.
type chat struct {
	weight   float64
	language string // tr or en; "" for a word of both
}

// The weights of chatter: of what carries nothing, and of what shapes a question or
// is asked of anything.
const (
	emptySays   = 0.08
	shapingSays = 0.3
)

// chatter are the words of both languages, folded, that stand in any sentence.
var chatter = func() map[string]chat {
	table := map[string]chat{}
	for _, group := range []struct {
		weight          float64
		language, words string
	}{
		{emptySays, "tr", "merhaba merhabalar selam selamlar slm mrb gunaydin iyi gunler aksamlar geceler lutfen acaba rica ederim " +
			"tesekkurler tesekkur sagol sag olun hocam hanim bey bir bu su o ve ile icin de da ki mi mu misiniz musunuz miyim muyum miyiz " +
			"ben bana beni benim biz bize bizim siz size sizin sizi sen onu var yok ama fakat ya veya daha cok en gibi kadar diye " +
			"olarak sonra once simdi hala hemen artik zaten bile sey olan oldu olur olacak evet hayir tamam peki tmm"},
		{emptySays, "en", "hello hi hey dear please thanks thank the a an is are am was were be been do does did i my mine we us our you your it its " +
			"this that these those to of in on for at by from with and or but so if then there here just still yet now already " +
			"any some would could should will shall may might have has had s t m re ve ll d don isn doesn didn can't yes no good morning evening afternoon"},
		{emptySays, "", "me ok okay"},
		{shapingSays, "tr", "nasil ne nedir neler niye neden nerede nerde nereden nerden nereye hangi kim kac " +
			"istiyorum istiyoruz isterim lazim gerekiyor gerek yapmak yapabilir yapilir yapiyor yapabilirim yapmaliyim yaparim alabilir edebilir " +
			"olabilir etmek ediyorum edebilirim edin musait bilgi yardim sorun soru ilgili hakkinda"},
		{shapingSays, "en", "how what where when why which who can cannot want need know tell like get got make help about question problem " +
			"possible way able let"},
	} {
		for term := range strings.FieldsSeq(group.words) {
			table[term] = chat{group.weight, group.language}
		}
	}
	return table
}()

// SaysNothing reports whether a message is nothing but a greeting, thanks or the
// like: no word of it asks for anything.
func (a *Asked) SaysNothing() bool {
	for _, term := range a.terms {
		if says(term) > 0.1 {
			return false
		}
	}
	return len(a.terms) > 0
}

// Language guesses in which language a message is, tr or en, by the words that stand
// in any sentence; "" when it cannot be told.
func (a *Asked) Language() string {
	counts := map[string]int{}
	for _, term := range a.terms {
		counts[chatter[term].language]++
	}
	switch tr, en := counts["tr"], counts["en"]; {
	case tr > 2*en:
		return "tr"
	case en > 2*tr:
		return "en"
	}
	return ""
}
