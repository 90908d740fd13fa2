import { contextOf, type Lantian } from "../bot/lantian.ts";
import type { Context } from "../chat/command.ts";
import { timesOf } from "../domain/issues/office-hours.ts";
import { isEnd } from "../domain/issues/states.ts";
import { callCard } from "../issues/call-card.ts";
import { issuesOfDelivery } from "../issues/phoned.ts";
import { clockRulesOf } from "../issues/terms.ts";
import { seenBy } from "../office/seen.ts";
import type { PlatformName } from "../store/inbox.ts";
import type { OutboxRow, SentNotice } from "../store/outbox.ts";
import { AGAIN } from "../store/outbox-chases.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

const CHASE = "chase";

/**
 * Looks after what is grave and what comes from the top of a ladder: where its reader hasn't seen it in time it goes once to
 * another platform of theirs, then the office is asked to telephone. Each look is one transaction; a fault of one holds up no other.
 */
export async function workChases(bot: Lantian): Promise<void> {
  const now = (await bot.clock.now()).epochMilliseconds;
  const faults: unknown[] = [];
  for (const id of await bot.store.read((reader) => reader.outbox.toChase(now)))
    await bot.store
      .write(async (store) => {
        const notice = await store.outbox.chased(id);
        if (notice !== null) await lookAt(notice, { ...(await contextOf(bot)), store });
      })
      .catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}

async function lookAt(notice: SentNotice, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const { row, again } = notice;
  const reader = row.personId === null ? null : await store.people.byId(row.personId);
  const stop = (chased: number) => store.outbox.chaseAgain(row.id, { chaseAt: null, chased });
  const isLet = row.state === "settled" || !reader?.active || (await isOver(row, store));
  if (isLet || (await seenBy(notice, store)) === "seen") return stop(row.chased);
  const dueAt = timeToSee(row, again?.row ?? row, context);
  if (dueAt > now.epochMilliseconds)
    return store.outbox.chaseAgain(row.id, { chaseAt: dueAt, chased: row.chased });
  await store.outbox.chaseForAll(row);
  const via = again === null ? await otherPlatform(notice, reader, context) : undefined;
  if (via === undefined) {
    await askToCall(row, reader, context);
    return stop(row.chased + 1);
  }
  await sendAgain(row, reader, via, context);
  const chaseAt = timeToSee(row, { createdAt: now.epochMilliseconds }, context);
  await store.outbox.chaseAgain(row.id, { chaseAt, chased: row.chased + 1 });
}

/** When a notice that was sent at some time should have been seen: office hours, for what is grave those of the clock. */
function timeToSee(
  { uncounted }: OutboxRow,
  { createdAt }: Pick<OutboxRow, "createdAt">,
  { office }: Context<Writer>,
): number {
  const { noise, issues } = office.pack.settings;
  const level = uncounted === "urgent" ? (issues.urgent[0] ?? "") : "";
  return timesOf(level, clockRulesOf(office)).officeHours(createdAt, noise.chaseAfterHours);
}

/** Nobody is telephoned about issues that have all come to an end. */
async function isOver(row: OutboxRow, store: Writer): Promise<boolean> {
  const issues = await issuesOfDelivery(row, store);
  return issues.length > 0 && issues.every(({ state }) => isEnd(state));
}

/** Another chat platform on which the reader has an account. */
async function otherPlatform(
  { row, platform }: SentNotice,
  reader: Person,
  { store, platforms }: Context<Writer>,
): Promise<PlatformName | undefined> {
  const first = platform ?? row.via ?? reader.pushPlatform;
  const bound = await store.people.platformsOf(reader.id);
  return bound.find((name) => name !== first && platforms.get(name)?.pushes === "linked");
}

async function sendAgain(row: OutboxRow, reader: Person, via: PlatformName, context: Context<Writer>) {
  const { store, now } = context;
  const card = JSON.parse(row.card);
  await store.outbox.queue(
    {
      key: `${AGAIN}${row.id}`,
      to: { personId: reader.id },
      via,
      class: "must-arrive",
      ...(row.uncounted === null ? {} : { uncounted: row.uncounted }),
      card,
      job: CHASE,
    },
    now.epochMilliseconds,
  );
  await written(row, "notice.again", { person: reader.name, via }, context);
}

/** Asks everybody of the office but the reader; what is grave comes at once, the rest with what else comes then. */
async function askToCall(row: OutboxRow, reader: Person, context: Context<Writer>): Promise<void> {
  const { store, now } = context;
  const card = await callCard(row, reader, context);
  for (const { id } of await store.people.withRoles(["office"]))
    if (id !== reader.id)
      await store.outbox.queue(
        {
          key: `call/${row.id}/${id}`,
          to: { personId: id },
          class: row.uncounted === "urgent" ? "must-arrive" : "card",
          together: true,
          uncounted: "alarm",
          card,
          job: CHASE,
        },
        now.epochMilliseconds,
      );
  await written(row, "notice.call", { person: reader.name }, context);
}

async function written(row: OutboxRow, act: string, detail: object, { store, now }: Context<Writer>) {
  await store.audit.append({
    at: now.epochMilliseconds,
    personId: null,
    actor: "定时任务",
    act,
    subject: `delivery:${row.id}`,
    outcome: "done",
    detail: { title: row.title, ...detail },
  });
}
