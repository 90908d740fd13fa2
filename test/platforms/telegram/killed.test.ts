import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "../../support/child.ts";
import { shareOf } from "../../support/share.ts";
import { aStage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
const script = join(import.meta.dirname, "../../support/telegram/child.ts");
/**
 * A second of Telegram's limits, ms: the largest run sends thousands to one chat, and would be at the machine's pace instead of
 * Telegram's, in which nothing has a turn that is kept.
 */
const SECOND = full ? 20 : 4;
/** How many kills, and what comes in and is to go out in all around them. */
const sizes = full
  ? [11, 20200615, 31, 5, 7].map((seed, nth) => ({
      kills: 60,
      said: nth === 0 ? 2040 : 255,
      pushed: 600,
      seed,
    }))
  : [{ kills: 2, said: 14, pushed: 12, seed: 20200615 }];

test.for(sizes)(
  "killed $kills times at any moment in a bad network (seed $seed), it loses none of $said messages and does nothing twice, and of $pushed pushes none goes out twice and each in doubt is listed",
  async ({ kills, said, pushed, seed }, { annotate }) => {
    const stage = await aStage({ start: false, second: SECOND, seed });
    const { server, bot } = stage;
    // The same official on several phones: different chats are worked off side by side.
    const users = await Promise.all(Array.from({ length: 8 }, () => stage.member("市办")));
    const people = (await bot.store.read((r) => r.people.all())).slice(0, 12);
    for (const { name } of people) await stage.member(name);
    const start = () => startChild(script, stage.office.file, server.apiRoot, server.token, String(SECOND));
    const isUp = (child: ChildProcess) =>
      new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    const kill = (child: ChildProcess) => {
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGKILL");
      return gone;
    };
    let child = start();
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await stage.close();
    });

    server.failAtRandom(
      0.14,
      [
        "429",
        "429-bare",
        "500-before",
        "500-after",
        "502-html",
        "reset-before",
        "reset-after",
        "accept-late",
      ],
      { fetchesToo: true },
    );
    const orders: string[] = [];
    const pushes: string[] = [];
    for (let round = 0; round < kills; round += 1) {
      await isUp(child);
      for (let i = 0; i < shareOf(said, round, kills); i += 1) {
        orders.push(`强杀${round}之${i}`);
        server.says(users[i % users.length] as number, `交办 海安 “${orders.at(-1)}”`);
      }
      for (let i = 0; i < shareOf(pushed, round, kills); i += 1) {
        const personId = people[pushes.length % people.length]?.id ?? 0;
        pushes.push(await stage.queue({ personId }, { class: "must-not-repeat" }));
      }
      await new Promise((resolve) => setTimeout(resolve, Math.floor(server.random() * 150)));
      await kill(child);
      child = start();
    }
    server.failAtRandom(null);
    await stage.until("everything is worked off", async () => {
      if (server.unconfirmed() > 0) return false;
      return (await bot.store.read((r) => r.inbox.waiting("telegram", { most: 1 }))).length === 0;
    });
    // One by one: whoever reads everything again and again leaves Telegram, in this process, no time to answer.
    for (const key of pushes)
      await stage.until(`${key} is worked off`, async () => {
        const row = await bot.store.read((r) => r.outbox.find(key));
        return row !== null && !["pending", "sending"].includes(row.state);
      });
    await kill(child);
    await server.allLanded();

    const { rows } = await bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5_000));
    const titles = rows.map((row) => row.title).filter((title) => title.startsWith("强杀"));
    const troubled = await bot.store.read((r) => r.outbox.troubled(5_000));
    const listed = new Set(troubled.map(({ row }) => row.key));
    const timesOf = (key: string) =>
      server.sent.filter((m) => new RegExp(`^通知 ${key}(?!\\d)`).test(m.text)).length;
    const rowsOfPushes = (await stage.outbox()).filter((row) => pushes.includes(row.key));
    const ofState = (state: string) => rowsOfPushes.filter((row) => row.state === state).length;
    await annotate(
      `seed ${seed}: ${titles.length} of ${said} done, ${ofState("sent")} of ${pushed} sent, ${ofState("ambiguous")} in doubt and listed, ${pushes.filter((key) => timesOf(key) > 1).length} twice`,
    );
    expect(titles.toSorted()).toEqual(orders.toSorted());
    for (const { key, state } of rowsOfPushes) {
      const times = timesOf(key);
      // In doubt is listed for the office; nothing else may differ from what Telegram has.
      expect({ key, state, times, isListed: listed.has(key) }).toEqual({
        key,
        state: expect.stringMatching(/^(sent|ambiguous)$/),
        times: state === "sent" ? 1 : expect.toSatisfy((n: number) => n <= 1),
        isListed: state === "ambiguous",
      });
    }
    expect(await bot.store.read((r) => r.audit.firstBroken())).toBeNull();
    expect(server.violations.filter((v) => v.includes("retry_after"))).toEqual([]);
  },
);
