import { beforeAll, describe, expect, test } from "vitest";
import { judge, type StepAttempt } from "../../../src/domain/issues/machine.ts";
import { isEnd } from "../../../src/domain/issues/states.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import { stepOf } from "../../../src/issues/loop.ts";
import { ALL_STEPS, attempt, loopRules, MONDAY, standing } from "./standing.ts";

// Walks every standing that an issue can reach with some people, by every step that they can take and by time that passes.

type By = StepAttempt["by"];
/** Who really took the steps that somebody else has to judge: kept by the walk itself, not read off the standing. */
type Doers = {
  submitted: number | null;
  confirmed: number | null;
  asked: number | null;
  proposed: number | null;
  cancelling: number | null;
};
type Node = { on: IssueStanding; doers: Doers };
type Edge = { step: string; by: By | null; from: string; to: string };

const NOBODY: Doers = { submitted: null, confirmed: null, asked: null, proposed: null, cancelling: null };
const LATE = "2020-06-12";
const IN_TIME = "2020-06-30";

/** What two standings have in common when they allow the same steps to the same people. */
const keyOf = ({ on, doers }: Node): string =>
  [
    on.state,
    on.resumeState,
    on.due < MONDAY.today,
    on.termFrom < "2020-06-10",
    on.extensions,
    on.extensionDue !== null,
    on.returns,
    on.ackRung === 3,
    on.mendRung === 3,
    on.supervisedAt !== null,
    on.hastenedOn,
    on.displayedUntil !== null && on.displayedUntil >= MONDAY.today,
    on.submittedBy,
    on.confirmedBy,
    on.extensionBy,
    on.proposedBy,
    on.cancelBy,
    ...Object.values(doers),
  ].join(" ");

/** What only counts leads nowhere else. */
const COUNTS = { rejections: 0, reopenings: 0, round: 1, stages: 0 };
/** Dates are brought back to two, late and in time, so that the walk ends. */
function settled(on: IssueStanding): IssueStanding {
  const due = on.due < MONDAY.today ? LATE : IN_TIME;
  return { ...on, version: 1, due, firstDue: due, ...COUNTS, assignedAt: MONDAY.at };
}

function next({ on, doers }: Node, step: string, by: By, officeConfirms: boolean): Node | null {
  // A form's date: none, or one that suits.
  for (const due of [undefined, "2020-07-10", "2020-07-02", "2020-06-16"]) {
    const verdict = judge(attempt(step, { by, due, officeConfirms }), on, MONDAY, loopRules);
    if (verdict.kind === "needs-due" || verdict.kind === "bad-due") continue;
    // Another date changes nothing about any other obstacle.
    if (verdict.kind !== "moves") return null;
    const now = { ...doers };
    if (step === "submit") [now.submitted, now.confirmed] = [by.id, null];
    if (step === "confirm") now.confirmed = by.id;
    if (step === "request-extension") now.asked = by.id;
    if (step === "propose-transfer") now.proposed = by.id;
    if (step === "propose-cancel") now.cancelling = by.id;
    const moved = { ...on, ...verdict.change };
    if (moved.extensionDue === null) now.asked = null;
    if (moved.state !== "transferring") now.proposed = null;
    if (moved.cancelBy === null) now.cancelling = null;
    if (step === "reopen") [now.submitted, now.confirmed] = [null, null];
    return { on: settled(moved), doers: now };
  }
  return null;
}

/**
 * A standing with those who are alike called in the order in which they occur: who may take the same steps may change places
 * throughout, and what becomes of the one standing becomes of the other.
 */
function ordered({ on, doers }: Node, alike: readonly number[]): Node {
  const met: number[] = [];
  const called = (id: number | null): number | null => {
    if (id === null || !alike.includes(id)) return id;
    if (!met.includes(id)) met.push(id);
    return alike[met.indexOf(id)] ?? null;
  };
  const { submittedBy, confirmedBy, extensionBy, proposedBy, cancelBy } = on;
  return {
    on: {
      ...on,
      submittedBy: called(submittedBy),
      confirmedBy: called(confirmedBy),
      extensionBy: called(extensionBy),
      proposedBy: called(proposedBy),
      cancelBy: called(cancelBy),
    },
    doers: {
      submitted: called(doers.submitted),
      confirmed: called(doers.confirmed),
      asked: called(doers.asked),
      proposed: called(doers.proposed),
      cancelling: called(doers.cancelling),
    },
  };
}

