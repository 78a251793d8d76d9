package bench

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// Words of everyday support talk. They come first in a vocabulary and so are its
// most frequent words; what follows them is made of syllables.
const (
	commonTurkish = `bir ve bu için ile çok da de ne var merhaba sipariş kargo iade ürün para teşekkürler
		lütfen yok nasıl zaman gün fatura adres teslim ödeme kart hesap şifre numara bilgi destek yardım
		beden renk kutu hasarlı eksik yanlış iptal değişim indirim kupon kampanya mağaza şube telefon
		mesaj bugün yarın dün hafta ay saat geldi gelmedi aldım verdim bekliyorum istiyorum ediyorum oldu
		olmadı şikayet memnun değil tamam evet hayır rica ederim iyi günler kolay gelsin hâlâ neden acaba
		İstanbul Ankara İzmir Bursa kapıda peşin taksit banka havale dekont onay ulaşmadı görünüyor`
	commonEnglish = `the to and a is my i it for you of in that on have was with not this order but
		please can be delivery refund package return hello thanks account card payment invoice address
		where when how why still waiting received never arrived broken wrong size colour missing item
		cancel change discount code store phone email message today tomorrow yesterday week month hour
		help support problem issue password reset login track number shipped delayed customer service
		bank transfer receipt confirm sorry great yes no thank again maybe because would could should`
)

var (
	turkishSyllables = syllables{
		open: "b c ç d f g h k l m n p r s ş t v y z", vowels: "a e ı i o ö u ü", close: "l r n m k t ş z",
	}
	englishSyllables = syllables{
		open: "b br c ch d dr f fl g gr h j k l m n p pl r s sh st t th tr v w", vowels: "a e i o u ai ea ee oo ou",
		close: "ck d ft g l ll m n nd ng nt p r rd rt s ss st t",
	}
)

// syllables are the parts that words of a language are made of.
type syllables struct{ open, vowels, close string }

// vocabulary is the words of one language, the most frequent first.
type vocabulary struct {
	words  []string
	common int // how many of them are everyday words
}

// newVocabulary makes size different words, the same ones for the same seed.
func newVocabulary(seed uint64, common string, parts syllables, size int) *vocabulary {
	random := rand.New(rand.NewPCG(seed, 1))
	v := &vocabulary{words: strings.Fields(common)}
	v.common = len(v.words)
	known := make(map[string]bool, size)
	for _, word := range v.words {
		known[word] = true
	}
	open, vowels, end := strings.Fields(parts.open), strings.Fields(parts.vowels), strings.Fields(parts.close)
	for len(v.words) < size {
		var word strings.Builder
		for range 1 + random.IntN(4) {
			word.WriteString(pick(random, open))
			word.WriteString(pick(random, vowels))
			if random.IntN(3) == 0 {
				word.WriteString(pick(random, end))
			}
		}
		if w := word.String(); !known[w] && utf8.RuneCountInString(w) > 2 {
			known[w] = true
			v.words = append(v.words, w)
		}
	}
	return v
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

// Frequencies follow a Zipf law: the word of rank k turns up in proportion to
// 1/(k+zipfShift)^zipfSlope, as words of real talk do.
const (
	zipfSlope = 1.05
	zipfShift = 2.7
)

// speaker draws words from a vocabulary.
type speaker struct {
	vocabulary *vocabulary
	rank       *rand.Zipf
}

func newSpeaker(random *rand.Rand, v *vocabulary) *speaker {
	return &speaker{v, rand.NewZipf(random, zipfSlope, zipfShift, uint64(len(v.words)-1))}
}

func (s *speaker) word() string { return s.vocabulary.words[s.rank.Uint64()] }
