/** The conversations of the sample that have something particular to show. */

export interface Line {
  customer: object;
  channel: string;
  status: string;
  agent: string | null;
  bot: boolean;
  tags?: string[] | undefined;
  unread?: number;
  customer_read?: number;
  rating?: object;
  messages: object[];
}

export const longName = "Muhammed Abdülmuttalip Karaosmanoğlu Yıldırımtürkoğlu";

const isil = "isil@example.com";
const day = 24 * 60;

/** `past` gives the time so many minutes ago, `attach` a file by its name. */
export function talk(past: (minutes: number) => string, attach: (name: string) => object): Line[] {
  const customer = (text: string, minutes: number, more: object = {}) => ({
    from: "customer",
    text,
    at: past(minutes),
    ...more,
  });
  const agent = (text: string, minutes: number, more: object = {}) => ({
    from: "agent",
    text,
    at: past(minutes),
    ...more,
  });
  const event = (name: string, minutes: number, more: object = {}) => ({
    from: "event",
    text: "",
    event: `conversation.${name}`,
    by: "agent",
    agent: isil,
    at: past(minutes),
    ...more,
  });
  const plain = { channel: "web", status: "open", agent: null, bot: false };
  return [
    {
      ...plain,
      customer: {
        id: "ayse",
        name: "Ayşe Kaya",
        email: "ayse.kaya@example.com",
        phone: "+90 555 000 00 00",
        language: "tr",
        attributes: { şehir: "Iğdır", üyelik: "2026-03-09", site: "https://example.com/ayse" },
        tags: ["vip", "toptan"],
      },
      agent: isil,
      tags: ["kargo", "kırık ürün"],
      unread: 1,
      customer_read: 12,
      messages: [
        customer("Merhaba, ayva reçeli siparişim kırık geldi.", day + 190),
        {
          from: "bot",
          text: "Geçmiş olsun! Sipariş numaranızı ve bir fotoğraf gönderir misiniz?",
          at: past(day + 189),
          choices: ["Fotoğraf gönder", "Temsilciye bağlan"],
        },
        customer("AYV-20555", day + 186),
        customer("", day + 185, {
          attachments: [attach("ayva-reçeli.png"), attach("kırık-kulp.png")],
        }),
        event("handed_over", day + 184, { by: "customer", agent: undefined }),
        event("assigned", day + 180, { now: isil }),
        agent(
          "Merhaba Ayşe Hanım, çok üzgünüm. Hemen yenisini yolluyorum, kırık olanı geri göndermenize gerek yok.",
          day + 178,
        ),
        {
          from: "note",
          text: "Depo: kavanozlar çift karton olacak.",
          at: past(day + 176),
          agent: "mehmet@example.com",
        },
        event("resolved", day + 170),
        event("reopened", day + 60, { by: "customer", agent: undefined }),
        customer("Yeni kavanoz da çatlamış :( Fatura da ekte yok, muhasebe istiyor.", day + 60),
        event("assigned", day + 40, { was: isil, now: "mehmet@example.com" }),
        event("unassigned", 95),
        event("assigned", 94, { was: "mehmet@example.com", now: isil }),
        agent(
          "Faturanızı ekliyorum. Yeni paketi bugün elden getireceğiz; saat 15:00 sizin için uygun mu? https://example.com/kargo/AYV-20555",
          92,
          {
            attachments: [attach("fatura-2026-0314-Ayvadan-Gıda-Sanayi-ve-Ticaret-Limited-Şirketi.pdf")],
          },
        ),
        customer("Uygun, teşekkür ederim 🙏", 6),
      ],
    },
    {
      ...plain,
      customer: {
        id: "hard",
        name: longName,
        email: `${"uzun.".repeat(10)}adres@example.com`,
        language: "tr",
      },
      tags: ["çok-uzun-bir-etiket-adı-burada", "afyonkarahisarlılaştıramadıklarımızdan"],
      messages: [
        customer("Merhaba", 40),
        customer("x".repeat(32_000), 39),
        customer("مرحبا، أين طلبي رقم 1042؟", 38),
        customer("🎉❤️", 37),
        agent("Muvaffakiyetsizleştiricileştiriveremeyebileceklerimizdenmişsinizcesine", 36, { agent: isil }),
      ],
    },
    {
      ...plain,
      customer: { id: "bot", name: "Zeynep Ünal", language: "tr" },
      bot: true,
      messages: [
        customer("İade etmek istiyorum", 12),
        {
          from: "bot",
          text: "Ürünü kutusunda, 14 gün içinde geri gönderebilirsiniz. Kodunuzu hesabınızda bulursunuz.",
          at: past(12),
          choices: ["Nerede bulurum?", "Temsilciye bağlan"],
        },
        customer("Peki ücreti kim ödüyor?", 3),
      ],
    },
    {
      ...plain,
      customer: { id: "rated", name: "Oğuz Şahin", language: "tr" },
      status: "resolved",
      rating: { score: 4, comment: "Çok hızlıydı", at: past(50) },
      messages: [
        customer("Kutu ezik geldi, teslim alayım mı?", 80),
        agent("Teslim almayın; kuryeden hasar tutanağı isteyin.", 78, { agent: isil }),
        event("resolved", 60),
      ],
    },
    {
      ...plain,
      customer: { id: "old", name: "Ö. Deniz", language: "tr" },
      status: "archived",
      messages: [customer("Eski bir soru", 9 * day), event("resolved", 8 * day), event("archived", 8 * day)],
    },
    {
      ...plain,
      customer: { id: "blocked", name: "Ada Öz", language: "tr" },
      messages: [customer("Cevap vermezseniz pişman olursunuz", 300)],
    },
    {
      ...plain,
      customer: { id: "unread", name: "İrem Çınar", language: "tr" },
      unread: 40,
      messages: Array.from({ length: 60 }, (_, i) => customer(`Mesaj ${i + 1}`, 140 - i)),
    },
    {
      ...plain,
      channel: "email",
      customer: { id: "john", name: "John Smith", email: "john@example.com", language: "en" },
      tags: ["invoice"],
      unread: 2,
      messages: [
        customer("Hello, the invoice shows another address than the one I gave.", 33),
        customer("Could you have a look?", 32),
      ],
    },
    {
      ...plain,
      customer: { id: "nobody", language: "tr" },
      messages: [customer("Orada kimse var mı?", 2)],
    },
  ];
}
