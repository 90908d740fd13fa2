import { dueHours } from "../../alerts/due.ts";
import {
  column,
  type Entered,
  type Faults,
  fault,
  type Importing,
  importKind,
  type RowsContext,
} from "../../chat/import.ts";
import { type HourNumber, hourNumber, lastHour } from "../../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../../domain/air/hours.ts";
import type { HourRow } from "../../store/air-hours.ts";
import { day, decimal } from "../cells.ts";
import {
  concentration,
  hour,
  knownStation,
  rolling,
  stationNamed,
  type,
  valueOfType,
} from "./hourly/cells.ts";
import { wideTables, withMidnights } from "./hourly/layout.ts";

/** The pilot year of the present standard; the office has no earlier data. */
const FIRST_YEAR = 2013;
const item = (of: HourlyItem, heads: string) =>
  column(heads, concentration(of), { unit: of === "CO" ? "mg/m³" : "µg/m³" });

/** `only`: the one item of a row that has a row of its own for each. */
type Row = { id: string; hour: HourNumber; only: HourlyItem | null; values: HourValues };

/** Columns of stations that the office hasn't, by the file that has them. */
const strange = new WeakMap<RowsContext, number>();

/**
 * Hours of stations: a row a station and hour, or the national centre's table with a column a station. Rolling means beside
 * an hour's own are left aside. A station's day is made of its hours where none was published; another value for a known
 * hour is a correction.
 */
export default importKind({
  id: "hourly-air",
  title: "小时空气数据",
  who: ["office"],
  columns: {
    time: column("时间 time timepoint 监测时间 数据时间 时刻", hour(FIRST_YEAR)),
    // Not called 日期 first: a table of days has one of these, and no hour.
    date: column("监测日 date 日期 监测日期", day(FIRST_YEAR)),
    hour: column("小时 hour 时", decimal({ decimals: 0, most: 24 })),
    type: column("类型 type 污染物 监测项目", type),
    station: column("站点 station positionname 点位 站点名称 点位名称 监测站点 监测点位", knownStation()),
    code: column("编码 code stationcode 站点编码 点位编码", knownStation({ unless: "station" })),
    value: column("数值 value 监测值", valueOfType),
    "PM2.5": item("PM2.5", "PM2.5 细颗粒物"),
    PM10: item("PM10", "PM10 可吸入颗粒物"),
    O3: item("O3", "O3 臭氧 O3_1h 臭氧1小时"),
    NO2: item("NO2", "NO2 二氧化氮"),
    SO2: item("SO2", "SO2 二氧化硫"),
    CO: item("CO", "CO 一氧化碳"),
    "PM2.5_24h": column("PM2.5_24h", rolling),
    PM10_24h: column("PM10_24h", rolling),
    SO2_24h: column("SO2_24h", rolling),
    NO2_24h: column("NO2_24h", rolling),
    CO_24h: column("CO_24h", rolling),
    O3_24h: column("O3_24h", rolling),
    O3_8h: column("O3_8h", rolling),
    O3_8h_24h: column("O3_8h_24h", rolling),
  },
  needs: [
    ["time", "hour"],
    ["station", "code", "type"],
  ],
  async layout(found, file) {
    if (!found.at.has("type") || found.at.has("value"))
      return { tables: [withMidnights(found)], rejected: [] };
    const idOf = await stationNamed(file);
    const wide = wideTables(found, (code) => idOf(code) !== undefined);
    strange.set(file, (strange.get(file) ?? 0) + wide.strange);
    return wide;
  },
  row(cells, { office, now }): Row | Faults<"hour" | "station" | "date"> {
    // Without a rest of the others, whose copy takes as long as the whole of a row.
    const { time, date, hour, type, station, code, value } = cells;
    const id = station ?? code;
    if (id === null) return fault("station", "没有写明站点，请补上");
    if (time === null && date === null) return fault("date", "没有写明日期，请补上");
    const of = time ?? hourNumber(date ?? "", hour ?? 0);
    // The reader of times has seen to that already.
    if (time === null && of > lastHour(office.local(now)))
      return fault("hour", "这个小时还没有结束，请核对时间");
    const only = type === null || type === "rolling" ? null : type;
    const read = (one: HourlyItem) => (only === one ? value : only === null ? cells[one] : null);
    // Written out: built from a list it takes several times as long, and a file has up to 200,000 rows.
    const values: HourValues = {
      ...{ "PM2.5": read("PM2.5"), PM10: read("PM10"), O3: read("O3") },
      ...{ NO2: read("NO2"), SO2: read("SO2"), CO: read("CO") },
    };
    return { id, hour: of, only, values };
  },
  once: {
    // What tells rows apart stands last: an hour of all stations makes few branches then.
    key: ({ id, hour, only }) => [String(hour), only ?? "", id],
    differs: (a, b) => {
      const item = HOURLY_ITEMS.find((one) => a.values[one] !== b.values[one]);
      return item === undefined ? null : a.only === null ? item : "value";
    },
    reason: "是同一站点同一小时但数值不同",
  },
  touches: "air",
  enter: merge,
});

async function merge(rows: readonly Row[], file: Importing): Promise<Entered> {
  const { store, office, by, now } = file;
  const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds };
  const { checks, operator } = office.pack.settings.alerts;
  const entered = await store.air.mergeStationHours(wholeHours(rows), stamp, checks);
  const left = strange.get(file) ?? 0;
  await store.hoursDue.put(dueHours(entered.hours, now, office));
  const { doubted, hours: _hours, ...counts } = entered;
  const lines = [
    left > 0 ? `文件里另有${left}个站点不是本办公室的，没有导入。` : "",
    doubted > 0 ? `${doubted}个小时有存疑的值，已留存，不进统计；请${operator}核实。` : "",
  ].filter(Boolean);
  if (lines.length === 0) return counts;
  const facts = {
    ...(left > 0 ? { otherStations: left } : {}),
    ...(doubted > 0 ? { doubtedHours: doubted } : {}),
  };
  return { ...counts, report: { blocks: lines.map((text) => ({ kind: "text" as const, text })), facts } };
}

/** The hours that rows make, each row the whole of one or one item of it. */
function wholeHours(rows: readonly Row[]): HourRow[] {
  if (rows.every(({ only }) => only === null))
    return rows.map(({ id, hour, values }) => ({ id, hour, ...values }));
  const hours = new Map<string, HourRow>();
  for (const { id, hour, only, values } of rows) {
    const key = `${id} ${hour}`;
    const known = hours.get(key);
    if (known === undefined) hours.set(key, { id, hour, ...values });
    else hours.set(key, only === null ? { ...known, ...values } : { ...known, [only]: values[only] });
  }
  return [...hours.values()];
}
