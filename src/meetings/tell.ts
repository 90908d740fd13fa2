import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { refold } from "../chat/fold-card.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Meeting } from "../store/meetings.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { meetingCard } from "./card.ts";
import { isInvited, peopleOfUnit } from "./units.ts";
import { subjectOfMeeting } from "./words.ts";

/** Everybody who is invited, in the order of the units, and whom units send; each once. */
export async function invitedPeople(
  meeting: Meeting,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Person[]> {
  const { store } = context;
  const found = new Map<PersonId, Person>();
  for (const unit of await store.meetings.units(meeting.id)) {
    const sent = unit.delegateId === null ? [] : await store.people.reaching(unit.delegateId);
    for (const person of [...(await peopleOfUnit(unit, context)), ...sent])
      if (!found.has(person.id)) found.set(person.id, person);
  }
  return [...found.values()];
}

/** Tells people of a meeting, each but whoever did it, and draws it anew where it stands already. In the caller's transaction. */
export async function tellOfMeeting(
  meeting: Meeting,
  people: readonly Person[],
  {
    title,
    line,
    of,
    actor = null,
    kind = "must-arrive",
  }: { title: string; line?: string; of: string; actor?: Person | null; kind?: Delivery["class"] },
  context: Context<Writer>,
): Promise<number> {
  const { store, now } = context;
  await redrawMeeting(meeting, of, context);
  let told = 0;
  for (const person of people) {
    if (person.id === actor?.id) continue;
    const card = await meetingCard(meeting, person, context, { title, ...(line ? { line } : {}) });
    const key = `meeting/${meeting.id}/${of}/${person.id}`;
    const delivery = { key, to: { personId: person.id }, class: kind, card, together: true } as const;
    if (await store.outbox.queue(delivery, now.epochMilliseconds)) told += 1;
  }
  return told;
}

/**
 * Draws a meeting anew on the newest card that each person has of it, also where it is a part of another message. `revision`
 * tells this drawing from others; `whose` are those for whom it is other than it was, everybody unless it is said.
 */
export async function redrawMeeting(
  meeting: Meeting,
  revision: string,
  context: Context<Writer>,
  whose: (person: Person) => boolean = () => true,
): Promise<void> {
  const { store, now } = context;
  const subject = subjectOfMeeting(meeting.id);
  const cardFor = async (personId: PersonId | null): Promise<{ person: Person; card: Card } | null> => {
    const person = personId === null ? null : await store.people.byId(personId);
    if (!person?.active || !whose(person) || !(await isInvited(person, meeting, context))) return null;
    return { person, card: await meetingCard(meeting, person, context) };
  };
  const newest = new Map((await store.outbox.showing(subject)).map((message) => [message.personId, message]));
  for (const message of newest.values()) {
    const drawn = await cardFor(message.personId);
    if (drawn === null) continue;
    const edit = { messageId: message.id, personId: drawn.person.id, card: drawn.card, version: revision };
    await store.outbox.queueEdit(edit, now.epochMilliseconds);
  }
  for (const part of await store.outbox.partsShowing(subject)) {
    const drawn = await cardFor(part.personId);
    const whole = drawn === null ? null : await store.outbox.redrawPart(part, drawn.card);
    if (whole === null) continue;
    const folded = refold(JSON.parse(whole.card), await store.outbox.partsOf(whole.id));
    await store.outbox.redraw(whole.key, folded, `${subject}/${revision}`, now.epochMilliseconds);
  }
}
