import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hourNumber } from "../../src/domain/air/hour-number.ts";
import { aFeed } from "../support/hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HAIAN = "演示·海安一号站";
const ID = "demo-haian-1";
const DAY = "2020-07-14";
const job = { job: "anomaly" };

let office: AnOffice;
let feed: Awaited<ReturnType<typeof aFeed>>;
const begins = async (at: string, only = (name: string) => /海安|崇川/.test(name)) => {
  office = await anOffice({ at });
  feed = await aFeed(office, only);
  await office.expectCards([], job);
};
beforeEach(() => begins(`${DAY}T08:05`));
afterEach(() => office.close());

const two = (n: number) => String(n).padStart(2, "0");
/** One hour comes ten minutes after its end, and is judged at twenty past. */
async function hour(label: number, over: Parameters<typeof feed.sends>[1] = {}, day = DAY): Promise<void> {
  await office.advanceTo(`${day}T${two(label)}:10`);
  await feed.sends(`${day} ${two(label)}:00`, over);
  await office.advanceTo(`${day}T${two(label)}:25`);
}
const high = (pm25: number) => ({ [HAIAN]: { "PM2.5": pm25, PM10: pm25 + 40 } });
const ozone = (o3: number) => ({ [HAIAN]: { O3: o3 } });
const rows = () => office.bot.store.read((r) => r.alerts.within(0, 1_000_000));
const one = async (rule: string, item: string) => {
  const found = (await rows()).filter(
    (each) => each.rule === rule && each.item === item && each.stationId === ID,
  );
  expect(found).toHaveLength(1);
  return found[0] as NonNullable<(typeof found)[0]>;
};

