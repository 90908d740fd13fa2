import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-19T10:00" });
  await office.advanceTo("2020-06-19T10:01");
});
afterEach(() => office.close());

const DAY_AFTER_WEEK = "2020年6月15日至21日";
/** The weekly notices that have gone out: their weeks, and to how many. */
const notices = async () => {
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  const weeks = rows.flatMap(({ row }) =>
    [...row.card.matchAll(/"title":"((?:补发：)?空气质量周通报（[^"]*）)"/g)].map(([, title]) => title),
  );
  return Object.fromEntries([...Map.groupBy(weeks, (week) => week)].map(([week, all]) => [week, all.length]));
};
const words = async (said = "日程 周通报") =>
  (await office.says("市办", said)).facts.events.map(
    ({ from, time, words }: { from: string; time: string; words: string }) => `${from} ${time} ${words}`,
  );

describe("暂停", () => {
  test("holds a job back until its last day; the office alone is asked about what fell into it, and 补发 sends it", async () => {
    const { card, text } = await office.says("市办", "暂停 周通报 到6月30日 “国庆期间”");
    expect(card.title).toBe("已暂停：空气质量周通报");
    expect(text).toContain("6月22日 09:00、6月29日 09:00不发");
    expect(await words()).toContain("2020-06-22 09:00 暂停到6月30日，届时不发（国庆期间）");
    await office.advanceTo("2020-07-01T08:59");
    expect(await notices()).toEqual({});
    await office.advanceTo("2020-07-01T09:00");
    const asked = (await office.cardsOf("市办")).filter(({ title }) =>
      title.includes("暂停期间有2期没有发出"),
    );
    expect(asked).toHaveLength(1);
    expect((await office.cardsOf("海安联络员")).some(({ title }) => title.includes("暂停"))).toBe(false);
    expect(await words()).toContain("2020-06-29 09:00 暂停期间到点，未发（国庆期间）");
    await office.presses("市办", "补发空气质量周通报6月29日 09:00");
    expect(Object.keys(await notices())).toEqual(["补发：空气质量周通报（2020年6月22日至28日）"]);
    expect((await words()).find((row: string) => row.startsWith("2020-06-29"))).toContain(
      "7月1日 09:00补发，50份，市办",
    );
    await office.advanceTo("2020-07-06T09:00");
    expect(Object.keys(await notices())).toContain("空气质量周通报（2020年6月29日至7月5日）");
  });

  test("ends at once by 恢复, by whoever of the office; what is paused already is changed, and says what was", async () => {
    await office.says("市办", "暂停 周通报 “数据复核”");
    const again = await office.says("市办", "暂停 周通报 到6月24日 “领导外出”");
    expect(again.text).toContain("原暂停到恢复为止（数据复核），现已更改");
    await office.advanceTo("2020-06-23T12:00");
    const { card, labels } = await office.says("市办", "恢复 周通报");
    expect(card.title).toBe("已恢复：空气质量周通报，暂停期间有1期没有发出");
    expect(labels).toEqual(["补发"]);
    expect((await office.says("市办", "恢复 周通报")).code).toBe("already-done");
    await office.advanceTo("2020-06-29T09:00");
    expect(Object.keys(await notices())).toEqual(["空气质量周通报（2020年6月22日至28日）"]);
    const acts = await office.bot.store.read((r) => r.audit.latest(200));
    expect(
      acts.filter(({ act }) => act === "pause" || act === "resume").map(({ subject }) => subject),
    ).toEqual(Array(3).fill("job:weekly-notice"));
  });

  test.each([
    ["暂停 周通报", "usage", "请写明暂停的原因"],
    ["暂停 周通报 到6月18日 “试”", "bad-date", "6月18日已经过去"],
    ["暂停 周通报 到下雨 “试”", "bad-date", "看不懂日期“下雨”"],
    ["暂停 周通抱 “试”", "unknown-job", "空气质量周通报"],
    ["暂停 周 “试”", "unknown-job", "叫“周”的任务有3项"],
    ["恢复 周通报", "already-done", "没有暂停"],
  ])("“%s” is refused, and says how to mend it", async (said, code, message) => {
    const answer = await office.says("市办", said);
    expect([answer.code, answer.message]).toEqual([code, expect.stringContaining(message)]);
  });
});

