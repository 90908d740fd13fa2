import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { runProcess } from "../support/scripts.ts";
import { addressOf, aVisitor, startBot, startBotHere } from "./console.ts";

const full = process.env.TEST_FULL === "1";

test("a second bot on one database refuses at once, in one line, and disturbs the first in nothing", async () => {
  const file = await aDatabaseIn(aFolder());
  const began = performance.now();
  const first = startBotHere(file);
  const url = await addressOf(first);
  const startTook = performance.now() - began;
  for (let time = 0; time < (full ? 5 : 1); time++) {
    const again = performance.now();
    const second = await runProcess("start", [], file, { PORT: "0", LOG_LEVEL: "silent" });
    // No waiting for the first to end: what a start takes, and two seconds at most besides.
    if (full) expect(performance.now() - again).toBeLessThan(startTook + 2_000);
    expect(second).toMatchObject({ status: 2, stdout: "" });
    expect(second.stderr.trim()).toMatch(/^another Lantian process is using this database[^\n]*$/);
  }
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await first.stop()).status).toBe(0);
});

test("a bot that was killed is followed by the next at once, which does nothing over again", async () => {
  const file = await aDatabaseIn(aFolder());
  const raw = new Database(file, { readonly: true });
  const office = raw.prepare("select id from person where role = 'office'").pluck().get() as number;
  raw.close();
  const assigned = () => {
    const now = new Database(file, { readonly: true });
    const one = (sql: string) => now.prepare(sql).pluck().get() as number;
    const counts = {
      issues: one("select count(*) from issue where title like '接班%'"),
      cards: one("select count(*) from message where outbox_id is not null"),
      sent: one("select count(*) from outbox where kind = 'post' and state = 'sent'"),
      waiting: one("select count(*) from outbox where state in ('pending', 'sending')"),
      integrity: now.pragma("integrity_check", { simple: true }),
    };
    now.close();
    return counts;
  };
  const rounds = full ? 10 : 1;
  for (let round = 0; round < rounds; round++) {
    const bot = startBot(file);
    const visitor = await aVisitor(await addressOf(bot), office);
    expect(await visitor.says(`r${round}`, `交办 海安 接班${round}`)).toBe(true);
    // The browser repeats what it isn't sure of.
    expect(await visitor.says(`r${round}`, `交办 海安 接班${round}`)).toBe(true);
    await bot.kill();
  }
  const last = startBotHere(file);
  await addressOf(last);
  expect((await last.stop()).status).toBe(0);
  const { issues, cards, sent, waiting, integrity } = assigned();
  expect({ issues, waiting, integrity }).toEqual({ issues: rounds, waiting: 0, integrity: "ok" });
  // Each delivery stands in a conversation once.
  expect(cards).toBe(sent);
});
