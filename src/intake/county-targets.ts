import { Decimal } from "decimal.js";
import { isMissing, type Read } from "./cells.ts";
import type { Column } from "./column-names.ts";
import { kindOf } from "./kind.ts";
import { quoted, type Rejected } from "./refusal.ts";
import type { Sheet, SheetRow } from "./sheet.ts";

/** What a county is to reach. Values are exact decimal texts: µg/m³ for `pm25-mean`, percent for `attainment-rate`, else the indicator's unit. */
export type CountyTargetRow = {
  region: string;
  indicator: "pm25-mean" | "attainment-rate" | (string & {});
  constraint: string | null;
  stretch: string | null;
};

/** How names become ids; `indicator` takes an id or a name of the plan pack. */
export type CountyTargetsLookup = {
  region(name: string): string | null;
  indicator(name: string): { id: string; direction: "at-least" | "at-most" } | null;
};

type Aim = {
  id: CountyTargetRow["indicator"];
  direction: "at-least" | "at-most";
  name: string;
  min: number;
  max: number;
};

const PM25: Aim = { id: "pm25-mean", direction: "at-most", name: "PM2.5目标", min: 1, max: 200 };
const RATE: Aim = { id: "attainment-rate", direction: "at-least", name: "优良率目标", min: 0, max: 100 };

/** The two air targets by the names that offices give them, folded as by `fold`. */
const AIR_AIMS: ReadonlyMap<string, Aim> = new Map([
  ...["pm25", "pm25mean", "pm25浓度", "pm25均值", "pm25年均浓度", "细颗粒物"].map(
    (name) => [name, PM25] as const,
  ),
  ...["优良率", "aqi达标率", "达标率", "优良天数比率", "优良天数比例", "attainment", "attainmentrate"].map(
    (name) => [name, RATE] as const,
  ),
]);

/**
 * Reads the counties' targets, a row per county and indicator with 约束性 and/or 奋斗. A row with a bad cell is rejected;
 * of rows that say the same twice one counts, and rows that contradict each other are both rejected.
 */
export function readCountyTargets(
  sheets: readonly Sheet[],
  lookup: CountyTargetsLookup,
): { rows: CountyTargetRow[]; rejected: Rejected[] } {
  const rejected: Rejected[] = [];
  const entries = new Map<string, { row: CountyTargetRow; source: Source; contradicted: boolean }>();
  for (const sheet of sheets) {
    const found = kindOf(sheet.header);
    if ("refusal" in found || found.kind !== "county-targets") {
      const reason = "refusal" in found ? found.refusal : "这张表不是县级目标，请单独导入。";
      rejected.push({ sheet: sheet.name, row: sheet.headerLine, column: "", value: "", reason });
      continue;
    }
    for (const cells of sheet.rows) {
      const source = { sheet, at: found.at, row: cells, rejected };
      const row = readRow(source, lookup);
      if (row === null) continue;
      const key = JSON.stringify([row.region, row.indicator]);
      const first = entries.get(key);
      if (first === undefined) entries.set(key, { row, source, contradicted: false });
      else if (first.row.constraint !== row.constraint || first.row.stretch !== row.stretch) {
        if (!first.contradicted) contradict(first.source, source);
        contradict(source, first.source);
        first.contradicted = true;
      }
    }
  }
  return { rows: [...entries.values()].filter((e) => !e.contradicted).map((e) => e.row), rejected };
}

type Source = { sheet: Sheet; at: ReadonlyMap<Column, number>; row: SheetRow; rejected: Rejected[] };

function readRow(source: Source, lookup: CountyTargetsLookup): CountyTargetRow | null {
  const before = source.rejected.length;
  const county = cell(source, "county");
  const name = cell(source, "indicator");
  const region = lookup.region(county);
  if (region === null)
    reject(
      source,
      "county",
      county === "" ? "没有写明县区，请补上" : `没有名为“${quoted(county)}”的县（市、区），请核对名称`,
    );
  const aim = aimOf(name, lookup);
  if (aim === null) {
    const hint = "请填 PM2.5、优良率或措施指标的名称";
    reject(
      source,
      "indicator",
      name === "" ? `没有写明指标，${hint}` : `没有名为“${quoted(name)}”的指标，${hint}`,
    );
    return null;
  }

  const value = (column: "constraint" | "stretch"): Decimal | null => {
    const read = readTarget(cell(source, column), aim);
    if ("value" in read) return read.value;
    reject(source, column, read.reason);
    return null;
  };
  const constraint = value("constraint");
  const stretch = value("stretch");
  if (source.rejected.length === before && constraint === null && stretch === null) {
    reject(source, source.at.has("constraint") ? "constraint" : "stretch", "约束性和奋斗目标至少填一个");
  }
  if (constraint !== null && stretch !== null && weaker(stretch, constraint, aim)) {
    const wanted = aim.direction === "at-most" ? "不应高于" : "不应低于";
    reject(source, "stretch", `奋斗目标${wanted}约束性目标（${constraint.toFixed()}），请核对是否填反`);
  }
  if (region === null || source.rejected.length > before) return null;
  return {
    region,
    indicator: aim.id,
    constraint: constraint?.toFixed() ?? null,
    stretch: stretch?.toFixed() ?? null,
  };
}

function aimOf(name: string, lookup: CountyTargetsLookup): Aim | null {
  if (name === "") return null;
  const air = AIR_AIMS.get(
    name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s._\-()]|μg\/m3|%/g, ""),
  );
  if (air !== undefined) return air;
  const found = lookup.indicator(name);
  return found && { ...found, name: "目标", min: 0, max: 1_000_000_000 };
}

function readTarget(text: string, aim: Aim): Read<Decimal | null> {
  if (isMissing(text)) return { value: null };
  const folded = text.normalize("NFKC").trim();
  const number = aim === RATE ? folded.replace(/%$/, "") : folded;
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(number)) return { reason: "不是数字，请只填数字，例如 36 或 80.8" };
  const value = new Decimal(number);
  if (value.lt(aim.min) || value.gt(aim.max))
    return { reason: `${aim.name}应在${aim.min}至${aim.max}之间，请核对` };
  // A percent cell of a workbook holds 0.808 for 80.8 %.
  if (aim === RATE && value.gt(0) && value.lte(1) && number === folded)
    return { reason: "优良率请填百分数，例如 80.8" };
  return { value };
}

function weaker(stretch: Decimal, constraint: Decimal, { direction }: Aim): boolean {
  return direction === "at-most" ? stretch.gt(constraint) : stretch.lt(constraint);
}

function contradict(source: Source, other: Source): void {
  const where =
    other.sheet === source.sheet ? `第${other.row.line}行` : `“${other.sheet.name}”第${other.row.line}行`;
  reject(source, "indicator", `与${where}是同一县区同一指标但目标不同，请只保留正确的一行`);
}

function cell({ at, row }: Source, column: Column): string {
  return (row.cells[at.get(column) ?? -1] ?? "").trim();
}

function reject(source: Source, column: Column, reason: string): void {
  const index = source.at.get(column) ?? -1;
  const { sheet, row, rejected } = source;
  rejected.push({
    sheet: sheet.name,
    row: row.line,
    column: quoted(sheet.header[index] ?? ""),
    value: quoted(row.cells[index] ?? ""),
    reason,
  });
}
