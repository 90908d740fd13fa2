import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MonthRanking, monthRanking } from "../../src/air/month-ranking.ts";
import { monthFigures } from "../../src/air/month-ranking-card.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { monthPeriod } from "../../src/domain/months.ts";
import halfMonth from "../../src/papers/kinds/half-month-ranking.ts";
import { issues } from "../support/bulletin.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  // The eighth working day of June is the 10th; May has been audited.
  office = await anOffice({ at: "2020-06-10T08:30" });
});
afterAll(() => office.close());

test("the month's paper is drafted on its working day, and waits for the office and the city's lead", async () => {
  await office.advanceTo("2020-06-10T09:01");
  const paper = await office.bot.store.read((r) => r.officialPapers.ofKey("monthly-ranking", "2020-05"));
  expect(paper).toMatchObject({ state: "draft", number: null, title: "月度公开排名（2020年5月）" });
  const sent = await office.bot.store.read((r) => r.outbox.after(0));
  const own = sent.filter(({ row }) => row.job === "monthly-ranking");
  expect(own.map(({ audience, row }) => [audience, row.title])).toEqual([
    ["市办", "待审核：月度公开排名（2020年5月）"],
  ]);
});

test("a month that nobody has audited isn't drafted: the office is told what to say", async () => {
  const own = await anOffice({ at: "2020-07-10T08:30" });
  await own.advanceTo("2020-07-10T09:01");
  expect(await own.bot.store.read((r) => r.officialPapers.ofKey("monthly-ranking", "2020-06"))).toBeNull();
  await own.expectCards([{ to: "市办", title: "月度公开排名（2020年6月）未能拟稿" }], {
    job: "monthly-ranking",
  });
  const refused = await own.says("市办", "月排名 6月");
  expect(refused).toMatchObject({ code: "no-data", instead: ["审定 2020年6月"] });
  expect(refused.message).toContain("未审核");
  await own.says("市办", "审定 2020年6月");
  expect((await own.says("市办", "月排名 6月")).facts).toMatchObject({
    month: "2020-06",
    cumulated: "2020年上半年",
  });
  // A county whose month is missing is ranked nowhere, and named with the reason; all others are.
  const nothing = { "PM2.5": null, PM10: null, SO2: null, NO2: null, CO: null, O3_8h: null };
  const lost = Array.from({ length: 30 }, (_, n) => ({
    ...{ id: "qidong", date: `2020-06-${String(n + 1).padStart(2, "0")}` },
    ...{ ...nothing, audited: true },
  }));
  await own.bot.store.write((w) => w.air.mergeRegionDays(lost, { personId: null, at: 0 }));
  const without = await own.says("市办", "月排名 6月");
  expect(without.text).toContain("不参与排名：启东");
  const ranks = (without.facts.rows as { county: string; rank: number | null }[]).map(
    ({ county, rank }) => [county, rank === null] as const,
  );
  expect(ranks.filter(([, isNone]) => isNone).map(([county]) => county)).toEqual(["启东"]);
  own.close();
});

test.each([
  ["月排名 5月", "2020-05"],
  ["公开排名 4月", "2020-04"],
  ["月排名", "2020-05"],
  ["见报排名 2020-05", "2020-05"],
])("%s shows the paper of %s", async (phrase, month) => {
  const { command, facts } = await office.says("海安联络员", phrase);
  expect([command, facts.month]).toEqual(["publicranking", month]);
});

test.each([
  ["月排名 上周", "bad-period", "整月"],
  ["月排名 二季度", "bad-period", "整月"],
  ["月排名 6月", "bad-period", "还没有结束"],
  ["月排名 2018-05", "no-data", "没有2018年5月的数据"],
])("%s is refused as %s", async (phrase, code, words) => {
  const refused = await office.says("市办", phrase);
  expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(words)]);
});

