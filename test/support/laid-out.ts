import fc from "fast-check";
import iconv from "iconv-lite";
import { type Cell, workbookEntries, zip } from "../intake/xlsx-builder.ts";

/** One day of one county as it was measured: five items in whole μg/m³, CO in tenths of mg/m³. */
export type Measured = { date: string; county: string; values: Record<Item, number | null> };
type Item = "PM2.5" | "PM10" | "SO2" | "NO2" | "CO" | "O3_8h";
const ITEMS: readonly Item[] = ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"];

/** How an office may lay out the same figures. */
export type Layout = {
  shape: "rows" | "wide" | "items over counties" | "stacked" | "sheets" | "one day";
  format: "csv" | "utf16" | "gb18030" | "tabs" | "semicolons" | "xlsx";
  title: "none" | "plain" | "with blank lines" | "made by" | "annex";
  /** What the rows stand together by: merged cells hold for it. */
  rows: "by day" | "by county";
  heads: "letters" | "Chinese" | "both" | "HJ 633";
  unit:
    | "none"
    | "in heads"
    | "unit row"
    | "unit line"
    | "milligrams in heads"
    | "milligrams in the unit line";
  date: "iso" | "slash" | "dot" | "compact" | "Chinese" | "serial" | "no year";
  merged: boolean;
  totals: boolean;
  foot: "none" | "note" | "signatures";
  more: "none" | "AQI" | "running number";
  order: readonly number[];
  beside: "none" | "notes" | "hidden";
  place: "plain" | "with the city" | "with blanks" | "code";
  /** What stands for a figure that is missing; null where none is. */
  gap: string | null;
};

export const aLayout: fc.Arbitrary<Layout> = fc.record({
  shape: fc.constantFrom<Layout["shape"]>(
    "rows",
    "rows",
    "wide",
    "items over counties",
    "stacked",
    "sheets",
    "one day",
  ),
  format: fc.constantFrom<Layout["format"]>(
    ...(["csv", "utf16", "gb18030", "tabs", "semicolons"] as const),
    ...(["xlsx", "xlsx", "xlsx", "xlsx", "xlsx"] as const),
  ),
  title: fc.constantFrom<Layout["title"]>("none", "plain", "with blank lines", "made by", "annex"),
  rows: fc.constantFrom<Layout["rows"]>("by day", "by county"),
  heads: fc.constantFrom<Layout["heads"]>("letters", "Chinese", "both", "HJ 633"),
  unit: fc.constantFrom<Layout["unit"]>(
    "none",
    "in heads",
    "unit row",
    "unit line",
    "milligrams in heads",
    "milligrams in the unit line",
  ),
  date: fc.constantFrom<Layout["date"]>("iso", "slash", "dot", "compact", "Chinese", "serial", "no year"),
  merged: fc.boolean(),
  totals: fc.boolean(),
  foot: fc.constantFrom<Layout["foot"]>("none", "note", "signatures"),
  more: fc.constantFrom<Layout["more"]>("none", "AQI", "running number"),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }),
  beside: fc.constantFrom<Layout["beside"]>("none", "notes", "hidden"),
  place: fc.constantFrom<Layout["place"]>("plain", "plain", "with the city", "with blanks", "code"),
  gap: fc.constantFrom(null, null, "", "-", "—", "/", "NA", "N/A", "缺测", "无数据"),
});

const COUNTIES = ["海安", "如皋市", "如东县", "启东", "通州区", "通州湾"];
export const someDays: fc.Arbitrary<Measured[]> = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 }),
    counties: fc.uniqueArray(fc.constantFrom(...COUNTIES), { minLength: 2, maxLength: 4 }),
    figures: fc.array(fc.integer({ min: 2, max: 180 }), { minLength: 72, maxLength: 72 }),
  })
  .map(({ days, counties, figures }) =>
    days
      .toSorted((a, b) => a - b)
      .flatMap((day, i) =>
        counties.map((county, j) => {
          const of = (item: Item) => figures[(i * 4 + j) * 6 + ITEMS.indexOf(item)] ?? 9;
          const values = Object.fromEntries(
            ITEMS.map((item) => [item, item === "CO" ? 1 + (of(item) % 40) : of(item)]),
          ) as Record<Item, number>;
          return { date: `2020-05-${String(day).padStart(2, "0")}`, county, values };
        }),
      ),
  );