describe("an anomaly", () => {
  test("is told once to who is near, rises on the same card, and its end is told once", async () => {
    await hour(9, ozone(205));
    await office.expectCards([], job);
    await hour(10, ozone(210));
    const near = [{ to: "海安联络员", title: "异常：演示·海安一号站O₃浓度超标（轻度）" }];
    await office.expectCards([...near, { ...near[0], to: "市办", title: /异常/ }], job);
    await hour(11, ozone(220));
    await office.expectCards([], job);
    const shown = (await office.cardsOf("海安联络员")).filter(({ subject }) => subject?.startsWith("alert:"));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      facts: { value: 220, peak: 1, from: `${DAY}T09:00`, to: `${DAY}T11:00` },
    });
    // 中度: the county's lead hears of it from here on.
    await hour(12, ozone(305));
    await office.expectCards(
      ["海安联络员", "海安领导", "市办"].map((to) => ({
        to,
        title: /^加重：演示·海安一号站O₃浓度超标（中度）/,
      })),
      job,
    );
    await hour(13);
    await office.expectCards([], job);
    await hour(14);
    await office.expectCards(
      ["海安联络员", "海安领导", "市办"].map((to) => ({ to, title: /^已解除：/ })),
      job,
    );
    for (const label of [15, 16, 17]) await hour(label);
    await office.expectCards([], job);
  });

  test("is explained in two taps and given out in one, with place, time and figures; everybody's card says so", async () => {
    await hour(8);
    await hour(9, high(90));
    await hour(10, high(95));
    const { id } = await one("neighbours", "PM2.5");
    await office.says("海安联络员", `异常 ${id}`);
    const menu = await office.presses("海安联络员", "填原因");
    expect(menu.labels).toEqual(expect.arrayContaining(["工地扬尘", "区域传输", "其他"]));
    const given = await office.presses("海安联络员", "工地扬尘");
    expect(given.facts).toMatchObject({ cause: "工地扬尘", causeWords: null });
    // Typed behind the number it is the same: the cause that the words name, kept by one tap.
    const said = await office.says("海安联络员", `异常 ${id} 东侧工地土方作业`);
    const typed = said.card.buttons[0];
    expect(typed?.label).toBe("原因：工地扬尘");
    expect(typed?.kind === "press" && typed.fields[0]?.value).toBe("东侧工地土方作业");
    // Who only reads is offered nothing to keep.
    expect((await office.says("市领导", `异常 ${id} 东侧工地土方作业`)).labels).not.toContain(
      "原因：工地扬尘",
    );
    await office.presses("海安联络员", "原因：工地扬尘", { text: "东侧工地土方作业" });
    expect((await office.says("海安联络员", "异常 东侧工地")).code).toBe("usage");
    await office.says("市办", `异常 ${id}`);
    const issue = await office.presses("市办", "交办");
    expect(issue.facts.issue).toMatchObject({
      source: "实时预警",
      county: "海安",
      place: HAIAN,
      category: "工地扬尘",
    });
    expect(issue.text).toMatch(/PM2.5高于周边/);
    expect(issue.text).toMatch(
      /7月14日 09:00至7月14日 10:00，现值95µg\/m³，最高95µg\/m³，周边站点中位数2\dµg\/m³/,
    );
    expect(issue.text).toMatch(/工地扬尘（东侧工地土方作业）/);
    const again = await office.says("市办", `异常 ${id}`);
    expect(again.labels).not.toContain("交办");
    expect(again.text).toMatch(/交办：NT-2020-/);
    const list = await office.says("市办", "异常");
    // It stands above its neighbours by both, is high and has surged: whoever knows why is asked once, and it is one order.
    expect(list.facts).toMatchObject({ begun: 4, causes: { 工地扬尘: 4 } });
    expect(new Set((await rows()).map(({ issueId }) => issueId)).size).toBe(1);
    expect((await office.says("海安领导", "异常")).facts.running).toHaveLength(4);
    expect((await office.says("如皋领导", "异常")).facts.running).toHaveLength(0);
    expect((await office.says("市办", "异常 海安")).facts.running).toHaveLength(4);
    expect((await office.says("市办", "异常 如皋")).facts.running).toHaveLength(0);
    expect(await office.says("如皋联络员", `异常 ${id}`)).toMatchObject({ code: "forbidden" });
    expect(await office.says("市办", "异常 99")).toMatchObject({ code: "no-data" });
  });

  test("waits for the morning at night, but for 重度, and is told then if it is still true", async () => {
    await office.advanceTo(`${DAY}T21:30`);
    for (const label of [22, 23]) await hour(label, ozone(230));
    await office.expectCards([], job);
    await office.advanceTo("2020-07-15T00:05");
    await feed.sends("2020-07-15 00:00", ozone(410));
    await office.advanceTo("2020-07-15T00:25");
    await office.expectCards(
      ["海安联络员", "海安领导", "市办"].map((to) => ({ to, title: /^异常：.*（重度）/ })),
      job,
    );
    for (let label = 1; label < 7; label++) await hour(label, ozone(label < 4 ? 230 : 80), "2020-07-15");
    await office.expectCards([], job);
    // Nobody is woken by an all-clear.
    expect(await one("level", "O3")).toMatchObject({ told: 3, state: "over", clearedAt: null });
    await hour(7, {}, "2020-07-15");
    await office.expectCards(
      ["海安联络员", "海安领导", "市办"].map((to) => ({ to, title: /^已解除/ })),
      job,
    );
  });

  test("is told again after six hours, and not anew when it comes back at once", async () => {
    for (const label of [9, 10, 11, 12, 13, 14, 15]) await hour(label, ozone(230 + label));
    await office.expectCards(
      [
        { to: "海安联络员", title: /^异常/ },
        { to: "市办", title: /^异常/ },
      ],
      job,
    );
    await hour(16, ozone(230));
    await office.expectCards(
      [
        { to: "海安联络员", title: /^仍在持续/ },
        { to: "市办", title: /^仍在持续/ },
      ],
      job,
    );
    await hour(17);
    await hour(18);
    await office.expectCards(
      [
        { to: "海安联络员", title: /^已解除/ },
        { to: "市办", title: /^已解除/ },
      ],
      job,
    );
    await hour(19, ozone(230));
    await hour(20, ozone(230));
    await office.expectCards([], job);
  });
});

