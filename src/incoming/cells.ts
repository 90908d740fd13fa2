import type { Before, Cell, RowsContext } from "../chat/import.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { isMaskedPhone, readPhone } from "../domain/phone.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Read } from "../domain/reading.ts";
import { cleaned, readDate, readMonth, readScaled } from "../intake/cells.ts";
import { quoted } from "../intake/refusal.ts";
import type { Names } from "../office/names.ts";
import type { Office } from "../office/office.ts";

/** Names of the column that says which county a row is of. */
export const COUNTY =
  "县区 county 县市区 区县 县 地区 区域 行政区 责任地区 属地县区 城市 城市名称 县市区名称 行政区名称 行政区代码";

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

/** A telephone number, as its digits; null for one as our own exports show it, which changes nothing. */
export const phoneNumber: Cell<string | null> = () => (text) => {
  if (isMaskedPhone(text)) return { value: null };
  const number = readPhone(text);
  return number === undefined
    ? { reason: "不是电话号码，请填11位手机号或带区号的座机号" }
    : { value: number };
};

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
  (file) => {
    const { office } = file;
    const now = file.today.toString();
    // Of many thousand days of a region nothing is made anew for each.
    const called = remembered((text) => {
      const regions = calledRegions(file, text).filter(({ id }) => orCity || id !== office.city.id);
      return { regions, reads: regions.map(({ id }) => ({ value: id })) };
    });
    const unknown = unknownRegion(file.names);
    return (text, before) => {
      const { regions, reads } = called(text);
      const [first] = regions;
      if (first === undefined) return unknown(text);
      let refused: Read<string> | null = null;
      for (const date of datesIn(before, on) ?? [now]) {
        if (existsOn(first, date) && reads[0] !== undefined) return reads[0];
        const found = regionOn(regions, date, office);
        if (found !== null && "value" in found) return found;
        refused ??= found;
      }
      return refused ?? unknown(text);
    };
  };

/**
 * The region that a name means on a date: the one that bears it then. Of a region that was only renamed that is it under its
 * other name; what became part of a larger one is never the whole of that.
 */
function regionOn(regions: readonly Region[], date: IsoDate, office: Office): Read<string> | null {
  const [named] = regions;
  if (named === undefined) return null;
  const existing = regions.find((region) => existsOn(region, date));
  const heir = named.successor === undefined ? undefined : office.region(named.successor);
  const ended = named.to !== undefined && named.to < date && heir !== undefined;
  const bears = existing !== undefined && [existing.short, existing.name].includes(named.short);
  if (ended && !bears) {
    if (office.lineage(heir.id).length === 2) return { value: office.heirOn(named.id, dayOf(date)).id };
    const [year, month] = (heir.from ?? "").split("-");
    const since = year === undefined || month === undefined ? "" : `（${year}年${Number(month)}月）`;
    return { reason: `${named.name}已并入${heir.name}${since}，请报${heir.name}的数据，或报各站点的数据` };
  }
  if (existing !== undefined) return { value: existing.id };
  const before = office.lineage(named.id);
  const former = before.length === 2 ? office.region(before[1] as string) : undefined;
  return former !== undefined && existsOn(former, date) ? { value: former.id } : null;
}

/** A month's last day may not exist; its regions are those of the day before. */
const dayOf = (date: IsoDate) => Temporal.PlainDate.from(date, { overflow: "constrain" });

/** Names that the nearest one is looked for: of a table of another city there are more. */
const GUESSED = 20;

function unknownRegion(names: Names): (text: string) => Read<string> {
  let left = GUESSED;
  return remembered((text): Read<string> => {
    const name = text.trim();
    const near = left-- > 0 && name.length <= 10 ? names.nearest(name, names.placeNames)[0] : undefined;
    const mend = near === undefined ? "请核对名称" : `您要找的是“${near}”吗？`;
    return { reason: `没有名为“${quoted(name)}”的县（市、区），${mend}` };
  });
}

/** The day that a column read before says, of a month its last and its first; undefined where there is none. */
function datesIn(before: Before, column: string | undefined): readonly IsoDate[] | undefined {
  if (column === undefined) return undefined;
  if (!(column in before)) throw new Error(`there is no column "${column}" that a county could be named by`);
  const said = before[column] as string | null | undefined;
  if (said === null || said === undefined) return undefined;
  return said.length === 7 ? [`${said}-31`, `${said}-01`] : [said];
}

/** Half width, without blanks: 海　安　市 is 海安市. */
export const plainName = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");

/**
 * The regions that a name means on one date or another: those that bear it, before those that are also called so. It may
 * stand behind the city's, and the administrative code is a name as well.
 */
export function calledRegions(
  { names, office }: Pick<RowsContext, "names" | "office">,
  text: string,
): Region[] {
  if (text.length > LONGEST_NAME) return [];
  const name = plainName(text);
  const { city, pack } = office;
  const coded = pack.regions.filter(({ code }) => code === name);
  if (coded.length > 0) return coded;
  const behind = [city.name, city.short].find((prefix) => name.startsWith(prefix) && name !== prefix);
  const own = names.place(name) ?? (behind === undefined ? null : names.place(name.slice(behind.length)));
  const called = own === null ? "" : names.place(name) === null ? name.slice(behind?.length ?? 0) : name;
  const bears = (r: Region) => r.short === called || r.name === called;
  const regions = own?.regions ?? [];
  return [...regions.filter(bears), ...regions.filter((r) => !bears(r))];
}

const LONGEST_NAME = 40;

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

/** The degrees between which the country lies. */
const DEGREES = { longitude: [73, 136], latitude: [3, 54] } as const;
const DEGREE_DECIMALS = 6;

/** Degrees of a place in the country. Those of the other axis are told as what they are: the two written the wrong way round. */
export const degrees =
  (axis: keyof typeof DEGREES): Cell<number> =>
  () =>
  (text) => {
    const scaled = readScaled(text, DEGREE_DECIMALS);
    if ("reason" in scaled) return scaled;
    const value = scaled.value / 10 ** DEGREE_DECIMALS;
    const lies = ([least, most]: readonly [number, number]) => value >= least && value <= most;
    if (lies(DEGREES[axis])) return { value };
    const isSwapped = lies(DEGREES[axis === "longitude" ? "latitude" : "longitude"]);
    const mend = isSwapped ? "经度、纬度像是写反了，请对调" : "请核对";
    return { reason: `应在${DEGREES[axis][0]}至${DEGREES[axis][1]}之间，${mend}` };
  };
