import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { hourNumber } from "../../src/domain/air/hour-number.ts";
import { periodOf } from "../../src/domain/period.ts";
import { weekCard } from "../../src/papers/week/week-card.ts";
import { weekFacts } from "../../src/papers/week/week-facts.ts";
import { aFeed } from "../support/hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-07-13T08:50" });
});
afterAll(() => office.close());

test("the week's anomalies and what they came from stand in the notice and in the leads' brief; data and what was taken back don't", async () => {
  const episode = (date: string, over: Record<string, unknown> = {}) => {
    const hour = hourNumber(date, 9);
    const row = {
      stationId: "demo-haian-1",
      rule: "level",
      item: "O3",
      state: "over",
      firstHour: hour,
      lastHour: hour + 1,
    };
    return { ...row, rung: 1, peak: 1, value: 210, peakValue: 210, detail: "{}", clearedAt: 1, ...over };
  };
  await office.bot.store.write(async (w) => {
    await w.alerts.add(episode("2020-07-06", { cause: "工地扬尘" }));
    await w.alerts.add(episode("2020-07-07", { cause: "工地扬尘" }));
    await w.alerts.add(episode("2020-07-12"));
    await w.alerts.add(episode("2020-07-05", { cause: "区域传输" }));
    await w.alerts.add(episode("2020-07-13"));
    await w.alerts.add(episode("2020-07-08", { state: "withdrawn" }));
    await w.alerts.add(episode("2020-07-09", { rule: "doubt" }));
  });
  const words = "站点异常3件，其中工地扬尘2件、未填原因1件";
  const week = periodOf(Temporal.PlainDate.from("2020-07-06"), Temporal.PlainDate.from("2020-07-12"));
  const context = await contextOf(office.bot);
  const facts = await office.bot.store.read((store) => weekFacts(week, { ...context, store }));
  expect(JSON.stringify(weekCard(facts, week, null).blocks)).toContain(`实时预警：${words}。`);
  await office.advanceTo("2020-07-13T09:05");
  expect(JSON.stringify((await office.cardsOf("市领导")).slice(-2))).toContain(words);
});

test("数据接入 says which stations are late, and how many send no hours", async () => {
  const feed = await aFeed(office, (name) => /海安[一二]号/.test(name));
  await feed.sends("2020-07-13 06:00");
  await feed.sends("2020-07-13 09:00", { 演示·海安二号站: null });
  const { text, facts } = await office.says("市办", "数据接入");
  expect(text).toMatch(/报送小时数据的站点2个，最新1个，迟报1个；另有\d+个站点近三天没有小时数据/);
  expect(facts.stations).toMatchObject({ fresh: 1, late: [{ station: "演示·海安二号站", ageHours: 3 }] });
});
