import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RELATIONS, type Relation, STATES, type State } from "../../../src/domain/issues/states.ts";
import type { Earlier } from "../../../src/domain/issues/step-rule.ts";
import type { Issue, NewIssueRow } from "../../../src/store/issues.ts";
import { ALL_STEPS } from "../../domain/issues/standing.ts";
import { chanceOf } from "../../support/chance.ts";
import { type Expected, expectedOf, LINES, NOT_BY, type Step } from "./rules.ts";
import { aStage, completeForm, type Stage } from "./stage.ts";

// Who presses what, when: every cell of state × step × person goes through the real door with a button drawn for that
// person, as for somebody who has got hold of one. What is to come of it, the hand-written rules say.

const full = process.env.TEST_FULL === "1";
/** Cells in which something is forbidden or comes at the wrong time, of each step, when not all are tried. */
const SAMPLE = 12;

/** For issues of 海安 and 住建 that 城管 helps with: each role within its scope, and those that have one elsewhere. */
const PEOPLE: readonly (readonly [name: string, relation: Relation])[] = [
  ["海安联络员", "liaison"],
  ["海安领导", "lead"],
  ["住建联络员", "department"],
  ["城管联络员", "helper"],
  ["市办", "office"],
  ["督查", "supervision"],
  ["市领导", "city-lead"],
  ["海安点位长", "station-chief"],
  ["如东联络员", "stranger"],
  ["如东领导", "stranger"],
  ["交通联络员", "stranger"],
  ["海门点位长", "stranger"],
];

let stage: Stage;
beforeAll(async () => {
  stage = await aStage();
});
afterAll(() => stage.close());

/** What stands in the ledger of an issue in this state: others have taken the steps before. */
async function before(state: State, step: Step): Promise<Partial<NewIssueRow>> {
  const [submittedBy, confirmedBy, proposedBy] = await Promise.all(
    ["通州联络员", "通州领导", "通州点位长"].map(stage.id),
  );
  const cancel = step === "approve-cancel" || step === "refuse-cancel" ? { cancelBy: submittedBy } : {};
  const asked =
    step === "grant-extension" || step === "refuse-extension"
      ? { extensionDue: "2020-07-20", extensionBy: await stage.id("通州联络员") }
      : {};
  switch (state) {
    case "submitted":
      return { submittedAt: 1, submittedBy, ...cancel };
    case "reviewing":
      return { submittedAt: 1, submittedBy, confirmedAt: 2, confirmedBy, ...cancel };
    case "displayed":
      return {
        ...{ submittedAt: 1, submittedBy, confirmedAt: 2, confirmedBy },
        ...{ displayedUntil: "2020-06-12", ...cancel },
      };
    case "suspended":
      return {
        resumeState: "acknowledged",
        suspendedOn: "2020-06-15",
        suspendedUntil: "2020-06-30",
        ...cancel,
      };
    case "transferring":
      return { resumeState: "rectifying", proposedBy };
    default:
      return { ...asked, ...cancel };
  }
}

type Cell = {
  step: Step;
  state: State;
  name: string;
  expected: Expected;
  /** The earlier step that this very person has taken. */
  did?: Earlier;
  /** The county's lead has submitted it, so that the office confirms. */
  leadSubmitted?: true;
};

const cellsOf = (step: Step): Cell[] =>
  STATES.flatMap((state) =>
    PEOPLE.map(([name, relation]) => ({ step, state, name, expected: expectedOf(step, state, relation) })),
  );

/** Everybody who may take a step in the ledger's usual case, and has taken an earlier one that it judges. */
const doubleCells: readonly Cell[] = Object.entries(NOT_BY).flatMap(([step, deeds]) =>
  LINES.filter(([of]) => of === step).flatMap(([of, from, , who]) =>
    from.flatMap((state) =>
      PEOPLE.filter(([, relation]) => who.includes(relation)).flatMap(([name]) =>
        deeds.map((did) => ({ step: of, state, name, did, expected: { kind: "forbidden" } as const })),
      ),
    ),
  ),
);
const inTheLeadsPlace: readonly Cell[] = PEOPLE.map(([name, relation]) => ({
  step: "confirm",
  state: "submitted",
  name,
  leadSubmitted: true,
  expected:
    relation === "lead"
      ? { kind: "forbidden" }
      : expectedOf("confirm", "submitted", relation, { confirmsInTheLeadsPlace: true }),
}));

async function issueFor({ step, state, name, did, leadSubmitted }: Cell): Promise<Issue> {
  const issue = await stage.issueIn(state, {
    ...(await before(state, step)),
    ...(leadSubmitted ? { submittedBy: await stage.id("海安领导") } : {}),
    ...(did ? { [did]: await stage.id(name) } : {}),
  });
  const handedIn = step === "accept-part" || step === "return-part";
  await stage.helps(issue.id, "city-management", { handedIn });
  if (step === "submit") await stage.office.photographs("海安联络员", issue.no);
  if (step === "propose-transfer") {
    await stage.investigates(issue);
    await stage.urges(issue);
  }
  return issue;
}

const show = ({ step, state, name, did, leadSubmitted }: Cell) =>
  [step, `on ${state}`, `by ${name}`, did ?? "", leadSubmitted ? "after the lead submitted" : ""].join(" ");

