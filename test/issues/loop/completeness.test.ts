import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownerOf } from "../../../src/domain/issues/states.ts";
import { chanceOf } from "../../support/chance.ts";
import {
  check,
  chosen,
  DUES,
  ended,
  expectedFor,
  give,
  LEVELS,
  press,
  type Real,
  type World,
} from "./course.ts";
import { at, dayOf, HOUR, isWorked, local, plusDays, plusWorked, worked } from "./days.ts";
import { passed } from "./model.ts";
import { aStage, MERGES_INTO, type Stage } from "./stage.ts";

// Weeks of an office in which some work, some are slow, some never answer and some are away: whatever
// becomes of an issue, it ends, or stands on somebody's list with a clock running.

const full = process.env.TEST_FULL === "1";
const ISSUES = full ? 500 : 20;
const PER_DAY = full ? 25 : 4;
const seed = Number(process.env.TEST_SEED ?? 20200615);
const START = "2020-06-01T10:00";
const LAST_DAY = "2020-07-10";

const { below: draw } = chanceOf(seed);
const oneOf = <T>(list: readonly T[]): T => list[draw(list.length)] as T;

const DILIGENT = 1;
/** Of so many chances on a working day one is taken; those who never answer have none. */
const HABITS = [DILIGENT, 2, 6, Number.POSITIVE_INFINITY] as const;

let stage: Stage;
let world: World;
const taken = { commands: 0, presses: 0, moves: 0 };
const habits = new Map<number, number>();

beforeAll(async () => {
  stage = await aStage(START);
  stage.emptied(MERGES_INTO);
  world = { issues: new Map(), now: at(START), gone: new Set() };
  const real: Real = { stage, taken };
  for (let day = dayOf(world.now); day <= LAST_DAY; day = plusDays(day, 1)) {
    if (day > dayOf(world.now)) await pass(at(`${day}T10:00`));
    for (let n = 0; n < PER_DAY && world.issues.size < ISSUES; n++) {
      const what = {
        level: oneOf(LEVELS),
        county: oneOf(["海安", "如东"]),
        department: oneOf(["住建", "交通"]),
        state: oneOf(["assigned", "assigned", "draft"] as const),
        days: draw(10),
      };
      habits.set(await give(world, real, what), oneOf(HABITS));
    }
    // 如东's liaison is away for three weeks, the office for one.
    await away("如东联络员", day >= "2020-06-15" && day < "2020-07-06");
    await away("市办", day >= "2020-06-29" && day < "2020-07-06");
    if (isWorked(day)) for (const id of world.issues.keys()) await someday(id, real);
  }
  await pass(at(`${LAST_DAY}T18:00`));
});
afterAll(() => stage.close());

async function pass(to: number): Promise<void> {
  world.now = to;
  await stage.office.advanceTo(local(to));
  for (const [id, issue] of world.issues) world.issues.set(id, passed(issue, to));
}

async function away(name: string, isAway: boolean): Promise<void> {
  if (world.gone.has(name) === isAway) return;
  stage.withdraw(await stage.id(name), !isAway);
  if (isAway) world.gone.add(name);
  else world.gone.delete(name);
}

/** On a day of work somebody may do something about an issue. */
async function someday(id: number, real: Real): Promise<void> {
  const habit = habits.get(id) ?? DILIGENT;
  const issue = world.issues.get(id);
  if (issue === undefined || ended(issue.state) || draw(1000) >= 1000 / habit) return;
  if (draw(3) === 0) {
    await stage.office.photographs("海安联络员", String(stage.issue(id).no));
    world.issues.set(id, { ...issue, photos: true });
  }
  const wish = {
    which: draw(1000),
    step: draw(1000),
    who: draw(1000),
    due: oneOf([...DUES, "far"] as const),
  };
  const choice = chosen(world, { ...wish, wild: false, text: true, stale: false }, id);
  const expected = expectedFor(world, choice);
  const refusal = await press(real, choice);
  expect(refusal === null, `${choice.post.name} ${choice.step}: ${refusal?.message}`).toBe(
    expected.kind === "moves",
  );
  if (expected.kind === "moves") world.issues.set(id, expected.issue);
}

