import { afterAll, beforeAll, expect, test } from "vitest";
import { thinOut } from "../../src/ops/thin-out.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const LIAISON = "海安联络员";
const DAY_MS = 86_400_000;
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
  await office.says("市办", "交办 海安 “旧事一件” 3个工作日");
});
afterAll(() => office.close());

const now = async () => (await office.bot.clock.now()).epochMilliseconds;

/** What came in so many days ago, answered or not. */
async function came(days: number, answered: boolean): Promise<string> {
  const externalId = `${days}/${answered}`;
  await office.bot.store.write(async ({ inbox }) => {
    const row = await inbox.receive({
      platform: "slack",
      externalId,
      payload: "{}",
      receivedAt: (await now()) - days * DAY_MS,
    });
    if (answered) await inbox.finish(row?.id ?? 0, "done", null);
  });
  return externalId;
}
const known = async (externalId: string) =>
  (await office.bot.store.read((r) => r.inbox.find("slack", externalId))) !== null;

test("what came in goes after its term once it is answered; within the term a repeat is known", async () => {
  const [old, young, waiting] = [await came(31, true), await came(29, true), await came(400, false)];
  expect(await thinOut(office.bot)).toMatchObject({ inbox: 1, messages: 0, cards: 0 });
  expect(await Promise.all([old, young, waiting].map(known))).toEqual([false, true, true]);
  const [last] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(last).toMatchObject({ act: "rows.thin", actor: "系统", outcome: "done" });
  expect(JSON.parse(last?.detail ?? "")).toMatchObject({ inbox: 1 });
});

test("a stranger's message is emptied when it is answered, and known for as long as a platform may repeat it", async () => {
  const { store } = office.bot;
  const send = (days: number) =>
    store.write(async ({ inbox }) => {
      const receivedAt = (await now()) - days * DAY_MS;
      return inbox.receive({
        platform: "slack",
        externalId: `passer-by/${days}`,
        payload: '{"text":"你好"}',
        receivedAt,
      });
    });
  const [old, young] = [await send(3), await send(1)];
  for (const row of [old, young])
    await store.write(async ({ inbox }) => {
      await inbox.letPass(row?.id ?? 0);
      await inbox.finish(row?.id ?? 0, "done", null);
    });
  expect(await store.read((r) => r.inbox.find("slack", "passer-by/1"))).toMatchObject({ payload: "{}" });
  expect(await thinOut(office.bot)).toMatchObject({ inbox: 1 });
  expect(await Promise.all(["passer-by/3", "passer-by/1"].map(known))).toEqual([false, true]);
});

test("more than a bite goes in several transactions, each written down", async () => {
  for (let i = 0; i < 5; i += 1) await came(40 + i, true);
  const before = await office.bot.store.read((r) => r.audit.latest(1));
  expect(await thinOut(office.bot, { bite: 2 })).toMatchObject({ inbox: 5 });
  const rows = await office.bot.store.read((r) => r.audit.latest(10));
  const told = rows.filter(({ act, id }) => act === "rows.thin" && id > (before[0]?.id ?? 0));
  expect(told).toHaveLength(3);
});

test("after a year and more chats are empty, that a notice went out stays, and so does the file of the case", async () => {
  expect(JSON.stringify(await office.cardsOf(LIAISON))).toContain("旧事一件");
  const sentBefore = await office.bot.store.read((r) => r.outbox.countByState());
  const audited = (await office.bot.store.read((r) => r.audit.latest(1)))[0]?.id ?? 0;
  await office.bot.store.write((w) =>
    w.settings.set("demo-clock", String(Temporal.Instant.from("2021-08-01T02:00Z").epochMilliseconds)),
  );
  const later = { ...office.bot, clock: { now: async () => Temporal.Instant.from("2021-08-01T02:00Z") } };
  const went = await thinOut(later);
  expect(went.messages).toBeGreaterThan(0);
  expect(went.cards).toBeGreaterThan(0);
  expect(await office.cardsOf(LIAISON)).toEqual([]);
  expect(await office.bot.store.read((r) => r.outbox.countByState())).toEqual(sentBefore);
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  expect(rows.some(({ row }) => row.state === "sent" && row.title.includes("旧事一件"))).toBe(true);
  expect((await office.says("市办", "问题 旧事一件")).text).toContain("旧事一件");
  expect(await office.bot.store.read((r) => r.audit.firstBroken(1000))).toBeNull();
  expect((await office.bot.store.read((r) => r.audit.latest(1)))[0]?.id).toBeGreaterThan(audited);
  expect(await thinOut(later)).toEqual({ inbox: 0, messages: 0, cards: 0, tokens: 0, files: 0 });
});
