import { afterEach, expect, test } from "vitest";
import { CLOCK_KINDS } from "../../src/domain/issues/clock.ts";
import { stateNames } from "../../src/domain/issues/states.ts";
import { STEPS } from "../../src/issues/loop.ts";
import { NOTES } from "../../src/issues/notes.ts";
import { aStage, completeForm, type Stage } from "./loop/stage.ts";
import { readingsOf } from "./readings.ts";

// Words are drawn when they are shown. Whatever the office calls its steps, states and reminders tomorrow, what was done
// before is counted as it was, together with what is done under the new words.

let undo: (() => void)[] = [];
afterEach(() => {
  for (const back of undo.reverse()) back();
  undo = [];
});

/** Puts other words where a declaration has its own, until the test is over. */
function reworded(holder: object, keys: readonly string[]): void {
  const words = holder as Record<string, unknown>;
  for (const key of keys.filter((name) => typeof words[name] === "string")) {
    const before = words[key];
    words[key] = `新${[...String(before)].reverse().join("")}`;
    undo.push(() => {
      words[key] = before;
    });
  }
}
function rewordSteps(): void {
  for (const { words } of STEPS) reworded(words, Object.keys(words));
  for (const line of [...Object.values(NOTES), ...Object.values(CLOCK_KINDS)]) reworded(line, ["says"]);
}
const rewordStates = () => reworded(stateNames, Object.keys(stateNames));

/** Issues that are closed, come back, sent back, returned, suspended and forgotten; the words change in the midst of it. */
async function story(stage: Stage, change: () => void) {
  const { office, bot } = stage;
  const issue = async (no: string) => {
    const found = await bot.store.read((r) => r.issues.byNo(no));
    if (found === null) throw new Error(`there is no issue ${no}`);
    return found;
  };
  const take = async (no: string, ...steps: readonly [who: string, step: string][]) => {
    for (const [who, step] of steps)
      expect(await stage.presses(who, step, await issue(no), completeForm(step))).toBeNull();
  };
  const mend = async (no: string) => {
    await take(no, ["海安联络员", "acknowledge"]);
    await office.photographs("海安联络员", no);
    await take(no, ["海安联络员", "submit"], ["海安领导", "confirm"]);
  };
  const given = async (title: string): Promise<string> =>
    (await office.says("市办", `交办 海安 “${title}” 2020-06-24`)).facts.issue.no;
  const [first, second, third] = [await given("东城裸土"), await given("西郊扬尘"), await given("南河焚烧")];
  await mend(first);
  await take(first, ["督查", "reject"]);
  await office.photographs("海安联络员", first, ["after"]);
  await take(first, ["海安联络员", "submit"], ["海安领导", "confirm"], ["督查", "verify"]);
  await take(second, ["海安联络员", "return"], ["市办", "uphold"]);
  await office.advanceTo("2020-06-17T10:00");
  change();
  await mend(second);
  await take(second, ["督查", "verify"]);
  await take(first, ["市办", "reopen"]);
  await take(third, ["市办", "suspend"]);
  await office.advanceTo("2020-07-06T10:00");
  expect(stage.faults).toEqual([]);
  const { figures, issues } = await readingsOf(bot.store, bot.office, await bot.clock.now());
  const counted = (await office.says("市办", "统计 6月")).facts;
  const states = (await office.says("市办", "问题 全部")).facts.rows.map(
    (row: { state: string }) => row.state,
  );
  const ids = stage.raw.prepare("select issue_id, step from issue_event order by id").all();
  const history = (await office.says("市办", `问题 ${first}`)).text;
  return { read: { figures, issues }, looked: { figures, counted, states, ids }, history };
}

/** The story as it goes where nothing is called otherwise: once for both tests. */
let unchanged: Promise<Awaited<ReturnType<typeof story>>> | undefined;
async function toldOf(change: () => void) {
  const stage = await aStage();
  try {
    return await story(stage, change);
  } finally {
    stage.close();
  }
}
const toldUnchanged = () => (unchanged ??= toldOf(() => {}));

test("every label of the loop is worded anew: figures, statistics, ledger, slips and stored lines stay", async () => {
  const before = await toldUnchanged();
  const after = await toldOf(rewordSteps);
  // The rewording is real: what was done under the old words is shown in the new ones.
  expect(before.history).toContain("销号");
  expect(after.history).not.toContain("销号：");
  expect(after.history).toContain("新号销");
  expect(after.looked).toEqual(before.looked);
  expect(before.looked.counted.city.closed).toMatchObject({ met: 1 });
  const figuresOfIssues = ({ read }: typeof before) =>
    Object.entries(read.issues).map(([no, { ledger }]) => [no, ledger]);
  expect(figuresOfIssues(after)).toEqual(figuresOfIssues(before));
});

test("the states are called otherwise, too: the figures and the stored states stay", async () => {
  const before = await toldUnchanged();
  const after = await toldOf(() => {
    rewordSteps();
    rewordStates();
  });
  expect(after.looked).toEqual(before.looked);
});