const HEADS: Readonly<Record<Item, readonly [letters: string, chinese: string, over: string]>> = {
  "PM2.5": ["PM2.5", "细颗粒物", "颗粒物（PM2.5）24小时平均"],
  PM10: ["PM10", "可吸入颗粒物日均浓度", "颗粒物（PM10）24小时平均"],
  SO2: ["SO2", "二氧化硫", "二氧化硫（SO2）24小时平均"],
  NO2: ["NO₂", "二氧化氮日均值", "二氧化氮（NO2）24小时平均"],
  CO: ["CO", "一氧化碳", "一氧化碳（CO）24小时平均"],
  O3_8h: ["O3-8h", "臭氧日最大8小时滑动平均", "臭氧（O3）最大8小时滑动平均"],
};

type Grid = { rows: Cell[][]; merges: string[] };

/** The figures of a layout with gaps: every seventh is missing. */
export const withGaps = (days: readonly Measured[], { gap }: Layout): Measured[] =>
  gap === null
    ? [...days]
    : days.map((day, i) => ({
        ...day,
        values: Object.fromEntries(
          ITEMS.map((item, j) => [item, (i * 6 + j) % 7 === 3 ? null : day.values[item]]),
        ) as Measured["values"],
      }));

/** The same figures as an office's file. */
export function laidOut(
  days: readonly Measured[],
  layout: Layout,
  spoil?: (rows: Cell[][]) => void,
): { name: string; bytes: Uint8Array } {
  const counties = [...new Set(days.map(({ county }) => county))];
  const dates = [...new Set(days.map(({ date }) => date))];
  const sheets: Record<string, Grid> = {};
  const isCsv = layout.format !== "xlsx";
  const shape = isCsv && layout.shape === "sheets" ? "rows" : layout.shape;
  if (shape === "sheets")
    for (const county of counties) {
      const own = days.filter((day) => day.county === county);
      sheets[county] = table(own, { ...layout, shape }, `${county}空气质量`);
    }
  else if (shape === "one day" && dates.length === 1)
    sheets.日报 = table(days, { ...layout, shape }, "空气质量日报");
  else if (shape === "stacked") sheets["5月"] = stacked(days, layout);
  else
    sheets["5月"] = table(
      days,
      { ...layout, shape: shape === "one day" ? "rows" : shape },
      "各县（市、区）空气质量",
    );
  if (spoil !== undefined)
    for (const grid of Object.values(sheets)) {
      spoil(grid.rows);
      // Rows and columns that moved would be merged with others: then nothing is.
      grid.merges = [];
    }
  if (isCsv) return csv(Object.values(sheets)[0] as Grid, layout.format);
  if (layout.beside === "notes") sheets.说明 = { rows: [["填表说明"], ["1. 按日填写。"]], merges: [] };
  if (layout.beside === "hidden") sheets.旧表 = { rows: Object.values(sheets)[0]?.rows ?? [], merges: [] };
  return xlsx(sheets, layout.beside === "hidden" ? "旧表" : null);
}

/** A table for each day, one below the other, each with its own title and heads. */
function stacked(days: readonly Measured[], layout: Layout): Grid {
  const rows: Cell[][] = [];
  const merges: string[] = [];
  for (const date of new Set(days.map((day) => day.date))) {
    const own = days.filter((day) => day.date === date);
    const one = table(own, { ...layout, shape: "rows", merged: false, foot: "none" }, "空气质量");
    for (const ref of one.merges)
      merges.push(ref.replace(/\d+/g, (line) => String(Number(line) + rows.length)));
    rows.push(...one.rows, []);
  }
  return { rows, merges };
}

/** Rows above, heads, body and rows below of one table. */
function table(days: readonly Measured[], layout: Layout, what: string): Grid {
  const merges: string[] = [];
  const rows: Cell[][] = above(days, layout, what);
  const items = layout.order.map((at) => ITEMS[at] as Item);
  if (layout.shape === "wide" || layout.shape === "items over counties")
    return wide(days, layout, items, rows, merges);
  const lead = [
    ...(layout.more === "running number" ? ["序号"] : []),
    ...(layout.shape === "one day" ? [] : ["日期"]),
    ...(layout.shape === "sheets" ? [] : ["县（市、区）"]),
  ];
  const tail = layout.more === "AQI" ? ["AQI", "首要污染物"] : [];
  headRows(rows, merges, lead, items, tail, layout);
  const from = rows.length;
  // A bare day of the month takes its year from the row above: by county that one is of another month's end.
  const byCounty = layout.rows === "by county" && layout.shape === "rows" && layout.date !== "no year";
  const together = byCounty ? ("county" as const) : ("date" as const);
  const sorted = byCounty
    ? days.toSorted((a, b) => (a.county < b.county ? -1 : Number(a.county > b.county)))
    : days;
  const isMerged = layout.merged && layout.format === "xlsx" && (byCounty || layout.shape !== "one day");
  for (const [at, { date, county, values }] of sorted.entries()) {
    const repeats = isMerged && sorted[at - 1]?.[together] === (byCounty ? county : date);
    rows.push([
      ...(layout.more === "running number" ? [at + 1] : []),
      ...(layout.shape === "one day" ? [] : [repeats && !byCounty ? null : dateCell(date, layout)]),
      ...(layout.shape === "sheets" ? [] : [repeats && byCounty ? null : placeCell(county, layout)]),
      ...items.flatMap((item) => figures(item, values[item], layout)),
      ...(tail.length > 0 ? [88, "臭氧"] : []),
    ]);
  }
  const column = letter(lead.indexOf(byCounty ? "县（市、区）" : "日期"));
  if (isMerged)
    for (const group of new Set(sorted.map((day) => day[together]))) {
      const first = sorted.findIndex((day) => day[together] === group);
      const last = sorted.findLastIndex((day) => day[together] === group);
      if (last > first) merges.push(`${column}${from + first + 1}:${column}${from + last + 1}`);
    }
  return { rows: [...rows, ...below(lead.length + items.length, layout)], merges };
}

