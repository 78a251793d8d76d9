import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { longName, talk, type Line } from "./sample-talk";
import { Colleague, Parley } from "./parley";
import { quince } from "./png";

/**
 * An inbox with something of everything in it, always the same: what the matrix walks
 * through and the review images show. The page's clock stands at `now`.
 */
export const now = Date.UTC(2026, 2, 12, 8, 20);

/** The conversations that a state asks for, by their numbers. */
export const numbers = {
  /** All kinds of messages, pictures, files, events of the past days. */
  all: 1,
  /** A name and words that are too long, from right to left, emoji alone. */
  hard: 2,
  /** The bot leads. */
  bot: 3,
  /** Resolved and rated. */
  resolved: 4,
  archived: 5,
  blocked: 6,
  /** 60 messages, the last 40 unread. */
  unread: 7,
  /** Nobody's, in English. */
  unassigned: 8,
  /** Nobody's; taken, and given back. */
  taken: 11,
};

const past = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

export interface Sample {
  parley: Parley;
  owner: Colleague;
  stop: () => Promise<void>;
}

/** Who looks at it, in which language; their password is the tests'. */
export const agents = { tr: "isil@example.com", en: "emma@example.com" } as const;

const team = [
  { name: "Işıl Çağlar", email: agents.tr, language: "tr", role: "owner" },
  { name: "Emma Wright", email: agents.en, language: "en", role: "admin" },
  { name: "Mehmet Yılmaz", email: "mehmet@example.com", language: "tr", role: "agent" },
  { name: longName, email: "uzun@example.com", language: "tr", role: "agent" },
];

const replies = [
  [
    "Kargo gecikmesi",
    "kargo",
    "Kargo",
    "tr",
    "Merhaba {{customer.first_name}}, gecikme için özür dileriz. Kargonuz yolda.",
  ],
  ["İade nasıl yapılır?", "iade", "İade", "tr", "Ürünü kutusunda, 14 gün içinde geri gönderebilirsiniz."],
  ["Fatura kopyası", "fatura", "Fatura", "tr", "Faturanız {{customer.email}} adresine gönderildi."],
  [
    "Parcel on its way",
    "parcel",
    "Delivery",
    "en",
    "Hello {{customer.first_name}}, your parcel left us this morning.",
  ],
  [
    "How to return something",
    "return",
    "Returns",
    "en",
    "Put it back into its box and send it within 14 days.",
  ],
] as const;

/** Starts a Parley with the sample. */
export async function openSample(): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), "parley-sample-"));
  const file = join(folder, "sample.jsonl");
  const attach = await keepFiles(`${file}.files`);
  const lines: object[] = [
    { team: { name: "Ayvadan", bot_name: "JetBot", bot_on: true, language: "tr", seeded: true } },
    { agents: team.map((agent) => ({ ...agent, active: true })) },
    ...talk(past, attach),
    ...crowd(),
  ];
  await writeFile(file, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const emails = team.map((agent) => agent.email);
  const parley = await Parley.start(file, undefined, emails);
  const owner = new Colleague(parley.url);
  await owner.signIn(emails[0]!);
  await furnish(owner);
  const stop = async () => {
    await parley.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { parley, owner, stop };
}

/** What only the interface can set up. */
async function furnish(owner: Colleague): Promise<void> {
  for (const [title, shortcut, category, language, text] of replies) {
    await owner.call("POST", "/replies", { title, shortcut, category, language, text });
  }
  const { conversation } = await owner.call<{ conversation: { customer: { id: string } } }>(
    "GET",
    `/conversations/${numbers.blocked}`,
  );
  await owner.call("POST", `/customers/${conversation.customer.id}/block`, { reason: "Hakaret" });
}

/** Writes the bytes of the attachments beside the lines. The function that it gives names one. */
async function keepFiles(folder: string): Promise<(name: string) => object> {
  const files: Record<string, Buffer> = {
    "ayva-reçeli.png": quince(480, 320),
    "kırık-kulp.png": quince(360, 480),
    "fatura-2026-0314-Ayvadan-Gıda-Sanayi-ve-Ticaret-Limited-Şirketi.pdf": Buffer.from("%PDF-1.4\n%%EOF\n"),
  };
  const sums = new Map<string, string>();
  for (const [name, bytes] of Object.entries(files)) {
    const sum = createHash("sha256").update(bytes).digest("hex");
    sums.set(name, sum);
    await mkdir(join(folder, sum.slice(0, 2)), { recursive: true });
    await writeFile(join(folder, sum.slice(0, 2), sum), bytes);
  }
  return (name) => ({ name, size: files[name]!.length, sha256: sums.get(name) });
}

const names = ["Mehmet Işık", "İrem Çınar", "Oğuz Şahin", "Zeynep Ünal", "John Smith", "Ö. Deniz", "Ada Öz"];
const openings = [
  "Siparişim hâlâ gelmedi, kargom nerede acaba?",
  "The invoice shows another address than the one I gave; could you have a look?",
  "İade için ne yapmam gerekiyor? Ürün kutusundan çıkmadı.",
  "Teşekkürler 🙏",
];

/** Where the conversations of the crowd stand, in turns. */
const standings = [
  { status: "open", agent: agents.tr, bot: false },
  { status: "open", agent: null, bot: false },
  { status: "open", agent: null, bot: true },
  { status: "open", agent: "mehmet@example.com", bot: false },
  { status: "resolved", agent: null, bot: false },
];

/** So many more that the list has something to scroll. */
function crowd(): Line[] {
  return Array.from({ length: 70 }, (_, i) => {
    const { status, agent, bot } = standings[i % standings.length]!;
    const at = past(20 + i * i * 3);
    const messages = [{ from: "customer", text: openings[i % openings.length]!, at }];
    if (bot) messages.push({ from: "bot", text: "Sipariş numaranızı yazar mısınız?", at });
    return {
      customer: { id: `crowd-${i}`, name: names[i % names.length]!, language: i % 4 === 1 ? "en" : "tr" },
      channel: i % 3 ? "web" : "email",
      status,
      agent,
      bot,
      tags: [["kargo"], [], ["iade", "fatura"], ["kargo", "iade", "fatura", "vip"]][i % 4],
      unread: i % 6 === 1 ? 1 : 0,
      messages,
    };
  });
}
