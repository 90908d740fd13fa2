import type { Block, Card } from "../chat/card.ts";
import { figure, shortDate } from "../chat/wording.ts";
import type { DataState } from "../domain/air/data-state.ts";
import { pollutantLabel } from "../domain/air/day.ts";
import { LEVELS } from "../domain/air/levels.ts";
import { BUDGET_LEVELS, type BudgetLevel } from "../domain/air/nested-budget.ts";
import { RULE_SETS } from "../domain/air/rules.ts";
import { periodLabel } from "../domain/period-label.ts";
import { heldMeanWords } from "./budget-card.ts";
import type { BudgetFacts } from "./budget-facts.ts";
import type { DailySheet, PlaceDay, SheetDay, SheetToDate } from "./daily-sheet.ts";
import { dataStateWords } from "./data-state-words.ts";
import type { SheetTable } from "./sheet-table.ts";
import { KIND_WORDS } from "./targets.ts";

/** 6月14日; of days off and the working day before them 6月24日至28日. */
export function sheetLabel({ from, to }: Pick<DailySheet, "from" | "to">): string {
  return periodLabel(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)).replace(/^\d+年/, "");
}

/** What the sheet says, drawn from its facts alone: each day, who explains, month and year to date, what remains. */
export function sheetBlocks(sheet: DailySheet): Block[] {
  const tables = sheetTables(sheet);
  const days = sheet.days.flatMap((day, at): Block[] => [
    { kind: "text", text: dayWords(day), ...(day.explain.length > 0 ? { tone: "bad" as const } : {}) },
    blockOf(tables[at] as SheetTable),
  ]);
  return [
    ...days,
    ...tables.slice(sheet.days.length).map(blockOf),
    ...sheet.budgets.flatMap(heldBlocks(sheet)),
    { kind: "note", text: noteWords(sheet) },
  ];
}

/** Its sentences: of each day, what today is held to, and the small print. */
export const sheetWords = (sheet: DailySheet) => ({
  days: sheet.days.map(dayWords),
  held: sheet.budgets.flatMap(heldWords(sheet)),
  note: noteWords(sheet),
});

const blockOf = ({ columns, rows }: SheetTable): Block => ({ kind: "table", columns, rows });

/** The sheet's tables in their order: one a day, month and year to date, what remains. */
export function sheetTables(sheet: DailySheet): SheetTable[] {
  const end = "end" as const;
  return [
    ...sheet.days.map((day) => ({
      title: shortDate(day.date),
      columns: [
        { title: "地区" },
        { title: "AQI", align: end },
        { title: "级别" },
        { title: "首要污染物" },
        { title: "PM2.5", align: end },
        { title: "O₃", align: end },
      ],
      rows: [{ ...day.city, county: CITY }, ...day.rows].map((row) => [row.county, ...cellsOf(row)]),
    })),
    {
      title: "累计",
      columns: [
        { title: "地区" },
        ...(["month", "year"] as const).flatMap((which) => {
          const name = which === "month" ? shortMonth(sheet.month) : "今年";
          return [
            { title: `${name}PM2.5`, align: end },
            { title: "优良率", align: end },
            { title: "超标天", align: end },
          ];
        }),
      ],
      rows: sheet.toDate.map((row, at) => [at === 0 ? CITY : row.county, ...toDateCells(row)]),
    },
    ...(sheet.budgets.length === 0
      ? []
      : [
          {
            title: "剩余",
            columns: [
              { title: "地区" },
              ...BUDGET_LEVELS.flatMap((level) => [
                { title: `${LEVEL_WORDS[level]}剩余须≤`, align: end },
                { title: `${LEVEL_WORDS[level]}还可超标`, align: end },
              ]),
            ],
            rows: sheet.budgets.flatMap((budget) => restRows(budget, nameIn(sheet, budget))),
          },
        ]),
  ];
}

/**
 * The sheet as one picture: of each day its rows, with what has come together by its last day beside them. A phone shows it
 * without scrolling sideways.
 */
