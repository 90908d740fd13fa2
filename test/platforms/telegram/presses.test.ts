import { afterEach, expect, test } from "vitest";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
const [issues, presses] = full ? [200, 50] : [4, 15];
let stage: Stage;
afterEach(() => stage.close());

test("one button pressed many times at once, from several phones and in any order, acts once and is answered politely else", async () => {
  stage = await aStage({ second: 4, seed: 5 });
  const phones = await Promise.all(Array.from({ length: 10 }, () => stage.member("海安联络员")));
  const first = phones[0] as number;
  const buttons: { no: string; data: string }[] = [];
  for (let i = 0; i < issues; i += 1) {
    const { facts } = await stage.office.says("市办", `交办 海安 “连按${i}”`);
    const [card] = await stage.says(first, `问题 ${facts.issue.no}`);
    const data = card?.keyboard.flat().find(({ text }) => text === "签收")?.callback_data ?? "";
    expect(data).toMatch(/^p:/);
    buttons.push({ no: facts.issue.no, data });
  }
  const versionOf = async (no: string) => (await stage.bot.store.read((r) => r.issues.byNo(no)))?.version;
  const before = await Promise.all(buttons.map(({ no }) => versionOf(no)));
  const said = new Map(phones.map((phone) => [phone, stage.server.to(phone).length]));

  // A few issues at a time: what one person presses is bounded, and that bound is not what is tried here.
  for (let at = 0; at < buttons.length; at += 2) {
    const muddled = buttons
      .slice(at, at + 2)
      .flatMap(({ data }) => Array.from({ length: presses }, () => data))
      .toSorted(() => stage.server.random() - 0.5);
    for (const [i, data] of muddled.entries()) {
      const phone = phones[i % phones.length] as number;
      stage.noting(stage.server.presses(phone, { chat: phone, id: 1 }, data));
    }
    await stage.settled();
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  const after = await Promise.all(buttons.map(({ no }) => versionOf(no)));
  expect(after).toEqual(before.map((version) => (version ?? 0) + 1));
  const answers = phones.flatMap((phone) => stage.server.to(phone).slice(said.get(phone)));
  const refused = answers.filter(({ text }) => text.includes("未能办理"));
  expect(answers).toHaveLength(issues * presses);
  expect(answers.length - refused.length).toBe(issues);
  expect(stage.server.violations).toEqual([]);
});