/** Presses, and looks at every trace. @returns what is wrong, or null. */
async function wrongWith(cell: Cell, issue: Issue): Promise<string | null> {
  const { step, name, expected } = cell;
  const [audit, outbox, traces] = [stage.newest("audit"), stage.newest("outbox"), stage.traces(issue.id)];
  const events = stage.eventsOf(issue.id).length;
  const refusal = await stage.presses(name, step, issue, completeForm(step));
  const acts = stage.auditAfter(audit).map(({ outcome, act }) => `${outcome} ${act}`);
  const wrong = (what: string) =>
    `${show(cell)}: ${what} (${refusal?.code ?? "done"}: ${refusal?.message ?? ""})`;

  if (expected.kind !== "allowed") {
    const denied = expected.kind === "forbidden" ? [`denied issue.${step}`] : [];
    if (stage.traces(issue.id) !== traces) return wrong("it changed something");
    if (acts.join() !== denied.join()) return wrong(`audit says ${acts.join() || "nothing"}`);
    const codes = expected.kind === "forbidden" ? ["forbidden"] : ["stale-action", "already-done"];
    return codes.includes(refusal?.code ?? "done") ? null : wrong(`expected ${codes.join(" or ")}`);
  }
  const now = stage.issue(issue.id);
  const to = { stays: issue.state, back: issue.resumeState }[expected.to as "stays"] ?? expected.to;
  if (now.state !== to || now.version !== issue.version + 1)
    return wrong(`it stands at ${now.state}, version ${now.version}, instead of ${to}`);
  // The lot may draw what has just been closed for a look on the spot: that is no step.
  const written = stage
    .eventsOf(issue.id)
    .slice(events)
    .filter(({ step }) => step !== "spot-check");
  if (written.length !== 1 || written[0]?.fromState !== issue.state || written[0].toState !== to)
    return wrong(`history says ${JSON.stringify(written)}`);
  if (acts.join() !== `done issue.${step}`) return wrong(`audit says ${acts.join()}`);
  return stage.toldAfter(outbox).includes(await stage.id(name))
    ? wrong("they are told of it themselves")
    : null;
}

/** A fixed choice that looks random: the same cells every time. */
function sampleOf(cells: readonly Cell[], n: number): readonly Cell[] {
  const { next: draw } = chanceOf(20200615);
  return cells
    .map((cell) => ({ cell, by: draw() }))
    .toSorted((a, b) => a.by - b.by)
    .slice(0, n)
    .map(({ cell }) => cell);
}

test("the matrix has every relation and at least 600 cells, of which the rules allow more than ninety", () => {
  const cells = [...ALL_STEPS.flatMap(cellsOf), ...doubleCells, ...inTheLeadsPlace];
  expect(cells.length).toBeGreaterThan(3000);
  expect(cells.filter(({ expected }) => expected.kind === "allowed").length).toBeGreaterThan(90);
  expect(new Set(PEOPLE.map(([, relation]) => relation))).toEqual(
    new Set(RELATIONS.filter((relation) => relation !== "clock")),
  );
});

describe(`${full ? "every" : "every allowed and a sample of every other"} cell`, () => {
  test.each(ALL_STEPS)("%s", async (step) => {
    const cells = cellsOf(step);
    const allowed = cells.filter(({ expected }) => expected.kind === "allowed");
    const others = cells.filter(({ expected }) => expected.kind !== "allowed");
    const wrong: string[] = [];
    for (const cell of allowed) {
      const fault = await wrongWith(cell, await issueFor(cell));
      if (fault !== null) wrong.push(fault);
    }
    // What changes nothing can be tried on the same issue again and again.
    const standing = new Map<State, Issue>();
    for (const cell of full ? others : sampleOf(others, SAMPLE)) {
      const issue = standing.get(cell.state) ?? (await issueFor(cell));
      standing.set(cell.state, issue);
      const fault = await wrongWith(cell, issue);
      if (fault !== null) wrong.push(fault);
    }
    expect(wrong).toEqual([]);
  });

  test("whoever took a step judges it in no post, and the office confirms for a lead who submitted", async () => {
    const wrong: string[] = [];
    for (const cell of [...doubleCells, ...inTheLeadsPlace]) {
      const fault = await wrongWith(cell, await issueFor(cell));
      if (fault !== null) wrong.push(fault);
    }
    expect(wrong).toEqual([]);
  });

  test("whoever has left the office does nothing, with whatever button", async () => {
    const wrong: string[] = [];
    for (const [step, [state = "draft"], , [relation]] of LINES) {
      const name = PEOPLE.find(([, r]) => r === relation)?.[0] ?? "";
      const cell: Cell = { step, state, name, expected: { kind: "forbidden" } };
      const issue = await issueFor(cell);
      const person = await stage.personOf(name);
      stage.withdraw(person.id);
      const fault = await wrongWith(cell, issue);
      stage.withdraw(person.id, true);
      if (fault !== null) wrong.push(fault);
    }
    expect(wrong).toEqual([]);
  });
});

test("after all of it the chain of the audit holds", async () => {
  expect(await stage.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
  expect(stage.newest("audit")).toBeGreaterThan(400);
});
