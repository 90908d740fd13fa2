import type { PersonId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import type { Card } from "./card.ts";
import type { Context } from "./command.ts";
import { refold } from "./fold-card.ts";

/** How a reader is shown something now; null: what stands there stays. */
type DrawnFor = (person: Person) => Promise<Card | null>;

/**
 * Draws anew, in the caller's transaction, what shows `subject`: on the newest message that each active reader has of it, and
 * where it waits to go out or is a part of another message. `revision` tells this drawing from others. `everywhere`: on the older
 * messages and on all that nobody has sent yet, too; `partFor`: how it is drawn as a part, null where parts stay as they are;
 * `answersToo` false: answers to who asked stay, too; `answering`: who is about to be answered: what they were answered before stays,
 * since the answer says how it is now, often in the same place.
 */
export async function redrawShown(
  subject: string,
  {
    revision,
    cardFor,
    partFor = cardFor,
    everywhere = false,
    answersToo = true,
    answering = null,
  }: {
    revision: string;
    cardFor: DrawnFor;
    partFor?: DrawnFor | null;
    everywhere?: boolean;
    answersToo?: boolean;
    answering?: PersonId | null;
  },
  { store, now }: Pick<Context<Writer>, "store" | "now">,
): Promise<void> {
  const at = now.epochMilliseconds;
  const drawn = async (personId: PersonId | null, draw: DrawnFor) => {
    const person = personId === null ? null : await store.people.byId(personId);
    return person?.active ? draw(person) : null;
  };
  const all = await store.outbox.showing(subject);
  const shown = answersToo ? all : all.filter(({ outboxId }) => outboxId !== null);
  const newest = new Map(shown.map((message) => [message.personId, message]));
  for (const { id: messageId, personId, outboxId } of everywhere ? shown : newest.values()) {
    if (personId === answering && outboxId === null) continue;
    const card = await drawn(personId, cardFor);
    if (card === null || personId === null) continue;
    await store.outbox.queueEdit({ messageId, personId, card, version: revision }, at);
  }
  if (everywhere)
    for (const { key, personId } of await store.outbox.unsentShowing(subject)) {
      const card = await drawn(personId, cardFor);
      if (card !== null) await store.outbox.redraw(key, card, revision, at);
    }
  if (partFor === null) return;
  for (const part of await store.outbox.partsShowing(subject)) {
    const card = await drawn(part.personId, partFor);
    const whole = card === null ? null : await store.outbox.redrawPart(part, card);
    if (whole === null) continue;
    const folded = refold(JSON.parse(whole.card), await store.outbox.partsOf(whole.id));
    await store.outbox.redraw(whole.key, folded, `${subject}/${revision}`, at);
  }
}
