import type { Block, Card } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { figure } from "../chat/wording.ts";
import { changeWords } from "../domain/air/change.ts";
import { isIrregular } from "../domain/air/dustfall.ts";
import { monthPeriod, monthsOver } from "../domain/months.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { type DustfallMonth, dustfallLimit, dustfallOf, dustfallRanking } from "./dustfall.ts";

const UNIT = "吨/平方公里·月";

/** The counties' dustfall of a month: the one that is asked for, or of a longer time the newest that has any. */
export async function dustfallMonthCard(
  store: Reader,
  office: Office,
  asked: Period,
  today: Temporal.PlainDate,
): Promise<Card | Refusal> {
  const span = monthsOver(asked, today);
  const month = span && (await store.dustfall.newestMonth(span.from, span.to));
  if (month === null) return noDustfall(store, asked, today);
  const period = monthPeriod(month);
  const regions = office.regionsOf({ to: period.to }, today);
  const { ranking, figures, change } = await dustfallRanking(store, office, regions, month);
  const limit = dustfallLimit(office);
  const of = (region: Region) => figures.get(region.id) as DustfallMonth;
  const over = ranking.ranked.filter(({ key }) => of(key).keeps === false);
  const unranked: Block[] =
    ranking.unranked.length === 0
      ? []
      : [
          {
            kind: "text",
            text: `不参与排名：${ranking.unranked.map(({ key, reason }) => `${key.short}（${reason}）`).join("；")}`,
            tone: "muted",
          },
        ];
  return {
    title: `${period.label}各县（市、区）降尘量`,
    blocks: [
      {
        kind: "text",
        text: overWords(
          limit,
          over.map(({ key }) => key.short),
        ),
      },
      {
        kind: "table",
        columns: [
          { title: "位次" },
          { title: "地区" },
          { title: `降尘量（${UNIT}）`, align: "end" },
          { title: "同比", align: "end" },
          { title: "有效点位", align: "end" },
        ],
        rows: ranking.ranked.map(({ rank, tied, key, value }) => [
          `${rank}${tied ? "（并列）" : ""}`,
          key.short,
          `${figure(value, 1)}${of(key).keeps === false ? "（超标）" : ""}`,
          changeWords(change(key, value)),
          pointWords(of(key)),
        ]),
      },
      ...unranked,
      { kind: "note", text: note([...figures.values()]) },
    ],
    facts: {
      metric: "dustfall",
      month,
      limit: limit === null ? null : Number(limit),
      period: { from: period.from.toString(), to: period.to.toString(), label: period.label, complete: true },
      rows: ranking.ranked.map(({ rank, key, value }) => ({
        rank,
        county: key.short,
        value,
        yearOnYearPct: change(key, value),
        ...restsOn(of(key)),
      })),
      unranked: ranking.unranked.map(({ key, reason }) => ({ county: key.short, reason })),
    },
  };
}

