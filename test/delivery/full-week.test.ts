import { afterAll, beforeAll, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// A week that has brought everybody as much as the plan allows: what can't wait comes at once, what counts with the digest.

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T10:00" });
  const { pack } = office.bot.office;
  const noise = { ...pack.settings.noise, perWeek: 0 };
  office.bot.office = {
    ...office.bot.office,
    pack: { ...pack, settings: { ...pack.settings, noise } },
  };
});
afterAll(() => office.close());

const has = async (who: string, title: RegExp) =>
  (await office.cardsOf(who)).some((card) => title.test(card.title));

test.each([
  ["an order", "交办 海安 住建局主办 如皋协办 “交界处堆土未盖” 5个工作日", "海安联络员", /^新的交办/],
  ["a part in one", "", "如皋联络员", /^请协办/],
  ["an invitation to a meeting", "会商 6月8日9时30分 市政府301", "海安领导", /^会议通知/],
  ["another time for it", "改会 1 6月8日10时30分", "海安领导", /^会议变更/],
  ["that it is called off", "取消会议 1 领导外出", "海安领导", /^会议取消/],
])("%s comes at once", async (_, said, who, title) => {
  if (said !== "") expect((await office.says("市办", said)).code).toBeNull();
  expect(await has(who, title)).toBe(true);
});

test("codes come at once to whoever sent the list", async () => {
  await importText(office, ["姓名,角色,范围,手机", "张三,县区联络员,海安,13812345678"], { by: "市办" });
  await office.says("市办", "帮助");
  expect(await has("市办", /邀请码/)).toBe(true);
});

test("what somebody only has to know waits for the digest, though it must be read", async () => {
  await office.says("海安联络员", "签收 8");
  await office.says("市办", "请假 海安联络员 6月3日到6月5日 由海安领导代理");
  expect(await has("海安领导", /代理海安联络员/)).toBe(false);
  await office.advanceTo("2020-06-03T16:00");
  const digest = (await office.cardsOf("海安领导")).at(-1);
  expect(JSON.stringify(digest)).toContain("代理海安联络员");
});
