import type { FoundTable, Laid } from "../../../chat/import.ts";
import type { HourlyItem } from "../../../domain/air/hours.ts";

/** What a table of hours may be laid out as, beside a row a station and hour. */
type Wide = Laid & { /** Columns of stations that the office hasn't. */ strange: number };

/**
 * The national centre's layout: `date,hour,type`, then a column for each station of the country by its code. Each of the
 * office's own columns becomes a table of its own that says whose it is; types that are no mean of the hour (AQI, rolling
 * means) are left aside. A file with none of the office's stations is refused by the head of its first.
 */
export function wideTables({ sheet, at }: FoundTable, isOwn: (code: string) => boolean): Wide {
  const declared = new Set(at.values());
  const stations = sheet.header.flatMap((head, index) =>
    head === "" || declared.has(index) ? [] : [{ head, index }],
  );
  const own = stations.filter(({ head }) => isOwn(head));
  const [first] = stations;
  if (own.length === 0) {
    const reason = "没有一列是本办公室的站点，请先导入站点表（站点、编码），或核对文件";
    const value = first?.head ?? "";
    return {
      tables: [],
      rejected: [{ row: sheet.headerLine, column: value, value, reason }],
      strange: stations.length,
    };
  }
  const type = at.get("type") as number;
  const width = sheet.header.length;
  const rejected: Laid["rejected"][number][] = [];
  const rows = sheet.rows.flatMap(({ line, cells }) => {
    const beyond = cells.slice(width).join("").trim();
    if (beyond !== "")
      rejected.push({
        row: line,
        column: "",
        value: beyond.slice(0, 50),
        reason: "比表头多出数据，请检查是否多了分隔符",
      });
    if (itemOf(cells[type] ?? "") === "rolling") return [];
    const whole = Array.from({ length: width }, (_, i) => cells[i] ?? "");
    return [{ line, cells: [...whole, ...own.map(({ head }) => head)] }];
  });
  const long = { ...sheet, header: [...sheet.header, ...own.map(() => "站点")], rows };
  const tables = own.map(({ index }, i) => ({
    sheet: long,
    at: new Map([...at, ["value", index], ["code", width + i]]),
  }));
  return { tables, rejected, strange: stations.length - own.length };
}

/** A workbook writes midnight as a bare date: in a table whose other times have hours it is 00:00. */
export function withMidnights(found: FoundTable): FoundTable {
  const time = found.at.get("time");
  if (time === undefined) return found;
  const hasHours = found.sheet.rows.some(({ cells }) => /\d[ T日]\s*\d{1,2}[:时]/.test(cells[time] ?? ""));
  if (!hasHours) return found;
  const rows = found.sheet.rows.map((row) =>
    /^\d{4}-\d{2}-\d{2}$/.test(row.cells[time] ?? "")
      ? { ...row, cells: row.cells.with(time, `${row.cells[time]} 00:00`) }
      : row,
  );
  return { ...found, sheet: { ...found.sheet, rows } };
}

const ITEMS: Readonly<Record<string, HourlyItem>> = {
  pm25: "PM2.5",
  pm10: "PM10",
  o3: "O3",
  no2: "NO2",
  so2: "SO2",
  co: "CO",
};

/** The item that a type names; `rolling` for what is no mean of the hour itself; null for what nobody knows. */
export function itemOf(type: string): HourlyItem | "rolling" | null {
  const folded = type
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s._-]/g, "");
  if (/^aqi$|^(pm25|pm10|o3|no2|so2|co)(8h)?24h$|^o38h$/.test(folded)) return "rolling";
  const name = folded.replace(/1h$/, "");
  return Object.hasOwn(ITEMS, name) ? (ITEMS[name] as HourlyItem) : null;
}
