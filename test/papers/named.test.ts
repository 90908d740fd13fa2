import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

/** On 16 June: three weekly notices are out (the third is 15号), the ranking of May is 12号 and waits for the office's check. */
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-01T07:00" });
  await office.advanceTo("2020-06-16T12:00");
});
afterAll(() => office.close());

test.each([
  "更正 周通报 上周",
  "更正上周周通报",
  "更正上周的周通报",
  "把上周的周通报更正一下",
  "上周的周通报更正",
  "周通报 上周 更正",
  "更正周通报第3期",
  "更正 周通报 3号",
  "更正 周通报 15号",
  "更正 15号周通报",
  "更正 周通报 6月15日",
  "更正 周报 6月第2周",
  "更正公文 周通报 上周",
])("%s is the correction of a paper and of no order", async (phrase) => {
  const { message } = await office.says("市办", phrase);
  expect(message).toBe("按现在的数据，15号文件公布的数字没有变化，不用更正。");
});

test.each([
  ["签发 月排名", "12号文件须由市领导签发。"],
  ["签发5月月排名", "12号文件须由市领导签发。"],
  ["月排名签发", "12号文件须由市领导签发。"],
  ["5月的月排名 签发", "12号文件须由市领导签发。"],
  ["签发 12号 月排名", "12号文件须由市领导签发。"],
  ["退回月排名 “数字再核”", "12号文件还是待审核的稿子，不用退回。"],
  ["月排名退回 “数字再核”", "12号文件还是待审核的稿子，不用退回。"],
  ["退回 5月月排名", "请写明意见，例如：退回公文 12号 “数字再核”。"],
  ["撤回 月排名", "请写明原因，例如：撤回公文 12号 “发错对象”。"],
  ["撤回 15号", "请写明原因，例如：撤回 15号 “发错对象”。"],
  ["更正 月排名", "12号文件没有印发，不用更正；按现在的数据重拟请发送“拟稿 12号”。"],
  ["更正 周通报 12号", "12号文件是“月度公开排名（2020年5月）”，不是空气质量周通报。"],
  ["周通报第9期", "没有第9期空气质量周通报，或不在您的范围内。发送“文件 空气质量周通报”看清单。"],
  ["签发纪要", "没有会议纪要，或不在您的范围内。发送“文件 会议纪要”看清单。"],
  ["纪要签发", "没有会议纪要，或不在您的范围内。发送“文件 会议纪要”看清单。"],
  ["审核 约谈", "没有约谈通知，或不在您的范围内。发送“文件 约谈通知”看清单。"],
  ["提醒函签发", "没有预警提醒函，或不在您的范围内。发送“文件 预警提醒函”看清单。"],
  ["谁没看 月排名", "这份文件还没有印发，没有发给任何人。"],
  ["月排名 5月 Word", "2020年5月的公开排名还没有印发，印发后才有文件。可以先看“月排名 2020年5月”。"],
  ["更正会商材料 5月", "没有2020年5月的会议材料，或不在您的范围内。发送“文件 会议材料”看清单。"],
])("%s: %s", async (phrase, message) => {
  expect((await office.says("市办", phrase)).message).toBe(message);
});

test.each(["更正 周通报", "更正周通报", "周通报更正", "撤回周通报"])(
  "%s means one of several: it is asked which, and nothing is done",
  async (phrase) => {
    const { facts, card } = await office.says("市办", phrase);
    expect(facts.asks).toEqual(["15号", "8号", "1号"]);
    const [first] = card.buttons ?? [];
    expect(first).toEqual({
      kind: "say",
      label: expect.any(String),
      say: expect.stringMatching(/^(更正|撤回)公文 15号$/),
    });
    const { rows } = (await office.says("市办", "文件 周通报")).facts;
    expect(rows.every(({ state }: { state: string }) => state === "issued")).toBe(true);
  },
);

