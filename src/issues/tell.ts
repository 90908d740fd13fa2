import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { says } from "../chat/says.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type Audience, peopleOf } from "./audience.ts";
import { issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";
import { goneCard } from "./gone-card.ts";
import { maySee } from "./sees.ts";
import { FOR_SIGNATURE, weightOf } from "./weight.ts";

const toIssue = says("问题");

/**
 * Tells groups of people of what has happened to an issue, each once, except whoever did it; in the caller's transaction.
 * `plain` notices come without the pictures; `of` names what they tell, where it is no new version.
 * @returns whom it told.
 */
export async function tell(
  issue: Issue,
  {
    audiences,
    title,
    actor,
    plain = false,
    of = `v${issue.version}`,
  }: { audiences: readonly Audience[]; title: string; actor: Person | null; plain?: boolean; of?: string },
  context: Context<Writer>,
): Promise<readonly Person[]> {
  const told = (await peopleOf(audiences, issue, context)).filter((person) => person.id !== actor?.id);
  for (const person of told) {
    const card = await issueCard(issue, person, context, { title, plain });
    await context.store.outbox.queue(
      {
        key: `issue/${issue.id}/${of}/${person.id}`,
        to: { personId: person.id },
        ...(await weightOf(issue, person, context)),
        card,
      },
      context.now.epochMilliseconds,
    );
  }
  return told;
}

/**
 * Tells of an order that says something else now, or nothing any more: whoever hears of it as it was or as it is, and whoever
 * was told of it before and may still see it. Those who have it before them, where it is drawn anew, get one line that says
 * what is different; the others the whole card. In the caller's transaction.
 */
export async function tellInPlace(
  { before, moved }: { before: Issue; moved: Issue },
  {
    audiences,
    title,
    line,
    actor,
  }: { audiences: readonly Audience[]; title: string; line: string; actor: Person | null },
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const shown = await store.outbox.showing(`issue:${moved.id}`);
  const told = new Map<number, Person>();
  for (const issue of [before, moved])
    for (const person of await peopleOf(audiences, issue, context)) told.set(person.id, person);
  for (const { personId, outboxId } of shown) {
    if (personId === null || outboxId === null || told.has(personId)) continue;
    const person = await store.people.byId(personId);
    if (person?.active && (await maySee(moved, person, context))) told.set(personId, person);
  }
  const isShown = new Set(shown.map(({ personId }) => personId));
  for (const person of told.values()) {
    if (person.id === actor?.id) continue;
    const card = isShown.has(person.id)
      ? oneLine(moved, title, line)
      : await issueCard(moved, person, context, { title, plain: true });
    await store.outbox.queue(
      {
        key: `issue/${moved.id}/v${moved.version}/${person.id}`,
        to: { personId: person.id },
        ...(await weightOf(moved, person, context)),
        card,
      },
      now.epochMilliseconds,
    );
  }
}

/** Without the issue as its subject: what is drawn anew later is the card that stands there already. */
const oneLine = ({ no }: Issue, title: string, line: string): Card => ({
  title,
  tone: "notice",
  blocks: [{ kind: "text", text: line }],
  buttons: [toIssue(`看 ${no}`, no)],
  facts: { no, line },
});

/** Proposes 挂牌督办 to the office's head, with the button that does it: never by itself. In the caller's transaction. */
export async function propose(issue: Issue, why: string, context: Context<Writer>): Promise<void> {
  const title = `建议挂牌督办（${why}）：${countyOf(issue, context.office, context.today)}“${issue.title}”`;
  for (const person of await peopleOf(["city-lead", "office"], issue, context)) {
    const card = await issueCard(issue, person, context, { title, all: true });
    await context.store.outbox.queue(
      {
        key: `issue/${issue.id}/v${issue.version}/supervise/${person.id}`,
        to: { personId: person.id },
        ...FOR_SIGNATURE,
        card,
      },
      context.now.epochMilliseconds,
    );
  }
}

/**
 * Draws an issue anew on the newest card that each person has of it; an older one that is pressed answers with the present
 * state. `everywhere`: on the older ones, too, since they would say what isn't so. `revision` tells this drawing from others
 * of the same version; `answering`: who is answered about it next.
 */
export async function redraw(
  issue: Issue,
  context: Context<Writer>,
  {
    revision = String(issue.version),
    everywhere = false,
    answering = null,
  }: { revision?: string; everywhere?: boolean; answering?: PersonId | null } = {},
): Promise<void> {
  const drawn = (plain: boolean) => async (person: Person) =>
    (await maySee(issue, person, context))
      ? issueCard(issue, person, context, plain ? { plain } : {})
      : goneCard(issue);
  await redrawShown(
    `issue:${issue.id}`,
    {
      revision,
      everywhere,
      answering,
      cardFor: drawn(false),
      // A rung that was climbed changes nothing of what a part says.
      partFor: revision === String(issue.version) ? drawn(true) : null,
    },
    context,
  );
}
