import type { Context } from "../chat/command.ts";
import { type Owner, ownerOf } from "../domain/issues/states.ts";
import { holdsRole } from "../domain/posts.ts";
import { type Audience, peopleOf } from "../issues/audience.ts";
import { owedBy } from "../issues/duties.ts";
import { noOf } from "../papers/kind-of.ts";
import { pendingFor } from "../papers/pending.ts";
import { waitsFor } from "../papers/waits-for.ts";
import type { HandoverItem } from "../store/handovers.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today" | "officialPapers">;
/** What waits for somebody; who sees to it next is found once they don't. */
export type Waiting = Omit<HandoverItem, "to"> & { issue: Issue | null };

/** Whom an issue waits for in the end. */
const AUDIENCES: Readonly<Record<Owner, readonly Audience[]>> = {
  drafter: ["office", "supervision"],
  unit: ["unit"],
  "county-lead": ["lead"],
  office: ["office", "supervision"],
  "city-lead": ["city-lead"],
};

/** All that waits for somebody in their own posts: issues by the step that they owe, their spot checks, files to approve, papers to check and sign. */
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
  const papers = (await pendingFor(person, context)).mine.map(
    (row): Waiting => ({
      kind: "paper",
      no: noOf(row),
      title: row.title,
      what: waitsFor(row, context)?.act === "sign" ? "签发" : "审核",
      due: null,
      issue: null,
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
  { kind, no, issue }: Waiting,
  without: Person,
  context: Around,
): Promise<readonly Person[]> {
  const { store } = context;
  if (kind === "transfer") return (await store.people.withRoles(["city-lead"])).filter(isOther(without));
  if (kind === "paper") {
    const row = await store.officialPapers.byId(Number.parseInt(no, 10));
    const waits = row === null ? null : waitsFor(row, context);
    return waits === null ? [] : (await store.people.withRoles([waits.by])).filter(isOther(without));
  }
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
