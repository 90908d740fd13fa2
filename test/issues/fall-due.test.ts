import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../src/chat/command.ts";
import type { ClockKind } from "../../src/domain/issues/clock.ts";
import type { State } from "../../src/domain/issues/states.ts";
import { MOST_CARDS, tellOfNew } from "../../src/issues/tell-many.ts";
import { workDeadlines } from "../../src/scheduler/deadlines.ts";
import type { Issue } from "../../src/store/issues.ts";
import type { Writer } from "../../src/store/store.ts";
import type { Step } from "./loop/rules.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await aStage();
  stage.emptied();
});
afterEach(() => {
  stage.raw.close();
  stage.office.close();
});

const leaves = (name: string) => stage.raw.prepare("update person set active = 0 where name = ?").run(name);

/** In a transaction of its own, as the clock does it. @returns the new deliveries with their readers. */
async function sends(work: (context: Context<Writer>) => Promise<unknown>) {
  const { bot } = stage;
  const before = stage.newest("outbox");
  const now = await bot.clock.now();
  await bot.store.write((store) =>
    work({ store, office: bot.office, now, today: bot.office.today(now) } as Context<Writer>),
  );
  return bot.store.read((r) => r.outbox.after(before));
}

/** This falls due now for these issues. @returns the new deliveries with their readers. */
async function fallsDue(kind: ClockKind, issues: readonly Issue[]) {
  const { bot } = stage;
  const before = stage.newest("outbox");
  const now = (await bot.clock.now()).epochMilliseconds;
  await bot.store.write(async ({ issueClock }) => {
    for (const { id } of issues) await issueClock.set(id, [{ kind, at: now }], now);
  });
  await workDeadlines(bot);
  return bot.store.read((r) => r.outbox.after(before));
}

type Stands = { by?: string; left?: string[] };
type Case = [kind: ClockKind, state: State, stands: Stands, reminded: string[]];

/** Who is reminded of an issue of 海安 and 住建. `by`: who has submitted or confirmed it, or asked for 作废. */
const reminded: Case[] = [
  ["cancel-asked", "rectifying", { by: "市办" }, ["海安领导", "住建联络员", "市领导"]],
  ["cancel-asked", "rectifying", { by: "市领导" }, ["海安领导", "住建联络员"]],
  ["due-1", "rectifying", {}, ["海安联络员", "住建联络员"]],
  ["due-1", "rectifying", { left: ["海安联络员"] }, ["海安领导", "住建联络员"]],
  ["draft", "draft", {}, ["市办"]],
  ["confirm", "submitted", { by: "海安联络员" }, ["海安领导"]],
  ["confirm", "submitted", { by: "海安领导" }, ["市办"]],
  ["confirm", "submitted", { by: "海安联络员", left: ["海安领导"] }, ["市办"]],
  // Whoever has confirmed may not verify, and needn't be reminded to.
  ["verify", "reviewing", { by: "海安领导" }, ["市办", "督查"]],
  ["verify", "reviewing", { by: "市办" }, ["督查"]],
  ["verify", "reviewing", { by: "海安领导", left: ["督查"] }, ["市办"]],
  ["returned", "returned", {}, ["市办"]],
  ["extension", "rectifying", {}, ["市办"]],
  ["transfer", "transferring", {}, ["市领导"]],
];

describe("who is reminded", () => {
  test.each(reminded)("%s of an issue in %s, %j: %j", async (kind, state, { by, left = [] }, names) => {
    const id = by === undefined ? null : await stage.id(by);
    const issue = await stage.issueIn(state, {
      submittedBy: id,
      confirmedBy: state === "reviewing" ? id : null,
      cancelBy: kind === "cancel-asked" ? id : null,
    });
    for (const name of left) leaves(name);
    const sent = await fallsDue(kind, [issue]);
    expect(sent.map(({ audience }) => audience).toSorted()).toEqual(names.toSorted());
  });

  test.each<[string, "open" | "passed", string[], string[]]>([
    ["the checker of an open look on the spot", "open", [], ["如东联络员"]],
    ["nobody, where the checker has left", "open", ["如东联络员"], []],
    ["nobody, where it has been looked at", "passed", [], []],
  ])("%s", async (_, state, left, names) => {
    const issue = await stage.issueIn("closed");
    const at = (await stage.bot.clock.now()).epochMilliseconds;
    const checkerId = await stage.id("如东联络员");
    await stage.bot.store.write(({ spotChecks }) =>
      spotChecks.draw({ issueId: issue.id, checkerId, at, due: "2020-06-20", state }),
    );
    for (const name of left) leaves(name);
    const sent = await fallsDue("spot-check", [issue]);
    expect(sent.map(({ audience }) => audience)).toEqual(names);
  });
});

