import type { Card } from "../chat/card.ts";
import type { Context, Slot, SlotDelivery } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { slotDue } from "../chat/schedule.ts";
import type { When } from "../domain/day-rule.ts";
import { isReady, isWaiting } from "../domain/papers/course.ts";
import type { Writer } from "../store/store.ts";
import { askedOf } from "./ask.ts";
import { draftPaper } from "./draft.ts";
import { paperCourse } from "./kind-of.ts";
import type { AnyOfficialPaper } from "./official-paper.ts";
import { sendOut } from "./send-out.ts";
import { termsOf } from "./terms.ts";

/** Drafts what goes out at a later time of the day, and asks for what has to be done with it before. */
export async function draftForSlot(
  kind: AnyOfficialPaper,
  { at, workedOffAt }: Slot,
  when: When,
  context: Context<Writer>,
): Promise<SlotDelivery[]> {
  const { store, office, now } = context;
  const issue = goesOutAt(at, when);
  const move = await store.slotMoves.of(kind.id, issue.epochMilliseconds);
  const issueAt = (slotDue({ when }, { at: issue }, office.calendar) ?? issue).epochMilliseconds;
  // The bot was down: its slot has passed as well, and drafts it itself.
  if ((workedOffAt ?? now.epochMilliseconds) >= (move?.due ?? issueAt)) return [];
  const slot = issue.epochMilliseconds;
  const deliveries: SlotDelivery[] = [];
  for (const about of (await kind.clock?.about({ at: issue }, context)) ?? []) {
    const row = await draftPaper(kind, about, { slot, issueAt }, context);
    if (isRefusal(row)) deliveries.push(...(await notDrafted(kind, about.label, row, context)));
    else if (isWaiting(row.state)) deliveries.push(...(await askedOf(row, context)));
  }
  return deliveries;
}

/**
 * Issues what a slot is for as far as it may be: with the figures of this moment, if they are those that were checked or signed;
 * what nobody has looked at goes out as 快报 where the pack says so, and waits otherwise.
 */
export async function issueForSlot(
  kind: AnyOfficialPaper,
  { at, workedOffAt }: Slot,
  context: Context<Writer>,
): Promise<SlotDelivery[]> {
  const { store, office, now } = context;
  const terms = termsOf(kind, office.pack);
  const deliveries: SlotDelivery[] = [];
  for (const about of (await kind.clock?.about({ at }, context)) ?? []) {
    const row = await draftPaper(kind, about, { slot: at.epochMilliseconds }, context);
    if (isRefusal(row)) {
      deliveries.push(...(await notDrafted(kind, about.label, row, context)));
      continue;
    }
    if (!isWaiting(row.state)) continue;
    const isDone = isReady(paperCourse(row, await store.officialPapers.acts(row.id), context));
    if (isDone || terms.unattended === "quick") {
      const how = { at: workedOffAt ?? now.epochMilliseconds, quick: !isDone };
      deliveries.push(...(await sendOut(row, how, context)).deliveries);
    } else deliveries.push(...(await askedOf(row, context)));
  }
  return deliveries;
}

/** The moment on the same day at which a job of other times has its slot. */
function goesOutAt(at: Temporal.ZonedDateTime, when: When): Temporal.ZonedDateTime {
  const [minute, hour] =
    "cron" in when ? when.cron.split(" ").map(Number) : when.at.split(":").map(Number).reverse();
  return at.with({ hour: hour ?? 0, minute: minute ?? 0 });
}

async function notDrafted(
  kind: AnyOfficialPaper,
  label: string,
  { message }: Refusal,
  { store }: Context<Writer>,
): Promise<SlotDelivery[]> {
  const card: Card = {
    title: `${kind.title}（${label}）未能拟稿`,
    tone: "notice",
    blocks: [{ kind: "text", text: message }],
    facts: { kind: kind.id, why: message },
  };
  const office = await store.people.withRoles(["office"]);
  return office.map((person) => ({
    to: { person },
    card,
    class: "must-arrive" as const,
    uncounted: "signature",
  }));
}
