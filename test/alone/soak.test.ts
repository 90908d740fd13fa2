import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { chanceOf } from "../support/chance.ts";
import type { Fault } from "../support/slack/server.ts";
import { until } from "../support/until.ts";
import { aRealBot } from "./real-bot.ts";

// By the machine's clock, so in the large run only, with nothing beside it.
const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const OFFICE_HOURS = 8;
const START =
  Temporal.PlainDateTime.from("2020-06-15T08:30").toZonedDateTime("Asia/Shanghai").epochMilliseconds;
const QUESTIONS = [
  "海安",
  "全市",
  "排名 5月 PM2.5",
  "今日",
  "滞后",
  "问题 超期",
  "趋势 海安 5月 PM2.5",
  "周通报",
  "帮助",
];
const SLACK_FAULTS: Fault[] = [
  "500 before",
  "500 after",
  "reset before",
  "reset after",
  "cut answer after",
  "429",
];

/** Growth in MB an hour of the office's clock, by least squares. */
function slope(samples: readonly { hour: number; mb: number }[]): number {
  const mean = (of: (sample: { hour: number; mb: number }) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [hour, mb] = [mean((s) => s.hour), mean((s) => s.mb)];
  return mean((s) => (s.hour - hour) * (s.mb - mb)) / mean((s) => (s.hour - hour) ** 2);
}

test.for([false, true])(
  "eight hours of an office under mixed load and faults, a kill a minute: %s",
  async (kills, { annotate }) => {
    const bot = await aRealBot(60);
    const { store, slack, telegram, sends, slackUsers, telegramUsers, ids } = bot;
    const { next: chance, below } = chanceOf(20200615);
    slack.atRandom(() => (chance() < 0.05 ? (SLACK_FAULTS[below(SLACK_FAULTS.length)] ?? null) : null));
    telegram.failAtRandom(0.05, ["429", "500-before", "500-after", "reset-before", "reset-after"]);

    const first = await store.read((r) => r.outbox.newestId());
    const ordered: string[] = [];
    const queued: number[] = [];
    const samples: { hour: number; mb: number }[] = [];
    let [logMb, killed] = [0, 0];
    const seconds = MINUTES * 60;
    const began = performance.now();
    for (let second = 1; second <= seconds; second++) {
      const hour = (OFFICE_HOURS * second) / seconds;
      await bot.setClock(START + Math.round(hour * 3_600_000));
      const question = QUESTIONS[second % QUESTIONS.length] as string;
      const by = slackUsers[second % slackUsers.length] as string;
      // A bot that was just killed answers nobody: Slack would come again, these don't.
      void sends.message(by, question).catch(() => undefined);
      telegram.says(telegramUsers[second % telegramUsers.length] as number, question);
      if (second % 5 === 0) {
        ordered.push(`浸泡${second}号`);
        telegram.says(
          telegramUsers[(second + 1) % telegramUsers.length] as number,
          `交办 海安 “${ordered.at(-1)}”`,
        );
      }
      if (second % 10 === 0)
        await store.write(async ({ outbox }) => {
          for (const personId of [ids[second % ids.length], ids[(second + 1) % ids.length]]) {
            const card = { title: `通知${second}`, blocks: [], buttons: [] };
            const to = { personId: personId as number };
            await outbox.queue({ key: `soak/${second}/${personId}`, to, class: "must-not-repeat", card }, 0);
            queued.push(await outbox.newestId());
          }
        });
      logMb = Math.max(logMb, bot.logMb());
      if (!kills && second % Math.round(seconds / 48) === 0 && hour > OFFICE_HOURS / 3)
        samples.push({ hour, mb: await bot.heapMb() });
      if (kills && second % 60 === 0) {
        await bot.kill();
        killed++;
        await bot.start();
      }
      const ahead = began + second * 1000 - performance.now();
      if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    }
    slack.atRandom(null);
    telegram.failAtRandom(null);
    const rows = async () =>
      (await store.read((r) => r.outbox.after(first)))
        .map(({ row }) => row)
        .filter((row) => queued.includes(row.id));
    await until(async () => {
      const waiting = await store.read(async (r) => [
        ...(await r.inbox.waiting("slack")),
        ...(await r.inbox.waiting("telegram")),
      ]);
      return (
        telegram.unconfirmed() === 0 &&
        waiting.length === 0 &&
        (await rows()).every(({ state: is }) => is === "sent" || is === "ambiguous" || is === "failed")
      );
    });
    await bot.kill("SIGTERM");

    const { rows: issues } = await store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5000));
    const done = issues.map(({ title }) => title).filter((title) => title.startsWith("浸泡"));
    expect(done.toSorted()).toEqual(ordered.toSorted());
    expect([...slack.accepted().values()].filter((times) => times > 1)).toEqual([]);
    const troubled = new Set((await store.read((r) => r.outbox.troubled(5000))).map(({ row }) => row.id));
    expect((await rows()).filter(({ id, state: is }) => is !== "sent" && !troubled.has(id))).toEqual([]);
    expect(await store.read((r) => r.audit.firstBroken())).toBeNull();
    const raw = new Database(bot.file);
    expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(raw.pragma("foreign_key_check")).toEqual([]);
    expect(raw.prepare("select count(*) from outbox where state = 'sending'").pluck().get()).toBe(0);
    raw.close();
    expect(logMb).toBeLessThan(64);
    const doubts = (await rows()).filter(({ state: is }) => is === "ambiguous").length;
    const course = kills ? `${killed} kills` : `heap ${slope(samples).toFixed(2)} MB an hour`;
    await annotate(
      `${MINUTES} min, ${ordered.length} orders, ${queued.length} notices (${doubts} in doubt, listed), log ${logMb.toFixed(0)} MB, ${course}`,
    );
    if (kills) expect(killed).toBeGreaterThanOrEqual(MINUTES - 1);
    else expect(slope(samples)).toBeLessThan(1);
  },
);
