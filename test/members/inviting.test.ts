import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const invitations = async () => (await office.says("市办", "人员")).facts.invitations;
/** Somebody who has used their code. */
async function joins(phrase: string, browser: string) {
  const { facts } = await office.says("市办", phrase);
  expect((await office.says({ browser }, `绑定 ${facts.code}`)).code).toBeNull();
}
const names = async () =>
  ((await office.says("市办", "人员")).facts.rows as { name: string }[]).map(({ name }) => name);

test.each([
  ["邀请 张三 海安联络员", "county-liaison"],
  ["邀请 张三 住建局联络员", "department-liaison"],
  ["邀请 张三 海安领导", "county-lead"],
  ["邀请 张三 海安点位长", "station-chief"],
  ["邀请 张三 县区联络员 海安", "county-liaison"],
])("%s is read as %s", async (phrase, role) => {
  expect((await office.says("市办", phrase)).facts).toMatchObject({ name: "张三", role });
});

test("a liaison or a lead of nobody knows where is asked for", async () => {
  const { code, message } = await office.says("市办", "邀请 张三 联络员");
  expect(code).toBe("usage");
  expect(message).toContain("哪个县（市、区）或部门");
});

test("an open invitation is listed, corrected before it is used, and taken back", async () => {
  const { facts } = await office.says("市办", "邀请 张三 海安联络员");
  expect(await invitations()).toEqual([{ name: "张三", post: "海安联络员" }]);
  expect((await office.says("市办", "更正邀请 张三 如皋联络员")).code).toBeNull();
  expect(await invitations()).toEqual([{ name: "张三", post: "如皋联络员" }]);
  await office.says({ browser: "a" }, `绑定 ${facts.code}`);
  expect((await office.says("市办", "人员 “张三”")).facts.person.posts).toBe("如皋联络员");
  expect((await office.says("市办", "更正邀请 张三 海安联络员")).code).toBe("no-data");

  const other = (await office.says("市办", "邀请 李四 海安联络员")).facts.code;
  expect((await office.says("市办", "撤回邀请 李四")).code).toBeNull();
  expect(await invitations()).toEqual([]);
  expect((await office.says({ browser: "b" }, `绑定 ${other}`)).message).toContain("作废");
});

test("a county's lead sees to their own county's invitations and to nobody else's", async () => {
  await office.says("市办", "邀请 张三 海安联络员");
  await office.says("海安领导", "邀请 王五 海安联络员");
  expect((await office.says("海安领导", "撤回邀请 张三")).code).toBe("no-data");
  expect((await office.says("海安领导", "更正邀请 王五 如东联络员")).code).toBe("forbidden");
  expect((await office.says("海安领导", "更正邀请 王五 海安点位长")).code).toBeNull();
  expect((await office.says("如东领导", "撤回邀请 王五")).code).toBe("no-data");
  expect((await office.says("海安联络员", "撤回邀请 王五")).code).toBe("forbidden");
});

test("an invitation that somebody else already holds an account for makes nobody else of them", async () => {
  const { code } = (await office.says("市办", "邀请 张三 海安联络员")).facts;
  await joins("邀请 李四 如皋联络员", "li");
  expect((await office.says({ browser: "li" }, `绑定 ${code}`)).code).toBe("already-done");
  expect(await invitations()).toEqual([{ name: "张三", post: "海安联络员" }]);
});

test("people of one name are invited when it is said so, called apart, and asked apart", async () => {
  await joins("邀请 张三 海安联络员", "a");
  const refused = await office.says("市办", "邀请 张三 如皋联络员");
  expect(refused).toMatchObject({ code: "conflict", instead: ["邀请 张三 如皋联络员 同名"] });
  await joins("邀请 张三 如皋联络员 同名", "b");
  expect((await names()).filter((name) => name.startsWith("张三"))).toEqual(["张三（海安）", "张三（如皋）"]);
  const asked = await office.says("市办", "离任 张三");
  expect(asked).toMatchObject({
    code: "unknown-person",
    instead: ["离任 张三（海安）", "离任 张三（如皋）"],
  });
  await office.says("市办", "调岗 张三（如皋） 启东联络员");
  expect(await names()).toContain("张三（启东）");
  expect((await office.says("市办", "离任 张三（启东）")).code).toBeNull();
  expect((await office.says({ browser: "a" }, "今日")).code).toBeNull();
  expect((await office.says({ browser: "b" }, "今日")).code).toBe("not-linked");
});

test("nobody of the same post is another of the same name", async () => {
  await joins("邀请 张三 海安联络员", "a");
  expect((await office.says("市办", "邀请 张三 海安联络员 同名")).code).toBe("conflict");
});

test("a phone number is masked wherever it stands, but for the office that asks for it", async () => {
  expect((await office.says("海安联络员", "手机 138 1234 5678")).text).toContain("138****5678");
  expect((await office.says("海安领导", "手机 海安联络员 13900000000")).code).toBe("forbidden");
  expect((await office.says("海安联络员", "手机 12345")).code).toBe("bad-number");
  const card = await office.says("市办", "人员 “海安联络员”");
  expect(card.text).toContain("138****5678");
  expect((await office.presses("市办", "看号码")).text).toContain("13812345678");
  expect((await office.says("海安领导", "人员 “海安联络员”")).labels).not.toContain("看号码");
  const audit = JSON.stringify(await office.bot.store.read((r) => r.audit.latest(50)));
  expect(audit).toContain("138****5678");
  expect(audit).not.toContain("13812345678");
});
