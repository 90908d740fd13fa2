import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { TEAM } from "../support/slack/memory.ts";
import { localSlack } from "../support/slack/server.ts";
import { until } from "../support/until.ts";
import { addressOf, aVisitor, startBot, startBotHere } from "./console.ts";

const full = process.env.TEST_FULL === "1";
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

type Row = Record<string, unknown>;
/** Looks into the file of a bot that has ended. */
function look(file: string) {
  const raw = new Database(file);
  cleanups.push(async () => raw.close());
  return {
    all: (sql: string) => raw.prepare(sql).all() as Row[],
    one: (sql: string) => raw.prepare(sql).pluck().get() as number,
    run: (sql: string, ...args: unknown[]) => raw.prepare(sql).run(...args),
    integrity: () => raw.pragma("integrity_check", { simple: true }) as string,
  };
}

describe("told to stop under load", () => {
  test.each(Array.from({ length: full ? 50 : 1 }, (_, i) => i))(
    "the bot ends by itself; what it answered is done, once, and what it didn't can be said again (%i)",
    async (time) => {
      const file = await aDatabaseIn(aFolder());
      const before = look(file);
      const office = before.one("select id from person where role = 'office'");
      const bot = startBot(file);
      const url = await addressOf(bot);
      const visitors = await Promise.all(Array.from({ length: 4 }, () => aVisitor(url, office)));
      const answered = new Set<string>();
      const asked = new Set<string>();
      let stopping = false;
      const load = visitors.map(async (visitor, who) => {
        for (let n = 0; !stopping; n++) {
          const id = `v${who}-${n}`;
          asked.add(id);
          if (await visitor.says(id, `交办 海安 停机${id}。`)) answered.add(id);
        }
      });
      // At another moment each time, with some answered already.
      await until(() => answered.size >= 3 + time);
      const began = performance.now();
      const ended = bot.stop();
      stopping = true;
      const { status, stderr } = await ended;
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      if (full) expect(performance.now() - began).toBeLessThan(10_000);
      await Promise.all(load);

      const file2 = look(file);
      expect(file2.integrity()).toBe("ok");
      expect(file2.one("select count(*) from outbox where state = 'sending'")).toBe(0);
      const titles = file2.all(
        "select title, count(*) as n from issue where title like '停机%' group by title",
      );
      expect(titles.filter(({ n }) => n !== 1)).toEqual([]);
      const done = new Set(titles.map(({ title }) => String(title).slice(2).replace(/。$/, "")));
      expect([...answered].filter((id) => !done.has(id))).toEqual([]);
      expect([...done].filter((id) => !asked.has(id))).toEqual([]);
    },
  );
});

test("told to stop in the midst of a long row of notices, it doesn't finish the row; the next start does, and none is sent twice", async () => {
  const notices = full ? 400 : 24;
  const file = await aDatabaseIn(aFolder());
  const slack = await localSlack({ token: "xoxb-stop-1-a" });
  cleanups.push(() => slack.close());
  const before = look(file);
  const person = before.one("select id from person where name = '海安联络员'");
  const chat = before.one("select count(*) from chat");
  expect(chat).toBe(0);
  for (let i = 0; i < notices; i++) {
    slack.addChannel(`C${i}`, []);
    before.run(
      "insert into chat (platform, workspace, chat_key, bound_by, bound_at, active) values ('slack', ?, ?, ?, 0, 1)",
      TEAM,
      `C${i}`,
      person,
    );
    before.run(
      "insert into outbox (key, chat_id, class, title, created_at) values (?, last_insert_rowid(), 'must-not-repeat', ?, 0)",
      `stop/${i}`,
      `通知${i}`,
    );
  }
  const env = {
    SLACK_BOT_TOKEN: "xoxb-stop-1-a",
    SLACK_SIGNING_SECRET: "secret-of-the-stop-test",
    SLACK_API_URL: slack.apiUrl,
  };
  const posts = () => slack.calls.filter((call) => call.method === "chat.postMessage").length;
  const states = () =>
    look(file).all("select state, count(*) as n from outbox where key like 'stop/%' group by state");

  const first = startBotHere(file, env);
  await until(() => posts() >= 5);
  const began = performance.now();
  expect(await first.stop()).toMatchObject({ status: 0, stderr: "" });
  if (full) expect(performance.now() - began).toBeLessThan(10_000);
  const sentBefore = posts();
  expect(sentBefore).toBeLessThan(notices);
  expect(states()).toEqual([
    { state: "pending", n: notices - sentBefore },
    { state: "sent", n: sentBefore },
  ]);
  expect(slack.accepted().size).toBe(sentBefore);

  const second = startBotHere(file, env);
  await until(() => posts() >= notices);
  expect((await second.stop()).status).toBe(0);
  expect(states()).toEqual([{ state: "sent", n: notices }]);
  expect([...slack.accepted().values()].filter((times) => times !== 1)).toEqual([]);
  expect(slack.refusals).toEqual([]);
});
