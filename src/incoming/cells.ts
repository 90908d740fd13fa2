import type { Before, Cell } from "../chat/import.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Read } from "../domain/reading.ts";
import { cleaned, readDate, readMonth, readScaled } from "../intake/cells.ts";
import { quoted } from "../intake/refusal.ts";
import type { Names } from "../office/names.ts";

/** Names of the column that says which county a row is of. */
export const COUNTY = "县区 county 县市区 区县 县 地区 区域 行政区 责任地区 属地县区";

/** One line of plain text of at most so many characters. */
export const plainText =
  (most: number): Cell<string> =>
  () =>
  (text) => {
    const plain = cleaned(text);
    return plain.length > most ? { reason: tooLong(plain, most) } : { value: plain };
  };

export const tooLong = (text: string, most: number): string =>
  `不能超过${most}字，现有${text.length}字，请删减`;

/** A day that has begun, of the year `since` or later. */
export const day =
  (since: number): Cell<IsoDate> =>
  ({ today }) =>
    remembered((text) => notLater(readDate(text), today.toString(), "日期在今天之后，请核对", since));

/** A day up to the end of next year, of the year `since` or later: what a calendar says. */
export const dayAhead =
  (since: number): Cell<IsoDate> =>
  ({ today }) =>
    remembered((text) =>
      notLater(readDate(text), `${today.year + 1}-12-31`, `最多填到${today.year + 1}年，请核对年份`, since),
    );

/** A month that has begun, as YYYY-MM; `over`: one that has ended, of which a figure can be known. */
export const month =
  (since: number, { over = false }: { over?: boolean } = {}): Cell<string> =>
  ({ today }) => {
    const present = today.toPlainYearMonth();
    const latest = (over ? present.subtract({ months: 1 }) : present).toString();
    const later = over ? "该月还没有结束，请核对月份" : "月份在本月之后，请核对";
    return remembered((text) => notLater(readMonth(text), latest, later, since));
  };

function notLater(read: Read<string>, latest: string, later: string, since: number): Read<string> {
  if ("reason" in read) return read;
  if (read.value > latest) return { reason: later };
  return read.value < String(since) ? { reason: `早于${since}年，请核对年份` } : read;
}

/** An unsigned number of at most so many decimals, from `least` to `most`. */
export const decimal =
  ({ decimals, least = 0, most }: { decimals: number; least?: number; most: number }): Cell<number> =>
  () =>
  (text) => {
    const scaled = readScaled(text, decimals);
    if ("reason" in scaled) return scaled;
    const value = scaled.value / 10 ** decimals;
    return value < least || value > most ? { reason: `应在${least}至${most}之间，请核对` } : { value };
  };

/**
 * A county-level region's id, as of the day or month that the column `on` says, else of today: a name may mean another
 * region from a day on. In the month of a merger a table may still have the regions that it began with. `orCity`: the city
 * as a whole, too.
 */
export const county =
  ({ on, orCity = false }: { on?: string; orCity?: boolean } = {}): Cell<string> =>
  ({ names, office, today }) => {
    const now = today.toString();
    const called = remembered((text) => {
      const found = regionsCalled(names, text.trim()).filter(({ id }) => orCity || id !== office.city.id);
      return { regions: found.map((region) => ({ region, read: { value: region.id } })) };
    });
    return (text, before) => {
      const { regions } = called(text);
      for (const date of datesIn(before, on) ?? [now])
        for (const { region, read } of regions) if (existsOn(region, date)) return read;
      return { reason: `没有名为“${quoted(text.trim())}”的县（市、区），请核对名称` };
    };
  };

/** The day that a column read before says, of a month its last and its first; undefined where there is none. */
function datesIn(before: Before, column: string | undefined): readonly IsoDate[] | undefined {
  if (column === undefined) return undefined;
  if (!(column in before)) throw new Error(`there is no column "${column}" that a county could be named by`);
  const said = before[column] as string | null | undefined;
  if (said === null || said === undefined) return undefined;
  return said.length === 7 ? [`${said}-31`, `${said}-01`] : [said];
}

/** The regions that a name means on one date or another: those that bear it, before those that are also called so. */
function regionsCalled(names: Names, name: string): Region[] {
  const regions = names.place(name)?.regions ?? [];
  const bears = (r: Region) => r.short === name || r.name === name;
  return [...regions.filter(bears), ...regions.filter((r) => !bears(r))];
}

const existsOn = ({ from = "", to = "9999" }: Region, date: IsoDate) => from <= date && date <= to;

/** Looks up each text of a file once. */
export function remembered<T extends object>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = read(text);
      known.set(text, found);
    }
    return found;
  };
}
