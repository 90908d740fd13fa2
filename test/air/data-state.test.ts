import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { periodDataState, togetherDataState } from "../../src/domain/air/data-state.ts";
import { importCard } from "../../src/incoming/import-card.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { anOffice } from "../support/office.ts";

const rest = "60,9,30,1.0,90";

async function story(at = "2020-06-15T08:30") {
  const office = await anOffice({ at });
  onTestFinished(() => office.close());
  const brings = async (...rows: string[]) => {
    const head = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h,数据状态";
    const bytes = new TextEncoder().encode([head, ...rows].join("\n"));
    const result = await importFile(
      office.bot,
      { name: "空气.csv", bytes },
      { person: null, partial: false },
    );
    return { result, text: textOf(importCard("空气.csv", result)) };
  };
  return { office, brings };
}

test.each([
  ["海安 5月", "audited", undefined, /审核后数据/],
  ["海安 6月", "unaudited", undefined, /[；，]未经审核，仅供参考/],
  ["海安", "mixed", "2020-06-01", /部分未经审核（6月1日起），仅供参考/],
  ["全市", "mixed", "2020-06-01", /部分未经审核（6月1日起）/],
  ["海安 5月4日", "audited", undefined, /审核后数据/],
  ["海安 昨天", "unaudited", undefined, /未经审核，仅供参考/],
  ["排名 5月", "audited", undefined, /审核后数据/],
  ["排名 二季度", "mixed", "2020-06-01", /部分未经审核（6月1日起）/],
  ["对比 海安 启东 5月", "audited", undefined, /审核后数据/],
  ["日报 昨天", "unaudited", undefined, /未经审核，仅供参考/],
])("%s says what its days are: %s", async (phrase, dataState, unauditedSince, words) => {
  const { office } = await story();
  const { facts, text } = await office.says("市办", phrase);
  expect(facts).toMatchObject({ dataState });
  expect(facts.unauditedSince).toBe(unauditedSince);
  expect(text).toMatch(words);
});

test("a weekly notice says what its week was when it went out", async () => {
  const { office } = await story("2020-05-31T08:00");
  await office.advanceTo("2020-06-08T10:00");
  const notices = await office.cardsOf("市办");
  const noteOf = (week: string) =>
    textOf(notices.find(({ title }) => title.includes(week)) as (typeof notices)[0]);
  expect(noteOf("5月25日至31日")).toContain("审核后数据");
  expect(noteOf("6月1日至7日")).toMatch(/[；，]未经审核，仅供参考/);
});

test("the office has a month audited once it is over; who may, which months, and how many days are valid", async () => {
  const { office } = await story("2020-07-02T09:00");
  for (const who of ["市领导", "督查", "海安领导", "海安联络员", "住建联络员"])
    expect((await office.says(who, "审定 6月")).code).toBe("forbidden");
  expect((await office.says("市办", "审定 7月")).message).toContain("还没有结束");
  expect((await office.says("市办", "审定 上周")).message).toContain("不是整月");
  expect((await office.says("市办", "审定")).code).toBe("usage");
  expect((await office.says("市办", "审定 5月")).facts).toMatchObject({ audited: 0, days: 31 });
  expect((await office.says("市办", "审定 2017年5月")).code).toBe("no-data");
  const done = await office.says("市办", "审定 6月");
  expect(done.text).toMatch(/已审定：2020年6月空气数据.*海安.*\d+\/30/s);
  expect(done.facts).toMatchObject({ batch: 1, days: 30, period: { from: "2020-06-01", to: "2020-06-30" } });
  expect((await office.says("市办", "海安 6月")).facts.dataState).toBe("audited");
  expect((await office.says("市办", "全市 6月")).facts.dataState).toBe("audited");
  const [row] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(row).toMatchObject({ act: "certify", outcome: "done", subject: "batch:1" });
  await office.says("市办", "撤回导入 1");
  expect((await office.says("市办", "海安 6月")).facts.dataState).toBe("unaudited");
});

test("a month with gaps is audited as it is, and the answer says whose days don't suffice", async () => {
  const { office, brings } = await story("2020-06-20T08:00");
  await brings("2018-04-01,海安,35,60,9,30,1.0,90,", "2018-04-02,海安,35,60,9,30,1.0,90,");
  expect((await office.says("市办", "审定 2018年4月")).text).toMatch(/海安.*2\/30.*有效天数不足（2\/27天）/);
});

test("a correction that isn't audited itself undoes the audit of its day, and says so", async () => {
  const { office, brings } = await story();
  const { result, text } = await brings(`2020-05-04,海安,99,${rest},`, `2020-05-05,海安,98,${rest},审核后`);
  expect(result).toMatchObject({ corrected: 2 });
  expect(text).toMatch(/1条更正了审核后的数据，现为未经审核：海安5月4日。核对后请发送“审定 2020年5月”/);
  expect((await office.says("市办", "海安 5月")).facts).toMatchObject({ dataState: "mixed" });
  expect((await office.says("市办", "海安 5月")).text).toContain("；部分未经审核，仅供参考");
  expect((await office.says("市办", "海安 5月5日")).facts.dataState).toBe("audited");
  await office.says("市办", "审定 2020年5月");
  expect((await office.says("市办", "海安 5月")).facts.dataState).toBe("audited");
});

