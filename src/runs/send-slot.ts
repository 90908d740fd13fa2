import type { Card } from "../chat/card.ts";
import type { Context, Schedule, Slot } from "../chat/command.ts";
import { withUnknownYears } from "../chat/unknown-years.ts";
import type { EpochMs } from "../domain/ids.ts";
import { forWhom } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { notePublication } from "./publication.ts";

/**
 * Queues what a job sends for one slot, and keeps what it has published; in the caller's transaction. The job sees `context`,
 * the office as of when the slot was due; `at` is when it is really sent (ms UTC). `marked` draws what is sent late.
 * @returns how many deliveries it came to.
 */
export async function sendSlot(
  job: Schedule,
  slot: Slot,
  context: Context<Writer>,
  { at, marked = (card) => card }: { at: EpochMs; marked?: (card: Card) => Card },
): Promise<number> {
  const { store } = context;
  const time = slot.at.toPlainDateTime().toString({ smallestUnit: "minute" });
  const planned = { job: job.name, slot: slot.at.epochMilliseconds };
  // The calendar says on which day it goes out.
  const isCounted = !("cron" in job.when && job.when.dayRule === "as-is");
  let queued = 0;
  const had = new Map<number, Set<string>>();
  for (const { to, card, class: kind } of await job.deliver(slot, context)) {
    const [recipient, who] =
      "person" in to
        ? [{ personId: to.person.id }, partOf(to.person, card, had)]
        : [{ chatId: to.chat.id }, `chat-${to.chat.id}`];
    if (who === null) continue;
    const said = isCounted
      ? withUnknownYears(card, [slot.at.toPlainDate(), context.today], context.office)
      : card;
    const shown = marked("person" in to ? { ...said, title: forWhom(to.person, said.title) } : said);
    const key = `${job.name}/${time}/${who}`;
    const delivery = { key, to: recipient, class: kind, card: shown, ...planned, together: true } as const;
    if (await store.outbox.queue(delivery, at)) queued += 1;
  }
  await store.ledger.countDeliveries(planned.job, planned.slot, queued);
  if (queued > 0) await notePublication(job, slot, context);
  return queued;
}

/**
 * The name under which somebody's delivery of a slot is the same delivery: who holds several posts, or stands in for somebody,
 * has one for each, but what says the same is sent once. Null: they have it already.
 */
function partOf(person: Person, card: Card, had: Map<number, Set<string>>): string | number | null {
  const before = had.get(person.id) ?? new Set();
  had.set(person.id, before);
  const { title, blocks } = card;
  const says = JSON.stringify({ title, blocks });
  if (before.has(says)) return null;
  before.add(says);
  return before.size === 1 ? person.id : `${person.id}-${before.size}`;
}
