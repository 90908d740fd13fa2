import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { issuesNamed } from "../../src/chat/mentions.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each([
  ["NT-2020-000006", ["NT-2020-000006"]],
  ["昨天看了nt-2020-6，没改完", ["NT-2020-000006"]],
  ["ＮＴ－2020－000006", ["NT-2020-000006"]],
  ["NT-2020-000006和NT-2020-000007一起，NT-2020-000006急", ["NT-2020-000006", "NT-2020-000007"]],
  ["6号问题", ["NT-2020-000006"]],
  ["第6号问题怎么样了", ["NT-2020-000006"]],
  ["问题6号先办", ["NT-2020-000006"]],
  ["６号问题", ["NT-2020-000006"]],
  // Days, amounts, other numbers, and what no issue can be called.
  ["6号开会", []],
  ["6月6号前上报", []],
  ["000006", []],
  ["6", []],
  ["问题 6", []],
  ["有6件问题", []],
  ["任务6", []],
  ["电话 0513-2020", []],
  ["NT-2020-0000006", []],
  ["大家好", []],
  ["", []],
])("%s names %o", async (text, named) => {
  const context = await contextOf(office.bot);
  expect(issuesNamed(text, context.commands, context)).toEqual(named);
});
