import type { Message } from "../message";
import type { SetupKey } from "./en";

export const tr: Record<SetupKey, Message> = {
  "setup.title": "Parley kurulumu",
  "setup.steps": "Kurulum adımları",
  "setup.done": "Tamamlandı",
  "setup.next": "Devam et",
  "setup.back": "Geri",
  "setup.skip": "Şimdilik geç",
  "setup.closed": "Parley zaten kurulmuş",
  "setup.badCode": "Bu bağlantı geçerli değil. Parley başlarken konsolda gösterilen bağlantıyı kullanın",
  "setup.required": "Bu alanı doldurun",

  "setup.place": "Dil",
  "setup.placeTitle": "Dil ve saat dilimi",
  "setup.placeHint": "Bu sayfa, Parley başlarken konsolda gösterilen kodla yalnızca bir kez çalışır",
  "setup.language": "Dil",
  "setup.zone": "Saat dilimi",
  "setup.zoneHint": "Çalışma saatleriniz buna göre işler. Orada saat şu an {time}",
  "setup.zoneUnknown": "Sunucu bu saat dilimini tanımıyor. Başka birini seçin",

  "setup.owner": "Yönetici",
  "setup.admin": "İlk yöneticiyi oluşturun",
  "setup.adminHint": "Ekibin geri kalanını daha sonra ekleyebilirsiniz",
  "setup.name": "Adınız",
  "setup.emailWrong": "ada@example.com gibi bir e-posta adresi yazın",
  "setup.passwordShort": "En az 12 karakter gerekli",
  "setup.passwordWeak": "Bu parola kolay tahmin edilir. Daha uzun bir cümle deneyin",

  "setup.team": "Ekip",
  "setup.teamTitle": "Ekibinize ve bota ad verin",
  "setup.teamHint": "Müşteriler iki adı da görür. Daha sonra ayarlardan değiştirebilirsiniz",
  "setup.teamName": "Ekibin adı",
  "setup.botName": "Botun adı",

  "setup.widget": "Sohbet",
  "setup.widgetTitle": "Sohbeti sitenize ekleyin",
  "setup.widgetHint": "Bu satırı sitenizin her sayfasında </body> etiketinden önceye yapıştırın",
  "setup.snippet": "Sitenize eklenecek satır",
  "setup.copy": "Kopyala",
  "setup.copied": "Kopyalandı",
  "setup.noSite": "Satır, ayarların “Sohbet penceresi” sayfasında",
  "setup.demo": "Örnek verilerle dene",
  "setup.demoHint":
    "Gelen kutunuzu hayalî bir mağazanın Türkçe ve İngilizce konuşmalarıyla doldurur. Tek tıkla kaldırabilirsiniz",
  "setup.demoDone": "Örnek veriler gelen kutunuzda",
  "setup.finish": "Gelen kutusuna git",
};
