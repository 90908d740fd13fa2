import type { CellFault } from "../domain/reading.ts";
import type { SheetRow } from "./sheet.ts";
import type { Source, Table } from "./source.ts";

/** By what a row is known again within its file, and where two of one key contradict each other: `reason` says how they do. */
export type SameRow<R> = {
  /** As many parts for every row. */
  key(row: R): readonly string[];
  differs(a: R, b: R): string | null;
  reason: string;
  /** Called for each further row that says the same as one before, where the kind counts them itself. */
  repeated?(first: R): void;
};
type Branch = (Branch | number)[];

/** The rows of a file by their keys: the same said twice counts once, a contradiction rejects every row of it. */
export class RowsOnce<R> {
  readonly #once: SameRow<R>;
  readonly #reject: (source: Source, fault: CellFault) => void;
  readonly #rows: R[] = [];
  readonly #lines: SheetRow[] = [];
  readonly #tables: Table[] = [];
  #repeats = 0;
  readonly #contradicted = new Set<number>();
  /**
   * Places in `#rows`, by the number of one part of the key after the other: parts repeat, and joining them for each of the
   * 100,000 rows of a large file takes as long as reading them.
   */
  readonly #byKey: Branch = [];
  readonly #parts: Map<string, number>[] = [];

  constructor(once: SameRow<R>, reject: (source: Source, fault: CellFault) => void) {
    this.#once = once;
    this.#reject = reject;
  }

  add(row: R, table: Table, line: SheetRow): void {
    const at = this.#placeOf(this.#once.key(row));
    if (at === this.#rows.length) {
      this.#rows.push(row);
      this.#lines.push(line);
      this.#tables.push(table);
      return;
    }
    const column = this.#once.differs(this.#rows[at] as R, row);
    if (column === null) {
      if (this.#once.repeated === undefined) this.#repeats += 1;
      else this.#once.repeated(this.#rows[at] as R);
      return;
    }
    const first = this.#source(at);
    const source = { table, row: line };
    if (!this.#contradicted.has(at)) this.#contradict(first, source, column);
    this.#contradict(source, first, column);
    this.#contradicted.add(at);
  }

  /** Rows that said the same as one before and were left out. */
  get repeats(): number {
    return this.#repeats;
  }

  /** The rows that nothing contradicts, in the order of the file, and where each of them stands. */
  agreed(): { rows: R[]; source(at: number): Source } {
    if (this.#contradicted.size === 0) return { rows: this.#rows, source: (at) => this.#source(at) };
    const places = this.#rows
      .keys()
      .filter((at) => !this.#contradicted.has(at))
      .toArray();
    return {
      rows: places.map((at) => this.#rows[at] as R),
      source: (at) => this.#source(places[at] as number),
    };
  }

  #source(at: number): Source {
    return { table: this.#tables[at] as Table, row: this.#lines[at] as SheetRow };
  }

  /** The place of the first row of this key: the next free one where there is none yet. */
  #placeOf(key: readonly string[]): number {
    let branch = this.#byKey;
    const last = key.length - 1;
    for (let i = 0; i < last; i++) {
      const part = this.#numberOf(i, key[i] as string);
      branch[part] ??= [];
      branch = branch[part] as Branch;
    }
    const part = this.#numberOf(last, key[last] as string);
    branch[part] ??= this.#rows.length;
    return branch[part] as number;
  }

  #numberOf(depth: number, part: string): number {
    this.#parts[depth] ??= new Map();
    const numbers = this.#parts[depth] as Map<string, number>;
    let number = numbers.get(part);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(part, number);
    }
    return number;
  }

  #contradict(source: Source, other: Source, column: string): void {
    const { sheet } = other.table;
    const where = `${sheet === source.table.sheet ? "" : `“${sheet.name}”`}第${other.row.line}行`;
    this.#reject(source, { column, reason: `与${where}${this.#once.reason}，请只保留正确的一行` });
  }
}
