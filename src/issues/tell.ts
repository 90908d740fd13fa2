import type { Context } from "../chat/command.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type Audience, peopleOf } from "./audience.ts";
import { issueCard } from "./card.ts";
import { countyOf } from "./facts.ts";
import { goneCard } from "./gone-card.ts";
import { maySee } from "./sees.ts";

/**
 * Tells groups of people of what has happened to an issue, each once, except whoever did it; in the caller's transaction.
 * `plain` notices come without the pictures.
 * @returns whom it told.
 */
export async function tell(
  issue: Issue,
  {
    audiences,
    title,
    actor,
    plain = false,
  }: { audiences: readonly Audience[]; title: string; actor: Person | null; plain?: boolean },
  context: Context<Writer>,
): Promise<readonly Person[]> {
  const told = (await peopleOf(audiences, issue, context)).filter((person) => person.id !== actor?.id);
  for (const person of told) {
    const card = await issueCard(issue, person, context, { title, plain });
    await context.store.outbox.queue(
      {
        key: `issue/${issue.id}/v${issue.version}/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        card,
      },
      context.now.epochMilliseconds,
    );
  }
  return told;
}

/** Proposes 挂牌督办 to the office's head, with the button that does it: never by itself. In the caller's transaction. */
export async function propose(issue: Issue, why: string, context: Context<Writer>): Promise<void> {
  const title = `建议挂牌督办（${why}）：${countyOf(issue, context.office, context.today)}“${issue.title}”`;
  for (const person of await peopleOf(["city-lead", "office"], issue, context)) {
    const card = await issueCard(issue, person, context, { title, all: true });
    await context.store.outbox.queue(
      {
        key: `issue/${issue.id}/v${issue.version}/supervise/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        card,
      },
      context.now.epochMilliseconds,
    );
  }
}

/**
 * Draws an issue anew on the newest card that each person has of it; an older one that is pressed answers with the present
 * state. `revision` tells this drawing from others of the same version.
 */
export async function redraw(
  issue: Issue,
  context: Context<Writer>,
  revision = String(issue.version),
): Promise<void> {
  const { store, now } = context;
  // A long-lived issue leaves many cards behind: drawing all of them anew would flood the chats with edits.
  const newest = new Map((await store.outbox.showing(`issue:${issue.id}`)).map((m) => [m.personId, m]));
  for (const message of newest.values()) {
    const person = message.personId === null ? null : await store.people.byId(message.personId);
    if (person === null) continue;
    const card = (await maySee(issue, person, context))
      ? await issueCard(issue, person, context)
      : goneCard(issue);
    await store.outbox.queueEdit(
      { messageId: message.id, personId: person.id, card, version: revision },
      now.epochMilliseconds,
    );
  }
}
