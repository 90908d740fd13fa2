import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

type Row = { name: string; role: string; scope: string };

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const names = async (who: string, said: string) =>
  ((await office.says(who, said)).facts.rows as Row[]).map((row) => row.name);

test("人员 lists everyone to the office, with role and scope", async () => {
  const { command, facts } = await office.says("市办", "人员");
  expect(command).toBe("people");
  const everyone = await office.bot.store.read((r) => r.people.all());
  expect(facts.rows).toHaveLength(everyone.length);
  expect(facts.rows).toContainEqual({ name: "海安联络员", role: "county-liaison", scope: "海安" });
  expect(facts.rows).toContainEqual({ name: "住建联络员", role: "department-liaison", scope: "住建" });
});

test.each([
  ["人员 海安", ["海安领导", "海安联络员", "海安点位长", "城东镇联络员", "海安生态环境局联络员"]],
  ["人员 住建局", ["住建联络员"]],
  ["人员 点位长", ["海安点位长", "海门点位长", "通州点位长"]],
  ["人员 海安 县区领导", ["海安领导"]],
  ["通讯录 市领导", ["市领导"]],
  ["人员 海安联络员", ["海安联络员"]],
  ["人员 住建联络员", ["住建联络员"]],
  ["海安领导是谁", ["海安领导"]],
])("%s narrows the list", async (said, expected) => {
  expect(await names("市办", said)).toEqual(expected);
});

test("the only one in a post is shown whole", async () => {
  expect((await office.says("市办", "人员 海安联络员")).card.title).toBe("海安联络员");
  expect((await office.says("海安联络员", "人员 如东联络员")).code).toBe("forbidden");
});

test("a county's people see their own and the city's, not another county's", async () => {
  const seen = await names("海安领导", "人员");
  expect(seen).toEqual(expect.arrayContaining(["市办", "海安联络员", "住建联络员"]));
  expect(seen.filter((name) => /^(如东|如皋|启东|通州)/.test(name))).toEqual([]);
  expect((await office.says("海安领导", "人员 如东")).code).toBe("forbidden");
});

test("after the merger both districts' people stand under 崇川", async () => {
  const august = await anOffice({ at: "2020-08-03T08:30" });
  const { facts } = await august.says("市办", "人员 崇川");
  expect(facts.rows.map((row: Row) => [row.name, row.scope])).toEqual(
    ["崇川领导", "崇川联络员", "港闸领导", "港闸联络员"].map((name) => [name, "崇川"]),
  );
  august.close();
});
