import { writeFile } from "node:fs/promises";

const names = [
  "Ayşe Kaya",
  "Mehmet Işık",
  "İrem Çınar",
  "Oğuz Şahin",
  "Zeynep Ünal",
  "John Smith",
  "Ö. Deniz",
];
const tags = ["kargo", "iade", "fatura", "ürün", "vip"];
const texts = [
  "Merhaba, siparişim hâlâ gelmedi, kargom nerede acaba?",
  "Teşekkürler 🙏",
  "The invoice shows another address than the one I gave; could you have a look?",
  "İade için ne yapmam gerekiyor? Ürün kutusundan çıkmadı.",
];

/**
 * Writes conversations of the interchange form to a file, a minute apart, each with a few
 * messages; the first one with `longest`, three an hour.
 */
export async function writeCrowd(
  path: string,
  count: number,
  { messages, longest = messages }: { messages: number; longest?: number },
): Promise<void> {
  const start = Date.now() - (count + 10) * 60_000;
  const lines = Array.from({ length: count }, (_, i) => {
    const long = i === 0;
    const many = long ? longest : messages;
    const apart = long ? 20 * 60_000 : 1000;
    const at = (n: number) => new Date(start + i * 60_000 - (many - n) * apart).toISOString();
    return JSON.stringify({
      customer: { id: `crowd-${i}`, name: `${names[i % names.length]} ${i}`, language: i % 3 ? "tr" : "en" },
      channel: i % 4 ? "web" : "email",
      status: "open",
      agent: null,
      bot: false,
      ...(long && { unread: 0 }),
      tags: tags.slice(i % 5, (i % 5) + (i % 3)),
      messages: Array.from({ length: many }, (_, n) => ({
        from: "customer",
        text: texts[(i + n) % texts.length],
        at: at(n),
      })),
    });
  });
  await writeFile(path, `${lines.join("\n")}\n`);
}
