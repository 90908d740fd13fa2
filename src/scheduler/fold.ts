import { setImmediate as breathe } from "node:timers/promises";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { type FoldHead, foldCard, foldPartOf } from "../chat/fold-card.ts";
import { shortDate } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import { officeTime } from "../domain/issues/clock.ts";
import { HOUR_MS } from "../domain/issues/office-hours.ts";
import { clockRulesOf } from "../issues/terms.ts";
import { DIGEST, type DigestWay, digestOf, digestTime, digestWay } from "../office/digest.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Writer } from "../store/store.ts";

/** People whose messages are put together in one transaction. */
const BATCH = 50;
/** Lines of its parts that one message shows before they have to be opened; a digest shows titles. */
const LINES = 24;

/**
 * Puts together what waits: what one person gets at one time is one message, and whoever gets digests has it all in one, at
 * their hour. Parts and whole commit together, so that nothing is lost and nothing goes out twice.
 * @returns how many deliveries went out of waiting.
 */
export async function workFolds(bot: Lantian): Promise<number> {
  const now = await bot.clock.now();
  const people = await bot.store.read((reader) => reader.outbox.waitFor(now.epochMilliseconds));
  let worked = 0;
  for (let i = 0; i < people.length; i += BATCH) {
    if (i > 0) await breathe();
    const these = new Set(people.slice(i, i + BATCH));
    const { office } = await contextOf(bot);
    worked += await bot.store.write(async (store) => {
      const rows = await store.outbox.waiting(now.epochMilliseconds);
      let sent = 0;
      for (const [id, own] of Map.groupBy(rows, ({ personId }) => personId))
        if (id !== null && these.has(id)) sent += await foldFor(id, own, { store, office, now });
      return sent;
    });
  }
  return worked;
}

type Around = { store: Writer; office: Lantian["office"]; now: Temporal.Instant };

/** @returns how many of a person's deliveries wait no longer. */
async function foldFor(id: PersonId, waiting: readonly OutboxRow[], around: Around): Promise<number> {
  const { store, now } = around;
  const at = now.epochMilliseconds;
  const person = await store.people.byId(id);
  const digest = person?.active ? await digestOf(person, around) : null;
  const hasWaited = ({ foldAt, createdAt }: OutboxRow) => (foldAt ?? 0) > createdAt;
  // What has waited for a digest comes as one, also when the week has room again.
  const waited = person?.active && waiting.some(hasWaited) ? await digestWay(person, around) : null;
  // A digest of working days that a stop has made late isn't made up for where nobody is at work: the next one brings it.
  const isAtWork = () => officeTime(at, "", clockRulesOf(around.office)) === at;
  const ready: OutboxRow[] = [];
  for (const row of waiting) {
    const rule = digest ?? (hasWaited(row) ? waited : null);
    const planned = rule === null ? at : await digestTime(id, row.createdAt, rule, around);
    const isPutOff = rule?.workingDaysOnly === true && planned < at - HOUR_MS && !isAtWork();
    const time = isPutOff ? await digestTime(id, at, rule, around) : digest === null ? at : planned;
    if (time <= at) ready.push(row);
    else await store.outbox.wait(row, time);
  }
  const [first] = ready;
  if (first === undefined) return 0;
  const way = digest ?? (ready.some(hasWaited) ? waited : null);
  if (way === null && ready.length === 1) {
    await store.outbox.release(first.id);
    return 1;
  }
  await fold(id, ready, way, around);
  return ready.length;
}

async function fold(
  personId: PersonId,
  rows: readonly OutboxRow[],
  digest: DigestWay | null,
  { store, office, now }: Around,
): Promise<void> {
  const card = foldCard(rows.map(foldPartOf), headOf(digest, rows.length, office.today(now)));
  const [first] = rows;
  const [job, slot] =
    digest === null ? [first?.job ?? null, first?.slot ?? null] : [DIGEST, now.epochMilliseconds];
  await store.outbox.fold(
    rows,
    {
      personId,
      class: rows.some((row) => row.class === "must-not-repeat") ? "must-not-repeat" : "card",
      title: card.title,
      card: JSON.stringify(card),
      job,
      slot,
      uncounted: rows.every(({ uncounted }) => uncounted !== null) ? (first?.uncounted ?? null) : null,
    },
    now.epochMilliseconds,
  );
}

function headOf(digest: DigestWay | null, n: number, today: Temporal.PlainDate): FoldHead {
  if (digest === null) return { lines: LINES };
  const title = `简报 ${shortDate(today)}（${n}项）`;
  return digest.why === "chosen"
    ? { title, lines: 0 }
    : {
        title,
        lines: 0,
        note: `本周已给您发了${digest.counted}条，不急的改为工作日${digest.hour}点合并成一条；发送“我的设置”可另选时间`,
      };
}