describe("hours that come late or are corrected", () => {
  test("make of it what it would have been, and nobody is told of what is older than six hours", async () => {
    await office.advanceTo(`${DAY}T18:05`);
    await feed.sends(`${DAY} 18:00`);
    await feed.sends(`${DAY} 10:00`, ozone(230));
    await feed.sends(`${DAY} 09:00`, ozone(230));
    await office.advanceTo(`${DAY}T18:06`);
    expect(await one("level", "O3")).toMatchObject({ state: "on", told: 0, firstHour: hourNumber(DAY, 9) });
    await office.expectCards([], job);
  });

  test("take it back where they speak against it: the card says so, and so does one message", async () => {
    await hour(9, ozone(230));
    await hour(10, ozone(230));
    await office.expectCards(
      [
        { to: "海安联络员", title: /^异常/ },
        { to: "市办", title: /^异常/ },
      ],
      job,
    );
    await feed.sends(`${DAY} 10:00`, ozone(90));
    await office.advanceTo(`${DAY}T10:40`);
    await office.expectCards(
      ["海安联络员", "市办"].map((to) => ({ to, title: /^数据已更正或存疑，不成立：/ })),
      job,
    );
    expect((await office.says("市办", "异常")).facts).toMatchObject({ running: [], begun: 0 });
  });

  test("from a machine whose clock is an hour fast are refused by name; set right, they come in", async () => {
    await office.advanceTo(`${DAY}T09:10`);
    await expect(feed.sends(`${DAY} 10:00`, ozone(230))).rejects.toThrow("这个小时还没有结束，请核对时间");
    expect(
      await office.bot.store.read((r) => r.air.measuredHours(ID, hourNumber(DAY, 9), hourNumber(DAY, 10))),
    ).toEqual([]);
    await hour(9, ozone(230));
    await hour(10, ozone(230));
    await office.expectCards(
      ["海安联络员", "市办"].map((to) => ({ to, title: /^异常/ })),
      job,
    );
  });

  test("judged twice change nothing", async () => {
    await hour(9, ozone(230));
    await hour(10, ozone(230));
    const before = await rows();
    await office.bot.store.write((w) => w.hoursDue.put([{ hour: hourNumber(DAY, 10), due: 0 }]));
    await office.advanceTo(`${DAY}T10:40`);
    expect(await rows()).toEqual(before);
  });
});

