import { afterEach, expect, test } from "vitest";
import { aFeed } from "../support/hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// A Saturday of which the demonstration has no hours; the day before was a good one.
const DAY = "2020-07-11";
const risk = { job: "day-risk" };
let office: AnOffice;
afterEach(() => office.close());

async function morning(o3: number | null, until = 11) {
  office = await anOffice({ at: `${DAY}T11:50` });
  const feed = await aFeed(office);
  const values = Object.fromEntries(feed.stations.map(({ name }) => [name, o3 === null ? {} : { O3: o3 }]));
  for (let label = 1; label <= until; label++)
    await feed.sends(`${DAY} ${String(label).padStart(2, "0")}:00`, label > 8 ? values : {});
  await office.expectCards([], risk);
  return feed;
}
const counties = () =>
  office.bot.office.regionsOf({ to: Temporal.PlainDate.from(DAY) }, Temporal.PlainDate.from(DAY));

test("at noon a likely bad day reaches the office, the city's leads and the counties' liaisons, once", async () => {
  await morning(190);
  await office.advanceTo(`${DAY}T12:30`);
  const liaisons = counties().map(({ short }) => ({
    to: `${short}联络员`,
    title: `今日超标风险：${short}预计AQI128（轻度污染）`,
  }));
  const city = "今日超标风险：南通预计AQI128（轻度污染）";
  await office.expectCards([{ to: "市办", title: city }, { to: "市领导", title: city }, ...liaisons], risk);
  const shown = (await office.cardsOf("市领导")).at(-1);
  expect(shown?.facts).toMatchObject({ risk: true, aqi: 128, primaryPollutants: ["O3_8h"] });
  await office.advanceTo(`${DAY}T18:00`);
  await office.expectCards([], risk);
});

test("the leads of counties hear of 中度 as well", async () => {
  await morning(240);
  await office.advanceTo(`${DAY}T12:30`);
  expect((await office.cardsOf("海安领导")).at(-1)?.title).toBe("今日超标风险：海安预计AQI175（中度污染）");
});

test.each([
  ["a usual day", 150, 11],
  ["hours of which the newest is four hours old", 300, 8],
])("nobody hears of %s", async (_what, o3, until) => {
  await morning(o3, until);
  await office.advanceTo(`${DAY}T12:30`);
  await office.expectCards([], risk);
});

test("a machine that stood still until the next day warns of nothing that is over", async () => {
  await morning(190);
  await office.wakesAt("2020-07-12T08:00");
  await office.expectCards([], risk);
});

test("the morning after, a bad day is told to the city's leads, and on a day off to the office", async () => {
  // The demonstration's Saturday, 130.
  office = await anOffice({ at: "2020-06-21T07:00" });
  await office.expectCards([], { job: "bad-day" });
  await office.advanceTo("2020-06-21T07:40");
  const title = "6月20日超标：南通AQI130（轻度污染）";
  await office.expectCards(
    [
      { to: "市领导", title },
      { to: "市办", title },
    ],
    { job: "bad-day" },
  );
  // The Sunday was one, too; on a Monday the office reads it in its daily sheet.
  await office.advanceTo("2020-06-22T07:40");
  await office.expectCards([{ to: "市领导", title: /^6月21日超标/ }], { job: "bad-day" });
  await office.advanceTo("2020-06-23T07:40");
  await office.expectCards([], { job: "bad-day" });
});

test("the morning after, the leads of a county that had 中度 hear of it, and of no other", async () => {
  office = await anOffice({ at: "2020-07-12T07:00" });
  const rows = [office.bot.office.city, ...counties()].map(({ id }) => ({
    ...{ id, date: DAY, "PM2.5": 20, PM10: 40, NO2: 20, SO2: 6, CO: 6 },
    O3_8h: id === "haian" ? 220 : 180,
  }));
  await office.bot.store.write((w) => w.air.mergeRegionDays(rows, { personId: null, at: 0 }));
  await office.advanceTo("2020-07-12T07:40");
  const city = "7月11日超标：南通AQI119（轻度污染）";
  await office.expectCards(
    [
      { to: "市领导", title: city },
      { to: "市办", title: city },
      { to: "海安领导", title: "7月11日超标：海安AQI155（中度污染）" },
    ],
    { job: "bad-day" },
  );
});
