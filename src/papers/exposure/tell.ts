import type { Context } from "../../chat/command.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { itemCard } from "./item-card.ts";
import { EXPOSURE, type ExposureItem, exposureItem, speaksForCounty } from "./items.ts";

/** Tells the county's leads and liaisons of what is to be made public of theirs, in the caller's transaction. @returns how many. */
export async function tellCounty(
  id: number,
  actor: Person,
  context: Context<Writer>,
  title?: string,
): Promise<number> {
  const item = await exposureItem(id, context);
  if (item === null) return 0;
  const members = await context.store.people.withRoles(["county-lead", "county-liaison"]);
  const people = members.filter((person) => speaksForCounty(item.issue, person, context));
  const others = people.filter((person) => person.id !== actor.id);
  // Whoever is told first is asked for the county's word.
  const asks = title === undefined;
  await queue(item, others, { title: title ?? `拟曝光告知：${item.issue.no}`, asks }, context);
  return people.length;
}

export async function tellOfExposure(id: number, title: string, context: Context<Writer>): Promise<void> {
  const item = await exposureItem(id, context);
  if (item !== null) await queue(item, await context.store.people.withRoles(["office"]), { title }, context);
}

async function queue(
  item: ExposureItem,
  people: readonly Person[],
  { title, asks = false }: { title: string; asks?: boolean },
  context: Context<Writer>,
): Promise<void> {
  const at = context.now.epochMilliseconds;
  for (const person of people)
    await context.store.outbox.queue(
      {
        key: `exposure/${item.exposure.id}/${at}/${title}/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        ...(asks ? { uncounted: "signature" } : {}),
        job: EXPOSURE,
        card: await itemCard(item, person, context, { title }),
      },
      at,
    );
}
