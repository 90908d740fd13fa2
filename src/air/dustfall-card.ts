import type { Block, Card } from "../chat/card.ts";
import type { Refusal } from "../chat/refusal.ts";
import { figure } from "../chat/wording.ts";
import { changeWords } from "../domain/air/change.ts";
import { monthPeriod, monthsOver } from "../domain/months.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { type DustfallMonth, dustfallLimit, dustfallRanking } from "./dustfall.ts";
import { DUSTFALL_UNIT, noDustfall, overWords, pointWords, restsOn, restWords } from "./dustfall-words.ts";

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
          { title: `降尘量（${DUSTFALL_UNIT}）`, align: "end" },
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
      { kind: "note", text: restWords([...figures.values()]) },
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
