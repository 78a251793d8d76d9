package app

import "testing"

// TestHide takes out what tells of somebody and leaves what was answered.
func TestHide(t *testing.T) {
	d := newDiscretion()
	add(d.names, "Elif Işık", "Can Öz", "Mert Er")
	add(d.ours, "Kargo firmamız Yurtiçi'dir.", "Ayvadan", "Gold üyeler")
	for text, want := range map[string]string{
		"Your order ORD-20931-B goes to ada@example.com, call +90 532 000 00 00": "Your order … goes to … call +…",
		"It takes 14 days and costs 250 TL.":                                     "It takes 14 days and costs 250 TL.",
		"Kartınız 4111 1111 1111 1111":                                           "Kartınız …",
		"Merhaba Elif Hanım, paketiniz Yurtiçi'nde.":                             "Merhaba …, paketiniz Yurtiçi'nde.",
		"elifin kargosu ELİF IŞIK adına çıktı, Işık'a verildi":                   "… kargosu … adına çıktı, …'a verildi",
		"Kargoyu eşiniz Mehmet Yılmaz alacak.":                                   "Kargoyu eşiniz … alacak.",
		"Mehmet Bey teslim aldı. Sayın ayşe kaya da.":                            "… teslim aldı. Sayın … kaya da.",
		"We handed it to your neighbour Mrs Smith; SMS sent on Monday.":          "We handed it to your neighbour …; SMS sent on Monday.",
		"can kırıklığı olmasın, I'm sure. Can":                                   "… kırıklığı olmasın, I'm sure. …",
		"EŞİM ALİ ALACAK":                                                        "EŞİM …",
		"Ayvadan'ın Gold üyeleri öder. Candan teşekkürler":                       "Ayvadan'ın Gold üyeleri öder. Candan teşekkürler",
		"": "",
	} {
		if got := d.hide(text); got != want {
			t.Errorf("%q becomes\n%q, want\n%q", text, got, want)
		}
	}
}
