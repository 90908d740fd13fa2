import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../../src/bot/router.ts";
import type { ChatHere } from "../../src/chat/command.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const WORKSPACE = { platform: "slack", workspace: "T1" } as const;
const groups = {
  海安: { regionId: "haian" },
  住建: { departmentId: "housing" },
  市办: {},
  没绑定: null,
  已解除: { regionId: "haian" },
} as const;
type Group = keyof typeof groups;

let office: AnOffice;
let other: string;
beforeAll(async () => {
  office = await anOffice();
  other = String((await office.says("市办", "交办 如皋 “别处的问题” 5个工作日")).facts.issue.no);
  await office.says("市办", "交办 海安 “没有部门的问题” 5个工作日");
  await office.bot.store.write(async ({ chats }) => {
    for (const [chatKey, scope] of Object.entries(groups)) {
      if (scope === null) continue;
      const { id } = await chats.bind({ ...WORKSPACE, chatKey, boundAt: 0, ...scope });
      if (chatKey === "已解除") await chats.park(id);
    }
  });
});
afterAll(() => office.close());

const asked = async (name: string, group: Group, phrase: string, more: Partial<ChatHere> = {}) => {
  const person = await office.bot.store.read((r) => r.people.byName(name));
  const chat = { ...WORKSPACE, chatKey: group, kind: "group" as const, ...more };
  return ask(office.bot, { identity: { ...WORKSPACE, userKey: name }, person, chat }, phrase);
};

/** Where an answer stands, or the code of a refusal that the group reads. */
const where = async (...how: Parameters<typeof asked>) => {
  const { answer, privately } = await asked(...how);
  if (privately !== undefined) return "private";
  return isRefusal(answer) ? answer.code : "group";
};

const OWN = "NT-2020-000006";

describe("where it is answered", () => {
  test.each([
    ["市办", "海安", "问题", "group"],
    ["市办", "海安", OWN, "group"],
    ["市办", "海安", "OTHER", "private"],
    ["市办", "海安", "经过 OTHER", "private"],
    ["市办", "海安", "照片 OTHER", "private"],
    ["市办", "海安", "海安", "group"],
    ["市办", "海安", "如皋", "private"],
    ["市办", "海安", "对比 海安 如皋", "private"],
    ["市办", "海安", "滞后 如皋", "private"],
    ["市办", "海安", "滞后", "group"],
    ["市办", "海安", "任务 如皋", "private"],
    ["市办", "海安", "全市", "group"],
    ["市办", "海安", "排名", "group"],
    ["市办", "海安", "图片 人员", "private"],
    ["市办", "海安", "问题 待交办", "private"],
    ["海安联络员", "海安", OWN, "group"],
    ["海安联络员", "海安", "如皋", "forbidden"],
    ["海安联络员", "海安", "OTHER", "forbidden"],
    ["海安联络员", "海安", "NT-2020-009999", "unknown-issue"],
    // Somebody of another unit: only what they would read alone as well.
    ["住建联络员", "海安", "海安", "group"],
    ["如东联络员", "海安", "海安", "forbidden"],
    ["如东联络员", "海安", "问题", "private"],
    ["市办", "住建", "问题", "group"],
    ["市办", "住建", "OTHER", "private"],
    ["海安联络员", "住建", "问题", "private"],
    // The city's own group sees all, and everybody in it their own.
    ["市办", "市办", "OTHER", "group"],
    ["海安联络员", "市办", OWN, "group"],
    ["海安联络员", "市办", "OTHER", "forbidden"],
    ["市办", "市办", "人员", "private"],
    ["市办", "没绑定", "海安", "private"],
    ["市办", "没绑定", "排名", "group"],
    ["市办", "已解除", "海安", "private"],
    // What acts, and why it doesn't, is whoever asked's; that they may not at all, or said it wrong, is not.
    ["市办", "海安", "交办 海安 “群里交办” 3个工作日", "private"],
    ["市办", "海安", "交办 海按 “群里读回” 3个工作日", "private"],
    ["市办", "海安", "交办 海安", "private"],
    ["市办", "海安", "邀请 市领导 市领导", "private"],
    ["海安联络员", "海安", "交办 海安 “不能交办” 3个工作日", "forbidden"],
    ["市办", "海安", "并案", "usage"],
    ["市办", "没绑定", "绑定本群", "usage"],
  ] as const)("%s in the group of %s: %s is %s", async (name, group, phrase, expected) => {
    expect(await where(name, group, phrase.replace("OTHER", other))).toBe(expected);
  });
});

test("what a bound group reads holds nothing of other units, and no button that is one person's", async () => {
  const list = JSON.stringify((await asked("市办", "海安", "问题")).answer);
  expect(list).toContain(OWN);
  expect(list).not.toContain(other);
  const { answer } = await asked("海安联络员", "海安", OWN);
  if (isRefusal(answer)) throw new Error(answer.message);
  expect(answer.card.buttons.map(({ kind }) => kind)).not.toContain("press");
  expect(JSON.stringify(answer.card.blocks)).toContain("办理按钮只在私聊里显示");
});

test("what only whoever asked reads is answered there in full, but for what is shown in private chats only", async () => {
  const quiet = { quiet: true } as const;
  expect(await where("市办", "海安", "今日", quiet)).toBe("group");
  expect(await where("市办", "海安", other, quiet)).toBe("group");
  expect(JSON.stringify((await asked("市办", "海安", "问题", quiet)).answer)).toContain(other);
  expect(await where("市办", "海安", "邀请 钱局 市办", quiet)).toBe("private");
});
