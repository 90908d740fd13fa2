import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { start, startHere } from "../../support/scripts.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
let stage: Stage;
afterEach(() => stage.close());

const titlesLike = async (pattern: RegExp) =>
  (await stage.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5_000))).rows.flatMap(
    ({ title }) => (pattern.test(title) ? [title] : []),
  );
const isAssigned = (title: string) =>
  stage.until("the effect", async () => (await titlesLike(new RegExp(`^${title}$`))).length === 1);

describe("a graceful stop", () => {
  test("lets an answer that waits for its turn in the chat go out first", async () => {
    stage = await aStage({ second: 400 });
    const office = await stage.member("市办");
    await stage.says(office, "海安");
    stage.server.says(office, "交办 海安 “停前办完”");
    await isAssigned("停前办完");
    await stage.stop();
    expect(stage.server.to(office).at(-1)?.text).toContain("停前办完");
    await stage.restart();
    await stage.says(office, "海安");
    expect(stage.server.to(office)).toHaveLength(3);
  });

  test("between an effect and an answer that Telegram doesn't take ends soon; the next start makes up for it, once", async () => {
    stage = await aStage({ timeoutMs: 60_000 });
    const office = await stage.member("市办");
    stage.server.fail("sendMessage", "hang-before");
    const update = stage.server.says(office, "交办 海安 “停在答复前”");
    await isAssigned("停在答复前");
    await stage.until("the answer is on its way", () =>
      stage.server.calls.some((c) => c.method === "sendMessage"),
    );
    await stage.stop();
    expect(stage.server.to(office)).toEqual([]);
    expect(await stage.bot.store.read((r) => r.inbox.unanswered("telegram"))).toMatchObject([
      { externalId: String(update.update_id) },
    ]);
    for (let i = 0; i < 2; i += 1) {
      await stage.restart();
      await stage.says(office, "海安");
    }
    const texts = stage.server.to(office).map((m) => m.text);
    expect(texts.filter((text) => text.includes("已经办理，只是答复没有送达"))).toHaveLength(1);
    expect(texts).toHaveLength(3);
    expect(await titlesLike(/^停在答复前$/)).toHaveLength(1);
  });

  test("leaves a question that could not be answered to the next start", async () => {
    stage = await aStage({ timeoutMs: 60_000 });
    const user = await stage.member("海安联络员");
    stage.server.fail("sendMessage", "hang-before");
    stage.noting(stage.server.says(user, "海安"));
    await stage.until("the answer is on its way", () =>
      stage.server.calls.some((c) => c.method === "sendMessage"),
    );
    await stage.stop();
    await stage.restart();
    await stage.settled();
    expect(stage.server.to(user).map((m) => m.text.includes("PM2.5"))).toEqual([true]);
  });

  test("begins no further delivery, and leaves none in doubt that it had not begun", async () => {
    // What is under way may take five of its seconds to end.
    stage = await aStage({ second: 2_000 });
    const people = await stage.bot.store.read((r) => r.people.all());
    for (const person of people) await stage.member(person.name);
    for (let i = 0; i < 5; i += 1)
      for (const { id } of people) await stage.queue({ personId: id }, { class: "must-not-repeat" });
    const round = stage.deliver();
    await stage.until("it has begun", () => stage.server.sent.length > 0);
    await stage.stop();
    await round;
    const states = (await stage.outbox()).map((row) => row.state);
    expect(new Set(states)).toEqual(new Set(["sent", "pending"]));
    expect(states.filter((state) => state === "sent")).toHaveLength(stage.server.sent.length);
  });
});