export function sheetPicture(sheet: DailySheet): SheetTable & { notes: readonly string[] } {
  const tables = sheetTables(sheet);
  const days = tables.slice(0, sheet.days.length);
  const isOne = days.length === 1;
  const [first] = days;
  const toDate = new Map(tables[sheet.days.length]?.rows.map(([county = "", ...cells]) => [county, cells]));
  const [month, year] = [0, TO_DATE_COLUMNS];
  const beside = (county: string) => {
    const cells = toDate.get(county) ?? [];
    return [month, month + 1, year, year + 1].map((at) => cells[at] ?? "—");
  };
  const end = "end" as const;
  return {
    title: sheetCard(sheet).title,
    columns: [
      ...(isOne ? [] : [{ title: "日期" }]),
      ...(first?.columns ?? []),
      ...(isOne
        ? [shortMonth(sheet.month), "今年"].flatMap((name) => [
            { title: `${name}PM2.5`, align: end },
            { title: `${name}优良率`, align: end },
          ])
        : []),
    ],
    rows: days.flatMap(({ title, rows }) =>
      rows.map((cells) => (isOne ? [...cells, ...beside(cells[0] ?? "")] : [title, ...cells])),
    ),
    notes: [...sheet.days.map(dayWords), ...sheet.budgets.flatMap(heldWords(sheet)), noteWords(sheet)],
  };
}

/** Each figure as printed, by its place: what a later correction is held against. */
export function sheetFigures(sheet: DailySheet): { of: string; figure: string; value: string }[] {
  return sheetTables(sheet).flatMap(({ title, columns, rows }) =>
    rows.flatMap(([of = "", ...cells]) =>
      cells.map((value, at) => {
        const group = title === "累计" ? (at < TO_DATE_COLUMNS ? sheet.month : sheet.year) : title;
        return { of, figure: `${group} ${columns[at + 1]?.title}`, value };
      }),
    ),
  );
}
const TO_DATE_COLUMNS = 3;

/** AQI, class, primary pollutants, PM2.5, O3; 缺 where there is nothing. */
function cellsOf({ aqi, level, primaryPollutants, pm25, o3_8h, atLeast }: PlaceDay): string[] {
  const words = LEVELS.find(({ name }) => name === level)?.class;
  const known = words !== undefined;
  const part = atLeast === true ? "至少" : "";
  return [
    known ? (aqi === null ? ">300" : `${atLeast ? "≥" : ""}${aqi}`) : "缺",
    known ? `${part}${words}` : "—",
    primaryPollutants.map(pollutantLabel).join("、") || "—",
    pm25 === null ? "缺" : figure(pm25),
    o3_8h === null ? "缺" : figure(o3_8h),
  ];
}

function toDateCells({ month, year }: SheetToDate): string[] {
  return [month, year].flatMap((one) =>
    one === null
      ? ["缺", "—", "—"]
      : [figure(one.pm25UgM3), figure(one.attainmentRatePct, 1, "%"), `${one.badDays}天`],
  );
}

/** A place's rest by constraint and stretch target, month, quarter and year side by side. */
function restRows({ levels }: BudgetFacts, name: string): string[][] {
  return (["constraint", "stretch"] as const).flatMap((kind) => {
    const cells = BUDGET_LEVELS.flatMap((level) => {
      const own = levels.find((one) => one.level === level)?.targets.filter((t) => t.kind === kind) ?? [];
      const mean = own.find((t) => "targetUgM3" in t);
      const rate = own.find((t) => "targetPct" in t);
      const rest = mean && "remainingAllowableMeanUgM3" in mean ? mean.remainingAllowableMeanUgM3 : null;
      const left = rate && "badDaysLeft" in rate ? (rate.badDaysLeft ?? null) : null;
      return [
        rest === null ? "—" : mean?.state === "unreachable" ? "已不可能" : rest.toFixed(1),
        left === null ? "—" : left < 0 ? `已突破${-left}天` : `${left}天`,
      ];
    });
    const has = levels.some(({ targets }) => targets.some((t) => t.kind === kind));
    return has ? [[`${name}${KIND_WORDS[kind]}`, ...cells]] : [];
  });
}

