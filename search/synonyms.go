package search

import "strings"

// synonyms are words, folded, that customers use for one another. Each group is one
// meaning; a word stands in one group only. They are what people write to any
// support desk, not the words of a trade.
var synonyms = groups(
	// Turkish
	"kargo gonderi paket koli teslimat sevkiyat gonderim",
	"sifre parola",
	"hesap uyelik",
	"posta eposta mail email",
	"para ucret tutar bedel fiyat",
	"iade geri",
	"iptal vazgec",
	"hasarli kirik bozuk ezik defolu arizali cizik yirtik",
	"magaza dukkan sube",
	"telefon numara ara",
	"degistir guncelle duzelt degisim",
	"sil kapat kaldir",
	"kupon kod indirim kampanya promosyon",
	"bedava ucretsiz",
	"fatura fis makbuz",
	"taksit",
	"odeme havale eft nakit",
	"stok tuken",
	"eksik noksan",
	"garanti tamir servis",
	"mesai calisma",
	"acik hafta cumartesi pazar",
	"yurt yurtdisi ulke uluslararasi",
	"hediye armagan",
	"bulten reklam sms",
	"beden olcu numarasi kalip",
	"toptan kurumsal toplu",
	"veri bilgiler kvkk gizlilik",
	"ulas gel teslim var",
	// English
	"parcel package delivery shipment order",
	"shipping postage ship",
	"password passcode",
	"account membership profile",
	"delete remove close erase",
	"change update edit correct",
	"refund reimburse",
	"return back",
	"exchange swap replace",
	"damaged broken cracked defective faulty",
	"coupon promo discount voucher code",
	"invoice receipt bill",
	"instalment installment monthly",
	"failed failing declined rejected charged",
	"shop store branch",
	"phone telephone call number",
	"abroad international overseas worldwide",
	"opening hours open weekend saturday sunday",
	"warranty guarantee",
	"stock restock available",
	"gift present wrapping wrap",
	"points loyalty reward",
	"newsletter unsubscribe spam",
	"size fit sizing",
	"wholesale bulk",
	"data privacy gdpr personal",
	"cost price fee charge",
	"arrive arrival come",
)

// meanings gives each word the number of its group.
type meanings struct {
	group map[string]int
	roots map[string][]*root // by their first two letters
}

// root is a word of a group, ready to be compared with its forms.
type root struct {
	word
	group int
}

func groups(list ...string) *meanings {
	m := &meanings{group: map[string]int{}, roots: map[string][]*root{}}
	for i, words := range list {
		for term := range strings.FieldsSeq(words) {
			m.group[term] = i + 1
			m.roots[start(term)] = append(m.roots[start(term)], &root{newWord(term, false), i + 1})
		}
	}
	return m
}

// of is the group of a word in any of its forms, or 0.
func (m *meanings) of(term string) int {
	if group, known := m.group[term]; known {
		return group
	}
	for _, r := range m.roots[start(term)] {
		if c := r.judge(term, false); c == same || c == akin {
			return r.group
		}
	}
	return 0
}