describe("a station's data", () => {
  test("that is doubted is the office's alone to hear of, and no anomaly of the air", async () => {
    await hour(9, { [HAIAN]: { "PM2.5": 1200 } });
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站PM2.5数据存疑" }], job);
    const { id } = await one("doubt", "PM2.5");
    expect((await office.says("市办", `异常 ${id} 东侧工地土方作业`)).labels).not.toContain("原因：工地扬尘");
    expect((await rows()).filter(({ stationId }) => stationId === ID)).toHaveLength(1);
    expect(await office.says("海安领导", `异常 ${id}`)).toMatchObject({ code: "forbidden" });
    expect((await office.says("市办", `异常 ${id}`)).text).toMatch(/超出量程，测得1200µg\/m³/);
  });

  test("that doesn't come is missed after two hours, gravely after six, and its coming is told", async () => {
    await hour(9);
    await hour(10, { [HAIAN]: null });
    await office.expectCards([], job);
    await hour(11, { [HAIAN]: null });
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站缺测" }], job);
    for (const label of [12, 13, 14]) await hour(label, { [HAIAN]: null });
    await office.expectCards([], job);
    await hour(15, { [HAIAN]: null });
    await office.expectCards([{ to: "市办", title: /^加重：演示·海安一号站缺测/ }], job);
    await hour(16);
    await office.expectCards([{ to: "市办", title: /^已解除：演示·海安一号站缺测/ }], job);
  });

  test("is missed by no hour whose time to come isn't over, though one that comes late is judged at once", async () => {
    await hour(9);
    await hour(10, { [HAIAN]: null });
    await office.advanceTo(`${DAY}T11:05`);
    const late = feed.stations.find(({ name }) => name !== HAIAN)?.name ?? "";
    await feed.sends(`${DAY} 10:00`, { [HAIAN]: null, [late]: { "PM2.5": 31 } });
    await office.advanceTo(`${DAY}T11:15`);
    await office.expectCards([], job);
    await office.advanceTo(`${DAY}T11:25`);
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站缺测" }], job);
  });

  test("that is always an hour behind the others' is no anomaly, but the office reads what it may be: a slow clock", async () => {
    const feeds = () => office.says("市办", "数据接入");
    const others = Object.fromEntries(
      feed.stations.flatMap(({ name }) => (name === HAIAN ? [] : [[name, null]])),
    );
    for (const label of [9, 10, 11]) {
      await office.advanceTo(`${DAY}T${two(label)}:10`);
      await feed.sends(`${DAY} ${two(label)}:00`, { [HAIAN]: null });
      // Its clock says an hour less: so it names the hour that has just ended.
      await feed.sends(`${DAY} ${two(label - 1)}:00`, others);
      // What comes in time may still be on its way.
      expect((await feeds()).facts.stations.behind).toEqual([]);
      await office.advanceTo(`${DAY}T${two(label)}:25`);
    }
    await office.expectCards([], job);
    const { facts, text } = await feeds();
    expect(facts.stations.behind).toEqual([HAIAN]);
    expect(text).toContain(
      `${HAIAN}的最新一小时比其他站点晚一小时。如每小时都这样，可能是报送方时钟慢了一小时、数据记错了钟点，请站点运维单位核对。`,
    );
    await hour(12);
    expect((await feeds()).facts.stations.behind).toEqual([]);
    // Of an hour that nobody has sent nobody is behind.
    await office.advanceTo(`${DAY}T13:25`);
    expect((await feeds()).facts.stations.behind).toEqual([]);
  });

  test("that comes back by night and stops again is told as it was: its coming, and a silence of its own", async () => {
    await office.advanceTo(`${DAY}T17:30`);
    for (const label of [18, 19, 20]) await hour(label, label < 19 ? {} : { [HAIAN]: null });
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站缺测" }], job);
    for (const label of [21, 22, 23]) await hour(label, label < 23 ? {} : { [HAIAN]: null });
    for (let label = 1; label < 7; label++) await hour(label, { [HAIAN]: null }, "2020-07-15");
    await office.expectCards([{ to: "市办", title: /^已解除：演示·海安一号站缺测/ }], job);
    await hour(7, { [HAIAN]: null }, "2020-07-15");
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站缺测" }], job);
    expect((await rows()).filter(({ rule }) => rule === "missing").map(({ state }) => state)).toEqual([
      "over",
      "on",
    ]);
  });

  test("is missed until it comes, however long that takes, and no longer told of after three days", async () => {
    office.close();
    await begins(`${DAY}T08:05`, (name) => name.includes("海安一号"));
    await hour(9);
    await office.advanceTo(`${DAY}T11:25`);
    await office.expectCards([{ to: "市办", title: "异常：演示·海安一号站缺测" }], job);
    await office.wakesAt("2020-07-18T10:30");
    expect(await one("missing", "")).toMatchObject({ state: "on", value: 72 });
    await office.expectCards([], job);
    await feed.sends("2020-07-18 10:00");
    await office.advanceTo("2020-07-18T10:31");
    expect(await one("missing", "")).toMatchObject({ state: "over" });
    await office.expectCards([{ to: "市办", title: "已解除：演示·海安一号站缺测" }], job);
  });

  test("that stops altogether is seen without anything coming in", async () => {
    await hour(9);
    await office.advanceTo(`${DAY}T11:30`);
    const [first] = (await office.cardsOf("市办")).slice(-1);
    expect(first?.title).toMatch(/缺测，另\d+项/);
  });
});

test("with fewer than three neighbours nothing is compared, and the card says so", async () => {
  office.close();
  await begins(`${DAY}T08:05`, (name) => name.includes("海安一号") || name.includes("海安二号"));
  await hour(9, high(80));
  await hour(10, high(85));
  expect((await rows()).filter(({ rule }) => rule === "neighbours")).toEqual([]);
  const { id } = await one("level", "PM2.5");
  expect((await office.says("市办", `异常 ${id}`)).text).toMatch(/有数据的站点只有1个，没有比较/);
});

test("whoever looks after the station hears of it as well", async () => {
  await office.bot.store.write(async (w) => {
    const chief = await w.people.byName("海安点位长");
    await w.ownStations.take(chief?.id ?? (0 as never), ID, 0);
  });
  await hour(9, ozone(230));
  await hour(10, ozone(230));
  await office.expectCards(
    ["海安点位长", "海安联络员", "市办"].map((to) => ({ to, title: /^异常/ })),
    job,
  );
});
