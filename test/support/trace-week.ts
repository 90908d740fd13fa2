import { expect } from "vitest";
import { changePct, changePoints, changeWords } from "../../src/domain/air/change.ts";
import { POLLUTANTS, pollutantLabel } from "../../src/domain/air/day.ts";
import { LEVELS } from "../../src/domain/air/levels.ts";
import type { AnOffice } from "./office.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer's facts are read by their names
type Ask = (phrase: string) => Promise<any>;

const shown = (value: number | null | undefined, decimals = 0, unit = "") =>
  value === null || value === undefined ? "—" : `${value.toFixed(decimals)}${unit}`;

/**
 * Holds every figure that a week's notice has printed against the command that answers the same question, on the Monday on
 * which it went out. @returns how many there were.
 */
export async function traceWeek(office: AnOffice, from: Temporal.PlainDate, ask: Ask): Promise<number> {
  const to = from.add({ days: 6 });
  const [week, before] = [`${from}..${to}`, `${from.subtract({ days: 7 })}..${to.subtract({ days: 7 })}`];
  const paper = await office.bot.store.read((r) => r.officialPapers.ofKey("weekly-notice", `${from}`));
  const print = await office.bot.store.read((r) =>
    r.officialPapers.version(paper?.id ?? 0, paper?.version ?? 0),
  );
  const printed = new Map(print?.figures?.map(({ of, figure, value }) => [`${of} ${figure}`, value]));
  const told = new Map<string, string>();
  const tell = (of: string, figures: Record<string, string>) => {
    for (const [figure, value] of Object.entries(figures)) told.set(`${of} ${figure}`, value);
  };
  const ranking = await ask(`排名 ${week} PM2.5`);
  const places = [
    "全市",
    ...new Set(
      [...printed.keys()].filter((key) => key.endsWith(" 位次")).map((key) => key.split(" ")[0] ?? ""),
    ),
  ];
  for (const place of places) {
    const [now, then] = [await ask(`${place} ${week}`), await ask(`${place} ${before}`)];
    tell(place, weekFigures(now, then));
    // Asked anew: what is asked for later weeks has another day.
    tell(place, yearFigures((await office.says("市办", `${place} 今年`)).facts));
    if (place === "全市") continue;
    const row = ranking.rows.find(({ county }: { county: string }) => county === place);
    const tied = ranking.rows.filter(({ rank }: { rank: number }) => rank === row?.rank).length > 1;
    tell(place, { 位次: row === undefined ? "—" : `${row.rank}${tied ? "（并列）" : ""}` });
  }
  tell("问题", issueFigures(await ask(`统计 ${week}`)));
  const lag = (await office.says("市办", "滞后")).facts.rows;
  const status = (await office.says("市办", "全市 今年")).card.blocks.find((block) => block.kind === "facts");
  tell("滞后任务", {
    合计: status?.items.find(({ label }) => label === "滞后任务")?.value ?? "",
    ...Object.fromEntries(
      lag
        .slice(0, 5)
        .map((row: { measure: string; indicator: string; behindPct: number | null }) => [
          `任务${row.measure} ${row.indicator}`,
          shown(row.behindPct, 1, "%"),
        ]),
    ),
  });
  expect({ week, ...Object.fromEntries(printed) }).toEqual({ week, ...Object.fromEntries(told) });
  return printed.size;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function weekFigures(now: any, then: any): Record<string, string> {
  const [pm25, rate] = [now.pollutants["PM2.5"].value, now.attainmentRatePct];
  const primary = POLLUTANTS.filter((p) => (now.primary?.[p] ?? 0) > 0)
    .sort((a, b) => now.primary[b] - now.primary[a])
    .map((p) => `${pollutantLabel(p)}（${now.primary[p]}天）`);
  return {
    "PM2.5": shown(pm25),
    优良率: shown(rate, 1, "%"),
    环比: changeWords(changePct(pm25, then.pollutants["PM2.5"].value)),
    同比: changeWords(now.yearOnYear["PM2.5"] ?? null),
    有效天: String(now.days.valid),
    优良天: String(now.days.good ?? 0),
    "O₃": shown(now.pollutants.O3_8h.value),
    "O₃同比": changeWords(now.yearOnYear.O3_8h ?? null),
    优良率环比: changeWords(changePoints(rate, then.attainmentRatePct), "个百分点"),
    优良率同比: changeWords(now.yearOnYear.attainmentRatePoints ?? null, "个百分点"),
    首要污染物: primary.join("、") || (now.days.valid === 0 ? "—" : "无"),
    ...Object.fromEntries(LEVELS.map((level) => [`${level.class}天`, String(now.levels?.[level.name] ?? 0)])),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function yearFigures({ pollutants, yearOnYear, attainmentRatePct, targets }: any): Record<string, string> {
  return {
    "累计PM2.5": shown(pollutants["PM2.5"].value),
    "累计PM2.5同比": changeWords(yearOnYear["PM2.5"]),
    累计优良率: shown(attainmentRatePct, 1, "%"),
    累计优良率同比: changeWords(yearOnYear.attainmentRatePoints, "个百分点"),
    ...Object.assign(
      {},
      // biome-ignore lint/suspicious/noExplicitAny: as above
      ...targets.map((aim: any) => {
        const isMean = aim.indicator === "pm25-mean";
        const name = `${isMean ? "PM2.5" : "优良率"}${aim.kind === "constraint" ? "约束性" : "奋斗"}目标`;
        const over = Math.round((aim.toDate - aim.target) * 10) / 10;
        const left = aim.badDaysLeft ?? 0;
        return {
          [`${name}累计`]: shown(aim.toDate, 1),
          [`${name}差距`]:
            over === 0
              ? "与目标持平"
              : `${over > 0 ? "高于" : "低于"}目标${Math.abs(over).toFixed(1)}${isMean ? "" : "个百分点"}`,
          [`${name}剩余`]: isMean
            ? `剩余${aim.remainingDays}天均值须≤${aim.remainingAllowableMean.toFixed(1)}`
            : left < 0
              ? `已多超标${-left}天`
              : `剩余${aim.remainingDays}天最多再超标${left}天`,
        };
      }),
    ),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function issueFigures({ assigned, due, inTime, city, rows }: any): Record<string, string> {
  return {
    交办: String(assigned),
    应签收: String(city.acknowledged.of),
    按时签收: String(city.acknowledged.met),
    到期: String(due),
    按期整改: String(inTime),
    ...Object.fromEntries(
      rows
        .filter((row: { due: number; inTime: number }) => row.due > row.inTime)
        .map((row: { county: string; due: number; inTime: number }) => [
          `逾期未整改（${row.county}）`,
          String(row.due - row.inTime),
        ]),
    ),
  };
}
