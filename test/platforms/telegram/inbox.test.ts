import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { handleUpdate } from "../../../src/platforms/telegram/handle.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { webhookPath } from "../../../src/platforms/telegram/webhook.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
let stage: Stage;
afterEach(() => stage.close());

const issuesOf = () => stage.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 5_000));
const titlesLike = async (pattern: RegExp) =>
  (await issuesOf()).rows.map((i) => i.title).filter((t) => pattern.test(t));

describe("fetching", () => {
  test("asks for the kinds of updates that are used, and confirms only what is kept", async () => {
    stage = await aStage();
    const office = await stage.member("市办");
    await stage.says(office, "海安");
    const fetches = stage.server.calls.filter((c) => c.method === "getUpdates");
    expect(
      fetches.every(
        (c) =>
          JSON.stringify(c.payload.allowed_updates) ===
          '["message","edited_message","callback_query","my_chat_member"]',
      ),
    ).toBe(true);
    expect(fetches[0]?.payload.offset).toBeUndefined();
    // Once everything is confirmed the offset is forgotten: after a silent week the numbers start anew.
    await stage.until("a fetch without offset", () =>
      stage.server.calls
        .filter((c) => c.method === "getUpdates")
        .slice(2)
        .some((c) => c.payload.offset === undefined),
    );
    const { api } = stage.running().telegram;
    expect(api.options).toMatchObject({ timeoutSeconds: 60, apiRoot: stage.server.apiRoot });
    // Nothing but the mask of what says who somebody is: no call is repeated behind our back.
    expect(api.config.installedTransformers()).toHaveLength(1);
  });

  test("the same update five times, and many in a muddled order, have one effect each", async () => {
    stage = await aStage({ second: 4 });
    const offices = [await stage.member("市办"), await stage.member("市办"), await stage.member("市办")];
    const nth = (i: number) => offices[i % offices.length] as number;
    // One batch: from one to the next Telegram's numbers only grow.
    const n = full ? 20 : 12;
    const updates = Array.from({ length: n }, (_, i) =>
      stage.server.makes(stage.server.messageOf(nth(i), nth(i), { text: `交办 海安 “重复${i}号”` })),
    );
    const muddled = updates.flatMap((u) => [u, u, u, u, u]).toSorted(() => stage.server.random() - 0.5);
    for (const update of muddled) stage.noting(stage.server.bring(update, update.update_id as number));
    await stage.settled();
    expect((await titlesLike(/^重复\d+号$/)).toSorted()).toEqual(
      updates.map((_, i) => `重复${i}号`).toSorted(),
    );
    expect(stage.server.sent).toHaveLength(n);
    expect(stage.server.violations).toEqual([]);
  });

  test("one that bears no number is passed over, and keeps nobody else's out", async () => {
    stage = await aStage();
    const user = await stage.member("如东领导");
    for (const update_id of ["nonsense", null, 1.5]) stage.server.bring({ update_id, message: {} });
    expect((await stage.says(user, "如东"))[0]?.text).toContain("如东");
  });

  test("faults on the way lose nothing", async () => {
    stage = await aStage({ second: 4 });
    const office = await stage.member("市办");
    stage.server.fail("getUpdates", "500-before", "reset-after", "502-html", "429", "reset-before");
    for (let i = 0; i < 5; i += 1) {
      stage.noting(stage.server.says(office, `交办 海安 “途中${i}号”`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await stage.settled();
    expect(await titlesLike(/^途中/)).toHaveLength(5);
  });

  test("waits while another program holds the file, and takes everything once when it lets go", async () => {
    stage = await aStage();
    const users = [await stage.member("市办"), await stage.member("市办")];
    await stage.says(users[0] as number, "海安");
    const fetches = () => stage.server.calls.filter((c) => c.method === "getUpdates").length;
    const other = new Database(stage.office.file);
    const holds = full ? 10 : 1;
    for (let hold = 0; hold < holds; hold += 1) {
      other.exec("BEGIN IMMEDIATE");
      for (const user of users) stage.noting(stage.server.says(user, `交办 海安 “锁住${hold}之${user}”`));
      // Fetched, not kept, and so fetched again.
      const before = fetches();
      await stage.until("another fetch of the same", () => fetches() > before + 1);
      expect(stage.server.unconfirmed()).toBe(users.length);
      expect(await titlesLike(new RegExp(`^锁住${hold}`))).toEqual([]);
      other.exec("ROLLBACK");
      await stage.settled();
    }
    other.close();
    const titles = await titlesLike(/^锁住/);
    expect(titles).toHaveLength(holds * users.length);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test("a token that Telegram refuses at the start fails the start", async () => {
    stage = await aStage({ start: false });
    await expect(
      startTelegram(stage.bot, { token: "1:wrong", apiRoot: stage.server.apiRoot, webhook: null }),
    ).rejects.toThrow(/401/);
  });

  test("a bot that starts while the network is down comes up when it is back", async () => {
    stage = await aStage({ start: false });
    stage.server.fail("getMe", "reset-before", "502-html", "500-before");
    await stage.restart();
    const office = await stage.member("市办");
    expect((await stage.says(office, "海安")).length).toBe(1);
  });
});

describe("a crash", () => {
  test("between keeping and answering loses nothing and does nothing twice", async () => {
    stage = await aStage({ second: 4, start: false });
    const office = await stage.member("市办");
    const rounds = full ? 40 : 6;
    for (let i = 0; i < rounds; i += 1) {
      for (let k = 0; k < 3; k += 1) stage.noting(stage.server.says(office, `交办 海安 “中断${i}-${k}”`));
      stage.noting(stage.server.says(office, "海安"));
      await stage.restart();
      await new Promise((resolve) => setTimeout(resolve, Math.floor(stage.server.random() * 25)));
    }
    await stage.restart();
    await stage.settled();
    const titles = await titlesLike(/^中断/);
    expect(titles).toHaveLength(rounds * 3);
    expect(new Set(titles).size).toBe(rounds * 3);
  });

  test("after the effect and before the answer: told once that it is done", async () => {
    stage = await aStage();
    const office = await stage.member("市办");
    await stage.stop();
    const update = stage.server.makes(
      stage.server.messageOf(office, office, { text: "交办 海安 “答复丢失”" }),
    );
    await stage.bot.store.write(async ({ inbox }) => {
      const row = await inbox.receive({
        platform: "telegram",
        externalId: String(update.update_id),
        payload: JSON.stringify(update),
        receivedAt: 0,
      });
      await inbox.takeEffect(row?.id ?? 0);
    });
    await stage.restart();
    await stage.until("the word", () => stage.server.to(office).some((m) => m.text.includes("没有送达")));
    const said = stage.server.to(office).length;
    await stage.restart();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(stage.server.to(office)).toHaveLength(said);
  });

  test("while a form is being submitted: handled again, it has been submitted once", async () => {
    stage = await aStage();
    const office = await stage.member("市办");
    await stage.says(office, "交办 海安");
    let [asked] = await stage.says(office, "表单提交一次");
    for (let said = "3个工作日"; !/（(\d+)\/\1）/.test(asked?.text ?? ""); said = "跳过")
      [asked] = await stage.says(office, said);
    await stage.stop();
    const update = stage.server.makes(stage.server.messageOf(office, office, { text: "跳过" }));
    const row = await stage.bot.store.write((w) =>
      w.inbox.receive({
        platform: "telegram",
        externalId: String(update.update_id),
        payload: JSON.stringify(update),
        receivedAt: 0,
      }),
    );
    if (row === null) throw new Error("the row is new");
    const post = {
      send: async () => 1,
      sendFiles: async () => [1],
      edit: async () => {},
      replace: async () => false,
      replyFiles: async () => {},
      reply: async (): Promise<number[]> => {
        throw new Error("killed before the answer");
      },
    };
    const connection = { bot: stage.bot, post, telegram: {} as never, me: stage.server.me as never };
    for (let i = 0; i < 3; i += 1) await handleUpdate(connection, row).catch(() => undefined);
    expect(await titlesLike(/^表单提交一次$/)).toHaveLength(1);
  });

  test("a message that can never be handled is set aside and holds nobody up", async () => {
    stage = await aStage({ second: 2 });
    const office = await stage.member("市办");
    const poison = stage.server.bring({ message: { chat: null, from: null } as never });
    expect((await stage.says(office, "海安")).length).toBe(1);
    await stage.until("it is set aside", async () => {
      const row = await stage.bot.store.read((r) => r.inbox.find("telegram", String(poison.update_id)));
      return row?.state === "failed" || row?.state === "done";
    });
  });
});

describe("the webhook", () => {
  const secret = "s".repeat(40);
  const fronts: Server[] = [];
  afterEach(() => {
    for (const front of fronts.splice(0)) {
      front.closeAllConnections();
      front.close();
    }
  });
  const hook = async () => {
    stage = await aStage({ start: false });
    const webhook = { url: "https://bot.example", secret };
    const running = await startTelegram(
      stage.bot,
      { token: stage.server.token, apiRoot: stage.server.apiRoot, webhook },
      { second: 20 },
    );
    await stage.until("the webhook is set", () => stage.server.webhook() !== null);
    const front = createServer((request, response) => running.mount?.listener(request, response));
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
    fronts.push(front);
    const { port } = front.address() as AddressInfo;
    const post = (
      body: string | Uint8Array<ArrayBuffer>,
      headers: Record<string, string> = {},
      path = webhookPath(secret),
      method = "POST",
    ) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers,
        ...(method === "POST" ? { body } : {}),
      });
    return { running, post };
  };
  const known = { "x-telegram-bot-api-secret-token": secret };

  test("takes updates from whoever knows the secret, once each, and answers at once", async () => {
    const { running, post } = await hook();
    expect(stage.server.webhook()).toEqual({ url: `https://bot.example${webhookPath(secret)}`, secret });
    const office = await stage.member("市办");
    const update = stage.server.makes(stage.server.messageOf(office, office, { text: "交办 海安 “网钩”" }));
    for (let i = 0; i < 5; i += 1) expect((await post(JSON.stringify(update), known)).status).toBe(200);
    await stage.until("the answer", () => stage.server.to(office).length > 0);
    expect(await titlesLike(/^网钩$/)).toHaveLength(1);
    expect(stage.server.calls.some((c) => c.method === "getUpdates")).toBe(false);
    await running.stop();
  });

  test("turns everybody else away, and nothing of theirs is kept", async () => {
    const { running, post } = await hook();
    const good = JSON.stringify(stage.server.makes(stage.server.messageOf(1, 1, { text: "海安" })));
    const wrong: [number, Promise<Response>][] = [
      [401, post(good)],
      [401, post(good, { "x-telegram-bot-api-secret-token": `${secret}x` })],
      [401, post(good, { "x-telegram-bot-api-secret-token": "" })],
      [404, post(good, known, "/telegram/guess")],
      [404, post(good, known, webhookPath(secret), "GET")],
      [400, post("{", known)],
      [400, post("null", known)],
      [400, post('{"update_id":"1"}', known)],
      [400, post(new Uint8Array([0x7b, 0xff, 0xfe]), known)],
    ];
    for (const [status, answer] of wrong) expect((await answer).status).toBe(status);
    const large = await post(`{"update_id":1,"x":"${"a".repeat(1_100_000)}"}`, known).catch(() => null);
    expect([413, undefined]).toContain(large?.status);
    for (let i = 0; i < (full ? 1_000 : 50); i += 1) {
      const guess = { "x-telegram-bot-api-secret-token": `${i}${secret}`.slice(0, 40) };
      expect((await post(good, guess)).status).toBe(401);
    }
    expect(await stage.bot.store.read((r) => r.inbox.waiting("telegram"))).toEqual([]);
    const asked = stage.server.calls.filter((c) => c.method === "setWebhook").map((c) => c.payload);
    expect(asked).toMatchObject([
      {
        secret_token: secret,
        allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
      },
    ]);
    await running.stop();
  });

  test("while another program holds the file acknowledges nothing that it hasn't; brought again, it is taken", async () => {
    const { running, post } = await hook();
    const office = await stage.member("市办");
    const update = JSON.stringify(
      stage.server.makes(stage.server.messageOf(office, office, { text: "交办 海安 “锁住时”" })),
    );
    const other = new Database(stage.office.file);
    other.exec("BEGIN IMMEDIATE");
    expect((await post(update, known)).status).toBe(500);
    other.exec("ROLLBACK");
    other.close();
    for (let i = 0; i < 2; i += 1) expect((await post(update, known)).status).toBe(200);
    await stage.until("the answer", () => stage.server.to(office).length > 0);
    expect(await titlesLike(/^锁住时$/)).toHaveLength(1);
    await running.stop();
  });
});
