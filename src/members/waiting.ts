import type { Context } from "../chat/command.ts";
import { type Owner, ownerOf } from "../domain/issues/states.ts";
import { holdsRole } from "../domain/posts.ts";
import { type Audience, peopleOf } from "../issues/audience.ts";
import { owedBy } from "../issues/duties.ts";
import { noOf } from "../papers/kind-of.ts";
import { type OwedPaper, owedPapers, whoOwesPaper } from "../papers/owed-papers.ts";
import type { HandoverItem } from "../store/handovers.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today" | "officialPapers">;
/** What waits for somebody; who sees to it next is found once they don't. */
export type Waiting = Omit<HandoverItem, "to"> & { issue: Issue | null; paper?: OwedPaper };

/** Whom an issue waits for in the end. */
const AUDIENCES: Readonly<Record<Owner, readonly Audience[]>> = {
  drafter: ["office", "supervision"],
  unit: ["unit"],
  "county-lead": ["lead"],
  office: ["office", "supervision"],
  "city-lead": ["city-lead"],
};

/**
 * All that waits for somebody in their own posts: issues by the step that they owe, their spot checks, files to approve, papers
 * to check, sign or answer.
 */
export async function whatWaits(person: Person, context: Around): Promise<Waiting[]> {
  const { store } = context;
  const duties = (await owedBy(person, context)).map(
    ({ issue, step }): Waiting => ({
      kind: issue.state === "draft" ? "draft" : "issue",
      no: issue.no,
      title: issue.title,
      what: step.owed.what,
      due: issue.due,
      issue,
    }),
  );
  const checks = (await store.spotChecks.openOf([person.id])).map(
    ({ check, issue }): Waiting => ({
      kind: "check",
      no: issue.no,
      title: issue.title,
      what: "现场核查",
      due: check.due,
      issue,
    }),
  );
  const files = holdsRole(person, "city-lead") ? await store.transfers.inState("proposed") : [];
  const transfers = files.map(
    ({ no, reason }): Waiting => ({
      kind: "transfer",
      no,
      title: reason,
      what: "审批移送",
      due: null,
      issue: null,
    }),
  );
  const papers = (await owedPapers(person, context)).map(
    (paper): Waiting => ({
      kind: "paper",
      no: noOf(paper.row),
      title: paper.row.title,
      what: paper.what,
      due: paper.answer?.due ?? null,
      issue: null,
      paper,
    }),
  );
  return [
    ...duties.filter(({ issue }) => issue?.state !== "transferring"),
    ...checks,
    ...transfers,
    ...papers,
  ];
}

/** Who sees to it, now that somebody doesn't any more: their names, or nobody's. */
export async function whoTakesOver(
  { kind, issue, paper }: Waiting,
  without: Person,
  context: Around,
): Promise<readonly Person[]> {
  const { store } = context;
  if (kind === "transfer") return (await store.people.withRoles(["city-lead"])).filter(isOther(without));
  if (paper !== undefined) return (await whoOwesPaper(paper, context)).filter(isOther(without));
  if (issue === null) return [];
  if (kind === "check") {
    const open = (await store.spotChecks.ofIssue(issue.id)).filter(({ state }) => state === "open");
    const checkers = await Promise.all(open.map(({ checkerId }) => store.people.byId(checkerId)));
    return checkers.filter((one): one is Person => one?.active === true && isOther(without)(one));
  }
  const owner = ownerOf(issue.state);
  const people = owner === null ? [] : await peopleOf(AUDIENCES[owner], issue, context);
  return people.filter(isOther(without));
}

const isOther =
  (without: Person) =>
  ({ id }: Person) =>
    id !== without.id;
