import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

// 港闸区 became part of 崇川区 on 28 July 2020, 海门市 became 海门区 under its name. What 港闸 owed passes to 崇川; its
// people are told of nothing and can do nothing until the office has said where they belong.

let office: AnOffice;
let [g, h] = ["", ""];
let before: Map<string, number>;
const sentTo = async (names: readonly string[], since = 0) =>
  (await office.bot.store.read((r) => r.outbox.after(since))).filter(({ audience }) =>
    names.includes(audience),
  );

beforeAll(async () => {
  office = await anOffice({ at: "2020-07-20T09:00" });
  g = (await office.says("市办", "交办 港闸 “喷漆作业未密闭” 8月14日前")).facts.issue.no;
  h = (await office.says("市办", "交办 海门 “堆场未苫盖” 8月14日前")).facts.issue.no;
  await office.says("港闸联络员", `签收 ${g}`);
  await office.advanceTo("2020-07-27T23:59");
  before = new Map([["newest", await office.bot.store.read((r) => r.outbox.newestId())]]);
  await office.advanceTo("2020-08-03T09:00");
});
afterAll(() => office.close());

describe("on 3 August", () => {
  test("the issue is 崇川's, with the old name, and 崇川's people act on it", async () => {
    expect((await office.says("市办", `问题 ${g}`)).facts.issue.county).toBe("崇川（原港闸）");
    const seen = await office.says("崇川联络员", `问题 ${g}`);
    expect(seen.labels).toContain("提交整改");
    expect((await office.says("市办", `问题 ${h}`)).facts.issue.county).toBe("海门");
    expect((await office.says("海门联络员", `问题 ${h}`)).labels).toContain("签收");
  });

  test.each(["问题 崇川", "问题 港闸"])("%s lists it", async (asked) => {
    const { facts } = await office.says("市办", asked);
    expect(facts.rows.map(({ no }: { no: string }) => no)).toContain(g);
  });

  test("an order to 港闸 goes to 崇川, and by their names both places are found", async () => {
    const given = await office.says("市办", "交办 港闸 “合并后新发现的积尘” 5个工作日");
    expect(given.facts.issue.county).toBe("崇川");
    const asked = await office.says("市办", "港闸");
    expect(asked.code).toBe("no-data");
    expect(asked.message).toContain("港闸区已并入崇川区（2020年7月）");
    expect(asked.instead).toContain("崇川");
    expect((await office.says("市办", "港闸 2020-06")).card.title).toContain("港闸区");
    expect((await office.says("市办", "海门市")).card.title).toContain("海门区");
    expect((await office.says("市办", "海门区 2020-06")).card.title).toContain("海门市");
  });
});

describe("the people of 港闸, from 28 July on", () => {
  const people = ["港闸联络员", "港闸领导"];

  test("are told of nothing: no reminder, no rung, no notice", async () => {
    await office.advanceTo("2020-08-20T10:00");
    expect(await sentTo(people, before.get("newest"))).toEqual([]);
    const rungs = await sentTo(["崇川联络员", "崇川领导"], before.get("newest"));
    const told = await piecesAfter(office.bot, before.get("newest") ?? 0);
    const aboutG = told.filter(
      ({ job, card }) => job === "issue-deadlines" && JSON.stringify(card).includes(g),
    );
    const heirs = aboutG.map(({ to }) => to).filter((name) => name.startsWith("崇川"));
    expect(new Set(heirs)).toEqual(new Set(["崇川联络员", "崇川领导"]));
    expect(rungs.some(({ row }) => row.job === "weekly-notice")).toBe(true);
  });

  test.each(["今日", "问题", "港闸 2020-06", "统计 6月"])(
    "can do nothing: %s is refused, and says whom to ask",
    async (asked) => {
      const { code, message } = await office.says("港闸联络员", asked);
      expect(code).toBe("forbidden");
      expect(message).toBe(
        "港闸区已于2020年7月28日并入崇川区，您的岗位等市办确认，此前不能查看和办理。请联系市办。",
      );
    },
  );

  test("their buttons and forms are dead, too", async () => {
    const token = (await office.cardsOf("港闸联络员")).flatMap(({ buttons }) =>
      buttons.flatMap((button) => (button.kind === "press" ? [button.token] : [])),
    )[0];
    expect((await office.presses("港闸联络员", token ?? "none")).code).toBe("forbidden");
    const [file] = (await office.cardsOf("港闸联络员")).flatMap(({ files = [] }) =>
      files.map(({ name }) => name),
    );
    if (file !== undefined) await expect(office.opens("港闸联络员", file)).rejects.toThrow("港闸区已于");
  });

  test("come back where the office moves them, on that day", async () => {
    const raw = new Database(office.file);
    raw.prepare("update person set region_id = 'chongchuan' where name = '港闸联络员'").run();
    raw.close();
    expect((await office.says("港闸联络员", `问题 ${g}`)).labels).toContain("提交整改");
  });

  test("of 海门, which goes on under its name, nobody is kept out", async () => {
    expect((await office.says("海门领导", "今日")).code).toBeNull();
    const told = await sentTo(["海门联络员"], before.get("newest"));
    expect(told.some(({ row }) => row.job === "weekly-notice")).toBe(true);
  });
});

test("on the day before, 港闸's people still are its people", async () => {
  const eve = await anOffice({ at: "2020-07-27T16:00" });
  expect((await eve.says("港闸联络员", "今日")).code).toBeNull();
  eve.close();
});
