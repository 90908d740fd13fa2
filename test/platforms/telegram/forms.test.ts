import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { startChild } from "../../support/child.ts";
import type { Sent } from "../../support/telegram/server.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const last = (parts: readonly Sent[]) => parts.at(-1) as Sent;
const titled = async (title: string) =>
  (await stage.bot.store.read((r) => r.issues.list({ asOf: 1e15 }, 5_000))).rows.filter(
    (issue) => issue.title === title,
  );
const textsTo = (chat: number) => stage.server.to(chat).map(({ text }) => text);
const dataOf = ({ keyboard }: Sent, label: string) =>
  keyboard.flat().find(({ text }) => text === label)?.callback_data ?? "";
const isLast = ({ text }: Sent) => /（(\d+)\/\1）/.test(text);

/** Fills 交办 up to its last question, which is what comes back. */
async function filled(user: number, title: string): Promise<Sent> {
  let question = last(await stage.says(user, "交办 海安"));
  for (let said = title; !isLast(question); said = "跳过") question = last(await stage.says(user, said));
  return question;
}

test("the last step taken on two phones at once, and five times later, makes one issue; every other time tells which", async () => {
  stage = await aStage({ second: 4 });
  const phones = [await stage.member("市办"), await stage.member("市办")] as const;
  const question = await filled(phones[0], "两部手机");
  const data = dataOf(question, "跳过");
  for (const phone of phones)
    stage.noting(stage.server.presses(phone, { chat: phone, id: question.id }, data));
  await stage.settled();
  for (let i = 0; i < 5; i += 1) await stage.presses(phones[0], { chat: phones[0], id: question.id }, data);
  const [issue, ...more] = await titled("两部手机");
  expect(more).toEqual([]);
  const told = phones.flatMap(textsTo).filter((text) => text.includes(`已办理：${issue?.no} 两部手机`));
  expect(told).toHaveLength(6);
  expect(stage.server.violations).toEqual([]);
});

test("questions of an earlier form, cancelled or handed in, answer nothing in the next one", async () => {
  stage = await aStage({ second: 4 });
  const user = await stage.member("市办");
  const earlier = await filled(user, "先前的表单");
  await stage.says(user, "取消");
  const current = await filled(user, "现在的表单");
  expect(current.text).toBe(earlier.text);
  await stage.presses(user, earlier, dataOf(earlier, "跳过"));
  expect(stage.server.answered.at(-1)?.text).toContain("已经过去");
  expect(await titled("现在的表单")).toEqual([]);
  await stage.presses(user, current, "跳过");
  expect(await titled("现在的表单")).toHaveLength(1);
  expect(await titled("先前的表单")).toEqual([]);
});

test("the button of a form that was handed in tells what came of it instead of asking anew", async () => {
  stage = await aStage({ second: 4 });
  const user = await stage.member("市办");
  const group = -77;
  const [word] = await stage.says(user, "/assign 海安", { chat: group });
  expect(word?.text).toContain("已发到您的私聊");
  expect(last(stage.server.to(user)).text).toContain("交办问题");
  const { answer } = await stage.office.says("市办", "交办 海安").then((said) => ({ answer: said.card }));
  const [button] = answer.buttons;
  const token = button?.kind === "press" ? `p:${button.token}` : "";
  let question = last(await stage.presses(user, { chat: user, id: 1 }, token));
  for (let said = "按钮表单"; /（\d+\/\d+）/.test(question.text); said = "跳过")
    question = last(await stage.says(user, said));
  const [again] = await stage.presses(user, { chat: user, id: 1 }, token);
  expect(again?.text).toMatch(/已办理：NT-2020-\d{6} 按钮表单/);
  expect(again?.text).toContain("请重新发送“交办”");
  expect(await titled("按钮表单")).toHaveLength(1);
});

test("while fifty answers wait in the chat, the first of which hangs, a button that is pressed there acts and is acknowledged", async () => {
  stage = await aStage({ second: 20, timeoutMs: 60_000 });
  const liaison = await stage.member("海安联络员");
  const { facts } = await stage.office.says("市办", "交办 海安 “等着签收”");
  const [card] = await stage.says(liaison, `问题 ${facts.issue.no}`);
  stage.server.fail("sendMessage", "hang-before");
  const words = ["海安", ...Array.from({ length: 49 }, () => "谢谢")];
  // Written over some time, so that they are no flood.
  for (const [nth, said] of words.entries()) stage.server.says(liaison, said, { date: 1_700_000_000 + nth });
  const sends = () => stage.server.calls.filter(({ method }) => method === "sendMessage").length;
  const before = sends();
  await stage.until("the first answer hangs", () => sends() >= before && stage.server.unconfirmed() === 0);
  expect(await stage.bot.store.read((r) => r.inbox.waiting("telegram"))).toHaveLength(50);
  const answered = stage.server.answered.length;
  const texts = textsTo(liaison).length;
  stage.server.presses(liaison, card as Sent, "签收");
  await stage.until("the step is taken", async () => (await titled("等着签收"))[0]?.state === "acknowledged");
  await stage.until("the press is acknowledged", () => stage.server.answered.length === answered + 1);
  expect(textsTo(liaison)).toHaveLength(texts);
});

const script = join(import.meta.dirname, "../../support/telegram/child.ts");

test("killed between the effect of a form and its answer, the next start tells what came of it", async () => {
  stage = await aStage({ second: 4 });
  const { server, office } = stage;
  const user = await stage.member("市办");
  const question = await filled(user, "杀在答复前");
  await stage.stop();
  const start = async () => {
    const child = startChild(script, office.file, server.apiRoot, server.token, "4");
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    return child;
  };
  const first = await start();
  server.fail("sendMessage", "hang-before");
  const before = textsTo(user).length;
  server.presses(user, question, "跳过");
  await stage.until("the effect", async () => (await titled("杀在答复前")).length > 0);
  const gone = once(first, "exit");
  first.kill("SIGKILL");
  await gone;
  await start();
  await stage.until("the answer", () => textsTo(user).length > before);
  const [issue, ...more] = await titled("杀在答复前");
  expect(more).toEqual([]);
  expect(textsTo(user).slice(before)).toEqual([expect.stringContaining(`已办理：${issue?.no} 杀在答复前`)]);
});

test("what somebody says in a group is no answer to the form that they fill in private", async () => {
  stage = await aStage({ second: 4 });
  const user = await stage.member("市办");
  const question = await filled(user, "私聊的表单");
  const [answer] = await stage.says(user, "/city", { chat: -77 });
  expect(answer?.text).toContain("PM2.5");
  const [none] = await stage.says(user, "/cancel", { chat: -77 });
  expect(none?.text ?? "").not.toContain("已取消");
  await stage.presses(user, { chat: -77, id: question.id }, dataOf(question, "跳过"));
  expect(await titled("私聊的表单")).toEqual([]);
  await stage.presses(user, question, "跳过");
  expect(await titled("私聊的表单")).toHaveLength(1);
});
