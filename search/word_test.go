package search

import (
	"strings"
	"testing"
)

func isForm(typed, term string) bool {
	w := newWord(typed, false)
	return w.isForm(term)
}

func TestSameWord(t *testing.T) {
	for _, pair := range strings.Split(strings.TrimSpace(`
iademi iade
iademi iadenin
iadesi iadelerinizi
aboneligim abonelik
aboneligim aboneligimi
rengi renk
rengi renginde
kitap kitabi
hesap hesabima
hesabinizda hesap
police policemi
kurye kuryelerin
kuryeyi kuryeniz
limitim limiti
randevuya randevumuzu
hak hakki
hakki hakkiniz
ret reddi
isim ismimi
ismim isimler
sehir sehri
kayit kaydim
izin izni
kargo kargom
kargoya kargodaki
siparis siparisimdeki
fatura faturasini
gonderdim gonderildi
verildi verilmis
verildi verilmedi
bekliyorum bekledim
odeme odemesi
odedim odeyecegim
cozumlendi cozumlenmis
gumruk gumrugunde
order orders
charge charged
charge charging
delivery deliveries
refund refunded
kod kodu
kodu kodunu
ev evim
degisim degisimi
testi test
sifre sifremi
renk renkleri
`), "\n") {
		a, b, _ := strings.Cut(pair, " ")
		if !isForm(a, b) || !isForm(b, a) {
			t.Errorf("%s and %s should be forms of one word", a, b)
		}
	}
}

func TestOtherWord(t *testing.T) {
	for _, pair := range strings.Split(strings.TrimSpace(`
abone abonelik
sifir sifirlamak
sifir sifirladim
hat hata
kart kartal
kart kartus
adres ad
kar karton
masa masal
kargo kar
pasaport pasaj
fatura fatih
police polis
oda odun
para park
`), "\n") {
		a, b, _ := strings.Cut(pair, " ")
		if isForm(a, b) || isForm(b, a) {
			t.Errorf("%s and %s should be two words", a, b)
		}
	}
}

func TestTypo(t *testing.T) {
	for _, c := range []struct {
		typed, term string
		want        class
	}{
		{"webhok", "webhook", typo},
		{"komisyok", "komisyon", typo},
		{"komisyok", "komisyonu", typo},
		{"batarye", "bataryasi", typo},
		{"sandaliye", "sandalyeyi", typo},
		{"televiyon", "televizyonum", typo},
		{"televiyonum", "televizyon", guess},
		{"pasoport", "pasaportum", typo},
		{"iadde", "iadeyi", typo},
		{"fatruam", "fatura", guess},
		{"siprais", "siparisim", typo},
		{"abonelk", "aboneligimi", typo},
		{"xargo", "kargoyu", guess},
		{"modeem", "modem", typo},
		{"modeem", "model", guess},
		{"kart", "kurt", none},
		{"banka", "manken", none},
		{"siparis", "separator", none},
	} {
		w := newWord(c.typed, false)
		if got := w.judge(c.term, true); got != c.want {
			t.Errorf("%s for %s is of class %d, want %d", c.term, c.typed, got, c.want)
		}
		if got := w.judge(c.term, false); got != none {
			t.Errorf("%s for %s is of class %d where no errors are looked for", c.term, c.typed, got)
		}
	}
}

func TestStands(t *testing.T) {
	for _, c := range []struct {
		typed, term string
		want        bool
	}{
		{"verildi", "verildi", true},
		{"verildi", "verildigi", true},
		{"verildi", "verilmedi", false},
		{"verildi", "verilmemis", false},
		{"bedeli", "bedelini", true},
		{"kodu", "kodunu", true},
		{"gelmedi", "gelmemis", true},
	} {
		w := newWord(c.typed, false)
		if got := w.stands(c.term); got != c.want {
			t.Errorf("%s stands for %s: %v", c.term, c.typed, got)
		}
	}
}
