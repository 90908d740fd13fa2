import fc from "fast-check";
import { expect } from "vitest";
import {
  check,
  chosen,
  DUES,
  expectedFor,
  give,
  LEVELS,
  press,
  type Real,
  take,
  urged,
  type Wish,
  type World,
} from "./course.ts";
import { at, HOUR, local } from "./days.ts";
import { type Issue, POSTS, passed } from "./model.ts";

export type Command = fc.AsyncCommand<World, Real, false>;

/** The model knows the calendar of 2020; no time passes after this. */
const LAST = at("2020-11-01T12:00");

const aWish: fc.Arbitrary<Wish> = fc.record({
  which: fc.nat(),
  step: fc.nat(),
  who: fc.nat(),
  wild: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  due: fc.oneof(fc.constantFrom(...DUES), fc.constantFrom("near" as const, "far" as const)),
  text: fc.integer({ min: 0, max: 7 }).map((n) => n > 0),
  stale: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
});

const giveOut = fc
  .record({
    level: fc.constantFrom(...LEVELS),
    county: fc.constantFrom("海安", "如东"),
    department: fc.constantFrom("住建", "交通"),
    days: fc.integer({ min: 0, max: 25 }),
    state: fc.constantFrom("draft" as const, "assigned" as const),
  })
  .map(
    (what): Command => ({
      check: ({ issues }) => issues.size < 6,
      async run(world, real) {
        await give(world, real, what);
        await check(world, real);
      },
      toString: () => `give out ${JSON.stringify(what)}`,
    }),
  );

const pressOne = aWish.map((wish): Command => {
  let said = "";
  return {
    check: ({ issues }) => issues.size > 0,
    async run(world, real) {
      const choice = chosen(world, wish);
      const expected = expectedFor(world, choice);
      said = `${choice.post.name} ${choice.step} on ${world.issues.get(choice.id)?.state} ${JSON.stringify(choice.form)}`;
      const audit = real.stage.newest("audit");
      const refusal = await press(real, choice);
      const got = refusal === null ? "moves" : refusal.code === "forbidden" ? "forbidden" : "refused";
      expect(got, `${said}: ${refusal?.message}`).toBe(expected.kind);
      const acts = got === "refused" ? [] : [got === "moves" ? "done" : "denied"];
      expect(real.stage.auditAfter(audit).map((a) => a.outcome)).toEqual(acts);
      if (expected.kind === "moves") world.issues.set(choice.id, expected.issue);
      await check(world, real);
    },
    toString: () => `press: ${said}`,
  };
});

const pressTwo = fc.tuple(aWish, aWish).map(([one, other]): Command => {
  let said = "";
  return {
    check: ({ issues }) => issues.size > 0,
    async run(world, real) {
      const first = chosen(world, one);
      const both = [first, chosen(world, other, first.id)];
      said = both.map((c) => `${c.post.name} ${c.step}`).join(" and ");
      const expected = both.map((choice) => expectedFor(world, choice));
      for (const choice of both) await urged(real, choice);
      const refusals = await Promise.all(both.map((choice) => take(real, choice)));
      // Both saw the same version: whoever comes second comes too late.
      const moved = refusals.flatMap((refusal, i) => (refusal === null ? [i] : []));
      const could = expected.flatMap((outcome, i) => (outcome.kind === "moves" ? [i] : []));
      expect(moved.length, said).toBe(Math.min(1, could.length));
      const winner = expected[moved[0] ?? -1];
      if (winner !== undefined) {
        expect(winner.kind).toBe("moves");
        if (winner.kind === "moves") world.issues.set(first.id, winner.issue);
      }
      await check(world, real);
    },
    toString: () => `at once: ${said}`,
  };
});

const photograph = fc.nat().map(
  (which): Command => ({
    check: ({ issues }) => issues.size > 0,
    async run(world, real) {
      const id = [...world.issues.keys()][which % world.issues.size] as number;
      await real.stage.office.photographs("海安联络员", String(real.stage.issue(id).no));
      world.issues.set(id, { ...(world.issues.get(id) as Issue), photos: true });
      await check(world, real);
    },
    toString: () => "photographs are sent",
  }),
);

const wait = fc
  .oneof(
    fc.integer({ min: 1, max: 30 }),
    fc.integer({ min: 1, max: 8 }).map((days) => days * 24),
  )
  .map(
    (hours): Command => ({
      check: ({ now }) => now < LAST,
      async run(world, real) {
        world.now += hours * HOUR;
        await real.stage.office.advanceTo(local(world.now));
        for (const [id, issue] of world.issues) world.issues.set(id, passed(issue, world.now));
        await check(world, real);
      },
      toString: () => `${hours} hours pass`,
    }),
  );

const leave = fc.constantFrom(...POSTS).map(
  ({ name }): Command => ({
    check: ({ gone }) => gone.size < 2 && !gone.has(name),
    async run(world, real) {
      await real.stage.leaves(name);
      world.gone.add(name);
      await check(world, real);
    },
    toString: () => `${name} leaves`,
  }),
);

const comeBack = fc.constant<Command>({
  check: ({ gone }) => gone.size > 0,
  async run(world, real) {
    const [name = ""] = world.gone;
    await real.stage.comesBack(name);
    world.gone.delete(name);
    await check(world, real);
  },
  toString: () => "whoever left first comes back",
});

/** Issues given out, presses of one and of two at once, photographs, time, people who leave and come back. */
export const commands = (maxCommands: number) =>
  fc.commands(
    [
      giveOut,
      giveOut,
      pressOne,
      pressOne,
      pressOne,
      pressOne,
      pressOne,
      pressTwo,
      photograph,
      photograph,
      wait,
      wait,
      leave,
      comeBack,
    ],
    {
      maxCommands,
      size: "max",
    },
  );