test("who can't be ranked stands below with the reason, and the city has no rank", async () => {
  const { facts, text } = await office.says("市办", "月排名 4月");
  expect(facts.city).toMatchObject({ county: "南通", rank: null });
  expect(facts.rows.at(-1)).toMatchObject({ county: "如东", rank: null, pm25UgM3: null });
  expect(facts.rows.at(-1).reason).toContain("24/27天");
  expect(text).toContain("不参与排名：如东");
  expect(text).toContain("南通市以5个国控站点数据评价");
});

describe("each figure of two months is that of the command which answers the same", () => {
  test.each([
    ["2020-04", "2020-01-01..2020-04-30"],
    ["2020-05", "2020-01-01..2020-05-31"],
  ])("%s", async (month, cumulated) => {
    const ranking = await office.bot.store.read((r) =>
      monthRanking(r, office.bot.office, monthPeriod(month)),
    );
    if (isRefusal(ranking)) throw new Error(ranking.message);
    const printed = new Map(monthFigures(ranking).map(({ of, figure, value }) => [`${of} ${figure}`, value]));
    const told = new Set<string>();
    const is = (key: string, value: string) => {
      expect([key, printed.get(key)]).toEqual([key, value]);
      told.add(key);
    };
    const change = (value: number | null) =>
      value === null
        ? "无法比较"
        : value === 0
          ? "持平"
          : `${value < 0 ? "下降" : "上升"}${Math.abs(value).toFixed(1)}%`;
    const dust = (await office.says("市办", `降尘 ${month}`)).facts;
    const index = (await office.says("市办", `排名 ${month}`)).facts;
    const improved = (await office.says("市办", `排名 改善 ${month}`)).facts;
    const rankIn = (rows: { county: string; rank: number }[], county: string) => {
      const own = rows.find((row) => row.county === county);
      if (own === undefined) return "—";
      const tied = rows.filter(({ rank }) => rank === own.rank).length > 1;
      return `${own.rank}${tied ? "（并列）" : ""}`;
    };
    for (const county of ["全市", ...ranking.rows.map((row) => row.county)]) {
      const { pollutants } = (await office.says("市办", `${county} ${month}`)).facts;
      const { attainmentRatePct } = (await office.says("市办", `${county} ${cumulated}`)).facts;
      const { value, oneDecimal } = pollutants["PM2.5"];
      const name = county === "全市" ? "南通市" : county;
      is(`${name} 见报表 PM2.5（µg/m³）`, value === null ? "—" : oneDecimal.toFixed(1));
      is(
        `${name} 见报表 优良天数比例*（%）`,
        attainmentRatePct === null ? "—" : attainmentRatePct.toFixed(1),
      );
      const own = dust.rows.find((row: { county: string }) => row.county === county);
      is(`${name} 见报表 降尘（t/km²·30d）`, own ? own.value.toFixed(1) : "—");
      if (county === "全市") continue;
      is(`${county} 见报表 位次`, rankIn(index.rows, county));
    }
    for (const row of index.rows) {
      is(`${row.county} 按综合指数 综合指数`, row.value.toFixed(2));
      is(`${row.county} 按综合指数 同比`, change(row.yearOnYearPct));
      is(`${row.county} 按综合指数 位次`, rankIn(index.rows, row.county));
    }
    for (const row of improved.rows) {
      is(`${row.county} 按PM2.5同比改善 PM2.5同比改善`, change(row.value));
      is(`${row.county} 按PM2.5同比改善 位次`, rankIn(improved.rows, row.county));
    }
    expect([...printed.keys()].filter((key) => !told.has(key))).toEqual([]);
  });
});

