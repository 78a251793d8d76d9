import { Spacing } from "./spacing";

/** One tone of a chime: its pitch in hertz, when it begins and how long it rings, in seconds. */
interface Tone {
  pitch: number;
  at: number;
  lasts: number;
  wave: OscillatorType;
}

const tones: Record<string, readonly Tone[]> = {
  drop: [
    { pitch: 880, at: 0, lasts: 0.14, wave: "sine" },
    { pitch: 1320, at: 0.09, lasts: 0.3, wave: "sine" },
  ],
  bell: [
    { pitch: 660, at: 0, lasts: 0.7, wave: "sine" },
    { pitch: 1322, at: 0, lasts: 0.45, wave: "sine" },
    { pitch: 1980, at: 0, lasts: 0.25, wave: "triangle" },
  ],
  knock: [
    { pitch: 190, at: 0, lasts: 0.08, wave: "triangle" },
    { pitch: 150, at: 0.13, lasts: 0.09, wave: "triangle" },
  ],
};

/** What was missed may be told all at once, as after sleep: it rings once. In milliseconds. */
const apart = 1000;

/** Short sounds, made by the browser: no file is loaded for them. */
export class Chimes {
  #context: AudioContext | undefined;
  readonly #spacing = new Spacing(apart);

  /** Gets ready to sound; browsers allow it only while the page is being touched. */
  arm(): void {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") void this.#context.resume();
  }

  /** Plays a chime, unless one rang just now. */
  ring(name: string, volume: number): void {
    if (this.#spacing.may()) this.play(name, volume);
  }

  /** Plays a chime at a volume from 0 to 100; silent on a page that was never touched. */
  play(name: string, volume: number): void {
    if (navigator.userActivation?.isActive) this.arm();
    const context = this.#context;
    if (!context || volume <= 0) return;
    const begin = context.currentTime + 0.02;
    for (const tone of tones[name] ?? []) sound(context, tone, begin, (volume / 100) ** 2 * 0.5);
  }
}

function sound(context: AudioContext, tone: Tone, begin: number, loudness: number): void {
  const source = new OscillatorNode(context, { type: tone.wave, frequency: tone.pitch });
  const gain = new GainNode(context, { gain: 0 });
  const [from, to] = [begin + tone.at, begin + tone.at + tone.lasts];
  // Up within 8 ms and down to near nothing: a hard edge would click.
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.001, loudness), from + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.0001, to);
  source.connect(gain).connect(context.destination);
  source.start(from);
  source.stop(to);
}
