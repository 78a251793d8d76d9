import { expect } from "./parley";

/** What was measured, beside what it is to be. */
export interface Figure {
  what: string;
  is: number;
  /** The most that it may be; or the least. */
  atMost?: number;
  atLeast?: number;
  unit: "ms" | "KB" | "%" | "nodes" | "frames" | "tasks" | "";
  /** What else is worth knowing. */
  note?: string;
}

export class Figures {
  private readonly all: Figure[] = [];

  add(...figures: Figure[]): void {
    this.all.push(...figures);
  }

  /** One table, as Markdown. */
  print(): void {
    const rows = this.all.map((figure) => [
      figure.what,
      `${round(figure.is)} ${figure.unit}`.trim(),
      `${figure.atMost === undefined ? `≥ ${figure.atLeast}` : `≤ ${figure.atMost}`} ${figure.unit}`.trim(),
      holds(figure) ? "holds" : "MISS",
      figure.note ?? "",
    ]);
    const head = ["figure", "measured", "goal", "", "note"];
    const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
    const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
    console.log([line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n"));
  }

  expectAllToHold(): void {
    expect(this.all.filter((figure) => !holds(figure)).map((figure) => figure.what)).toEqual([]);
  }
}

function holds({ is, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return is <= atMost && is >= atLeast;
}

const round = (value: number) => (value < 1 ? Number(value.toFixed(4)) : Number(value.toFixed(1)));

/** The value that a share of them do not exceed; of presses too quick to be noted, count them as none. */
export function percentile(noted: readonly number[], share: number, all = noted.length): number {
  const silent = Array.from({ length: Math.max(0, all - noted.length) }, () => 0);
  const times = [...noted, ...silent].sort((a, b) => a - b);
  return times[Math.ceil(times.length * share) - 1] ?? 0;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);
