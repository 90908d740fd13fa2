import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sent } from "../../support/telegram/server.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

let stage: Stage;
let office: number;
let liaison: number;
let other: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
  other = await stage.member("如东联络员");
});
afterAll(() => stage.close());

const dataOf = (message: Sent | undefined, label: RegExp) =>
  message?.keyboard.flat().find((b) => label.test(b.text))?.callback_data ?? "";
const audits = async () => (await stage.bot.store.read((r) => r.audit.latest(500))).length;
const state = async (no: string) => (await stage.bot.store.read((r) => r.issues.byNo(no)))?.state;

describe("a button", () => {
  test("forged, foreign, cut, lengthened or pressed elsewhere does nothing", async () => {
    const [card] = await stage.says(liaison, "今日");
    const data = dataOf(card, /^签收/);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    const no = card?.keyboard.flat()[0]?.text.replace("签收 ", "") ?? "";
    const flipped = `${data.slice(0, -2)}${data.at(-2) === "A" ? "B" : "A"}${data.at(-1)}`;
    const wrong = [
      data.slice(0, -1),
      `${data}A`,
      flipped,
      "p:",
      "p:../../../../etc/passwd..",
      "q:1",
      "",
      "f:abcdef:g",
      "f:::",
    ];
    for (const bad of wrong) await stage.presses(liaison, { chat: liaison, id: card?.id ?? 0 }, bad || " ");
    await stage.presses(other, { chat: other, id: 1 }, data);
    await stage.presses(stage.stranger(), { chat: stage.stranger(), id: 1 }, data);
    await stage.presses(liaison, { chat: -5, id: 1 }, data);
    expect(await state(no)).toBe("assigned");
    const [toast] = stage.server.answered.slice(-1);
    expect(toast?.text).toMatch(/失效|绑定/);
    expect(stage.server.answered.every((a) => a.text.length <= 200)).toBe(true);
  });

  test("pressed when Telegram has forgotten the query still acts", async () => {
    const [card] = await stage.says(office, "我的设置");
    stage.server.presses(office, card as Sent, "x");
    const answers = stage.answers(office, () => {
      const update = stage.server.presses(office, card as Sent, "设置免打扰");
      stage.server.forgetQueries();
      return update;
    });
    expect((await answers).length).toBeGreaterThan(0);
    await stage.says(office, "取消");
  });
});

describe("a form", () => {
  const last = (parts: readonly Sent[]) => parts.at(-1) as Sent;

  test("asks one thing after the other, checks each answer, and a stop in the middle loses nothing", async () => {
    const [first] = await stage.says(office, "交办 海安");
    expect(first?.text).toContain("问题描述");
    await stage.restart();
    let question = last(await stage.says(office, "围挡破损，土方<b>裸露</b>"));
    expect(question.text).toContain("整改期限");
    question = last(await stage.says(office, "很快"));
    expect(question.text).toContain("整改期限");
    await stage.restart();
    question = last(await stage.says(office, "5个工作日"));
    expect(question.text).toContain("责任部门");
    for (const next of ["协办单位", "协办期限", "抄送", "问题等级"]) {
      question = last(await stage.presses(office, question, "跳过"));
      expect(question.text).toContain(next);
    }
    expect(question.keyboard.flat().map((b) => b.text)).toEqual(["一般", "较大", "重大", "跳过", "取消"]);
    const stale = question;
    question = last(await stage.presses(office, question, "较大"));
    await stage.presses(office, stale, "重大");
    expect(stage.server.answered.at(-1)?.text).toContain("已经过去");
    while (/（\d+\/\d+）/.test(question.text)) question = last(await stage.says(office, "跳过"));
    expect(question.text).toContain("已交办海安");
    expect(question.text).toContain("围挡破损，土方<b>裸露</b>");
    expect(question.text).toContain("较大");
    const person = await stage.personId("市办");
    expect(await stage.bot.store.read((r) => r.chats.dialogOf(person))).toBeNull();
  });

  test("is left by 取消 and by another command, and nothing is submitted", async () => {
    const before = await audits();
    await stage.says(office, "交办 海安");
    const [cancelled] = await stage.says(office, "取消");
    expect(cancelled?.text).toContain("已取消");
    await stage.says(office, "交办 海安");
    const answers = await stage.says(office, "/help");
    expect(answers.map((a) => a.text).join()).toMatch(/已取消[\s\S]*能做什么/);
    expect(await audits()).toBe(before);
  });

  test("that is refused as a whole asks which answer to correct, and is submitted again", async () => {
    const [settings] = await stage.says(office, "我的设置");
    await stage.presses(office, settings as Sent, "设置免打扰");
    await stage.says(office, "22");
    const [choice] = await stage.says(office, "22");
    expect(choice?.text).toContain("不能相同");
    await stage.presses(office, choice as Sent, "改：结束（点）");
    const [done] = await stage.says(office, "7");
    expect(done?.text).toContain("22点至次日7点");
    expect(await stage.bot.store.read((r) => r.people.byName("市办"))).toMatchObject({
      quietFrom: 22,
      quietTo: 7,
    });
    const [off] = await stage.presses(office, done as Sent, "关闭免打扰");
    expect(off?.text).toContain("未设");
  });
});

test("我的设置: pushes go where the person says, and only to where they can be reached", async () => {
  const [settings] = await stage.says(liaison, "我的设置");
  expect(settings?.text).toContain("通知发到：Telegram");
  const [moved] = await stage.presses(liaison, settings as Sent, "改为发到网页");
  expect(moved?.text).toContain("通知发到：网页");
  const [back] = await stage.presses(liaison, moved as Sent, "改为发到Telegram");
  expect(back?.text).toContain("通知发到：Telegram");
  expect(stage.server.violations).toEqual([]);
});