/** One county's months: of a single one its points, of several a row each. */
export async function dustfallCountyCard(
  store: Reader,
  office: Office,
  region: Region,
  asked: Period,
  today: Temporal.PlainDate,
): Promise<Card | Refusal> {
  const span = monthsOver(asked, today);
  const months = span ? ((await dustfallOf(store, office, [region], span)).get(region.id) ?? []) : [];
  const newest = months.at(-1);
  if (newest === undefined)
    return noDustfall(store, asked, today, { name: region.short, ids: office.lineage(region.id) });
  const limit = dustfallLimit(office);
  const facts = {
    county: region.short,
    limit: limit === null ? null : Number(limit),
    rows: months.map(({ month, value, ...rest }) => ({ month, value, ...restsOn(rest) })),
  };
  const { label } = monthPeriod(newest.month);
  const note_: Block = { kind: "note", text: note(months) };
  if (months.length > 1)
    return {
      title: `${region.short}${asked.label}各月降尘量`,
      blocks: [
        {
          kind: "text",
          text: overWords(
            limit,
            months.filter(({ keeps }) => keeps === false).map(({ month }) => monthPeriod(month).label),
          ),
        },
        {
          kind: "table",
          columns: [
            { title: "月份" },
            { title: `降尘量（${UNIT}）`, align: "end" },
            { title: "有效点位", align: "end" },
          ],
          rows: months.map((one) => [
            one.month,
            `${figure(one.value, 1)}${one.keeps === false ? "（超标）" : ""}`,
            pointWords(one),
          ]),
        },
        note_,
      ],
      facts,
    };
  const standing = newest.keeps === null ? "" : newest.keeps ? "，达标" : "，超标";
  return {
    title: `${region.short}${label}降尘量`,
    blocks: [
      {
        kind: "text",
        text: `${newest.value === null ? "点位样品全部失效，没有降尘量" : `${newest.value.toFixed(1)}${UNIT}`}${standing}${limit === null ? "" : `（要求不高于${limit}）`}；有效点位${pointWords(newest)}个。`,
        ...(newest.keeps === false ? { tone: "bad" as const } : {}),
      },
      {
        kind: "table",
        columns: [
          { title: "点位" },
          { title: "降尘量", align: "end" },
          { title: "天数", align: "end" },
          { title: "说明" },
        ],
        rows: newest.samples.map((sample) => [
          sample.site,
          sample.value === null ? "失效" : figure(sample.value / 100, 2),
          sample.exposure === null
            ? "—"
            : `${sample.exposure / 10}${isIrregular(sample) ? "（超出28—32天）" : ""}`,
          sample.note ?? "",
        ]),
      },
      note_,
    ],
    facts: {
      ...facts,
      points: newest.samples.map((sample) => ({
        site: sample.site,
        value: sample.value === null ? null : sample.value / 100,
        days: sample.exposure === null ? null : sample.exposure / 10,
        irregular: isIrregular(sample),
        note: sample.note,
      })),
    },
  };
}

const pointWords = ({ valid, points }: Pick<DustfallMonth, "valid" | "points">) => `${valid}/${points}`;

function overWords(limit: string | null, over: readonly string[]): string {
  if (limit === null) return "计划没有规定降尘要求，不作达标判定。";
  return over.length === 0 ? `均不高于${limit}${UNIT}。` : `高于${limit}${UNIT}：${over.join("、")}。`;
}

function note(figures: readonly DustfallMonth[]): string {
  const irregular = figures.reduce((sum, one) => sum + one.irregular, 0);
  const flagged = irregular === 0 ? "" : `其中${irregular}个点位暴露天数超出28—32天；`;
  return `降尘量为各有效点位（30天计）的均值，失效点位不计；${flagged}未经审核，仅供参考`;
}

const restsOn = ({ keeps, valid, points, irregular }: Omit<DustfallMonth, "value" | "month">) => ({
  passes: keeps,
  validPoints: valid,
  points,
  irregular,
});

/** Why there is none, with the newest month that there is. */
async function noDustfall(
  store: Reader,
  asked: Period,
  today: Temporal.PlainDate,
  of?: { name: string; ids: readonly string[] },
): Promise<Refusal> {
  const all = monthsOver({ from: Temporal.PlainDate.from("2013-01-01"), to: today }, today);
  const newest = all && (await store.dustfall.newestMonth(all.from, all.to, of?.ids));
  const who = of?.name ?? "";
  if (newest === null)
    return refuse(
      "no-data",
      `还没有${who}降尘数据。市办可以发送降尘量表格（月份、县区、点位、降尘量、天数）导入。`,
    );

  const why = monthsOver(asked, today) === null ? "还没有结束，降尘量要到月后才有" : "没有降尘数据";
  return refuse("no-data", `${who}${asked.label}${why}；最近的是${monthPeriod(newest).label}。`, [
    `降尘 ${[who, newest].filter(Boolean).join(" ")}`,
  ]);
}
