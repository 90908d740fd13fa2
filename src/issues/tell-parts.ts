import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { peopleOfParts } from "./audience.ts";
import { issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";
import { goneCard } from "./gone-card.ts";
import { isWorking, unitName } from "./parts.ts";
import { maySee } from "./sees.ts";
import type { PartsPlan } from "./settle-parts.ts";
import { FOR_SIGNATURE, type Weight } from "./weight.ts";

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
  const tellEach = async (
    parts: readonly IssuePart[],
    draw: (person: Person) => Promise<Card | null>,
    weight: Weight = { class: "must-arrive" },
  ) => {
    for (const person of await peopleOfParts(parts, context)) {
      if (person.id === actor?.id || told.has(person.id)) continue;
      const card = await draw(person);
      if (card === null) continue;
      told.set(person.id, person);
      const key = `issue/${issue.id}/v${issue.version}/part/${person.id}`;
      await store.outbox.queue({ key, to: { personId: person.id }, ...weight, card }, now.epochMilliseconds);
    }
  };
  const under = (title: string) => (person: Person) =>
    issueCard(issue, person, context, { title: `${title}：${issue.title}` });
  const inRole = (role: IssuePart["role"]) => joining.filter((part) => part.role === role);
  // Each waits to be acknowledged.
  await tellEach(inRole("helping"), under("请协办"), FOR_SIGNATURE);
  const handedDown = under(`${countyOf(issue, context.office, context.today)}转办`);
  await tellEach(inRole("handed-down"), handedDown, FOR_SIGNATURE);
  await tellEach(moved, under("您单位的期限有调整"));
  await tellEach(inRole("copied"), under("抄送"));
  // Who answers for it now, or still has another part in it, hears of that.
  await tellEach(leaving.filter(isWorking), async (person) =>
    (await maySee(issue, person, context)) ? null : goneCard(issue, "不再由您单位办理"),
  );
  await tellOfSilence(issue, joining, actor, context);
  return [...told.values()];
}

/** Whoever hands something down to units of which nobody is a member hears that: they have to be told otherwise. */
async function tellOfSilence(
  issue: Issue,
  joining: readonly IssuePart[],
  actor: Person | null,
  context: Context<Writer>,
): Promise<void> {
  const silent: string[] = [];
  for (const part of joining.filter(({ role }) => role === "handed-down"))
    if ((await peopleOfParts([part], context)).length === 0) silent.push(unitName(part, context));
  if (silent.length === 0 || actor === null) return;
  const card: Card = {
    title: `请另行通知：${silent.join("、")}`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${issue.no}“${issue.title}”：上述单位还没有联络员绑定本系统，收不到通知，请电话告知，并请市办邀请其联络员。`,
      },
    ],
    facts: { no: issue.no, silent },
  };
  await context.store.outbox.queue(
    { key: `issue/${issue.id}/v${issue.version}/silent`, to: { personId: actor.id }, class: "card", card },
    context.now.epochMilliseconds,
  );
}
