import { isRefusal } from "../src/chat/refusal.ts";
import { importFile } from "../src/incoming/import-file.ts";
import type { Connection } from "../src/store/open.ts";
import { workbook } from "../test/intake/xlsx-builder.ts";
import { type BenchOffice, benchOffice } from "./office.ts";
import { type Finding, median, type Size, sized, timed } from "./side-by-side.ts";

/** Late enough for so many days of so few regions. */
const NOW = "2045-06-15T08:30";
const STATIONS = 40;

/** A row of the file, parsed: what the reference is given for nothing. */
type Parsed = [
  id: string,
  date: string,
  pm25: number,
  pm10: number,
  o3: number,
  no2: number,
  so2: number,
  co: number,
];
type Places = (office: BenchOffice, date: Temporal.PlainDate) => readonly { id: string; name: string }[];

/** A hundred thousand daily rows: from the text of a CSV file, or from a workbook, to a committed import, against INSERTs of the parsed rows and of what comes of them. */
export async function importing(size: Size): Promise<Finding[]> {
  const [rows, rounds] = sized(size, [100_000, 5], [2_000, 1]);
  const extent = { rows, rounds };
  return [
    await measured(
      `import ${rows.toLocaleString("en")} rows of regions, CSV to commit`,
      "region_day",
      "县区",
      extent,
      ofRegions,
    ),
    await measured(
      `import ${rows.toLocaleString("en")} rows of stations, region days recomputed`,
      "station_day",
      "站点",
      extent,
      () => Array.from({ length: STATIONS }, (_, i) => ({ id: `bench-${i}`, name: `基准${i}号站` })),
    ),
    await measured(
      `import ${rows.toLocaleString("en")} rows of regions, XLSX to commit`,
      "region_day",
      "县区",
      { ...extent, rounds: Math.ceil(rounds / 2), asWorkbook: true },
      ofRegions,
    ),
  ];
}

const ofRegions: Places = ({ bot }, date) =>
  bot.office.regionsOf({ to: date }, date).map(({ id, short }) => ({ id, name: short }));

async function measured(
  name: string,
  table: "region_day" | "station_day",
  head: string,
  { rows, rounds, asWorkbook = false }: { rows: number; rounds: number; asWorkbook?: boolean },
  places: Places,
): Promise<Finding> {
  const times = { ours: [] as number[], reference: [] as number[] };
  /** The days of regions that come of those of stations: reckoned beforehand, for nothing, as the rows are parsed. */
  let ofRegions: Parsed[] = [];
  // The first round warms up both sides.
  for (let round = 0; round <= rounds; round++) {
    const [ours, theirs] = [await emptyOffice(), await emptyOffice()];
    const { text, parsed } = file(ours, head, places, rows);
    const sent = asWorkbook ? workbookOf(text) : { bytes: new TextEncoder().encode(text), name: "days.csv" };
    const sides = {
      ours: async () => {
        const result = await importFile(ours.bot, sent, { person: null, partial: false });
        if (isRefusal(result) || result.added !== rows) throw new Error("the file was not brought in");
      },
      reference: () => insertAll(theirs.raw, [[table, parsed] as const, ["region_day", ofRegions] as const]),
    };
    for (const side of round % 2 === 0
      ? (["ours", "reference"] as const)
      : (["reference", "ours"] as const)) {
      const took = await timed(sides[side]);
      if (round > 0) times[side].push(took);
      if (side === "ours" && table === "station_day") ofRegions = regionDays(ours.raw);
    }
    ours.close();
    theirs.close();
  }
  // A workbook is XML: what reading that takes stands apart.
  return {
    name,
    ...(asWorkbook ? {} : { aim: 2.5 }),
    unit: "ms",
    ours: median(times.ours),
    reference: median(times.reference),
  };
}

/** An office with stations and no air data yet. */
function emptyOffice(): Promise<BenchOffice> {
  return benchOffice({
    now: NOW,
    prepare(connection) {
      connection.exec("delete from region_day; delete from station_day;");
      const regions = connection
        .prepare("select id from region where kind <> 'city' and valid_to is null order by sort")
        .pluck()
        .all() as string[];
      const add = connection.prepare(
        "insert into station (id, name, region_id, national) values (?, ?, ?, ?)",
      );
      for (let i = 0; i < STATIONS; i++)
        add.run(`bench-${i}`, `基准${i}号站`, regions[i % regions.length], i < 5 ? 1 : 0);
    },
  });
}

function regionDays(connection: Connection): Parsed[] {
  return connection
    .prepare("select region_id, date, pm25, pm10, o3, no2, so2, co from region_day")
    .raw()
    .all() as Parsed[];
}

function insertAll(
  connection: Connection,
  tables: readonly (readonly [table: string, rows: readonly Parsed[]])[],
): void {
  connection.exec("begin immediate");
  for (const [table, rows] of tables) {
    const isRegion = table === "region_day";
    const insert = connection.prepare(
      `insert into ${table} (${isRegion ? "region_id" : "station_id"}, date, pm25, pm10, o3, no2, so2, co${isRegion ? ", source" : ""})
       values (?, ?, ?, ?, ?, ?, ?, ?${isRegion ? ", 'import'" : ""})`,
    );
    for (const row of rows) insert.run(...row);
  }
  connection.exec("commit");
}

/** Day by day, all places of a day together, as an export has them. Numbers vary and are the same in every run. */
function file(
  office: BenchOffice,
  head: string,
  places: Places,
  rows: number,
): { text: string; parsed: Parsed[] } {
  const lines = [`日期,${head},PM2.5,PM10,SO2,NO2,CO,O3_8h`];
  const parsed: Parsed[] = [];
  for (let date = Temporal.PlainDate.from("2013-01-01"); parsed.length < rows; date = date.add({ days: 1 })) {
    const day = date.toString();
    for (const { id, name } of places(office, date).slice(0, rows - parsed.length)) {
      const n = parsed.length;
      const [pm25, pm10, so2, no2, co, o3] = [
        5 + (n % 97),
        12 + (n % 139),
        3 + (n % 17),
        5 + (n % 61),
        n % 23,
        20 + (n % 181),
      ];
      lines.push(`${day},${name},${pm25},${pm10},${so2},${no2},${(co / 10).toFixed(1)},${o3}`);
      parsed.push([id, day, pm25, pm10, o3, no2, so2, co]);
    }
  }
  return { text: `${lines.join("\n")}\n`, parsed };
}

/** The same table as a workbook, its figures as numbers. */
export function workbookOf(text: string): { bytes: Uint8Array; name: string } {
  const rows = text
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((cell) => (/^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell)));
  return { bytes: workbook({ 数据: rows }), name: "days.xlsx" };
}
