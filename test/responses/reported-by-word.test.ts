import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnOffice } from "../support/office.ts";
import { aResponseOffice, starts } from "./stage.ts";

// What units say of a response in their own words.
let office: AnOffice;
beforeAll(async () => {
  office = await aResponseOffice("2020-12-10T17:00");
  await starts(office, "启动橙色预警 苏大气办〔2020〕3号");
});
afterAll(() => office.close());

test.each([
  ["铸造厂联系人", "报执行 1号炉已停 2号线限产50%", "1号炉已停 2号线限产50%"],
  ["铸造厂联系人", "报执行：“冲天炉已停”", "冲天炉已停"],
  ["海安联络员", "报落实 已通知各企业", "已通知各企业"],
])("%s：%s is in the form that reports it", async (who, phrase, text) => {
  const { card } = await office.says(who, phrase);
  const button = card.buttons.find(({ label }) => label === "报执行");
  const held = button?.kind === "press" ? button.fields.find(({ name }) => name === "text")?.value : null;
  expect(held).toBe(text);
});

test("who has not acknowledged it is asked of the response where that is named", async () => {
  const { rows } = (await office.says("市办", "应急 未签收")).facts;
  for (const phrase of ["应急 谁没签收", "应急没签收的"])
    expect((await office.says("市办", phrase)).facts.rows).toEqual(rows);
  expect((await office.says("市办", "谁没签收")).command).toBe("issues");
});

test("another county's part isn't none: it is that county's to see", async () => {
  expect(await office.says("启东联络员", "应急 海安")).toMatchObject({
    code: "forbidden",
    message: "海安的应急响应由海安和市级单位查看，您的权限限于启东。",
  });
  expect((await office.says("海安联络员", "应急 海安")).code).toBeNull();
  expect((await office.says("住建联络员", "应急 海安")).code).toBeNull();
});

test("what a contact says without a command's word is offered as a report, unless it asks", async () => {
  const said = await office.says("铸造厂联系人", "已停1台中频炉");
  expect(said).toMatchObject({
    code: "unknown-command",
    message: "没看懂“已停”。要报落实情况，请发送“报执行 已停1台中频炉”，或直接发照片。",
    instead: ["报执行 已停1台中频炉", "企业"],
  });
  const { card } = await office.says("铸造厂联系人", said.instead?.[0] ?? "");
  expect(JSON.stringify(card.buttons)).toContain("已停1台中频炉");
  expect((await office.says("铸造厂联系人", "几点解除呢")).message).not.toContain("报执行");
  // Of a long text so much as reads well on a button.
  const long = `已停${"一".repeat(70)}`;
  expect((await office.says("铸造厂联系人", long)).instead).toEqual([`报执行 ${long.slice(0, 60)}`, "企业"]);
});
