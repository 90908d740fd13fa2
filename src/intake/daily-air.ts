import { dayNumber } from "../domain/air/calendar-days.ts";
import type { IsoDate, Pollutant } from "../domain/air/day.ts";
import { isMissing, type Read, readDate } from "./cells.ts";
import type { Column } from "./column-names.ts";
import { quickConcentration, readConcentration } from "./concentration.ts";
import { type DailyAirRow, DayLedger } from "./day-ledger.ts";
import { kindOf } from "./kind.ts";
import { quoted, type Rejected } from "./refusal.ts";
import type { Sheet, SheetRow } from "./sheet.ts";

export type { DailyAirRow };

/** How names become ids; null when there is none. A region's name may mean another region at another date. */
export type DailyAirLookup = {
  region(name: string, date: IsoDate): string | null;
  station(name: string): string | null;
  today: IsoDate;
};

/** The pilot year of the present standard; the office has no earlier data. */
const FIRST_YEAR = "2013";
const FIRST_DAY = dayNumber(`${FIRST_YEAR}-01-01`);

/**
 * Reads daily means. A row with any bad cell is rejected, cell by cell; rows that say the same twice count once, and rows
 * that contradict each other are both rejected, since nobody can tell which is right.
 */
export function readDailyAir(
  sheets: readonly Sheet[],
  lookup: DailyAirLookup,
): { rows: DailyAirRow[]; rejected: Rejected[] } {
  const rejected: Rejected[] = [];
  const names = rememberNames(lookup);
  const ledger = new DayLedger(rejected);
  for (const sheet of sheets) {
    const found = kindOf(sheet.header);
    if ("refusal" in found || found.kind !== "daily-air") {
      const reason = "refusal" in found ? found.refusal : "这张表不是日均空气数据，请单独导入。";
      rejected.push({ sheet: sheet.name, row: sheet.headerLine, column: "", value: "", reason });
      continue;
    }
    readSheet(sheet, found.at, names, ledger, rejected);
  }
  return { rows: ledger.agreed(), rejected };
}

function readSheet(
  sheet: Sheet,
  at: ReadonlyMap<Column, number>,
  names: Names,
  ledger: DayLedger,
  rejected: Rejected[],
): void {
  const column = (name: Column) => at.get(name) ?? -1;
  const [dateAt, countyAt, stationAt] = [column("date"), column("county"), column("station")];
  const [pm25, pm10, o3, no2, so2, co] = [
    column("PM2.5"),
    column("PM10"),
    column("O3_8h"),
    column("NO2"),
    column("SO2"),
    column("CO"),
  ];
  const width = sheet.header.length;

  const reject = ({ line, cells }: SheetRow, index: number, reason: string) => {
    const value = quoted(cells[index] ?? "");
    rejected.push({ sheet: sheet.name, row: line, column: quoted(sheet.header[index] ?? ""), value, reason });
  };
  const concentration = (row: SheetRow, pollutant: Pollutant, index: number): number | null => {
    const text = row.cells[index] ?? "";
    const quick = quickConcentration(pollutant, text);
    if (quick !== null) return quick;
    const read = readConcentration(pollutant, text);
    if ("value" in read) return read.value;
    reject(row, index, read.reason);
    return null;
  };

  for (const source of sheet.rows) {
    const { cells } = source;
    const before = rejected.length;
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== "")) {
      reject(source, width, "比表头多出数据，请检查是否多了分隔符");
    }
    const day = names.day(cells[dateAt] ?? "");
    if ("reason" in day) reject(source, dateAt, day.reason);
    const { iso, index } = "value" in day ? day.value : names.today;

    const stationName = cells[stationAt] ?? "";
    const countyName = cells[countyAt] ?? "";
    const station = names.station(stationName);
    const region = names.region(countyName, iso, index);
    if (station === undefined && region === undefined) {
      reject(source, countyAt >= 0 ? countyAt : stationAt, "没有写明县区或站点，请补上");
    }
    if (station === null)
      reject(source, stationAt, `没有名为“${quoted(stationName.trim())}”的站点，请核对名称`);
    if (region === null)
      reject(source, countyAt, `没有名为“${quoted(countyName.trim())}”的县（市、区），请核对名称`);

    const row: DailyAirRow = {
      date: iso,
      region: region ?? null,
      station: station ?? null,
      "PM2.5": concentration(source, "PM2.5", pm25),
      PM10: concentration(source, "PM10", pm10),
      O3_8h: concentration(source, "O3_8h", o3),
      NO2: concentration(source, "NO2", no2),
      SO2: concentration(source, "SO2", so2),
      CO: concentration(source, "CO", co),
    };
    if (rejected.length === before) ledger.enter(row, index, sheet.name, source.line);
  }
}

/** A day and its number since the first one that data may be of. */
type Day = { iso: IsoDate; index: number };

/** Dates and names of a file, each looked up once. Of a name: its id, null when unknown, undefined when the cell is empty. */
type Names = {
  today: Day;
  day(text: string): Read<Day>;
  station(text: string): string | null | undefined;
  region(text: string, date: IsoDate, day: number): string | null | undefined;
};

function rememberNames(lookup: DailyAirLookup): Names {
  const days = new Map<string, Read<Day>>();
  const stations = new Map<string, string | null | undefined>();
  /** By name, then by day: a name may mean another region from a day on. */
  const regions = new Map<string, (string | null)[] | undefined>();
  return {
    today: { iso: lookup.today, index: 0 },
    day(text) {
      let day = days.get(text);
      if (day === undefined) {
        day = readDay(text, lookup.today);
        days.set(text, day);
      }
      return day;
    },
    station(text) {
      if (text === "") return undefined;
      if (!stations.has(text)) stations.set(text, isMissing(text) ? undefined : lookup.station(text.trim()));
      return stations.get(text);
    },
    region(text, date, day) {
      if (text === "") return undefined;
      let byDay = regions.get(text);
      if (byDay === undefined) {
        if (isMissing(text)) return undefined;
        byDay = [];
        regions.set(text, byDay);
      }
      let id = byDay[day];
      if (id === undefined) {
        id = lookup.region(text.trim(), date);
        byDay[day] = id;
      }
      return id;
    },
  };
}

function readDay(text: string, today: IsoDate): Read<Day> {
  const read = readDate(text);
  if ("reason" in read) return read;
  if (read.value > today) return { reason: "日期在今天之后，请核对" };
  if (read.value < FIRST_YEAR) return { reason: `早于${FIRST_YEAR}年，请核对年份` };
  return { value: { iso: read.value, index: dayNumber(read.value) - FIRST_DAY } };
}