function wide(
  days: readonly Measured[],
  layout: Layout,
  items: readonly Item[],
  rows: Cell[][],
  merges: string[],
): Grid {
  const counties = [...new Set(days.map(({ county }) => county))];
  const line = rows.length + 1;
  const heads = items.map((item) => headOf(item, { ...layout, heads: "letters" }));
  const [over, under] = layout.shape === "wide" ? [counties, heads] : [heads, counties];
  rows.push(["日期", ...over.flatMap((group) => [group, ...under.slice(1).map(() => null)])]);
  rows.push([null, ...over.flatMap(() => under)]);
  merges.push(`A${line}:A${line + 1}`);
  for (const at of over.keys())
    merges.push(`${letter(1 + at * under.length)}${line}:${letter((at + 1) * under.length)}${line}`);
  const cells = <T>(of: (county: string, item: Item) => T): T[] =>
    layout.shape === "wide"
      ? counties.flatMap((county) => items.map((item) => of(county, item)))
      : items.flatMap((item) => counties.map((county) => of(county, item)));
  if (layout.unit === "unit row") rows.push([null, ...cells((_, item) => unitOf(item))]);
  for (const date of new Set(days.map((day) => day.date)))
    rows.push([
      dateCell(date, layout),
      ...cells((county, item) => {
        const day = days.find((one) => one.date === date && one.county === county);
        return figure(item, day?.values[item] ?? null, layout);
      }),
    ]);
  return { rows: [...rows, ...below(4, { ...layout, totals: false })], merges };
}

function above(days: readonly Measured[], { title, unit, shape, date }: Layout, what: string): Cell[][] {
  const day = shape === "one day" ? `2020年5月${Number(days[0]?.date.slice(-2))}日` : "2020年5月";
  const needed = shape === "one day" || date === "no year";
  const rows: Cell[][] = title === "none" && !needed ? [] : [[`${day}${what}`]];
  if (title === "with blank lines") rows.push([], []);
  if (title === "annex") {
    rows.unshift(["附件1"]);
    rows.push(["填报单位：生态环境局"]);
  }
  if (title === "made by") rows.push(["制表：监测中心", null, null, "2020年6月2日"]);
  if (unit === "unit line") rows.push(["单位：微克/立方米（CO为毫克/立方米）"]);
  if (unit === "milligrams in the unit line") rows.push(["单位：mg/m³"]);
  return rows;
}

function headRows(
  rows: Cell[][],
  merges: string[],
  lead: readonly string[],
  items: readonly Item[],
  tail: readonly string[],
  layout: Layout,
): void {
  const line = rows.length + 1;
  const units = layout.unit === "unit row";
  if (layout.heads === "HJ 633") {
    rows.push([...lead, ...items.flatMap((item) => [HEADS[item][2], null]), ...tail]);
    rows.push([
      ...lead.map(() => null),
      ...items.flatMap((item) => [`浓度/（${statedUnit(item, layout) || unitOf(item)}）`, "分指数"]),
      ...tail.map(() => null),
    ]);
    for (const [at] of lead.entries()) merges.push(`${letter(at)}${line}:${letter(at)}${line + 1}`);
    for (const [at] of items.entries())
      merges.push(`${letter(lead.length + at * 2)}${line}:${letter(lead.length + at * 2 + 1)}${line}`);
    return;
  }
  rows.push([...lead, ...items.map((item) => headOf(item, layout)), ...tail]);
  if (units) rows.push([...lead.map(() => null), ...items.map(unitOf), ...tail.map(() => null)]);
}

const isMilligram = ({ unit, heads }: Layout) =>
  unit === "milligrams in heads" || (unit === "milligrams in the unit line" && heads !== "HJ 633");
