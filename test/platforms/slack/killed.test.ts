import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { chanceOf } from "../../support/chance.ts";
import { OWN_START } from "../../support/child.ts";
import { anOffice } from "../../support/office.ts";
import { shareOf } from "../../support/share.ts";
import type { ChildSettings } from "../../support/slack/child.ts";
import { hurriedClock } from "../../support/slack/clock.ts";
import { TEAM } from "../../support/slack/memory.ts";
import { SECRET, TOKEN } from "../../support/slack/office.ts";
import { senderOf } from "../../support/slack/sender.ts";
import { type Fault, localSlack } from "../../support/slack/server.ts";
import { until } from "../../support/until.ts";

const full = process.env.TEST_FULL === "1";
const script = join(import.meta.dirname, "../../support/slack/child.ts");
const clock = { start: Date.now(), speed: 60 };
/** A call is given up after 200 ms; what lands late lands well before the minute (a second here) after which it is looked for. */
const [timeoutMs, lateMs] = [200, 400];
const faults: Fault[] = [
  "500 before",
  "500 after",
  "reset before",
  "reset after",
  "cut answer after",
  "lands late",
];

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Orders of one clerk. */
const AT_ONCE = 6;

/** How many kills, and what comes in and is to go out in all around them. */
const sizes = full
  ? [5, 20200615, 31, 7, 11].map((seed, nth) => ({
      kills: 60,
      events: nth === 0 ? 1020 : 255,
      pushes: 600,
      seed,
    }))
  : [{ kills: 2, events: 14, pushes: 16, seed: 20200615 }];

test.for(sizes)(
  "killed $kills times at any moment, with retries on and calls that go wrong (seed $seed), it loses none of $events events and does nothing twice, and each of $pushes pushes arrives once",
  async ({ kills, events, pushes, seed }, { annotate }) => {
    const office = await anOffice();
    const { store } = office.bot;
    const slack = await localSlack({ token: TOKEN, now: hurriedClock(clock.start, clock.speed).now, lateMs });
    const chance = chanceOf(seed);
    const port = await freePort();
    const settings: ChildSettings = {
      file: office.file,
      port,
      apiUrl: slack.apiUrl,
      botToken: TOKEN,
      signingSecret: SECRET,
      timeoutMs,
      clock,
    };
    let output = "";
    const start = () => {
      const child = spawn(process.execPath, [...OWN_START, script, JSON.stringify(settings)]);
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
          output += String(chunk);
        });
      return { child, isUp: once(child.stdout, "data") };
    };
    const kill = async ({ child }: ReturnType<typeof start>) => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    };
    let bot = start();
    onTestFinished(async () => {
      bot.child.kill("SIGKILL");
      await slack.close();
      office.close();
    });
    const user = slack.addUser("U0001");
    const sends = senderOf(slack, { url: () => `http://127.0.0.1:${port}/slack/events`, secret: SECRET });
    const clerk = await store.read((r) => r.people.byName("市办"));
    const personId = clerk?.id ?? 0;
    await store.write(async ({ people }) => {
      await people.bind(personId, { platform: "slack", workspace: TEAM, userKey: user }, 0);
      await people.pushTo(personId, "slack");
    });
    // Whoever sends more than ten at once is told to slow down: the orders are those of an office of many.
    const clerks = await store.write(async ({ people }) => {
      const users: string[] = [];
      for (let i = 0; i < Math.ceil(events / AT_ONCE); i++) {
        const { id: _, ...like } = clerk as NonNullable<typeof clerk>;
        const { id } = await people.add({ ...like, name: `市办${i}` });
        users.push(slack.addUser(`U1${String(i).padStart(3, "0")}`));
        await people.bind(id, { platform: "slack", workspace: TEAM, userKey: users[i] ?? "" }, 0);
      }
      return users;
    });
    // Every seventh notice meets something at its first attempt, by turns.
    const first = await store.read((r) => r.outbox.newestId());
    const tried = new Set<number>();
    slack.atRandom((method, args) => {
      const id = args.metadata?.event_payload?.outbox as number | undefined;
      if (method !== "chat.postMessage" || id === undefined || tried.has(id)) return null;
      tried.add(id);
      const nth = id - first + (seed % 100);
      return nth % 7 === 0 ? (faults[(nth / 7) % faults.length] ?? null) : null;
    });

    const json = { type: "application/json" };
    const ordered: string[] = [];
    const rows: number[] = [];
    await bot.isUp;
    for (let round = 0; round < kills; round++) {
      const bodies = Array.from({ length: shareOf(events, round, kills) }, (_, i) => {
        const by = clerks[Math.floor(ordered.length / AT_ONCE)] as string;
        ordered.push(`强杀${round}之${i}`);
        const event = {
          type: "message",
          channel_type: "im",
          channel: slack.directId(by),
          user: by,
          text: `交办 海安 “${ordered.at(-1)}”`,
          ts: `2.${ordered.length}`,
        };
        return sends.eventBody(event);
      });
      for (let i = 0; i < shareOf(pushes, round, kills); i++) {
        const card = { title: `通知${round}之${i}`, blocks: [], buttons: [] };
        const key = `killed/${round}/${i}`;
        // The bot writes notices of its own beside this.
        const id = await store.write(async ({ outbox }) => {
          await outbox.queue({ key, to: { personId }, class: "must-not-repeat", card }, 0);
          return outbox.newestId();
        });
        rows.push(id);
      }
      // Slack tries at once and nearly at once again; then, after a minute, the bot has long been up once more.
      const attempts = bodies.map(async (body) => {
        for (let attempt = 0; attempt < 2; attempt++) {
          const sent = await sends.raw(body, json).catch(() => null);
          if (sent?.status === 200) return null;
        }
        return body;
      });
      await new Promise((resolve) => setTimeout(resolve, chance.below(120)));
      await kill(bot);
      bot = start();
      const again = (await Promise.all(attempts)).filter((body) => body !== null);
      await bot.isUp;
      // A connection that breaks acknowledges nothing: one to the killed process, kept open, or one the new process closes.
      for (const body of again) {
        const sent = await until(() => sends.raw(body, json).catch(() => null));
        expect(sent.status).toBe(200);
      }
    }
    slack.atRandom(null);
    const stateOf = async (id: number) => (await store.read((r) => r.outbox.numbered(id)))?.row.state;
    // One by one: whoever reads everything again and again leaves Slack, in this process, no time to answer.
    for (const id of rows) await until(async () => (await stateOf(id)) === "sent");
    await until(async () => (await store.read((r) => r.inbox.waiting("slack", { most: 1 }))).length === 0);
    await kill(bot);

    const { rows: issues } = await store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5000));
    const done = issues.map(({ title }) => title).filter((title) => title.startsWith("强杀"));
    const accepted = slack.accepted();
    const arrivedOnce = rows.filter((id) => accepted.get(id) === 1).length;
    await annotate(
      `seed ${seed}: ${done.length} of ${events} done, ${arrivedOnce} of ${pushes} arrived once`,
    );
    expect(done.toSorted()).toEqual(ordered.toSorted());
    expect(rows.filter((id) => accepted.get(id) !== 1).map((id) => [id, accepted.get(id) ?? 0])).toEqual([]);
    const states = await Promise.all(rows.map(stateOf));
    expect(states.filter((state) => state !== "sent")).toEqual([]);
    expect([...accepted.values()].filter((times) => times > 1)).toEqual([]);
    expect(await store.read((r) => r.audit.firstBroken())).toBeNull();
    expect(output).not.toContain("canary");
  },
);
