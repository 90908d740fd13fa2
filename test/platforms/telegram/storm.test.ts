import { afterEach, expect, test } from "vitest";
import type { Fault } from "../../support/telegram/faults.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
let stage: Stage;
afterEach(() => stage.close());

/** A delivery's own message; notices of the office about it tell of it, too. */
const times = (key: string) =>
  stage.server.sent.filter((m) => new RegExp(`^通知 ${key}(?!\\d)`).test(m.text)).length;
const own = async () => (await stage.outbox()).filter((row) => row.key.startsWith("test/"));

/** As many deliveries to each of so many people; until each is sent, given up, or in doubt for good. */
async function storm(
  deliveries: number,
  faults: { rate: number; kinds: readonly Fault[] },
  people: number,
  kind: "must-arrive" | "must-not-repeat" = "must-not-repeat",
) {
  const recipients = (await stage.bot.store.read((r) => r.people.all())).slice(0, people);
  for (const { name } of recipients) await stage.member(name);
  for (let i = 0; i < deliveries; i += 1)
    await stage.queue({ personId: recipients[i % people]?.id ?? 0 }, { class: kind });
  stage.server.failAtRandom(faults.rate, faults.kinds);
  await stage.until("nothing waits", async () => {
    await stage.deliver();
    const open = (await own()).filter((row) => row.nextAttemptAt < Number.MAX_SAFE_INTEGER);
    if (open.every((row) => ["sent", "failed"].includes(row.state))) return true;
    if (open.some((row) => row.nextAttemptAt > Date.now() + 3_000)) stage.pass(61_000);
    return false;
  });
}

test("errors, resets, silence and messages that land late: every delivery is sent or listed, and none is sent twice", async () => {
  stage = await aStage({ second: 4, timeoutMs: 300, seed: 7 });
  const kinds = [
    "500-before",
    "500-after",
    "502-html",
    "reset-before",
    "reset-after",
    "hang-before",
    "accept-late",
  ] as const;
  await storm(full ? 1_000 : 60, { rate: 0.15, kinds }, 20);
  await stage.server.allLanded();
  const rows = await own();
  const listed = await stage.bot.store.read((r) => r.outbox.troubled(5_000));
  for (const { key, state } of rows) {
    expect(["sent", "ambiguous"]).toContain(state);
    expect(times(key)).toBeLessThanOrEqual(1);
    if (state === "sent") expect(times(key)).toBe(1);
    else expect(listed.map(({ row }) => row.key)).toContain(key);
  }
  expect(rows.filter((row) => row.state === "ambiguous").length).toBeGreaterThan(0);
});

test("when Telegram asks for patience, with and without saying how much, it gets it, and all arrives once", async () => {
  stage = await aStage({ second: 10, seed: 8 });
  await storm(full ? 1_000 : 80, { rate: 0.3, kinds: ["429", "429-bare"] }, 20);
  for (const { key, state, lastError } of await own())
    expect([key, state, lastError, times(key)]).toEqual([key, "sent", null, 1]);
  expect(stage.server.violations).toEqual([]);
});

test("a chat that is held back holds up no other", async () => {
  stage = await aStage({ second: 300 });
  const [held, free] = [await stage.member("海安联络员"), await stage.member("如东联络员")];
  const ids = await Promise.all(["海安联络员", "如东联络员"].map((name) => stage.personId(name)));
  stage.server.fail("sendMessage", "429-long");
  const first = await stage.queue({ personId: ids[0] ?? 0 });
  await stage.until("the first is held back", async () => {
    await stage.deliver();
    // By Telegram: at first the pace holds everything back for a second.
    return (await own()).some(({ lastError }) => lastError?.startsWith("429"));
  });
  const others = [await stage.queue({ personId: ids[1] ?? 0 }), await stage.queue({ personId: ids[1] ?? 0 })];
  await stage.until("the others have arrived", async () => {
    await stage.deliver();
    return others.every((key) => times(key) === 1);
  });
  expect(stage.server.to(held)).toEqual([]);
  expect(stage.server.to(free)).toHaveLength(2);
  const [waits] = (await own()).filter(({ key }) => key === first);
  expect(waits).toMatchObject({ state: "pending", attempts: 0 });
  expect(stage.server.violations).toEqual([]);
});