describe("改期", () => {
  test("moves one slot, which stays the week that it was planned for, and runs once", async () => {
    const { text } = await office.says("市办", "改期 周通报 6月22日 到 6月23日10时 “领导外出”");
    expect(text).toContain("拟稿改到6月23日 09:00。");
    expect(await words()).toContain("2020-06-23 10:00 待发；由6月22日 09:00改期，市办：领导外出");
    const drafts = async () => (await office.says("市办", "待审签")).facts.mine.length;
    await office.advanceTo("2020-06-23T08:59");
    expect(await drafts()).toBe(0);
    await office.advanceTo("2020-06-23T09:59");
    expect(await drafts()).toBe(1);
    expect(await notices()).toEqual({});
    await office.advanceTo("2020-06-29T08:00");
    expect(await notices()).toEqual({ [`空气质量周通报（${DAY_AFTER_WEEK}）`]: 50 });
    expect(await words()).toContain("2020-06-23 10:00 已发，50份；由6月22日 09:00改期，市办：领导外出");
    expect((await office.says("市办", "改期 周通报 6月22日 到 6月28日 “试”")).code).toBe("already-done");
  });

  test("says when the day is off, and keeps to it also when a holiday is entered later", async () => {
    const { text } = await office.says("市办", "改期 周通报 6月22日 到 6月26日 “领导外出”");
    expect(text).toContain("注意：6月26日是休息日，仍按时发出");
    await office.advanceTo("2020-06-26T09:00");
    expect(Object.keys(await notices())).toHaveLength(1);
  });

  test("what somebody else has moved is theirs to know first: of two at once the second is told", async () => {
    await office.bot.store.write(({ people }) =>
      people.add({ name: "王办", role: "office", regionId: null, departmentId: null, createdAt: 0 }),
    );
    await office.says("王办", "日程 周通报");
    await office.says("市办", "改期 周通报 6月22日 到 6月23日10时 “领导外出”");
    // By the button that shows the old time, and by words.
    const pressed = await office.presses("王办", "改期6月22日 09:00一期", {
      to: "6月24日",
      reason: "另有会议",
    });
    const said = await office.says("王办", "改期 周通报 6月22日 到 6月24日 “另有会议”");
    for (const answer of [pressed, said])
      expect([answer.code, answer.message]).toEqual(["conflict", expect.stringContaining("市办：领导外出")]);
    expect((await office.says("王办", said.instead[0] ?? "")).card.title).toBe(
      "已改期：空气质量周通报 6月24日 10:00",
    );
  });

  test.each([
    ["改期 周通报 6月22日 到 6月23日", "usage", "请写明改期的原因"],
    ["改期 周通报 6月22日 “试”", "usage", "请写明改到什么时候"],
    ["改期 周通报 6月22日 到 6月19日9时 “试”", "bad-date", "不能改到已经过去的时间"],
    ["改期 周通报 6月22日 到 6月21日 “试”", "bad-date", "这一期统计到6月21日，最早6月22日才能发"],
    ["改期 周通报 6月22日 到 6月29日9时 “试”", "bad-date", "不能晚于下一期（6月29日 09:00）"],
    ["改期 周五清单 7月3日 到 6月24日9时 “试”", "bad-date", "不能早于上一期（6月24日 09:00）"],
    ["改期 周通报 6月24日 到 6月25日 “试”", "bad-date", "6月24日没有空气质量周通报"],
    ["改期 周通报 6月15日 到 6月25日 “试”", "bad-date", "6月15日没有空气质量周通报"],
    ["改期 周通报 6月22日 到 6月23日25时 “试”", "bad-date", "看不懂时间"],
  ])("“%s” is refused, and says how to mend it", async (said, code, message) => {
    const answer = await office.says("市办", said);
    expect([answer.code, answer.message]).toEqual([code, expect.stringContaining(message)]);
  });

  test("into a pause is refused: it wouldn't go out", async () => {
    await office.says("市办", "暂停 周通报 到6月24日 “试”");
    const { code, instead } = await office.says("市办", "改期 周通报 6月22日 到 6月23日 “试”");
    expect([code, instead]).toEqual(["conflict", ["恢复 空气质量周通报"]]);
  });
});

describe("立即执行", () => {
  test("sends the slot now and not again at its time; what reports on days that aren't over waits for them", async () => {
    const early = await office.says("市办", "立即执行 周通报 6月22日 “急用”");
    expect([early.code, early.message]).toEqual(["bad-date", expect.stringContaining("最早6月22日可以执行")]);
    await office.advanceTo("2020-06-22T08:00");
    expect((await office.says("市办", "立即执行 周通报 “领导急用”")).text).toContain(
      "6月22日 09:00一期已发出50份，到时不再重发",
    );
    expect((await office.says("市办", "立即执行 周通报 6月22日 “再发”")).code).toBe("already-done");
    await office.advanceTo("2020-06-22T12:00");
    expect(await notices()).toEqual({ [`空气质量周通报（${DAY_AFTER_WEEK}）`]: 50 });
    expect(await words()).toContain("2020-06-22 08:00 提前执行6月22日 09:00一期，50份，市办：领导急用");
  });

  test("what is further ahead is sent only when its day was named", async () => {
    const asked = await office.says("市办", "立即执行 滞后预警 “急用”");
    expect([asked.code, asked.instead]).toEqual(["conflict", ["立即执行 任务滞后预警 2020-07-01 “急用”"]]);
    expect((await office.says("市办", asked.instead[0] ?? "")).code).toBeNull();
  });

  test("of what was dropped while the bot was down sends it late, once", async () => {
    await office.wakesAt("2020-06-27T08:00");
    expect(await words("日程 周通报")).toContain("2020-06-22 09:00 停运期间到点，未发");
    expect((await office.says("市办", "立即执行 周通报 6月22日 “补上”")).code).toBeNull();
    expect(await notices()).toEqual({ [`补发：空气质量周通报（${DAY_AFTER_WEEK}）`]: 50 });
    expect((await office.says("市办", "立即执行 周通报 6月22日 “补上”")).code).toBe("already-done");
  });
});

