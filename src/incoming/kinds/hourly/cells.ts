import type { Cell, ReadCell, RowsContext } from "../../../chat/import.ts";
import { type HourNumber, hourNumber, lastHour } from "../../../domain/air/hour-number.ts";
import type { HourlyItem } from "../../../domain/air/hours.ts";
import type { Read } from "../../../domain/reading.ts";
import { readDate } from "../../../intake/cells.ts";
import { readHourConcentration } from "../../../intake/concentration.ts";
import { quoted } from "../../../intake/refusal.ts";
import type { StationName } from "../../../store/air.ts";
import { remembered } from "../../cells.ts";
import { itemOf } from "./layout.ts";

/** An hour that is over, labelled by its end: 2020-06-01 01:00, 2020-06-01T01:00:00, 6月1日1时 with its year, 2020060101. */
export const hour =
  (since: number): Cell<HourNumber> =>
  ({ office, now }) => {
    const last = lastHour(office.local(now));
    return remembered((text) => {
      const read = readHour(text);
      if ("reason" in read) return read;
      if (read.value > last) return { reason: "这个小时还没有结束，请核对时间" };
      return read.value < hourNumber(`${since}-01-01`, 0) ? { reason: `早于${since}年，请核对年份` } : read;
    });
  };

const TIME = /^(.*\d日?)(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$/i;
const SPOKEN = /^(.*[日\s])\s*(\d{1,2})[时点]$/;
const COMPACT = /^(\d{8})(\d{2})$/;

export function readHour(text: string): Read<HourNumber> {
  const folded = text.trim().length > 40 ? "" : text.normalize("NFKC").trim();
  const found = TIME.exec(folded) ?? SPOKEN.exec(folded) ?? COMPACT.exec(folded);
  if (found === null)
    return "value" in readDate(folded)
      ? { reason: "没有写钟点，请写成 2020-06-01 09:00；如果是日均值，请把列名改为“日期”" }
      : { reason: "不是时间，请写成 2020-06-01 09:00" };
  const [, day = "", label = "", minute = "0", second = "0"] = found;
  const date = readDate(day.trim());
  if ("reason" in date) return date;
  if (Number(minute) + Number(second) > 0) return { reason: "应是整点（一小时结束的时刻），例如 09:00" };
  if (Number(label) > 24) return { reason: "没有这个钟点，应在0至24之间" };
  return { value: hourNumber(date.value, Number(label)) };
}

type StationNamed = (called: string) => string | undefined;
const named = new WeakMap<RowsContext, Promise<StationNamed>>();

/** A station's id by its name, id or code: the stations are read once for each file. */
export function stationNamed(file: RowsContext): Promise<StationNamed> {
  const known = named.get(file) ?? file.store.air.stationNames().then(byName);
  named.set(file, known);
  return known;
}

function byName(stations: readonly StationName[]): StationNamed {
  const names = new Map<string, string>();
  for (const { id, name } of stations) names.set(name, id);
  // Nearly all rows say the name.
  let others: Map<string, string> | null = null;
  const other = (called: string) => {
    others ??= new Map(stations.flatMap(({ id, code }) => [id, code ?? id].map((one) => [one, id] as const)));
    return others.get(called);
  };
  return (called) => names.get(called) ?? other(called);
}

/** A station as a row names it. `unless` the column before it has named one: its code may be unknown to the office then. */
export const knownStation =
  ({ unless }: { unless?: string } = {}): Cell<string | null> =>
  async (file) => {
    const idOf = await stationNamed(file);
    const find = (text: string): Read<string | null> => {
      const id = idOf(text) ?? idOf(text.trim());
      return id === undefined
        ? { reason: `没有名为“${quoted(text.trim())}”的站点，请核对名称，或先导入站点表` }
        : { value: id };
    };
    return (text, before) =>
      unless !== undefined && typeof before[unless] === "string" ? { value: null } : find(text);
  };

export const type: Cell<HourlyItem | "rolling"> = () =>
  remembered((text): Read<HourlyItem | "rolling"> => {
    const item = itemOf(text);
    return item === null ? { reason: `不认识的污染物“${quoted(text.trim())}”` } : { value: item };
  });

/** The concentration of an item, in the stored integer of its unit. */
export const concentration =
  (item: HourlyItem): Cell<number | null> =>
  () =>
    remembered((text) => readHourConcentration(item === "O3" ? "O3_8h" : item, text));

/** The concentration of the item that the row's type names. */
export const valueOfType: Cell<number | null> = () => (text, before) => {
  const item = before.type as HourlyItem | "rolling" | null | undefined;
  if (item === undefined || item === null || item === "rolling") return { value: null };
  return readHourConcentration(item === "O3" ? "O3_8h" : item, text);
};

/** A mean of other hours as well, beside the hour's: read over, whatever stands there. */
export const rolling: Cell<null> = (): ReadCell<null> => () => ({ value: null });