/** Everything that can be reached from a draft and from a fresh issue; `alike` may take the same steps. */
function walk(
  people: readonly By[],
  officeConfirms: (on: IssueStanding) => boolean,
  alike: readonly number[] = [],
) {
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  const open: string[] = [];
  const visit = (reached: Node): string => {
    const node = alike.length > 0 ? ordered(reached, alike) : reached;
    const key = keyOf(node);
    if (!nodes.has(key)) {
      nodes.set(key, node);
      open.push(key);
    }
    return key;
  };
  visit({ on: standing({ state: "draft" }), doers: NOBODY });
  visit({ on: standing(), doers: NOBODY });
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    const node = nodes.get(from) as Node;
    const { on } = node;
    if (!isEnd(on.state) && on.due >= MONDAY.today)
      edges.push({
        step: "time",
        by: null,
        from,
        to: visit({
          ...node,
          on: settled({
            ...on,
            due: LATE,
            termFrom: "2020-06-01",
            displayedUntil: on.displayedUntil && LATE,
          }),
        }),
      });
    for (const step of ALL_STEPS.filter((step) => stepOf(step).from.includes(on.state)))
      for (const by of people) {
        if (!stepOf(step).by.includes(by.relation)) continue;
        const reached = next(node, step, by, officeConfirms(on));
        if (reached !== null) edges.push({ step, by, from, to: visit(reached) });
      }
  }
  return { nodes, edges };
}

/** From where one of the targets can be reached. */
function reaching(edges: readonly Edge[], targets: readonly string[]): Set<string> {
  const before = Map.groupBy(edges, ({ to }) => to);
  const reached = new Set(targets);
  for (const key of reached) for (const { from } of before.get(key) ?? []) reached.add(from);
  return reached;
}

const everybody: readonly By[] = [
  { id: 1, relation: "liaison" },
  { id: 2, relation: "lead" },
  { id: 3, relation: "department" },
  { id: 4, relation: "office" },
  { id: 5, relation: "supervision" },
  { id: 6, relation: "city-lead" },
  { id: 7, relation: "helper" },
  { id: null, relation: "clock" },
];
const isOpen = ({ on }: Node) => !isEnd(on.state);

describe("an office with everybody in it", () => {
  let nodes: Map<string, Node>;
  let edges: Edge[];
  beforeAll(() => {
    ({ nodes, edges } = walk(everybody, (on) => on.submittedBy === 2));
  });

  test("can close every issue and transfer it too, from wherever it stands", () => {
    expect(nodes.size).toBeGreaterThan(500);
    for (const end of ["closed", "transferred"]) {
      const ended = [...nodes].filter(([, { on }]) => on.state === end).map(([key]) => key);
      const can = reaching(edges, ended);
      expect([...nodes].filter(([key, node]) => isOpen(node) && !can.has(key))).toEqual([]);
    }
  });

  test("leaves an end by reopening alone, and only a closed one", () => {
    const leaving = edges.filter(({ from }) => !isOpen(nodes.get(from) as Node));
    expect(new Set(leaving.map(({ step }) => step))).toEqual(new Set(["reopen"]));
    expect(new Set(leaving.map(({ from }) => nodes.get(from)?.on.state))).toEqual(new Set(["closed"]));
  });

  test("takes each step from somewhere", () => {
    expect(new Set(edges.map(({ step }) => step))).toEqual(new Set([...ALL_STEPS, "time"]));
  });
});

test("an office of one without a lead in the county can't close by itself, but is never stuck: it transfers", () => {
  const people = everybody.filter(
    ({ relation }) => !["lead", "department", "supervision"].includes(relation),
  );
  const { nodes, edges } = walk(people, () => true);
  const ended = [...nodes].filter(([, { on }]) => on.state === "transferred").map(([key]) => key);
  const can = reaching(edges, ended);
  expect([...nodes].filter(([key, node]) => isOpen(node) && !can.has(key))).toEqual([]);
  expect([...nodes.values()].some(({ on }) => on.state === "closed")).toBe(false);
});

const full = process.env.TEST_FULL === "1";
const CITY = ["office", "city-lead"] as const;
const POSTS = full ? (["liaison", "lead", ...CITY] as const) : (["liaison", "lead", "office"] as const);

test("whatever posts people hold one after another, nobody stands on both sides of a decision", () => {
  // Every post for each of three people is a walk of minutes: otherwise the third is needed for the city's decisions alone.
  const changing = [1, 2, 3].flatMap((id) =>
    (full || id < 3 ? POSTS : CITY).map((relation) => ({ id, relation })),
  );
  const { nodes, edges } = walk(changing, () => true, full ? [1, 2, 3] : [1, 2]);
  const JUDGED: Readonly<Record<string, readonly (keyof Doers)[]>> = {
    confirm: ["submitted"],
    verify: ["submitted", "confirmed"],
    display: ["submitted", "confirmed"],
    "close-stage": ["submitted", "confirmed"],
    reject: ["submitted"],
    "grant-extension": ["asked"],
    "refuse-extension": ["asked"],
    "approve-transfer": ["proposed"],
    "refuse-transfer": ["proposed"],
    "approve-cancel": ["cancelling"],
    "refuse-cancel": ["cancelling"],
  };
  const judging = edges.filter(({ step }) => step !== "time" && JUDGED[step] !== undefined);
  const both = judging.filter(({ step, by, from }) =>
    (JUDGED[step] ?? []).some((deed) => (nodes.get(from) as Node).doers[deed] === by?.id),
  );
  expect(both).toEqual([]);
  expect(new Set(judging.map(({ step }) => step))).toEqual(new Set(Object.keys(JUDGED)));
});
