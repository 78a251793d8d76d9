package search

import "strings"

// says is how much a word says about what is asked, before it is weighed: 1 for
// most, little for what belongs to any sentence.
func says(term string) float64 {
	if weight, known := chatter[term]; known {
		return weight
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

// chatter are the words of both languages, folded, that stand in any sentence.
var chatter = func() map[string]float64 {
	table := map[string]float64{}
	for _, group := range []struct {
		weight float64
		words  string
	}{
		// what carries nothing
		{0.08, "merhaba merhabalar selam selamlar slm mrb gunaydin iyi gunler aksamlar geceler lutfen acaba rica ederim " +
			"tesekkurler tesekkur sagol hocam hanim bey bir bu su o ve ile icin de da ki mi mu misiniz musunuz miyim muyum miyiz " +
			"ben bana beni benim biz bize bizim siz size sizin sizi sen onu var yok ama fakat ya veya daha cok en gibi kadar diye " +
			"olarak sonra once simdi hala hemen artik zaten bile sey olan oldu olur olacak evet hayir tamam peki " +
			"hello hi hey dear please thanks thank the a an is are am was were be been do does did i me my mine we us our you your it its " +
			"this that these those to of in on for at by from with and or but so if then there here just still yet now already " +
			"any some would could should will shall may might have has had s t m re ve ll d don isn doesn didn can't yes no ok okay"},
		// what shapes a question, and what is asked of anything
		{0.3, "nasil ne nedir neler niye neden nerede nerde nereden nerden nereye hangi kim kac " +
			"istiyorum istiyoruz isterim lazim gerekiyor gerek yapmak yapabilir yapilir yapiyor yapabilirim yapmaliyim yaparim alabilir edebilir " +
			"olabilir etmek ediyorum edebilirim edebilir edin musait bilgi yardim sorun soru ilgili hakkinda " +
			"how what where when why which who can cannot want need know tell like get got make help about question problem " +
			"possible way able let"},
	} {
		for term := range strings.FieldsSeq(group.words) {
			table[term] = group.weight
		}
	}
	return table
}()
