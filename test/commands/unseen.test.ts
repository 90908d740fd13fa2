import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const LIAISON = "海安联络员";
const order = async (title: string) => {
  const { facts } = await office.says("市办", `交办 海安 “${title}” 5个工作日`);
  return facts.issue.no as string;
};
const unseen = async (what: string) => {
  const { facts } = await office.says("市办", `谁没看 ${what}`);
  return (facts.unseen as { person: string }[]).map(({ person }) => person);
};

describe("a notice is seen when its reader has done something since it arrived", () => {
  test.each<[string, (no: string) => Promise<unknown>]>([
    ["sent a command", () => office.says(LIAISON, "海安")],
    ["sent what wasn't understood", () => office.says(LIAISON, "呵呵呵呵")],
    ["pressed a button", () => office.presses(LIAISON, "签收")],
  ])("%s", async (_, act) => {
    // What was done before it arrived, at the very same time of the clock, says nothing.
    await office.says(LIAISON, "帮助");
    const no = await order(`看没看 ${_}`);
    expect(await unseen(no)).toEqual([LIAISON]);
    await office.says("如皋联络员", "帮助");
    expect(await unseen(no)).toEqual([LIAISON]);
    await act(no);
    expect(await unseen(no)).toEqual([]);
    expect((await office.says("市办", `谁没看 ${no}`)).facts.seen).toContain(LIAISON);
  });

  test("not by what they read in a group", async () => {
    const no = await order("群里看");
    await office.says({ member: LIAISON, group: "C1" }, "帮助");
    expect(await unseen(no)).toEqual([LIAISON]);
  });

  test("not while it waits, or where nobody knows that it arrived", async () => {
    const no = await order("发不出的");
    const issue = await office.bot.store.read((r) => r.issues.byNo(no));
    await office.says(LIAISON, "帮助");
    const to = (await office.bot.store.read((r) => r.people.byName("海安领导")))?.id ?? 0;
    await office.bot.store.write(async ({ outbox, people }) => {
      await people.pushTo(to, "slack");
      const card = { title: "另一条", subject: `issue:${issue?.id}`, ...{ blocks: [] } };
      await outbox.queue({ key: "test/unsent", to: { personId: to }, class: "must-arrive", card }, 0);
    });
    await office.says("海安领导", "帮助");
    const { facts } = await office.says("市办", `谁没看 ${no}`);
    expect(facts.unseen).toEqual([{ person: "海安领导", title: "另一条", state: "waiting" }]);
  });
});

test("a weekly notice names everybody who hasn't had it before them, also as a part of another message", async () => {
  await office.advanceTo("2020-06-15T09:00");
  expect(await unseen("周通报")).toEqual(expect.arrayContaining([LIAISON, "如东领导"]));
  await office.says(LIAISON, "帮助");
  expect(await unseen("周通报")).not.toContain(LIAISON);
  expect(await unseen("周通报")).toContain("如东领导");
});

test("of any paper: by its name and week, by its number; an issue of the same number goes first", async () => {
  const { facts } = await office.says("市办", "文件 周通报");
  const [{ no }] = facts.rows;
  const all = await unseen("周通报");
  for (const said of ["周通报 上周", "周通报 第1期", `文件 ${no}`]) expect(await unseen(said)).toEqual(all);
  expect((await office.says("市办", `谁没看 问题 ${no}`)).facts.about).toMatch(/^NT-/);
  expect((await office.says("市办", "谁没看 月排名")).message).toContain("没有月度公开排名");
  expect((await office.says("市办", "谁没看 900号")).message).toMatch(
    /没有NT-2020-000900这件问题，也没有900号文件/,
  );
});

test("a paper says to the city's people how many have had it before them, and leads to who hasn't", async () => {
  const [{ no }] = (await office.says("市办", "文件 周通报")).facts.rows;
  const { text, labels, facts } = await office.says("市办", `文件 ${no}`);
  expect(text).toContain(`已发${facts.recipients}份，${facts.read}份已看`);
  expect(labels).toContain("谁没看");
  expect((await office.presses("市办", "谁没看")).facts.about).toBe(no);
  expect((await office.says(LIAISON, `文件 ${no}`)).labels).not.toContain("谁没看");
});

test("new issues that came as one list, and reminders that did, are looked for by each of their numbers", async () => {
  const ledger = ["一", "二", "三", "四"].map((n) => `海安,${n}号地块裸土,2020-06-30,整改中`);
  const done = await importText(office, ["县区,问题描述,整改时限,状态", ...ledger]);
  const [first] = (await office.says("市办", "问题 海安 一号地块")).facts.rows as { no: string }[];
  expect(done.rejected).toEqual([]);
  expect(await unseen(first?.no ?? "")).toEqual([LIAISON]);
  await office.says(LIAISON, "帮助");
  expect(await unseen(first?.no ?? "")).toEqual([]);
});

test.each<[who: string, phrase: string, code: string]>([
  [LIAISON, "谁没看 周通报", "forbidden"],
  ["市办", "谁没看", "usage"],
  ["市办", "谁没看 NT-2020-000999", "no-data"],
])("%s: %s is refused as %s", async (who, phrase, code) => {
  expect((await office.says(who, phrase)).code).toBe(code);
});
