import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { peopleOfParts } from "./audience.ts";
import { issueCard } from "./card.ts";
import { goneCard } from "./gone-card.ts";
import { maySee } from "./sees.ts";
import type { PartsPlan } from "./settle-parts.ts";

/**
 * Tells the units of an issue what their part in it is from now on: who helps or is told of it, whose deadline is another,
 * who helps no longer. In the caller's transaction.
 * @returns whom it told.
 */
export async function tellParts(
  issue: Issue,
  { joining, moved = [], leaving = [] }: Pick<PartsPlan, "joining"> & Partial<PartsPlan>,
  actor: Person | null,
  context: Context<Writer>,
): Promise<readonly Person[]> {
  const { store, now } = context;
  const told = new Map<number, Person>();
  const tellEach = async (parts: readonly IssuePart[], draw: (person: Person) => Promise<Card | null>) => {
    for (const person of await peopleOfParts(parts, context)) {
      if (person.id === actor?.id || told.has(person.id)) continue;
      const card = await draw(person);
      if (card === null) continue;
      told.set(person.id, person);
      const key = `issue/${issue.id}/v${issue.version}/part/${person.id}`;
      await store.outbox.queue(
        { key, to: { personId: person.id }, class: "must-arrive", card },
        now.epochMilliseconds,
      );
    }
  };
  const under = (title: string) => (person: Person) =>
    issueCard(issue, person, context, { title: `${title}：${issue.title}` });
  const inRole = (role: IssuePart["role"]) => joining.filter((part) => part.role === role);
  await tellEach(inRole("helping"), under("请协办"));
  await tellEach(moved, under("协办期限有调整"));
  await tellEach(inRole("copied"), under("抄送"));
  // Who answers for it now, or still has another part in it, hears of that.
  await tellEach(
    leaving.filter(({ role }) => role === "helping"),
    async (person) => ((await maySee(issue, person, context)) ? null : goneCard(issue, "不再协办")),
  );
  return [...told.values()];
}
