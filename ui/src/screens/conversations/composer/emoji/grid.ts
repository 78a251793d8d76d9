export const columns = 8;

export interface Cell {
  /** What is shown and inserted. */
  glyph: string;
  name: string;
  testid: string;
}

export interface Group {
  id: string;
  name: string;
  cells: Cell[];
}

/** A group cut into rows. Each cell knows its place among all cells of the grid. */
export interface Rows {
  group: Group;
  rows: { cell: Cell; at: number }[][];
}

export function rowsOf(groups: readonly Group[]): Rows[] {
  let at = 0;
  return groups.map((group) => {
    const cells = group.cells.map((cell) => ({ cell, at: at++ }));
    const rows = [];
    for (let i = 0; i < cells.length; i += columns) rows.push(cells.slice(i, i + columns));
    return { group, rows };
  });
}

/**
 * Where a key leads from a cell: its place among all cells, "out" above the first row,
 * or undefined for a key that moves nothing. Short rows send one to their last cell.
 */
export function moved(groups: readonly Group[], from: number, key: string): number | "out" | undefined {
  const rows = rowsOf(groups).flatMap(({ rows }) => rows);
  const row = rows.findIndex((cells) => cells.some(({ at }) => at === from));
  const column = from - (rows[row]?.[0]?.at ?? 0);
  const last = rows.at(-1)?.at(-1)?.at ?? 0;
  const at = (row: number, column: number) =>
    rows[row]?.[Math.min(column, (rows[row]?.length ?? 1) - 1)]?.at ?? from;
  switch (key) {
    case "ArrowRight":
      return Math.min(last, from + 1);
    case "ArrowLeft":
      return Math.max(0, from - 1);
    case "ArrowDown":
      return at(row + 1, column);
    case "ArrowUp":
      return row === 0 ? "out" : at(row - 1, column);
    case "Home":
      return at(row, 0);
    case "End":
      return at(row, columns - 1);
    case "PageDown":
      return at(Math.min(rows.length - 1, row + 5), column);
    case "PageUp":
      return at(Math.max(0, row - 5), column);
    default:
      return undefined;
  }
}
