import { afterAll, beforeAll } from "vitest";
import { importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

// An office at work: what the clock drafts and issues, a meeting, a 约谈, letters. In the full run two months, otherwise a fortnight.

export const full = process.env.TEST_FULL === "1";
const [FROM, TO] = full ? ["2020-05-25", "2020-07-24"] : ["2020-06-29", "2020-07-10"];

export let office: AnOffice;

/** The targets of the city, and those that a county was given. */
export const TARGETS = {
  全市: { mean: { 约束性: "36", 奋斗: "35" }, rate: { 约束性: "80.8", 奋斗: "83" } },
  海安: { mean: { 约束性: "37.5", 奋斗: "36" }, rate: { 约束性: "79.5", 奋斗: "82" } },
};

/** What the office asks on the morning of each working day: the answers change from day to day. */
const DAILY = ["滞后", "预算", "预算 海安", "达标进度", "达标进度 优良率", "问题", "问题 超期"] as const;
type Daily = (typeof DAILY)[number];
// biome-ignore lint/suspicious/noExplicitAny: an answer's facts are read by their names
export type Facts = any;
const answered = new Map<string, Facts>();
export const answerOf = (phrase: Daily, day: string): Facts => answered.get(`${day} ${phrase}`);
export const daysAsked = (): string[] => [...new Set([...answered.keys()].map((key) => key.slice(0, 10)))];

const known = new Map<string, Facts>();
/** What a command answers on the last day, asked once; null where it refuses. */
export async function factsOf(ask: string): Promise<Facts> {
  if (!known.has(ask)) {
    const { code, facts } = await office.says("市办", ask);
    known.set(ask, code === null ? facts : null);
  }
  return known.get(ask);
}

/** What people do at noon. */
const DEEDS: Readonly<Record<string, () => Promise<void>>> = {
  "2020-06-30": async () => {
    await office.says("市办", "会商 7月8日9时30分 市政府301");
  },
  "2020-07-01": async () => {
    await office.says("市办", "约谈 海安");
    await office.presses("市办", "认定并拟约谈通知", {
      ...{ on: "2020-07-15", time: "9:30", place: "三楼会议室", by: "办公室主任", whom: "市政府负责人" },
    });
  },
  "2020-07-08": async () => {
    await office.says("市办", "会议 1");
    await office.presses("市办", "写纪要", {
      situation: "6月全市PM2.5均值下降，臭氧污染突出。",
      requirements: "各地各部门要压实责任。",
      decisions: "海安7月20日前完成工地裸土覆盖\n生态环境局7月31日前开展专项检查",
    });
    await office.presses("市办", "送审");
  },
  "2020-07-10": async () => {
    await office.says("市办", "提醒函");
    for (const unit of ["海安", "启东"])
      await office.presses("市办", "增加单位", { unit, reason: "夏季臭氧反弹" });
    const { labels } = await office.says("市办", "提醒函");
    await office.presses("市办", labels.find((label) => label.startsWith("全部拟函")) ?? "拟函 海安");
  },
};

beforeAll(async () => {
  office = await anOffice({ at: `${FROM}T08:00` });
  const { mean, rate } = TARGETS.海安;
  await importText(office, [
    "县区,指标,约束性,奋斗",
    `海安,PM2.5,${mean.约束性},${mean.奋斗}`,
    `海安,优良率,${rate.约束性},${rate.奋斗}`,
  ]);
  const last = Temporal.PlainDate.from(TO);
  for (
    let day = Temporal.PlainDate.from(FROM);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    if (!office.bot.office.calendar.isWorkingDay(day)) continue;
    await office.advanceTo(`${day}T08:31`);
    for (const phrase of DAILY) answered.set(`${day} ${phrase}`, (await office.says("市办", phrase)).facts);
    await office.advanceTo(`${day}T12:00`);
    await DEEDS[day.toString()]?.();
    await signAll();
  }
}, 600_000);
afterAll(() => office.close());

/** Whatever waits is checked and signed. */
async function signAll(): Promise<void> {
  const { rows } = await office.bot.store.read((r) => r.officialPapers.list({ states: ["draft"] }, 50));
  for (const { id } of rows.toReversed()) {
    await office.says("市办", `审核 ${id}号`);
    await office.says("市领导", `签发 ${id}号`);
  }
}

/** Papers of a kind with what each prints, oldest first. */
export const papersOf = (kind?: string) =>
  office.bot.store.read(async (r) => {
    const { rows } = await r.officialPapers.list(kind === undefined ? {} : { kinds: [kind] }, 200);
    const all = rows.toReversed().map(async (row) => {
      const print = await r.officialPapers.version(row.id, row.version);
      return { row, print, facts: print?.facts as unknown, figures: print?.figures ?? [] };
    });
    return Promise.all(all);
  });
