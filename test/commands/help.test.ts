import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRegistry } from "../../src/bot/registry.ts";
import { exampleFor } from "../../src/chat/suggestions.ts";
import { hashOfCode } from "../../src/office/invitation.ts";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const { commands, actions, schedules } = await loadRegistry();

/** What has to have happened for an example to make sense. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  attend: ["会商 明天9时 市政府301"],
  back: ["请假 明天到后天 由督查代理"],
  calloff: ["会商 明天9时 市政府301"],
  excuse: ["会商 明天9时 市政府301"],
  handovers: ["离任 海安联络员"],
  minutes: ["会商 今天9时 市政府301"],
  reconvene: ["会商 明天9时 市政府301"],
  reinvite: ["邀请 王联络 县区联络员 海安"],
  resume: ["暂停 周通报 到6月30日 “国庆期间”"],
  relieve: ["兼任 海安联络员 如皋点位长"],
  send: ["会商 明天9时 市政府301"],
  unsubscribe: ["日程 订阅"],
  uninvite: ["邀请 王联络 县区联络员 海安"],
};

test.each(commands.map((c) => [c.name, c] as const))(
  "the example of %s really runs, for somebody who may",
  async (name, command) => {
    // Only what changes something needs an office of its own.
    const isShared = command.kind === "command" && BEFORE[name] === undefined;
    const own = isShared ? office : await anOffice();
    const today = own.bot.office.today(await own.bot.clock.now());
    const example = exampleFor(null, command, { office: own.bot.office, today });
    if (name === "link") {
      const [code = ""] = example.match(/[A-Z0-9]{8}/) ?? [];
      const at = (await own.bot.clock.now()).epochMilliseconds;
      const open = { name: "新成员", role: "office" as const, createdAt: at, expiresAt: at + 3_600_000 };
      await own.bot.store.write((w) => w.people.invite({ ...open, codeHash: hashOfCode(code) }));
    }
    if (name === "erase")
      await own.bot.store.write(async ({ people }) => {
        const left = { role: "county-liaison", regionId: "haian", active: false } as const;
        await people.add({ ...left, name: "王联络", createdAt: 0 });
        await people.add({ name: "市办二", role: "office", createdAt: 0 });
      });
    if (name === "transfer") await readyToTransfer(own, example.match(/NT-\d{4}-\d+/)?.[0] ?? "");
    for (const phrase of BEFORE[name] ?? []) await own.says("市办", phrase);
    if (name === "allclear") await sendingTo(own)("海安点位长");
    if (name === "minutes") await own.advanceTo("2020-06-15T09:05");
    const where = {
      allclear: "海安点位长",
      attend: "海安联络员",
      excuse: "海安联络员",
      link: { browser: "new" },
      send: "海安联络员",
      here: { member: "市办", group: "C1" },
      delegate: "如皋联络员",
      mystations: "海安点位长",
    }[name];
    const answer = await own.says(where ?? "市办", example);
    expect([answer.code, answer.command]).toEqual([null, name]);
    if (!isShared) own.close();
  },
);

test("every command is reached by its Latin name and by its first Chinese word", async () => {
  for (const { name, words } of commands) {
    const shared = commands.filter((c) => c.words.includes(words[0])).map((c) => c.name);
    const bySlash = await office.says("市办", `/${name}`);
    const byWord = await office.says("市办", words[0]);
    expect(bySlash.code, name).not.toBe("unknown-command");
    if (byWord.command !== null) expect(shared).toContain(byWord.command);
    expect(byWord.code, words[0]).not.toBe("unknown-command");
  }
});

test("names are Latin, as Slack and Telegram demand, and nothing is declared twice", () => {
  for (const { name } of commands) expect(name).toMatch(/^[a-z]{2,20}$/);
  expect(new Set(commands.map((c) => c.name)).size).toBe(commands.length);
  for (const name of actions.keys()) expect(name).toMatch(/^[a-z]+\.[a-z-]+$/);
  expect(new Set(schedules.map((s) => s.name)).size).toBe(schedules.length);
});

test.each([
  [
    "海安联络员",
    [
      "addfeed",
      "allclear",
      "also",
      "amend",
      "assign",
      "audit",
      "burden",
      "calloff",
      "certify",
      "condition",
      "consultation",
      "deliveries",
      "draft",
      "erase",
      "feeds",
      "grants",
      "handback",
      "guarantee",
      "here",
      "imports",
      "invite",
      "leave",
      "link",
      "merge",
      "minutes",
      "move",
      "mystations",
      "numbers",
      "pause",
      "peakshaving",
      "post",
      "reinvite",
      "relieve",
      "preview",
      "quarterly",
      "reconvene",
      "resend",
      "resume",
      "runnow",
      "startresponse",
      "transfer",
      "uninvite",
      "unseen",
      "withdraw",
      "wording",
    ],
  ],
  ["市办", ["allclear", "attend", "delegate", "excuse", "link", "mystations", "send"]],
])("帮助 lists for %s every command with an example, but not %j", async (who, unusable) => {
  const { facts } = await office.says(who, "帮助");
  const listed = facts.commands as { name: string; example: string }[];
  expect(listed.map((c) => c.name)).toEqual(
    commands.map((c) => c.name).filter((name) => !unusable.includes(name)),
  );
});

test("帮助 排名 explains one of them", async () => {
  const { facts } = await office.says("市办", "帮助 排名");
  expect(facts.commands.map((c: { name: string }) => c.name)).toEqual(["ranking"]);
});

test("a fault of ours is answered calmly, with a number and without a stack trace", async () => {
  const own = await anOffice();
  const reported: unknown[] = [];
  own.bot.report = (error, id) => reported.push([id, (error as Error).message]);
  own.bot.registry = {
    ...own.bot.registry,
    commands: commands.map((c) =>
      c.name === "help" ? ({ ...c, answer: () => Promise.reject(new Error("disk on fire")) } as typeof c) : c,
    ),
  };
  const { code, message } = await own.says("市办", "帮助");
  expect(code).toBe("internal");
  const [[id]] = reported as [[string]];
  expect(message).toContain(id);
  expect(message).not.toContain("disk on fire");
  own.close();
});
