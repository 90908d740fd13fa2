import { Decimal } from "decimal.js";
import { airTargetConflicts } from "../../air/conflicting-targets.ts";
import { enteredAims } from "../../air/targets.ts";
import { type Cell, column, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import { narrowestSpan, readTargetSpan, type TargetSpan } from "../../domain/plan/target-span.ts";
import type { Read } from "../../domain/reading.ts";
import { quoted } from "../../intake/refusal.ts";
import type { CountyTarget, TargetKey } from "../../store/plan.ts";
import type { Writer } from "../../store/store.ts";
import { COUNTY, county } from "../cells.ts";
import { enterEach } from "../enter-each.ts";
import { takeBackEach } from "../take-back-each.ts";
import { countyTold, monthsTold, quartersTold } from "../told.ts";

/** What a target is of: an id of the plan pack or one of the two air targets, and between which values it may lie. */
type Aim = {
  id: string;
  direction: "at-least" | "at-most";
  name: string;
  min: number;
  max: number;
};

const PM25: Aim = { id: "pm25-mean", direction: "at-most", name: "PM2.5目标", min: 1, max: 200 };
const RATE: Aim = { id: "attainment-rate", direction: "at-least", name: "优良率目标", min: 0, max: 100 };

/** The two air targets by the names that offices give them, folded. */
const AIR_AIMS: ReadonlyMap<string, Aim> = new Map([
  ...["pm25", "pm25mean", "pm25浓度", "pm25均值", "pm25年均浓度", "细颗粒物"].map(
    (name) => [name, PM25] as const,
  ),
  ...["优良率", "aqi达标率", "达标率", "优良天数比率", "优良天数比例", "attainment", "attainmentrate"].map(
    (name) => [name, RATE] as const,
  ),
]);
const HINT = "请填 PM2.5、优良率或措施指标的名称";

const aim: Cell<Aim> =
  ({ office }) =>
  (text) => {
    const name = text.trim();
    const folded = name.normalize("NFKC").toLowerCase();
    const air = AIR_AIMS.get(folded.replace(/[\s._\-()]|μg\/m3|%/g, ""));
    if (air !== undefined) return { value: air };
    const found = office.pack.indicators.find((i) => i.id === name || i.name === name);
    if (found === undefined) return { reason: `没有名为“${quoted(name)}”的指标，${HINT}` };
    const { id, direction } = found;
    return { value: { id, direction, name: "目标", min: 0, max: 1_000_000_000 } };
  };

/** A target, as what its row is of makes it; of a row of nothing known nothing can be said. */
const target: Cell<Decimal | null> = () => (text, before) => {
  const of = before.indicator as Aim | undefined;
  return of === undefined ? { value: null } : readTarget(text, of);
};

/** 6月, 二季度, 全年, as the column is called or as the cell says by itself. */
const spanCell =
  (unit: "月" | "季度" | ""): Cell<TargetSpan> =>
  ({ office }) =>
  (text) =>
    readTargetSpan(text, unit, office.pack.year);

/** The columns by which a row says for which part of the year its targets are. */
const BY_ROWS = ["month", "quarter", "span"];

/**
 * The counties' targets: the year's, as in the plan's table 1, and of the air those that the office sets for a month or a
 * quarter. A different value for a known target is a correction.
 */
export default importKind({
  id: "county-targets",
  title: "县级目标",
  who: ["office"],
  columns: {
    county: filled(COUNTY, county(), { told: countyTold() }),
    indicator: filled("指标 indicator 指标名称", aim, { missing: HINT }),
    month: column("月份 month", spanCell("月"), { told: monthsTold(BY_ROWS) }),
    quarter: column("季度 quarter", spanCell("季度"), { told: quartersTold(BY_ROWS) }),
    span: column("时段 span 考核时段 考核期", spanCell("")),
    constraint: column("约束性 constraint 约束性目标 约束目标 约束值", target),
    stretch: column("奋斗 stretch 奋斗目标 奋斗值", target),
  },
  needs: ["county", "indicator", ["constraint", "stretch"]],
  row({ county, indicator, month, quarter, span: said, constraint, stretch }, { office }) {
    const at = month !== null ? "month" : quarter !== null ? "quarter" : "span";
    const spans = [month, quarter, said].filter((one) => one !== null);
    const span = spans.length === 0 ? "year" : narrowestSpan(spans, office.pack.year);
    if (span === null) return fault(at, "与同一行的季度或时段不符，请核对");
    if (span !== "year" && indicator !== PM25 && indicator !== RATE)
      return fault(at, "月、季目标只用于PM2.5和优良率，其他指标请把时段留空");
    if (constraint !== null && stretch !== null && weaker(stretch, constraint, indicator)) {
      const wanted = indicator.direction === "at-most" ? "不应高于" : "不应低于";
      const reason = `奋斗目标${wanted}约束性目标（${constraint.toFixed()}），请核对是否填反`;
      return fault("stretch", reason);
    }
    return {
      regionId: county,
      indicator: indicator.id,
      span,
      constraint: constraint?.toFixed() ?? null,
      stretch: stretch?.toFixed() ?? null,
    };
  },
  once: {
    key: ({ regionId, indicator, span }) => [regionId, indicator, span],
    differs: (a, b) => (a.constraint === b.constraint && a.stretch === b.stretch ? null : "indicator"),
    reason: "是同一县区同一指标同一时段但目标不同",
  },
  touches: "county-targets",
  async enter(rows: readonly CountyTarget[], file) {
    const entered = await enterTargets(rows, file);
    const conflicts = await conflictWords(rows, file);
    if (conflicts.length === 0) return entered;
    const blocks = conflicts.map((text) => ({ kind: "text" as const, text, tone: "notice" as const }));
    return { ...entered, report: { blocks, facts: { conflicts } } };
  },
  takeBack: takeBackEach({
    async known(subject, store) {
      const target = await storedTarget(keyOf(subject), store);
      return target === undefined ? null : aimsIn(target);
    },
    async restore(subject, before, { store }) {
      const key = keyOf(subject);
      const [constraint, stretch] = (before ?? []) as [string | null, string | null];
      if (before === null) await store.plan.removeCountyTarget(key);
      else await store.plan.setCountyTarget({ ...key, constraint, stretch });
      return null;
    },
  }),
});

const enterTargets = enterEach<CountyTarget>({
  subject: ({ regionId, indicator, span }) =>
    `county_target/${regionId}/${indicator}${span === "year" ? "" : `/${span}`}`,
  value: aimsIn,
  async known(row, store) {
    const before = await storedTarget(row, store);
    return before && aimsIn(before);
  },
  put: (row, { store }) => store.plan.setCountyTarget(row),
  // Papers print the year's targets alone: of months and quarters the daily sheet tells what remains, each day anew.
  day: ({ span }, { office }) => (span === "year" ? `${office.pack.year}-01-01` : undefined),
  logsAdded: true,
});

/** What of the targets can't all be kept, county by county. */
async function conflictWords(
  rows: readonly CountyTarget[],
  { store, office, today }: Importing,
): Promise<string[]> {
  const said: string[] = [];
  for (const id of new Set(rows.map(({ regionId }) => regionId))) {
    const region = office.heirOn(id, today);
    const entered = await enteredAims(store, office, region);
    for (const { words } of airTargetConflicts(entered, office.pack.year))
      said.push(`${region.short}：${words}。`);
  }
  return said;
}

function aimsIn({ constraint, stretch }: CountyTarget) {
  return [constraint, stretch];
}

async function storedTarget({ regionId, indicator, span }: TargetKey, store: Writer) {
  const targets = await store.plan.targetsOfSpans(regionId);
  return targets.find((one) => one.indicator === indicator && one.span === span);
}

/** Of what a target is, as the revision log names it: with its span, where it isn't the year's. */
function keyOf(subject: string): TargetKey {
  const [, regionId = "", indicator = "", span = "year"] = subject.split("/");
  return { regionId, indicator, span: span as TargetSpan };
}

function readTarget(text: string, of: Aim): Read<Decimal> {
  const folded = text.normalize("NFKC").trim();
  const number = of === RATE ? folded.replace(/%$/, "") : folded;
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(number)) return { reason: "不是数字，请只填数字，例如 36 或 80.8" };
  const value = new Decimal(number);
  if (value.lt(of.min) || value.gt(of.max))
    return { reason: `${of.name}应在${of.min}至${of.max}之间，请核对` };
  // A percent cell of a workbook holds 0.808 for 80.8 %.
  if (of === RATE && value.gt(0) && value.lte(1) && number === folded)
    return { reason: "优良率请填百分数，例如 80.8" };
  return { value };
}

function weaker(stretch: Decimal, constraint: Decimal, { direction }: Aim): boolean {
  return direction === "at-most" ? stretch.gt(constraint) : stretch.lt(constraint);
}