test("a holiday that is entered moves what goes out by the calendar; what was moved by hand stays, and the office is told", async () => {
  await office.says("市办", "改期 周通报 6月22日 到 6月23日10时 “领导外出”");
  const rows = ["日期,类型,名称", "2020-06-23,休,端午节", "2020-06-24,休,端午节"];
  const answer = JSON.stringify(await importText(office, rows, { by: "市办" }));
  expect(answer).toContain("空气质量周通报6月22日一期（已改期到6月23日 10:00）现为休息日，仍按时发出");
  expect(answer).toContain("因此改日发出：周五清单6月24日 09:00→6月22日 09:00");
  await office.advanceTo("2020-06-23T10:00");
  expect(await notices()).toEqual({ [`空气质量周通报（${DAY_AFTER_WEEK}）`]: 50 });
});

test("a slot that is overtaken, since a holiday moves the next one ahead of it, goes out all the same", async () => {
  await office.says("市办", "改期 周五清单 6月26日 到 7月2日10时 “领导外出”");
  // The list of 3 July goes out on 30 June then.
  await importText(office, ["日期,类型", "2020-07-01,休", "2020-07-02,休", "2020-07-03,休"], { by: "市办" });
  await office.advanceTo("2020-07-06T12:00");
  const rows: string[] = await words("日程 周五清单");
  expect(rows.filter((row) => /已发/.test(row)).map((row) => row.slice(0, 16))).toEqual([
    "2020-06-30 09:00",
    "2020-07-02 10:00",
  ]);
});

test("all of it is the office's: others see their dates and change nothing", async () => {
  for (const said of [
    "暂停 周通报 “试”",
    "恢复 周通报",
    "改期 周通报 6月22日 到 6月23日 “试”",
    "立即执行 周通报 “试”",
  ])
    for (const who of ["海安联络员", "市领导", "督查"])
      expect((await office.says(who, said)).code).toBe("forbidden");
  const { labels, facts } = await office.says("海安联络员", "日程 周通报");
  expect(labels).toEqual(["全部日程"]);
  expect(facts.events[0]).not.toHaveProperty("deliveries");
  // A button that the office was shown is nobody else's to press.
  await office.says("市办", "日程 周通报");
});

test("日程 shows this week, another one, a month, and one job, in the words that offices use", async () => {
  await office.advanceTo("2020-06-22T10:00");
  const { text } = await office.says("市办", "日程");
  expect(text).toMatch(/6月22日 周一 09:00 +空气质量周通报 +已发，50份/);
  expect(text).toMatch(/6月24日 周三 09:00 +周五清单 +待发；原定6月26日 09:00，逢放假提前/);
  expect(text).toContain("6月25日至27日");
  expect(text).toContain("填报提醒：每个工作日09:00");
  const next = await office.says("海安联络员", "日程 下周");
  expect(next.facts.period).toMatchObject({ from: "2020-06-29", to: "2020-07-05" });
  expect((await office.says("市办", "日程 6月")).facts.period).toMatchObject({
    from: "2020-06-01",
    to: "2020-06-30",
  });
  const june = await office.opens("市办", "日程-2020-06.png");
  expect([june.type, june.bytes.length > 20_000]).toEqual(["image/png", true]);
  for (const said of ["日程 6月 图", "日程 6月 图片"]) {
    const { card } = await office.says("市办", said);
    expect([card.title, card.files?.[0]?.name]).toEqual(["日程 2020年6月", "日程-2020-06.png"]);
  }
  expect((await office.says("市办", "日程 6月 周通报")).card.title).toBe("日程 空气质量周通报 2020年6月");
  expect((await office.says("市办", "日程 2020年")).code).toBe("bad-period");
  expect((await office.says("市办", "日程 周通抱")).code).toBe("unknown-job");
});

test("a job of the nth working day is on that day, and not moved there from the first", async () => {
  const { text } = await office.says("市办", "日程 7月");
  const [line = ""] = text.split("\n").filter((one) => one.includes("季度点评会提请"));
  expect(line).toContain("7月7日");
  expect(line).not.toContain("原定");
});

test("whoever is away, and who stands in, is in the calendar of both and of the office", async () => {
  await office.says("市办", "请假 海安联络员 6月22日到6月24日 由海安领导代理");
  for (const who of ["市办", "海安联络员", "海安领导"])
    expect((await office.says(who, "日程 下周")).text).toContain("海安联络员请假，海安领导代理");
  expect((await office.says("如皋联络员", "日程 下周")).text).not.toContain("请假");
});
