import type { Message } from "../message";
import type { en } from "./en";

export const tr: Record<keyof typeof en, Message> = {
  "factor.title": "İki adımlı doğrulama",
  "factor.about":
    "Giriş yaparken parolanızdan sonra telefonunuzdaki bir uygulamanın gösterdiği kod da istenir. Parolanızı öğrenen biri yine de giremez",
  "factor.off": "Kapalı",
  "factor.since": "Açık. Açıldığı tarih: {date}",
  "factor.left": "{n} kurtarma kodu kaldı",
  "factor.few": "Kodlarınız bitmeden yenilerini oluşturun",
  "factor.required": "Ekibiniz bunu herkesten istiyor",
  "factor.turnOn": "Aç",
  "factor.turnOff": "Kapat",
  "factor.renew": "Yeni kurtarma kodları oluştur",
  "factor.isOn": "İki adımlı doğrulama açıldı",
  "factor.isOff": "İki adımlı doğrulama kapatıldı",
  "factor.notLoaded": "Yüklenemedi: {why}",

  "factor.first": "Önce parolanız",
  "factor.continue": "Devam et",
  "factor.scan": "Bunu telefonunuzdaki bir doğrulama uygulamasıyla okutun",
  "factor.apps":
    "Google Authenticator, Microsoft Authenticator, Aegis veya 1Password gibi herhangi biri olur",
  "factor.picture": "Doğrulama uygulaması için QR kodu",
  "factor.byHand": "Okutamıyor musunuz? Bu anahtarı uygulamaya yazın:",
  "factor.openApp": "Bu cihazdaki bir uygulamada aç",
  "factor.code": "Uygulamanın gösterdiği kod",
  "factor.codeHint": "6 rakam; her 30 saniyede bir yenisi gelir",
  "factor.others": "Diğer oturumlarınız kapatılacak",
  "factor.wrong":
    "Bu kod doğru değil. Uygulamanın şu anda gösterdiği kodu yazın. Yine olmazsa telefonunuzun saatini denetleyin",
  "factor.tooLate": "Süre doldu. Parolanızı yazarak baştan başlayın",
  "factor.copyKey": "Anahtarı kopyala",

  "factor.codes": "Kurtarma kodları",
  "factor.codesHint":
    "Telefonunuzu kaybederseniz bu kodlarla girersiniz; her biri bir kez geçerlidir. Bir daha gösterilmezler, güvenli bir yerde saklayın",
  "factor.copy": "Kopyala",
  "factor.copied": "Kopyalandı",
  "factor.download": "İndir",
  "factor.done": "Kodları kaydettim",
  "factor.file": "Parley kurtarma kodları. Hesap: {email}, tarih: {date}. Her kod bir kez geçerlidir",
  "factor.fileName": "parley-kurtarma-kodlari.txt",

  "factor.confirmOff": "İki adımlı doğrulama kapatılsın mı?",
  "factor.confirmOffHint": "Bundan sonra giriş yapmak için yalnızca parolanız yeterli olur",
  "factor.confirmRenew": "Yeni kurtarma kodları oluşturulsun mu?",
  "factor.confirmRenewHint": "Şu anki kodlarınız geçersiz olur",

  "factor.mustTitle": "İki adımlı doğrulamayı kurun",
  "factor.must": "Ekibiniz iki adımlı doğrulama istiyor. Devam etmek için kurun; yazdıklarınız duruyor",

  "factor.has": "İki adımlı doğrulama",
  "factor.hasNot": "Yalnızca parola",
  "factor.resetShort": "Kaldır",
  "factor.reset": "İki adımlı doğrulamayı kaldır",
  "factor.resetOf": "İki adımlı doğrulamayı kaldır: {name}",
  "factor.confirmReset": "Bu temsilcinin iki adımlı doğrulaması kaldırılsın mı: {name}",
  "factor.confirmResetHint":
    "Hem telefonunu hem kurtarma kodlarını kaybeden biri için. Gerçekten kendisinin istediğinden emin olun: bundan sonra parolası tek başına yeterli olur",
  "factor.wasReset": "İki adımlı doğrulama kaldırıldı: {name}",
  "factor.rule": "İki adımlı doğrulama herkes için zorunlu olsun",
  "factor.ruleHint":
    "Henüz açmamış olan temsilciler, giriş yaptıklarında veya bir işlem yaptıklarında önce bunu kurar",
  "factor.ruleOwn": "Önce profilinizden kendinizinkini açın",
  "factor.ruleOwner": "Bunu yalnızca sahipler değiştirebilir",
  "factor.count": "Açık olan temsilci sayısı: {n}, toplam: {all}",
};
