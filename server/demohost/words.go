package demohost

// words are what the page says. This is a website that plays somebody else's, so
// its words are not among those of Parley's own screens.
type words struct {
	Home, Products, Order, Contact                   string
	Welcome, Lead, Open, Write, Return, ProductsText string
	OrderText, ContactText, Other, OtherTag          string
	Hostile                                          string
	First, FirstText, Second, SecondText, Third      string
	ThirdText                                        string
}

var wordsIn = map[string]words{
	"tr": {
		Home: "Ana sayfa", Products: "Ürünler", Order: "Sipariş takibi", Contact: "İletişim",
		Welcome: "Evinize iyi gelen şeyler", Lead: "El yapımı seramik, keten ve ahşap; küçük atölyelerden.",
		Open: "Sohbeti aç", Write: "İade hakkında yaz", Return: "Bir ürünü iade etmek istiyorum.",
		ProductsText: "Bu ay öne çıkanlar.", OrderText: "Kargonuz nerede? Sohbetten sipariş numaranızla sorabilirsiniz.",
		ContactText: "Sorularınızı sağ alttaki sohbetten yazın; buradayız.",
		Other:       "English", OtherTag: "en",
		Hostile: "Bu sayfanın stil dosyası her ögeden her stili alır ve ilkesi yalnızca gerekene izin verir; sohbet yine de çalışır.",
		First:   "Keten masa örtüsü", FirstText: "Taş yıkama, doğal renk",
		Second: "Çay bardağı, altılı", SecondText: "Üfleme cam, ince belli",
		Third: "Zeytin ağacı kesme tahtası", ThirdText: "Tek parça, yağlanmış",
	},
	"en": {
		Home: "Home", Products: "Products", Order: "Track an order", Contact: "Contact",
		Welcome: "Things that do your home good", Lead: "Handmade pottery, linen and wood, from small workshops.",
		Open: "Open the chat", Write: "Write about a return", Return: "I'd like to return something.",
		ProductsText: "Picks of the month.", OrderText: "Where is your parcel? Ask in the chat with your order number.",
		ContactText: "Write to us in the chat at the bottom right; we're here.",
		Other:       "Türkçe", OtherTag: "tr",
		Hostile: "This page's style sheet takes every style from every element, and its policy allows only what it needs; the chat works all the same.",
		First:   "Linen tablecloth", FirstText: "Stone-washed, natural",
		Second: "Tea glasses, set of six", SecondText: "Mouth-blown, slim-waisted",
		Third: "Olive wood board", ThirdText: "One piece, oiled",
	},
}
