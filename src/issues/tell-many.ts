import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { listsByPerson } from "../office/lists.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { peopleOf } from "./audience.ts";
import { issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";

const toIssue = says("问题");

/** Of more new issues at once than this a person gets one list instead of a card for each. */
export const MOST_CARDS = 3;
const SHOWN = 20;
const BUTTONS = 5;

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
  const lists = listsByPerson<Issue>();
  for (const issue of issues)
    for (const person of await peopleOf(["unit"], issue, context)) lists.add(person, issue);
  const queue = (key: string, person: Person, card: Card) =>
    store.outbox.queue(
      { key, to: { personId: person.id }, class: "must-arrive", card },
      now.epochMilliseconds,
    );
  for (const { person, items: mine } of lists.all()) {
    const [first, last] = [mine[0]?.id, mine.at(-1)?.id];
    if (mine.length > MOST_CARDS) {
      await queue(`issues/${first}-${last}/${person.id}`, person, listCard(mine, context));
      continue;
    }
    for (const issue of mine) {
      const card = await issueCard(issue, person, context, { title: `新的交办：${issue.title}` });
      await queue(`issue/${issue.id}/v${issue.version}/${person.id}`, person, card);
    }
  }
  return lists.all().map(({ person }) => person);
}

/** The gravest first, then by deadline. */
function listCard(issues: readonly Issue[], { office, today }: Context<Writer>): Card {
  const urgent = (issue: Issue) => (office.pack.settings.issues.urgent.includes(issue.level) ? 0 : 1);
  const sorted = issues.toSorted(
    (a, b) => urgent(a) - urgent(b) || a.due.localeCompare(b.due) || a.id - b.id,
  );
  const overdue = (issue: Issue) => (issue.due < today.toString() ? "（已超期）" : "");
  return {
    title: `新的交办：${issues.length}件`,
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
      },
      ...(issues.length > SHOWN
        ? [{ kind: "note" as const, text: `另有${issues.length - SHOWN}件，发送“问题 待签收”看全部。` }]
        : []),
    ],
    buttons: [
      ...sorted.slice(0, BUTTONS).map(({ no }) => toIssue(`看 ${no}`, no)),
      toIssue("待签收清单", "待签收"),
    ],
    facts: { issues: sorted.map(({ no }) => no) },
  };
}