const heldBlocks =
  (sheet: DailySheet) =>
  (budget: BudgetFacts): Block[] =>
    heldWords(sheet)(budget).map((text) => ({ kind: "text", text }));

/** 全市约束性：今天PM2.5须控制在27.0µg/m³以内（本月要求最严） */
const heldWords =
  (sheet: DailySheet) =>
  (budget: BudgetFacts): string[] =>
    budget.today.flatMap(({ kind, pm25LimitUgM3, bindingLevel }) =>
      pm25LimitUgM3 === null || bindingLevel === null
        ? []
        : [
            `${nameIn(sheet, budget)}${KIND_WORDS[kind]}：${heldMeanWords(pm25LimitUgM3.toFixed(1), bindingLevel)}`,
          ],
    );

function dayWords({ date, rows, missing, explain }: SheetDay): string {
  const over = rows.filter(({ level }) => LEVELS.findIndex(({ name }) => name === level) > 1);
  const others = missing.length > 0 ? "其余" : "";
  const overWords =
    over.length === 0
      ? `${others}没有县（市、区）超标`
      : over.length === rows.length
        ? "各县（市、区）均超标"
        : `超标：${over.map(({ county }) => county).join("、")}`;
  const explains = (county: string) =>
    explain.some((one) => one.county === county && one.reasons.includes("bad-day"));
  // Whoever exceeded is named once.
  const allExplain = over.length > 0 && over.every(({ county }) => explains(county));
  const rest = allExplain
    ? explain.flatMap((one) => {
        const reasons = one.reasons.filter((reason) => reason !== "bad-day");
        return reasons.length === 0 ? [] : [{ ...one, reasons }];
      })
    : explain;
  const said = [
    allExplain ? `${overWords}，须说明情况` : overWords,
    missing.length > 0 ? `缺：${missing.join("、")}` : "",
    rest.length > 0 ? `须说明情况：${explainWords(rest)}` : "",
  ];
  return `${shortDate(date)}${said.filter(Boolean).join("。")}。`;
}

/** Those of one reason together: 海安、如皋（超标）；如东（超标，超本地控制值最多）. */
function explainWords(explain: SheetDay["explain"]): string {
  const byReason = Map.groupBy(explain, ({ reasons }) => reasons.map((r) => REASONS[r]).join("，"));
  return [...byReason]
    .map(([why, all]) => `${all.map(({ county }) => county).join("、")}（${why}）`)
    .join("；");
}

function noteWords({ days, to, yearFrom, dataState, unauditedSince, budgets }: DailySheet): string {
  const rules = new Set(days.map(({ ruleSet }) => ruleSet).filter((id) => id !== "cn-2012"));
  return [
    [...rules].map((id) => `按${RULE_SETS[id].name}评价`).join("；"),
    "PM2.5、O₃（日最大8小时）单位为µg/m³",
    `累计截至${shortDate(to)}${yearFrom.endsWith("-01-01") ? "" : `，今年自${shortDate(yearFrom)}起（现行标准）`}`,
    budgets.length > 0 ? "月、季为测算控制值，剩余均值向下取一位小数" : "",
    dataStateWords({ state: dataState as DataState, since: unauditedSince ?? null }),
  ]
    .filter(Boolean)
    .join("；");
}

const nameIn = ({ days: [day] }: DailySheet, { county }: BudgetFacts): string =>
  county === day?.city.county ? CITY : county;
const CITY = "全市";
const LEVEL_WORDS: Readonly<Record<BudgetLevel, string>> = { month: "月", quarter: "季", year: "年" };
const REASONS = { "bad-day": "超标", "worst-against-control": "超本地控制值最多" } as const;
const shortMonth = (label: string) => label.replace(/^\d+年/, "");

/** The sheet as a card. */
export const sheetCard = (sheet: DailySheet): Pick<Card, "title" | "tone" | "blocks"> => ({
  title: `昨日快报（${sheetLabel(sheet)}）`,
  tone: sheet.days.some(({ explain }) => explain.length > 0)
    ? "bad"
    : sheet.days.some(({ missing }) => missing.length > 0)
      ? "notice"
      : "good",
  blocks: sheetBlocks(sheet),
});
