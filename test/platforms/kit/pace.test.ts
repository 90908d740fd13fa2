import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paceOf } from "../../../src/platforms/kit/pace.ts";

/** Time that passes by sleeping alone: the next sleeper in time wakes, however many sleep. */
function aClock() {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ at: now + ms, wake })),
    async runsOut() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) return;
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
const limits = { gap: () => 1_000, all: { count: 3, within: 1_000 }, patience: 30_000 };

test("whatever is to be sent where, a place has its gap after each answer, and all together keep their limit", async () => {
  const sending = fc.record({ place: fc.constantFrom("a", "b", "c", "d", "e"), takes: fc.nat(700) });
  await fc.assert(
    fc.asyncProperty(fc.array(sending, { maxLength: 30 }), async (sendings) => {
      const clock = aClock();
      const pace = paceOf(limits, clock);
      const sent: { i: number; place: string; from: number; to: number }[] = [];
      for (const [i, { place, takes }] of sendings.entries())
        void pace.inTurn(place, async () => {
          const from = clock.now();
          await clock.sleep(takes);
          sent.push({ i, place, from, to: clock.now() });
        });
      await clock.runsOut();
      expect(sent).toHaveLength(sendings.length);
      for (const here of Map.groupBy(sent, ({ place }) => place).values())
        for (const [i, { from, i: asked }] of here.entries()) {
          const before = here[i - 1];
          if (before === undefined) continue;
          expect(from - before.to).toBeGreaterThanOrEqual(limits.gap());
          expect(asked).toBeGreaterThan(before.i);
        }
      for (const { from } of sent) {
        const busy = sent.filter((other) => other.from <= from && other.to > from - limits.all.within);
        expect(busy.length).toBeLessThanOrEqual(limits.all.count);
      }
    }),
    { numRuns: 60 },
  );
});

test("deliveries that are put off come back in the order in which they were written, also after a rest", async () => {
  const clock = aClock();
  const pace = paceOf(limits, clock);
  await pace.inTurn("a", async () => undefined);
  expect([1, 2, 3].map((row) => pace.waitFor("a", row))).toEqual([1_000, 2_000, 3_000]);
  // Row 1 was sent and refused: the place rests, and what was written later stays behind it.
  pace.rest("a", 5_000, 1);
  expect([2, 3].map((row) => pace.waitFor("a", row))).toEqual([6_000, 7_000]);
  expect(pace.waitFor("b", 4)).toBe(0);
});

test("a delivery that never comes back holds up the others no longer than patience lasts", async () => {
  const clock = aClock();
  const pace = paceOf(limits, clock);
  await pace.inTurn("a", async () => undefined);
  pace.waitFor("a", 1);
  void clock.sleep(1_000 + limits.patience + 1);
  await clock.runsOut();
  expect(pace.waitFor("a", 2)).toBe(0);
});

describe("a place where much is asked", () => {
  const inGroup = { ...limits, most: () => ({ count: 6, within: 60_000, kept: 2 }) };

  test("gives a notice the next turn, before all answers that wait", async () => {
    const clock = aClock();
    const pace = paceOf(limits, clock);
    const said: string[] = [];
    const send = (what: string) => async () => {
      said.push(what);
    };
    for (const n of [1, 2, 3]) void pace.inTurn("a", send(`answer ${n}`), "answer");
    // The first is under way by now; what waits behind it hasn't begun.
    await new Promise((resolve) => setImmediate(resolve));
    expect(pace.waitFor("a", 1)).toBe(1_000);
    for (const n of [1, 2]) void pace.inTurn("a", send(`notice ${n}`), "delivery");
    await clock.runsOut();
    expect(said).toEqual(["answer 1", "notice 1", "notice 2", "answer 2", "answer 3"]);
  });

  test("keeps a few turns of each minute for notices, and they don't wait for the answers' minute to end", async () => {
    const clock = aClock();
    const pace = paceOf(inGroup, clock);
    const at: Record<string, number> = {};
    const send = (what: string) => async () => {
      at[what] = clock.now();
    };
    for (const n of [1, 2, 3, 4, 5]) void pace.inTurn("a", send(`answer ${n}`), "answer");
    void clock.sleep(10_000).then(() => pace.inTurn("a", send("notice"), "delivery"));
    await clock.runsOut();
    expect(at).toMatchObject({ "answer 4": 3_000, notice: 10_000, "answer 5": 61_000 });
  });
});

test("what hangs in some places keeps the others from sending only for a moment", async () => {
  const machine = { now: () => performance.now(), sleep: (ms: number) => setTimeout(ms) };
  const pace = paceOf({ ...limits, all: { count: 3, within: 10 } }, machine);
  const ends: (() => void)[] = [];
  const hanging = ["a", "b", "c"].map((place) =>
    pace.inTurn(place, () => new Promise<void>((end) => ends.push(end))),
  );
  await pace.inTurn("d", async () => undefined);
  expect(ends).toHaveLength(3);
  for (const end of ends) end();
  await Promise.all(hanging);
});