test("who has no right to it is told so, whatever the paper is called", async () => {
  expect((await office.says("海安联络员", "更正 周通报")).message).toBe("更正文件须由市办办理。");
  expect((await office.says("海安联络员", "撤回 周通报 上周 “错”")).message).toBe("15号文件须由市办撤回。");
  expect((await office.says("海安联络员", "审核 月排名")).code).toBe("no-data");
});

test("by its name, too, a draft is nobody's to read but theirs who draft and sign it", async () => {
  for (const phrase of ["文件 月排名 12号", "审核 月排名", "谁没看 月排名"])
    expect([phrase, (await office.says("督查", phrase)).code]).toEqual([phrase, "no-data"]);
  for (const who of ["市办", "市领导"])
    expect((await office.says(who, "文件 月排名 12号")).card.title).toBe("待审核：月度公开排名（2020年5月）");
});

test("what a kind shows to everybody is found by its name, alone and in the list", async () => {
  const { rows } = (await office.says("市办", "文件 日报")).facts;
  const { no, title } = rows[0];
  expect((await office.says("海安联络员", `文件 日报 ${no}`)).card.title).toBe(
    (await office.says("海安联络员", `文件 ${no}`)).card.title,
  );
  const list = await office.says("海安联络员", "文件 日报");
  expect(list.card.title).toBe("文件（昨日快报，12件）");
  expect(list.facts.rows[0]).toMatchObject({ no, title });
  // It isn't among what they were sent.
  expect((await office.says("海安联络员", "文件")).text).not.toContain(title);
});

test.each([
  ["文件 日报", "文件（昨日快报，12件）"],
  ["日报文件", "文件（昨日快报，12件）"],
  ["文件 约谈", "文件（约谈通知）"],
  ["文件 纪要", "文件（会议纪要）"],
  ["提醒函 文件", "文件（预警提醒函）"],
  ["5月月排名文件", "文件（月度公开排名，2020年5月，1件）"],
  ["文件 周通报 第3期", "空气质量周通报（2020年6月8日至14日）"],
  ["文件 周通报 15号", "空气质量周通报（2020年6月8日至14日）"],
  ["周通报第3期", "空气质量周通报（2020年6月8日至14日）"],
  ["周通报 8号", "空气质量周通报（2020年6月1日至7日）"],
])("%s shows %s", async (phrase, title) => {
  expect((await office.says("市办", phrase)).card.title).toBe(title);
});

test.each([
  ["周通报签发了吗", "notice"],
  ["日报", "days"],
  ["约谈", "interview"],
])("%s is no paper's: %s answers", async (phrase, command) => {
  expect((await office.says("海安联络员", phrase)).command).toBe(command);
});

test("更正 6 周通报未张贴 is about the order 6, and no term of six weeks", async () => {
  const { facts, card } = await office.says("市办", "更正 6 周通报未张贴");
  expect(facts.understood.args).toEqual({ no: "NT-2020-000006", title: "周通报未张贴" });
  expect(card.title).toBe("已更正");
});

test("a number that no issue has is withdrawn as a paper's", async () => {
  const { rows } = (await office.says("市办", "文件 滞后预警")).facts;
  const { no, number } = rows[0];
  expect((await office.says("市办", `撤回 ${no} “发错”`)).card.title).toBe(`已撤回：${number}`);
  expect((await office.says("市办", `更正 ${no}`)).message).toBe(`${no}文件已经撤回，不用更正。`);
});

test("what was withdrawn is no notice any more that 周通报 shows by its number", async () => {
  expect((await office.says("市办", "撤回 8号 “发错”")).card.title).toContain("已撤回：");
  expect((await office.says("市办", "周通报 8号")).message).toBe("这期周通报没有发出，或已撤回。");
  expect((await office.says("市办", "文件 8号")).text).toContain("本文件已撤回");
});

test("the office checks and the lead signs by the paper's name", async () => {
  expect((await office.says("市办", "5月的月排名审核")).card.title).toBe("已审核：月度公开排名（2020年5月）");
  expect((await office.says("市领导", "签发月排名 5月")).card.title).toContain("已签发：");
});
