import { type Refusal, refuse } from "../chat/refusal.ts";
import { monthPeriod, monthsOver } from "../domain/months.ts";
import type { Period } from "../domain/period.ts";
import type { Reader } from "../store/store.ts";
import type { DustfallMonth } from "./dustfall.ts";

export const DUSTFALL_UNIT = "吨/平方公里·月";

/** Valid points of all. */
export const pointWords = ({ valid, points }: Pick<DustfallMonth, "valid" | "points">) =>
  `${valid}/${points}`;

/** Who is above the limit, or that nobody is. */
export function overWords(limit: string | null, over: readonly string[]): string {
  if (limit === null) return "计划没有规定降尘要求，不作达标判定。";
  return over.length === 0
    ? `均不高于${limit}${DUSTFALL_UNIT}。`
    : `高于${limit}${DUSTFALL_UNIT}：${over.join("、")}。`;
}

/** What the figures rest on. */
export function restWords(figures: readonly DustfallMonth[]): string {
  const irregular = figures.reduce((sum, one) => sum + one.irregular, 0);
  const flagged = irregular === 0 ? "" : `其中${irregular}个点位暴露天数超出28—32天；`;
  return `降尘量为各有效点位（30天计）的均值，失效点位不计；${flagged}未经审核，仅供参考`;
}

/** The same for scripts. */
export const restsOn = ({ keeps, valid, points, irregular }: Omit<DustfallMonth, "value" | "month">) => ({
  passes: keeps,
  validPoints: valid,
  points,
  irregular,
});

/** Why there is none, with the newest month that there is. */
export async function noDustfall(
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
