import fc from "fast-check";
import { expect, test } from "vitest";
import { commands } from "./commands.ts";
import type { Real, World } from "./course.ts";
import { at } from "./days.ts";
import { aStage, MERGES_INTO } from "./stage.ts";

const full = process.env.TEST_FULL === "1";
/** TEST_SEED tries another course of things; a failure prints its seed and its shortest path. */
const seed = Number(process.env.TEST_SEED ?? 20200615);
const [RUNS, LENGTH, AT_LEAST] = full ? [240, 100, 10_000] : [4, 100, 200];

const taken = { commands: 0, presses: 0, moves: 0 };
const START = "2020-06-15T10:00";

test(`whatever officials do and leave undone, the loop goes as the model says (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(commands(LENGTH), async (course) => {
      const stage = await aStage(START);
      stage.emptied(MERGES_INTO);
      try {
        const world: World = { issues: new Map(), now: at(START), gone: new Set() };
        const real: Real = { stage, taken };
        await fc.asyncModelRun(() => ({ model: world, real }), course);
        expect(await stage.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
      } finally {
        stage.close();
      }
    }),
    { numRuns: RUNS, seed },
  );
});

test(`at least ${AT_LEAST} steps were tried, and a good part of the presses moved something`, () => {
  expect(taken.commands).toBeGreaterThanOrEqual(AT_LEAST);
  expect(taken.moves / taken.presses).toBeGreaterThan(0.3);
});