const unitOf = (item: Item) => (item === "CO" ? "mg/m³" : "μg/m³");
const statedUnit = (item: Item, { unit }: Layout) =>
  unit === "in heads" ? unitOf(item) : unit === "milligrams in heads" ? "毫克/立方米" : "";
function headOf(item: Item, layout: Layout): string {
  const [letters, chinese] = HEADS[item];
  const name =
    layout.heads === "letters" ? letters : layout.heads === "both" ? `${chinese}(${letters})` : chinese;
  const unit = statedUnit(item, layout);
  return unit === "" ? name : `${name}（${unit}）`;
}

const figures = (item: Item, value: number | null, layout: Layout): Cell[] =>
  layout.heads === "HJ 633" ? [figure(item, value, layout), 50] : [figure(item, value, layout)];
function figure(item: Item, value: number | null, layout: Layout): Cell {
  if (value === null) return layout.gap ?? "";
  if (item === "CO") return Number((value / 10).toFixed(1));
  const milligrams =
    layout.shape === "wide" || layout.shape === "items over counties"
      ? isMilligram({ ...layout, heads: "letters" })
      : isMilligram(layout);
  return milligrams ? Number((value / 1000).toFixed(3)) : value;
}

const CODES: Readonly<Record<string, string>> = {
  海安: "320685",
  启东: "320681",
  如皋市: "320682",
  如东县: "320623",
};
function placeCell(county: string, { place }: Layout): Cell {
  if (place === "with the city") return county === "通州湾" ? county : `南通市${county}`;
  if (place === "with blanks") return [...county].join("　");
  return place === "code" ? (CODES[county] ?? county) : county;
}

function dateCell(date: string, { date: as, format }: Layout): Cell {
  const [year, month, day] = date.split("-").map(Number);
  switch (as) {
    case "slash":
      return `${year}/${month}/${day}`;
    case "dot":
      return `${year}.${month}.${day}`;
    case "compact":
      return date.replaceAll("-", "");
    case "Chinese":
      return `${year}年${month}月${day}日`;
    case "no year":
      return `${month}月${day}日`;
    case "serial":
      return format === "xlsx" ? 43951 + (day ?? 0) : date;
    default:
      return date;
  }
}

function below(width: number, { totals, foot, shape }: Layout): Cell[][] {
  const label = shape === "rows" ? [null, "平均"] : ["平均"];
  const rows: Cell[][] = totals ? [[...label, ...Array.from({ length: width - 2 }, () => 33.3)]] : [];
  if (foot === "note") rows.push(["注：数据未经审核，仅供参考。"]);
  if (foot === "signatures") rows.push(["填表人：张三", null, "审核人：李四"]);
  return rows;
}

const letter = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`;

function csv({ rows }: Grid, format: Layout["format"]): { name: string; bytes: Uint8Array } {
  const separator = format === "tabs" ? "\t" : format === "semicolons" ? ";" : ",";
  const text = rows
    .map((cells) => cells.map((cell) => (cell === null ? "" : String(cell))).join(separator))
    .join("\r\n");
  const bytes =
    format === "utf16"
      ? Buffer.from(`\ufeff${text}`, "utf16le")
      : format === "gb18030"
        ? iconv.encode(text, "gb18030")
        : Buffer.from(text);
  return { name: format === "tabs" ? "空气.txt" : "空气.csv", bytes: new Uint8Array(bytes) };
}

function xlsx(sheets: Readonly<Record<string, Grid>>, hidden: string | null) {
  const addressed = Object.fromEntries(
    Object.entries(sheets).map(([name, { rows }]) => [
      name,
      rows.map((cells, line) => cells.map((cell, at) => at_(cell, at, line))),
    ]),
  );
  const all = Object.values(sheets);
  const entries = workbookEntries(addressed).map((entry) => {
    const n = Number(/sheet(\d+)\.xml$/.exec(entry.name)?.[1] ?? 0);
    const merges = all[n - 1]?.merges ?? [];
    const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
    const content = String(entry.content)
      .replace(
        "</sheetData>",
        merged === "" ? "</sheetData>" : `</sheetData><mergeCells>${merged}</mergeCells>`,
      )
      .replace(`name="${hidden}"`, `name="${hidden}" state="hidden"`);
    return { ...entry, content };
  });
  return { name: "空气.xlsx", bytes: zip(entries) };
}

/** The builder names columns up to Z. */
function at_(cell: Cell, at: number, line: number): Cell {
  if (cell === null || at < 26) return cell;
  const address = `${letter(at)}${line + 1}`;
  return typeof cell === "number"
    ? { xml: `<c r="${address}"><v>${cell}</v></c>` }
    : { xml: `<c r="${address}" t="inlineStr"><is><t>${String(cell)}</t></is></c>` };
}
