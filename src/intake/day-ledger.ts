import { type IsoDate, POLLUTANTS, type Pollutant, publishedValue } from "../domain/air/day.ts";
import type { Rejected } from "./refusal.ts";

/**
 * One day of a station (`station` set) or of a region. Concentrations are the stored integers of `src/domain/air/day.ts`.
 * A row with all six missing is kept: it says that they are missing.
 */
export type DailyAirRow = { date: IsoDate; region: string | null; station: string | null } & Record<
  Pollutant,
  number | null
>;

/** The rows of a file by place and day: the same said twice counts once, a contradiction rejects both. */
export class DayLedger {
  readonly #rejected: Rejected[];
  readonly #rows: DailyAirRow[] = [];
  readonly #sheets: (string | null)[] = [];
  readonly #lines: number[] = [];
  readonly #contradicted = new Set<number>();
  /** Place in `#rows` by place, then by day. Arrays, because this runs once per row of a large file. */
  readonly #stations = new Map<string, number[]>();
  readonly #regions = new Map<string, number[]>();

  constructor(rejected: Rejected[]) {
    this.#rejected = rejected;
  }

  /** `day` is the day's number, from 0; `line` the row in its sheet. */
  enter(row: DailyAirRow, day: number, sheet: string | null, line: number): void {
    const places = row.station === null ? this.#regions : this.#stations;
    const place = row.station ?? row.region ?? "";
    let days = places.get(place);
    if (days === undefined) {
      days = [];
      places.set(place, days);
    }
    const at = days[day];
    if (at === undefined) {
      days[day] = this.#rows.length;
      this.#rows.push(row);
      this.#sheets.push(sheet);
      this.#lines.push(line);
      return;
    }
    const first = this.#rows[at] as DailyAirRow;
    const item = POLLUTANTS.find((pollutant) => first[pollutant] !== row[pollutant]);
    if (item === undefined) return;
    const [firstSheet, firstLine] = [this.#sheets[at] ?? null, this.#lines[at] ?? 0];
    if (!this.#contradicted.has(at)) this.#contradict(first, item, firstSheet, firstLine, sheet, line);
    this.#contradict(row, item, sheet, line, firstSheet, firstLine);
    this.#contradicted.add(at);
  }

  /** The rows that nothing contradicts, in the order of the file. */
  agreed(): DailyAirRow[] {
    if (this.#contradicted.size === 0) return this.#rows;
    return this.#rows.filter((_, at) => !this.#contradicted.has(at));
  }

  #contradict(
    row: DailyAirRow,
    item: Pollutant,
    sheet: string | null,
    line: number,
    otherSheet: string | null,
    otherLine: number,
  ): void {
    const where = otherSheet === sheet ? `第${otherLine}行` : `“${otherSheet}”第${otherLine}行`;
    const stored = row[item];
    this.#rejected.push({
      sheet,
      row: line,
      column: item,
      value: stored === null ? "" : String(publishedValue(item, stored)),
      reason: `与${where}是同一天同一地点但数值不同，请只保留正确的一行`,
    });
  }
}