test("while Telegram takes no messages: an answer comes late, an effect is told late, neither is lost", async () => {
  stage = await aStage({ second: 4 });
  const office = await stage.member("市办");
  const liaison = await stage.member("海安联络员");
  await stage.says(stage.stranger(), "你好");
  stage.server.failAtRandom(1, ["500-before", "502-html", "reset-before"]);
  stage.noting(stage.server.says(office, "交办 海安 “停电时交办”"));
  stage.noting(stage.server.says(liaison, "海安"));
  const tries = () => stage.server.calls.filter((c) => c.method === "sendMessage").length;
  await stage.until("many tries", () => tries() > 20);
  expect(stage.server.sent).toHaveLength(1);
  stage.server.failAtRandom(null);
  await stage.settled();
  expect(stage.server.to(office).map((m) => m.text)).toEqual([expect.stringContaining("已经办理")]);
  expect(stage.server.to(liaison).map((m) => m.text)).toEqual([expect.stringContaining("PM2.5")]);
  expect(await titlesLike(/^停电时交办$/)).toHaveLength(1);
});

test("what came in before the token was revoked is answered with the next one, and isn't set aside", async () => {
  stage = await aStage({ second: 2 });
  const user = await stage.member("海安联络员");
  stage.server.fail("sendMessage", ...Array.from({ length: 6 }, () => "401" as const));
  stage.noting(stage.server.says(user, "海安"));
  const tries = () => stage.server.calls.filter((c) => c.method === "sendMessage").length;
  await stage.until("two tries", () => tries() > 1);
  await stage.restart();
  await stage.settled();
  expect(stage.server.to(user).map((m) => m.text)).toEqual([expect.stringContaining("PM2.5")]);
});

test("SIGTERM under load: the whole bot ends by itself, sends nothing half, and loses nothing", async () => {
  stage = await aStage({ start: false, seed: 3 });
  const { server, bot } = stage;
  const people = (await bot.store.read((r) => r.people.all())).slice(0, 20);
  const users = await Promise.all(people.map(({ name }) => stage.member(name)));
  const office = await stage.member("市办");
  const orders: string[] = [];
  const env = {
    TELEGRAM_BOT_TOKEN: server.token,
    TELEGRAM_API_ROOT: server.apiRoot,
    PORT: "0",
    LOG_LEVEL: "silent",
  };
  let running: ReturnType<typeof start> | null = null;
  onTestFinished(async () => {
    await running?.stop();
  });
  const begin = () => {
    running = start("start", [], stage.office.file, env);
    return running;
  };
  server.failAtRandom(0.05, ["500-before", "500-after", "reset-before", "reset-after", "hang-after"]);
  for (let round = 0; round < (full ? 50 : 1); round += 1) {
    for (const { id } of people) await stage.queue({ personId: id }, { class: "must-not-repeat" });
    const started = begin();
    for (const user of users) server.says(user, "海安");
    orders.push(`停机${round}`);
    server.says(office, `交办 海安 “${orders.at(-1)}”`);
    const before = server.sent.length;
    await stage.until("it is at work", () => server.sent.length > before);
    await new Promise((resolve) => setTimeout(resolve, Math.floor(server.random() * 500)));
    const from = performance.now();
    const { status, stderr } = await started.stop();
    if (full) expect(performance.now() - from).toBeLessThan(10_000);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect((await stage.outbox()).filter((row) => row.state === "sending")).toEqual([]);
  }
  server.failAtRandom(null);
  const last = startHere([], stage.office.file, env);
  const pushes = async () => (await stage.outbox()).filter((row) => row.key.startsWith("test/"));
  const isDone = async () => {
    const waiting = await bot.store.read((r) => r.inbox.waiting("telegram"));
    const open = (await pushes()).filter((row) => row.state === "pending");
    return server.unconfirmed() === 0 && waiting.length === 0 && open.length === 0;
  };
  await stage.until("everything is worked off", isDone);
  await last.stop();
  expect((await titlesLike(/^停机/)).toSorted()).toEqual(orders.toSorted());
  for (const { key, state } of await pushes()) {
    const times = server.sent.filter((m) => new RegExp(`^通知 ${key}(?!\\d)`).test(m.text)).length;
    expect(["sent", "ambiguous"]).toContain(state);
    expect(times).toBeLessThanOrEqual(1);
    if (state === "sent") expect(times).toBe(1);
  }
});