/** The deadlines of a list, as its reader sees them. */
const deadlines = (card: string) => {
  const { blocks } = JSON.parse(card) as { blocks: { kind: string; rows?: string[][] }[] };
  return blocks.flatMap(({ rows = [] }) => rows.map((row) => row.at(-1)));
};

describe("an issue that is due today is not overdue", () => {
  const dues = ["2020-06-14", "2020-06-15", "2020-06-16", "2020-06-17"];
  const ofEach = async () => {
    const issues: Issue[] = [];
    for (const due of dues) issues.push(await stage.issueIn("assigned", { due, departmentId: null }));
    return issues;
  };

  test("in a list of reminders", async () => {
    const [list] = await fallsDue("due-0", await ofEach());
    expect(deadlines(list?.row.card ?? "")).toEqual(["6月14日（超1天）", "6月15日", "6月16日", "6月17日"]);
  });

  test("in a list of new issues", async () => {
    expect(dues.length).toBeGreaterThan(MOST_CARDS);
    const issues = await ofEach();
    const [list] = await sends((context) => tellOfNew(issues, context));
    expect(deadlines(list?.row.card ?? "")).toEqual(["6月14日（已超期）", "6月15日", "6月16日", "6月17日"]);
  });

  test("among those that are asked for, nor one that the unit has handed in", async () => {
    const late = await stage.issueIn("rectifying", { due: "2020-06-14" });
    await stage.issueIn("rectifying", { due: "2020-06-15" });
    await stage.issueIn("submitted", { due: "2020-06-14" });
    const asOf = (await stage.bot.clock.now()).epochMilliseconds;
    const { rows } = await stage.bot.store.read((r) => r.issues.list({ asOf, overdueOn: "2020-06-15" }, 100));
    const mine = rows.filter(({ id }) => id >= late.id);
    expect(mine.map(({ no }) => no)).toEqual([late.no]);
  });
});

describe("new issues come as cards", () => {
  test.each([
    [MOST_CARDS, MOST_CARDS],
    [MOST_CARDS + 1, 1],
  ])("%i of them as %i", async (issues, cards) => {
    const given: Issue[] = [];
    for (let i = 0; i < issues; i++) given.push(await stage.issueIn("assigned", { departmentId: null }));
    expect(await sends((context) => tellOfNew(given, context))).toHaveLength(cards);
  });
});

describe("who has to judge by the pictures gets them with the notice", () => {
  const picturesFor = async (work: () => Promise<unknown>, reader: string) => {
    const before = stage.newest("outbox");
    await work();
    const sent = await stage.bot.store.read((r) => r.outbox.after(before));
    const card = sent.find(({ audience }) => audience === reader)?.row.card ?? "{}";
    return ((JSON.parse(card) as { files?: { name: string }[] }).files ?? [])
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".jpg"));
  };
  const pictures = ["before.jpg", "after.jpg"];

  test.each<[Step, State, string, string, Partial<Record<"submittedBy" | "confirmedBy", string>>, string[]]>([
    ["submit", "rectifying", "海安联络员", "海安领导", {}, pictures],
    ["confirm", "submitted", "海安领导", "市办", { submittedBy: "海安联络员" }, pictures],
    // Who hears how it ended has judged already, or knows them.
    ["verify", "reviewing", "督查", "海安联络员", { submittedBy: "海安联络员", confirmedBy: "海安领导" }, []],
  ])("%s of an issue in %s by %s, to %s", async (step, state, actor, reader, people, files) => {
    const ids = Object.fromEntries(
      await Promise.all(Object.entries(people).map(async ([key, name]) => [key, await stage.id(name)])),
    );
    const issue = await stage.issueIn(state, ids);
    await stage.office.photographs("海安联络员", issue.no);
    const fill = step === "submit" ? { measures: "已覆盖" } : {};
    const take = async () => expect(await stage.presses(actor, step, issue, fill)).toBeNull();
    expect(await picturesFor(take, reader)).toEqual(files);
  });
});
