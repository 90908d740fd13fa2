import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { chanceOf } from "../support/chance.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { anUnsteadyPlatform, EVENTS, type Event, type Unsteady } from "./unsteady.ts";

const full = process.env.TEST_FULL === "1";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

type Readable = "always" | "fitfully" | "never";

/** What must hold for one delivery at any moment between two rounds. */
function faultOf(row: OutboxRow, platform: Unsteady, readsBack: Readable): string | null {
  const standing = platform.standing.get(row.id) ?? 0;
  const doubted = platform.doubted.has(row.id);
  const most = readsBack !== "never" || row.class === "must-not-repeat" ? 1 : 2;
  if (row.state === "sending") return "left as being sent";
  if (row.state === "sent" && standing === 0) return "called sent, stands nowhere";
  if (row.state === "ambiguous" && !doubted) return "in doubt without a reason";
  if (row.state === "failed" && standing > 0 && !doubted) return "called failed, stands in the chat";
  if (row.state === "failed" && standing > 0 && readsBack !== "never") return "called failed without a look";
  if (standing > most) return `stands ${standing} times`;
  if (standing > 1 && !doubted) return "sent again after it was accepted";
  return null;
}

const anEvent = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Event>("accepted") },
  { weight: 4, arbitrary: fc.constantFrom(...EVENTS) },
);
const aClass = fc.constantFrom("card" as const, "must-arrive" as const, "must-not-repeat" as const);

let run = 0;
test("whatever the network and the machine do, every delivery is sent, waiting, failed or listed, and none repeated against its promise", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Readable[]>("always", "fitfully", "never"),
      fc.array(aClass, { minLength: 1, maxLength: 5 }),
      fc.array(anEvent, { maxLength: 25 }),
      fc.array(fc.constantFrom(0, 1_000, 30_000, 61_000, 700_000), { maxLength: 8 }),
      async (readsBack, classes, events, waits) => {
        run += 1;
        const left = [...events];
        const platform = await anUnsteadyPlatform(office, () => left.shift() ?? "accepted", readsBack);
        for (const [i, kind] of classes.entries()) await platform.queue(`${run}/${i}`, kind);
        const check = async () => {
          const rows = await platform.rows();
          expect(rows).toHaveLength(classes.length);
          expect(rows.map((row) => faultOf(row, platform, readsBack)).filter(Boolean)).toEqual([]);
          return rows;
        };
        for (const wait of waits) {
          await platform.round();
          await check();
          platform.pass(wait);
        }
        await platform.toTheEnd();
        const states = (await check()).map(({ state }) => state);
        expect(states.filter((state) => !["sent", "failed", "ambiguous"].includes(state))).toEqual([]);
      },
    ),
    { numRuns: full ? 1000 : 60, seed: 20200615 },
  );
});

const seeds = full ? [20200615, 5, 7, 11, 31] : [20200615];

test.each((["always", "never"] as const).flatMap((readsBack) => seeds.map((seed) => ({ readsBack, seed }))))(
  "hundreds of messages, a seventh of the requests faulty and the bot killed again and again; chat read back: $readsBack (seed $seed)",
  async ({ readsBack, seed }) => {
    const [messages, kills] = full ? [600, 60] : [80, 8];
    const { next: chance } = chanceOf(seed);
    let killed = 0;
    const faults = EVENTS.filter((event) => event !== "accepted" && event !== "failed");
    const platform = await anUnsteadyPlatform(
      office,
      () => {
        const event = chance() < 0.14 ? faults[Math.floor(chance() * faults.length)] : "accepted";
        // As many kills as are asked for, wherever they fall.
        const dies = killed < kills && chance() < (2 * kills) / messages;
        if (dies) killed += 1;
        return dies
          ? chance() < 0.5
            ? "killed after arrival"
            : "killed before arrival"
          : (event ?? "accepted");
      },
      readsBack,
    );
    const ids: number[] = [];
    for (let i = 0; i < messages; i++)
      ids.push(await platform.queue(`${readsBack}/${seed}/${i}`, "must-not-repeat"));
    await platform.toTheEnd();
    const rows = await platform.rows();
    const count = (name: string) => rows.filter((row) => row.state === name).length;
    expect(killed).toBe(kills);
    expect(rows.map((row) => faultOf(row, platform, readsBack)).filter(Boolean)).toEqual([]);
    expect(ids.filter((id) => (platform.standing.get(id) ?? 0) > 1)).toEqual([]);
    expect(count("sent") + count("ambiguous")).toBe(messages);
    if (readsBack === "always") expect(count("sent")).toBe(messages);
    // Nothing is lost in silence: whatever stands nowhere is on the list of the office.
    const silent = rows.filter((row) => row.state !== "ambiguous" && !platform.standing.has(row.id));
    expect(silent).toEqual([]);
    expect(count("ambiguous") > 0).toBe(readsBack === "never");
  },
);
