import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { shortDate } from "../chat/wording.ts";
import { codeOrder } from "../domain/code-order.ts";
import { listsByPerson } from "../office/lists.ts";
import type { Issue } from "../store/issues.ts";
import { LISTED } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { onceEach, peopleOf } from "./audience.ts";
import { issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";
import withdraw from "./steps/withdraw.ts";
import { FOR_SIGNATURE, weightOf } from "./weight.ts";

const toIssue = says("问题");

/** Of more new issues at once than this a person gets one list instead of a card for each. */
export const MOST_CARDS = 3;
const SHOWN = 20;

/**
 * Tells the units of many issues that have been given out at once, in the caller's transaction. Each person gets a card for
 * each issue, or one list when there are many.
 * @returns whom it told.
 */
export async function tellOfNew(
  issues: readonly Issue[],
  context: Context<Writer>,
): Promise<readonly Person[]> {
  const { store, now } = context;
  const lists = { unit: listsByPerson<Issue>(), helpers: listsByPerson<Issue>() };
  for (const issue of issues)
    for (const part of ["unit", "helpers"] as const)
      for (const person of await peopleOf([part], issue, context)) lists[part].add(person, issue);
  const queue = (key: string, person: Person, card: Card) =>
    store.outbox.queue(
      // Each waits to be acknowledged.
      { key, to: { personId: person.id }, ...FOR_SIGNATURE, card },
      now.epochMilliseconds,
    );
  for (const part of ["unit", "helpers"] as const)
    for (const { person, items: mine } of lists[part].all()) {
      const { says, key } = PARTS[part];
      const [first, last] = [mine[0]?.id, mine.at(-1)?.id];
      if (mine.length > MOST_CARDS) {
        await queue(`${LISTED}${first}-${last}/${key}${person.id}`, person, listCard(mine, part, context));
        continue;
      }
      for (const issue of mine) {
        const card = await issueCard(issue, person, context, { title: `${says}：${issue.title}` });
        await queue(`issue/${issue.id}/v${issue.version}/${key}${person.id}`, person, card);
      }
    }
  const all = [...lists.unit.all(), ...lists.helpers.all()].map(({ person }) => person);
  return onceEach(all);
}

/** Tells of many orders that were withdrawn at once, in the caller's transaction: each person gets one list of theirs. */
export async function tellOfWithdrawn(
  issues: readonly Issue[],
  { why, actor }: { why: string; actor: Person },
  context: Context<Writer>,
): Promise<void> {
  const lists = listsByPerson<Issue>();
  for (const issue of issues)
    for (const person of await peopleOf(withdraw.told, issue, context))
      if (person.id !== actor.id) lists.add(person, issue);
  for (const { person, items: mine } of lists.all()) {
    const weights = await Promise.all(mine.map((issue) => weightOf(issue, person, context)));
    const weight = weights.find(({ class: of }) => of === "must-arrive") ?? weights[0];
    if (weight === undefined) continue;
    const key = `${LISTED}${mine[0]?.id}-${mine.at(-1)?.id}/withdrawn/${person.id}`;
    const card = withdrawnCard(mine, why, context);
    await context.store.outbox.queue(
      { key, to: { personId: person.id }, ...weight, card },
      context.now.epochMilliseconds,
    );
  }
}

function withdrawnCard(issues: readonly Issue[], why: string, { office, today }: Context<Writer>): Card {
  const shown = issues.slice(0, SHOWN);
  return {
    title: `${withdraw.words.told}：${issues.length}件`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [{ title: "编号" }, { title: "问题" }, { title: "责任地区" }],
        rows: shown.map((issue) => [issue.no, issue.title, countyOf(issue, office, today)]),
        opens: shown.map(({ no }) => toIssue("", no).say),
      },
      {
        kind: "note",
        text: `${why}。${issues.length > SHOWN ? `列出前${SHOWN}件，发送“问题 已撤回”看全部。` : ""}`,
      },
    ],
    buttons: [toIssue("已撤回清单", "已撤回")],
    facts: { issues: issues.map(({ no }) => no) },
  };
}

/** What a unit is told of by its part, and where a list of it stands. */
const PARTS = {
  unit: { says: "新的交办", key: "", list: "待签收", label: "待签收清单" },
  helpers: { says: "请协办", key: "part/", list: "协办", label: "协办清单" },
} as const;

/** The gravest first, then by deadline. */
function listCard(
  issues: readonly Issue[],
  part: keyof typeof PARTS,
  { office, today }: Context<Writer>,
): Card {
  const { says, list, label } = PARTS[part];
  const urgent = (issue: Issue) => (office.pack.settings.issues.urgent.includes(issue.level) ? 0 : 1);
  const sorted = issues.toSorted((a, b) => urgent(a) - urgent(b) || codeOrder(a.due, b.due) || a.id - b.id);
  const overdue = (issue: Issue) => (issue.due < today.toString() ? "（已超期）" : "");
  return {
    title: `${says}：${issues.length}件`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [
          { title: "编号" },
          { title: "问题" },
          { title: "责任地区" },
          { title: "等级" },
          { title: "期限" },
        ],
        rows: sorted
          .slice(0, SHOWN)
          .map((i) => [
            i.no,
            i.title,
            countyOf(i, office, today),
            i.level,
            `${shortDate(i.due)}${overdue(i)}`,
          ]),
        opens: sorted.slice(0, SHOWN).map(({ no }) => toIssue("", no).say),
      },
      ...(issues.length > SHOWN
        ? [{ kind: "note" as const, text: `另有${issues.length - SHOWN}件，发送“问题 ${list}”看全部。` }]
        : []),
      ...unknownYearNote(
        sorted.map(({ due }) => due),
        office,
      ),
    ],
    buttons: [toIssue(label, list)],
    facts: { issues: sorted.map(({ no }) => no) },
  };
}