describe("the half-month ranking, where a pack turns it on", () => {
  const drafts = async (own: AnOffice) => {
    issues(own, { ...halfMonth, usually: { ...halfMonth.usually, on: true } });
    return own;
  };
  test("isn't drafted from days that nobody has audited, and says how to bring them in audited", async () => {
    const own = await drafts(await anOffice({ at: "2020-06-18T08:50" }));
    await own.advanceTo("2020-06-18T09:01");
    await own.expectCards([{ to: "市办", title: "半月公开排名（2020年6月1日至15日）未能拟稿" }], {
      job: "half-month-ranking",
    });
    own.close();
  });

  test.each([
    ["2020-06-18", "2020-06-01..2020-06-15"],
    ["2020-07-03", "2020-06-16..2020-06-30"],
  ])("on %s it is of %s, judged as a part of a month, without dustfall", async (day, period) => {
    const own = await drafts(await anOffice({ at: `${day}T08:50` }));
    const by = { personId: null, at: 0, batch: 1 };
    await own.bot.store.write((w) => w.air.audit(["2020-06-01", "2020-06-30"], by));
    await own.advanceTo(`${day}T09:01`);
    const [from, to] = period.split("..") as [string, string];
    const row = await own.bot.store.read((r) => r.officialPapers.ofKey("half-month-ranking", to));
    expect(row).toMatchObject({ state: "draft", firstDay: from, lastDay: to });
    const print = await own.bot.store.read((r) => r.officialPapers.version(row?.id ?? 0, 1));
    const facts = print?.facts as MonthRanking;
    const asked = (await own.says("市办", `排名 ${period}`)).facts;
    expect(facts.lists[0]?.rows.map(({ county, value, rank }) => ({ county, value, rank }))).toEqual(
      asked.rows.map(({ county, value, rank }: (typeof asked.rows)[number]) => ({ county, value, rank })),
    );
    expect([facts.dustfallLimit, facts.city.dustfall]).toEqual([null, null]);
    own.close();
  });

  test("the plan of 2020 leaves it off", () => {
    expect(office.bot.registry.schedules.some(({ name }) => name === "half-month-ranking")).toBe(false);
  });
});

test("what was issued is shown as it was printed, whatever its days have become", async () => {
  const own = await anOffice({ at: "2020-06-10T08:30" });
  await own.advanceTo("2020-06-10T09:01");
  await own.says("市办", "待审签");
  await own.presses("市办", "审核通过");
  await own.says("市领导", "待审签");
  await own.presses("市领导", "签发");
  const issued = (await own.says("海安联络员", "月排名 5月")).facts;
  for (const [said, ending] of [
    ["月排名 5月 Word", ".docx"],
    ["月排名 Excel", ".xlsx"],
    ["月排名 5月 导出", ".xlsx"],
    ["月排名 图片", ".png"],
  ] as const) {
    const name = `通气办排〔2020〕1号 月度公开排名（2020年5月）${ending}`;
    const { card } = await own.says("海安联络员", said);
    expect(card.files?.map((file) => file.name)).toEqual([name]);
    expect((await own.opens("海安联络员", name)).bytes.length).toBeGreaterThan(1000);
  }
  expect((await own.says("市办", "月排名 4月 Word")).message).toContain("还没有印发");
  expect(issued.paper).toMatch(/^\d+号$/);
  await importText(own, ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", "2020-05-04,海安,300,400,9,30,1.0,120"]);
  const again = (await own.says("海安联络员", "月排名 5月")).facts;
  expect(again).toEqual(issued);
  // A correction counts once it is out, not while it waits.
  expect((await own.says("市办", "更正 月排名 5月")).message).toContain("未审核");
  await own.says("市办", "审定 5月");
  expect((await own.says("市办", "更正 月排名 5月")).card.title).toContain("待审核：关于更正");
  expect((await own.says("海安联络员", "月排名 5月")).facts).toEqual(issued);
  await own.says("市办", "审核 月排名");
  await own.says("市领导", "签发 月排名");
  const corrected = (await own.says("海安联络员", "月排名 5月")).facts;
  expect(corrected.paper).not.toBe(issued.paper);
  const of = (facts: typeof issued) => facts.rows.find((row: { county: string }) => row.county === "海安");
  expect(of(corrected).pm25UgM3).toBeGreaterThan(of(issued).pm25UgM3);
  own.close();
});