test("a realtime figure never replaces an audited one: it is left aside, and that is said", async () => {
  const { office, brings } = await story();
  const before = (await office.says("市办", "海安 5月4日")).facts;
  const { result, text } = await brings(`2020-05-04,海安,99,${rest},实时`);
  expect(result).toMatchObject({ added: 0, corrected: 0, unchanged: 1, batch: null });
  expect(text).toMatch(/1条是实时数据，与审核后的数据不同，保留审核后的：海安5月4日/);
  expect((await office.says("市办", "海安 5月4日")).facts).toEqual(before);
});

test("the same figures, audited now, change the state and nothing else", async () => {
  const { office, brings } = await story();
  await brings(`2020-06-10,海安,35,${rest},实时`);
  const { result, text } = await brings(`2020-06-10,海安,35,${rest},审核后`);
  expect(result).toMatchObject({ added: 0, corrected: 0, unchanged: 1, batch: 2 });
  expect(text).toContain("1条数值不变，转为审核后。");
  expect((await office.says("市办", "海安 6月10日")).facts.dataState).toBe("audited");
  await office.says("市办", "撤回导入 2");
  expect((await office.says("市办", "海安 6月10日")).facts.dataState).toBe("unaudited");
});

test("a region's day is audited when all of its stations' are", async () => {
  const { office } = await story();
  const stations = (await office.bot.store.read((r) => r.air.stations())).filter(
    (s) => s.regionId === "haian",
  );
  const brings = async (names: readonly string[]) => {
    const rows = names.map((name) => `2020-06-10,${name},35,${rest},审核后`);
    const text = ["日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h,数据状态", ...rows].join("\n");
    const bytes = new TextEncoder().encode(text);
    await importFile(office.bot, { name: "站点.csv", bytes }, { person: null, partial: false });
  };
  const [first = "", ...others] = stations.map(({ name }) => name);
  await brings(others);
  expect((await office.says("市办", "海安 6月10日")).facts.dataState).toBe("unaudited");
  await brings([first]);
  expect((await office.says("市办", "海安 6月10日")).facts.dataState).toBe("audited");
});

test("a state that nobody knows is refused by its cell", async () => {
  const { brings } = await story();
  const { result } = await brings(`2020-06-10,海安,35,${rest},大概`);
  expect(result.rejected).toMatchObject([
    { column: "数据状态", value: "大概", reason: expect.stringContaining("请填“实时”或“审核后”") },
  ]);
});

test("what a notice that went out rests on can't be taken back, and is named", async () => {
  const { office, brings } = await story("2020-06-14T08:00");
  await brings(`2020-06-09,海安,35,${rest},`);
  await brings(`2020-06-14,海安,35,${rest},`);
  await brings(`2019-06-09,海安,35,${rest},`);
  await brings(`2018-06-09,海安,35,${rest},`);
  await office.says("市办", "撤回导入 2");
  await office.advanceTo("2020-06-15T10:00");
  expect(await office.says("市办", "撤回导入 1")).toMatchObject({
    code: "conflict",
    message:
      "第1号导入的数据已用于发出的空气质量周通报（6月8日至6月14日），不能撤回；数据有误请导入更正后的文件。",
  });
  // Last year's days, that it is compared with, too; nothing rests on the year before.
  expect((await office.says("市办", "撤回导入 3")).code).toBe("conflict");
  expect((await office.says("市办", "撤回导入 4")).code).toBeNull();
  const issued = await office.bot.store.read((r) => r.officialPapers.issuedSince(Date.parse("2020-06-14")));
  expect(issued.find(({ row }) => row.kind === "weekly-notice")).toMatchObject({
    row: { kind: "weekly-notice", firstDay: "2020-06-08" },
    print: { batches: [1, 3] },
  });
});

test("a state tells exactly: all audited, none, or from which day on none", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (audited) => {
      const days = audited.map((_, i) => ({ date: `2020-06-${String(i + 1).padStart(2, "0")}` }));
      const none = days.filter((_, i) => !audited[i]);
      const state = periodDataState(days, { days: none.length, since: none[0]?.date ?? null });
      const since = days.find((_, i) => audited.slice(i).every((yes) => !yes))?.date ?? null;
      const isSuffix = none.length === (since === null ? 0 : days.filter(({ date }) => date >= since).length);
      if (none.length === 0) expect(state).toEqual({ state: "audited", since: null });
      else if (none.length === days.length) expect(state).toEqual({ state: "unaudited", since: null });
      else expect(state).toEqual({ state: "mixed", since: isSuffix ? since : null });
      expect(togetherDataState([state, state])).toEqual(state);
    }),
  );
});

test("several places together are audited only when each is", () => {
  const mixed = (since: string | null) => ({ state: "mixed", since }) as const;
  const [audited, unaudited] = [
    { state: "audited", since: null },
    { state: "unaudited", since: null },
  ] as const;
  expect(togetherDataState([])).toEqual(unaudited);
  expect(togetherDataState([audited, mixed("2020-06-09")])).toEqual(mixed("2020-06-09"));
  expect(togetherDataState([mixed("2020-06-08"), mixed("2020-06-09")])).toEqual(mixed(null));
  expect(togetherDataState([audited, unaudited])).toEqual(mixed(null));
});
