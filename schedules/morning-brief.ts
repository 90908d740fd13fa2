import { dataStateWords } from "../src/air/data-state-words.ts";
import { type Air, airOf, pm25Ranking, ruledParts, yearOnYear } from "../src/air/period-air.ts";
import { targetLine, targetStandings } from "../src/air/targets.ts";
import { weekReport } from "../src/air/week-report.ts";
import { alertCountWords, alertsWithin } from "../src/alerts/causes.ts";
import type { Card, Tone } from "../src/chat/card.ts";
import type { Context } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { figure, shortDate } from "../src/chat/wording.ts";
import { changeWords } from "../src/domain/air/change.ts";
import { periodOf } from "../src/domain/period.ts";
import { mondayOf } from "../src/domain/week.ts";
import { dutiesOf } from "../src/issues/duties.ts";
import { lagOf, lagWords } from "../src/plan/lagging.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toCity = says("全市");
const toRanking = says("排名");
const toLagging = says("滞后");
const toToday = says("今日");

type Line = { label: string; value: string; tone?: Tone };

/** 周一早报：on ten lines where the city stands against its targets, who is worst and why, what lags and what waits, for the city's leads. */
export default schedule({
  name: "morning-brief",
  title: "周一早报",
  when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
  catchUp: "latest-within-1-days",
  audience: ["city-lead"],

  async deliver(_slot, context) {
    const { store, today } = context;
    const leads = await store.people.withRoles(["city-lead"]);
    if (leads.length === 0) return [];
    const shared = [...(await airLines(context)), ...(await workLines(context))];
    const deliveries = [];
    for (const person of leads) {
      const lines = [...shared, await waitingLine(person, context)];
      const card: Card = {
        title: `周一早报 ${shortDate(today)}`,
        tone: lines.some(({ tone }) => tone === "bad") ? "bad" : "notice",
        blocks: [{ kind: "facts", items: lines }],
        buttons: [toCity("全市"), toRanking("上周排名", "上周"), toLagging("滞后任务"), toToday("今日待办")],
        facts: { lines: lines.map(({ label, value }) => `${label}：${value}`) },
      };
      deliveries.push({ to: { person }, card, class: "must-not-repeat" as const });
    }
    return deliveries;
  },
});

/** The year against its targets, and who has the worst air of the year and of last week; the figures are those of the cards. */
async function airLines({ store, office, today }: Context<Reader>): Promise<Line[]> {
  const year = periodOf(today.with({ month: 1, day: 1 }), today.with({ month: 12, day: 31 }));
  const parts = ruledParts(year, today);
  const city = isRefusal(parts) ? parts : await airOf(store, office.city, parts[0], today);
  if (isRefusal(city) || isRefusal(parts)) return [{ label: "空气质量", value: "没有监测数据" }];
  const { now } = city;
  const { value } = now.pollutants["PM2.5"];
  const counties = office.regionsOf({ to: today.subtract({ days: 1 }) }, today);
  const last = (await pm25Ranking(store, counties, parts[0].period, today)).ranked.at(-1);
  const worst = last && (await airOf(store, last.key, parts[0], today));
  return [
    {
      label: "今年",
      value: `PM2.5均值${figure(value)}，优良率${figure(now.attainmentRatePct, 1, "%")}（截至${shortDate(now.asOf)}，有效${now.days.valid}天，${dataStateWords(city.data)}）`,
    },
    ...(await targetStandings(store, office, city)).map(targetLine),
    ...(worst === undefined || isRefusal(worst) ? [] : [worstLine(worst)]),
    ...(await weekLine({ store, office, today })),
  ];
}

/** The worst of the year, and what speaks for the reason: how it has changed, and how many days exceeded. */
function worstLine(air: Air): Line {
  const { now, region } = air;
  const exceeded = now.days.valid - now.days.good;
  return {
    label: "今年最差",
    value: `${region.short}，PM2.5均值${figure(now.pollutants["PM2.5"].value)}，同比${changeWords(yearOnYear(air)["PM2.5"])}，超标${exceeded}天（有效${now.days.valid}天）`,
    tone: "bad",
  };
}

async function weekLine({ store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">) {
  const monday = mondayOf(today);
  const week = periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
  const [part] = await weekReport(store, office, week, today);
  const worst = part?.rows.filter(({ pm25 }) => pm25 !== null).at(-1);
  if (worst === undefined) return [];
  return [
    {
      label: "上周最差",
      value: `${worst.region.short}，PM2.5均值${figure(worst.pm25)}，环比${changeWords(worst.weekOnWeekPct)}（有效${worst.validDays}天）`,
    },
  ];
}

async function workLines({ store, office, now, today }: Context<Reader>): Promise<Line[]> {
  const everywhere = office.pack.regions.map(({ id }) => id);
  const issues = await store.issues.openIn(everywhere, today.toString(), now.epochMilliseconds);
  return [
    ...(await alertLine({ store, today })),
    { label: "滞后任务", value: lagWords(await lagOf(store, office, today)) },
    {
      label: "问题",
      value: `待办${issues.open}件，超期${issues.overdue}件`,
      ...(issues.overdue > 0 ? { tone: "bad" as const } : {}),
    },
  ];
}

/** What stood out last week, and why; nothing where nothing did. */
async function alertLine({ store, today }: Pick<Context<Reader>, "store" | "today">): Promise<Line[]> {
  const monday = mondayOf(today);
  const counts = await alertsWithin(
    { from: monday.subtract({ days: 7 }), to: monday.subtract({ days: 1 }) },
    store,
  );
  return counts === null ? [] : [{ label: "上周预警", value: alertCountWords(counts) }];
}

async function waitingLine(person: Person, context: Context<Reader>): Promise<Line> {
  const { counts, mine } = await dutiesOf(person, context);
  const each = [...counts].map(([{ owed }, n]) => `${owed.what}${n}件`).join("、");
  const [first] = mine;
  return {
    label: "等您办",
    value: each === "" ? "没有" : `${each}${first ? `，最急的是${first.issue.no}` : ""}`,
    ...(each === "" ? {} : { tone: "notice" as const }),
  };
}