const openIds = () => [...world.issues].filter(([, { state }]) => !ended(state)).map(([id]) => id);

test(`every issue stands where the model says, with the rungs that the model climbed (seed ${seed})`, async () => {
  expect(world.issues.size).toBe(ISSUES);
  await check(world, { stage, taken });
  const rungs = [...world.issues.values()].flatMap((issue) => Object.values(issue.rungs).flat());
  expect(new Set(rungs)).toEqual(new Set([1, 2, 3]));
});

test("every issue has ended, or has an owner and a time at which somebody hears of it", () => {
  for (const id of openIds()) {
    const { state } = stage.issue(id);
    expect(ownerOf(state), state).not.toBeNull();
    const [next] = stage.openClockOf(id);
    expect(next?.at, `${state} has a clock`).toBeGreaterThan(world.now);
    // The longest that anything waits: a deadline of four weeks, or a suspension of as many.
    expect(next?.at).toBeLessThan(world.now + 30 * 24 * HOUR);
  }
  expect(openIds().length).toBeGreaterThan(0);
  expect(openIds().length).toBeLessThan(ISSUES);
});

test("the office's lists show all that is open: overdue by the deadline, the others by where they stand", async () => {
  const { bot } = stage;
  const today = dayOf(world.now);
  const asOf = world.now;
  const listed = async (filter: object) =>
    (await bot.store.read((r) => r.issues.list({ asOf, ...filter }, 2000))).rows.map((row) => row.id);
  const late = new Set(await listed({ overdueOn: today }));
  for (const id of openIds()) {
    const { state, due } = stage.issue(id);
    const unitsTurn = ["assigned", "acknowledged", "rectifying"].includes(state);
    expect(late.has(id), `${state}, due ${due}`).toBe(unitsTurn && due < today);
    expect(await listed({ states: [state] })).toContain(id);
  }
});

describe("of an issue that nobody ever touched", () => {
  const silent = () =>
    [...habits].filter(([, habit]) => habit === Number.POSITIVE_INFINITY).map(([id]) => id);

  test("both ladders were climbed, each rung once, and the unit was reminded ever more seldom", () => {
    const given = silent().filter((id) => world.issues.get(id)?.state === "assigned");
    expect(given.length).toBeGreaterThan(0);
    for (const id of given) {
      expect(world.issues.get(id)?.rungs, String(id)).toEqual({
        ack: [1, 2, 3],
        mend: [1, 2, 3],
        decide: [],
      });
      const given = stage.raw
        .prepare(
          "select done_at from issue_clock where issue_id = ? and kind = 'overdue' and state = 'done' order by at",
        )
        .pluck()
        .all(id) as number[];
      const { due, level } = stage.issue(id);
      // The 1st, 2nd and 4th day of work after the deadline, then once a week; of something grave days of any kind.
      const nth = (n: number) => (level === "重大" ? plusDays(due, n) : plusWorked(due, n));
      const weekly = [1, 2, 3, 4].map((weeks) => plusDays(nth(4), 7 * weeks));
      const days = [nth(1), nth(2), nth(4), ...weekly.map((day) => (level === "重大" ? day : worked(day)))];
      expect(given.map(dayOf), `${level}, due ${due}`).toEqual(days.filter((day) => day <= LAST_DAY));
    }
  });

  test("a draft is remembered too", () => {
    const drafts = silent().filter((id) => world.issues.get(id)?.state === "draft");
    for (const id of drafts) expect(stage.openClockOf(id).map((row) => row.kind)).toEqual(["draft"]);
  });
});

test("nobody was told the same twice, and the chain of the audit holds", async () => {
  expect(stage.faults).toEqual([]);
  expect(stage.doubled()).toEqual([]);
  expect(await stage.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
});
