import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-01T07:00" });
  await office.advanceTo("2020-06-16T12:00");
});
afterAll(() => office.close());

test("a number that no issue has is the paper's, in whatever state it is: 退回 20号 is told what became of it", async () => {
  const { rows } = (await office.says("市办", "文件 滞后预警")).facts;
  const { no } = rows[0];
  expect((await office.says("市办", `公文 ${no}`)).code).toBe("unknown-issue");
  expect((await office.says("市办", `退回 ${no} “数字再核”`)).message).toContain("已经印发，不能再退回");
  expect((await office.says("城管联络员", `更正 ${no}`)).message).toContain("须由市办");
  // Of a paper that somebody can't read nothing is told.
  expect((await office.says("海安联络员", `退回 ${no} “再核”`)).code).toBe("unknown-issue");
});

test("撤回公文 and 更正公文 without a number list what is out, and say how to go on", async () => {
  for (const word of ["撤回公文", "更正公文"]) {
    const { text, facts } = await office.says("市办", word);
    expect(text).toContain(`请写明编号，例如：${word} ${facts.rows[0].no}`);
    expect(facts.rows.every(({ state }: { state: string }) => state === "issued")).toBe(true);
  }
});

test.each([
  ["签发 abc", "“abc”不是文件编号，请写成“签发 12号”。"],
  ["退回公文 abc", "“abc”不是文件编号，请写成“退回公文 12号”。"],
  ["更正 900号", "没有900号文件，也没有编号为NT-2020-000900的问题"],
  ["退回 900号 “再核”", "没有900号文件，也没有编号为NT-2020-000900的问题"],
])("%s is answered with what is wrong in it", async (phrase, message) => {
  expect((await office.says("市办", phrase)).message).toContain(message);
});

test("the bare name of a kind lists its papers; of none it says so, and leads to when there will be", async () => {
  expect((await office.says("市办", "滞后预警")).facts).toEqual(
    (await office.says("市办", "文件 滞后预警")).facts,
  );
  const { card, text } = await office.says("市办", "年报");
  expect(card.title).toBe("文件（年度工作总结）");
  expect(text).toContain("还没有印发过年度工作总结。");
  expect(card.buttons).toEqual([{ kind: "say", label: "什么时候出", say: "日程 年度工作总结" }]);
  expect((await office.says("市办", "日程 周报")).text).toContain("空气质量周通报");
});

test("any paper is had as picture, Word and Excel, the lag warning too", async () => {
  const [warning] = (await office.says("市办", "文件 滞后预警")).facts.rows;
  for (const [look, ending] of [
    ["图片", ".png"],
    ["Word", ".docx"],
    ["Excel", ".xlsx"],
  ] as const) {
    const { card } = await office.says("市办", `文件 ${warning.no} ${look}`);
    expect(card.files?.length).toBeGreaterThan(0);
    expect(card.files?.every(({ name }) => name.endsWith(ending))).toBe(true);
  }
});

test("of what is out, or never needed it, nobody is sent to somebody else for a signature", async () => {
  const [warning] = (await office.says("市办", "文件 滞后预警")).facts.rows;
  expect((await office.says("市办", `签发 ${warning.no}`)).message).toContain("已经印发，不能再签发");
  const [sheet] = (await office.says("市办", "文件 昨日快报")).facts.rows;
  const withdrawn = await office.says("市办", `撤回公文 ${sheet.no} “发错”`);
  // It has no number that could stay.
  expect(withdrawn.text).toContain("：已作废，已告知收到的人");
  expect((await office.says("市办", `签发 ${sheet.no}`)).message).toContain("已经撤回");
});

test("拟稿 lists what can be drafted at a word, and says what begins the rest", async () => {
  const { text, facts } = await office.says("市办", "拟稿");
  expect(facts.kinds).toContain("monthly-ranking");
  expect(facts.kinds).not.toContain("warning-letter");
  for (const [title, word] of [
    ["预警提醒函", "提醒函"],
    ["约谈通知", "约谈"],
  ]) {
    expect(text).toContain(`${title}（${word}）`);
    for (const said of [title, word]) {
      const refused = await office.says("市办", `拟稿 ${said}`);
      expect([refused.message, refused.instead]).toEqual([expect.stringContaining(`发送“${word}”`), [word]]);
    }
  }
  expect((await office.says("市办", "拟稿 滞后预警")).message).toContain("由系统按时拟稿");
});

test.each([
  ["待我签", "pending"],
  ["全部签发", "pending"],
  ["送审", "pending"],
  ["谁没回复", "reply"],
  ["写纪要", "minutes"],
])("%s leads to %s", async (phrase, command) => {
  expect((await office.says("市办", phrase)).command).toBe(command);
});
