import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
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
    // It asks for its reader's word, and may begin before a digest comes.
    const weight =
      kind === "must-arrive" ? ({ class: kind, uncounted: "signature" } as const) : { class: kind };
    const delivery = { key, to: { personId: person.id }, ...weight, card, together: true } as const;
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
  await redrawShown(
    subjectOfMeeting(meeting.id),
    {
      revision,
      cardFor: async (person) =>
        whose(person) && (await isInvited(person, meeting, context))
          ? meetingCard(meeting, person, context)
          : null,
    },
    context,
  );
}
