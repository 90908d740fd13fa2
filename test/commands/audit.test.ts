import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actWords } from "../../src/members/audit-words.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const NO = "NT-2020-000006";
const asks = (phrase: string) => office.says("市办", phrase);

test("an issue's rows: who did what from where, and who was refused a look at it", async () => {
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "签收");
  expect((await office.says("如东联络员", `问题 ${NO}`)).code).toBe("forbidden");
  const { facts, text } = await asks(`审计 ${NO}`);
  expect(facts.rows.slice(0, 2)).toMatchObject([
    { actor: "如东联络员", act: "issue", outcome: "denied", detail: { from: "terminal/如东联络员" } },
    { actor: "海安联络员", act: "issue.acknowledge", outcome: "done" },
  ]);
  expect(text).toMatch(/如东联络员[\s\S]*被拒[\s\S]*海安联络员[\s\S]*签收[\s\S]*已办/);
});

test.each(["问题 NT-2020-000006", "经过 NT-2020-000006", "照片 NT-2020-000006", "如皋"])(
  "a refused look leaves a row: %s",
  async (phrase) => {
    expect((await office.says("如东联络员", phrase)).code).toBe("forbidden");
    expect((await asks("审计 如东联络员")).facts).toMatchObject({ total: 1, rows: [{ outcome: "denied" }] });
  },
);

test("a person's rows: what they did, and what was done to them, old and new", async () => {
  const { code } = (await asks("邀请 王联络 县区联络员 海安")).facts;
  await office.says({ browser: "phone" }, `绑定 ${code}`);
  await office.says({ browser: "phone" }, "我的设置");
  await office.presses({ browser: "phone" }, "设置免打扰", { from: "22", to: "7" });
  const { rows, total } = (await asks("审计 王联络")).facts;
  expect(total).toBe(3);
  expect(rows).toMatchObject([
    {
      act: "settings.quiet",
      detail: { from: "web/phone", before: { quiet: null }, after: { quiet: "22–7" } },
    },
    { act: "link", detail: { inviter: { name: "市办" } } },
    { act: "invite", actor: "市办", detail: { name: "王联络", role: "county-liaison" } },
  ]);
});

test("many rows are turned by pages", async () => {
  for (let i = 0; i < 20; i++) await office.says("海安联络员", "如东");
  const first = await asks("审计 海安联络员");
  expect(first.facts).toMatchObject({ total: 20, page: 1, pages: 2 });
  const second = await office.presses("市办", "下一页");
  expect(second.facts).toMatchObject({ page: 2 });
  expect(second.facts.rows).toHaveLength(5);
  expect((await asks("审计 海安联络员 第3页")).code).toBe("bad-number");
});

test.each([
  ["海安联络员", "审计", "forbidden"],
  ["督查", "审计 市办", "forbidden"],
  ["市办", "审计", null],
  ["市办", "审计 没有这个人呀", "unknown-person"],
  ["市办", "审计 NT-2020-999999", "unknown-issue"],
])("%s says %s: %s", async (who, phrase, code) => {
  expect((await office.says(who, phrase)).code).toBe(code);
});

describe("strangers' tries", () => {
  const tries = (who: string) => office.says({ browser: who }, "海安");

  test("leave a row each day for each, and are counted", async () => {
    for (let i = 0; i < 3; i++) await tries("a");
    await tries("b");
    await office.advanceTo("2020-06-16T08:30");
    await tries("a");
    const { facts } = await asks("审计 陌生人");
    expect(facts).toMatchObject({ total: 3, rows: [{ subject: "account:web//a" }, {}, {}] });
    expect(facts.strangers).toEqual([
      { day: "2020-06-16", platform: "web", tries: 1 },
      { day: "2020-06-15", platform: "web", tries: 4 },
    ]);
  });

  test("however many they are, a day has twenty rows, and the rest is a number", async () => {
    for (let i = 0; i < 30; i++) await tries(`stranger-${i}`);
    const { facts } = await asks("审计 陌生人");
    expect(facts.total).toBe(20);
    expect(facts.strangers).toEqual([{ day: "2020-06-15", platform: "web", tries: 30 }]);
  });
});

test("whatever is written down has words: what the bot does by itself, commands, buttons and jobs", async () => {
  const { registry } = office.bot;
  const context = { commands: registry.commands, schedules: registry.schedules };
  const root = join(import.meta.dirname, "../../src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const texts = files.map((name) => readFileSync(join(root, name), "utf8"));
  const acts = texts
    .filter((text) => /audit\.append|transact\(|chatGone|written\(/.test(text))
    .flatMap((text) =>
      [...text.matchAll(/(?:\bact: |written\(|note\(bot, )"([a-z][a-z.-]+)"/g)].map(([, act = ""]) => act),
    );
  const made = ["chat.parked", "chat.topic-closed", "platform.out", "platform.back", "telegram.blocked"];
  expect(acts.length).toBeGreaterThan(15);
  const all = [...acts, ...made, ...registry.schedules.map(({ name }) => name), "response", "erase.agree"];
  expect(all.filter((act) => !/\p{Script=Han}/u.test(actWords(act, context)))).toEqual([]);
});
