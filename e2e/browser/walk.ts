import type { Browser, BrowserContext, WebSocketRoute } from "@playwright/test";
import { Colleague, Parley, type Page } from "./parley";
import { agents, now, openSample, type Sample } from "./sample";
import { addressOf, type Line, type State } from "./states";
import { signIn } from "./steps";

export type Language = keyof typeof agents;

interface Place {
  page: Page;
  line: Line;
}

type Prepare = (context: BrowserContext) => Promise<unknown>;

/** The Parleys that the states are seen in, and a page in each for every language. */
export class Houses {
  private readonly pages = new Map<string, Promise<Place>>();

  private constructor(
    private readonly browser: Browser,
    private readonly sample: Sample,
    private readonly quiet: Parley,
    private readonly fresh: Parley,
    private readonly prepare: Prepare | undefined,
  ) {}

  /** `prepare` is told of every context before there is a page in it. */
  static async open(browser: Browser, prepare?: Prepare): Promise<Houses> {
    const [sample, quiet, fresh] = await Promise.all([openSample(), Parley.start(), Parley.start()]);
    const owner = new Colleague(quiet.url);
    await owner.setUp(quiet.code, "tr");
    await owner.hire("Işıl Çağlar", agents.tr, "tr");
    await owner.hire("Emma Wright", agents.en, "en");
    return new Houses(browser, sample, quiet, fresh, prepare);
  }

  async close(): Promise<void> {
    for (const page of this.pages.values()) await (await page).page.context().close();
    await Promise.all([this.sample.stop(), this.quiet.stop(), this.fresh.stop()]);
  }

  /** A page that shows a state, in a language and at a width. */
  async show(state: State, language: Language, width: number): Promise<Page> {
    const { page, line } = await this.pageFor(state, language);
    await page.setViewportSize({ width, height: { 1440: 900, 1024: 768 }[width] ?? 844 });
    const { url, code } = this.parleyOf(state);
    await page.goto(url + addressOf(state).replace("{code}", code), { waitUntil: "commit" });
    await state.open?.(page, line);
    await page.getByTestId(state.sees).first().waitFor();
    return page;
  }

  /** Undoes what a state did to the sample, or to the line. */
  async leave(state: State, language: Language): Promise<void> {
    const { page, line } = await this.pageFor(state, language);
    await state.leave?.(page, line);
  }

  private parleyOf({ house = "sample" }: State): Parley {
    return { sample: this.sample.parley, quiet: this.quiet, new: this.fresh }[house];
  }

  private pageFor(state: State, language: Language): Promise<Place> {
    const key = `${state.house} ${state.isOutside} ${language}`;
    const page = this.pages.get(key) ?? this.begin(state, language);
    this.pages.set(key, page);
    return page;
  }

  private async begin(state: State, language: Language): Promise<Place> {
    const context = await this.context(language);
    await this.prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.clock.setFixedTime(now);
    const line = await layLine(page);
    if (!state.isOutside) await signIn(page, this.parleyOf(state).url, agents[language]);
    return { page, line };
  }

  private context(language: Language): Promise<BrowserContext> {
    return this.browser.newContext({
      locale: { tr: "tr-TR", en: "en-GB" }[language],
      timezoneId: "Europe/Istanbul",
      reducedMotion: "reduce",
    });
  }
}

/** The page's line to its Parley, which a state can cut. */
async function layLine(page: Page): Promise<Line> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket("**", (socket) => {
    if (isCut) return void socket.close();
    socket.connectToServer();
    sockets.add(socket);
  });
  const set = async (cut: boolean) => {
    isCut = cut;
    await page.context().setOffline(cut);
    if (cut) for (const socket of sockets) await socket.close();
    sockets.clear();
  };
  return { cut: () => set(true), mend: () => set(false) };
}
