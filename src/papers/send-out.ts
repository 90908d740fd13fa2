import { isUnplaced } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { expectAnswers } from "./answers.ts";
import { deliveredCard, deliveredFiles, redrawDelivered } from "./delivered-card.ts";
import { drawingFor, readerOfChat } from "./draw.ts";
import { aboutOf, kindOfPaper, subjectOfPaper } from "./kind-of.ts";
import { tellRollCall } from "./roll-call.ts";
import { termsOf } from "./terms.ts";

/** Gives a paper its number, once, in the transaction of what it is given for. */
export async function numbered(
  row: OfficialPaperRow,
  by: Person | null,
  at: EpochMs,
  context: Context<Writer>,
): Promise<OfficialPaperRow> {
  const { store, office } = context;
  const { number: pattern } = termsOf(kindOfPaper(row, context), office.pack);
  if (row.number !== null || pattern === null) return row;
  const { no } = await store.numbers.give({
    kind: row.kind,
    pattern,
    year: office.today(Temporal.Instant.fromEpochMilliseconds(at)).year,
    subject: subjectOfPaper(row.id),
    eventId: null,
    title: row.title,
    at,
    personId: by?.id ?? null,
  });
  return store.officialPapers.change(row.id, { number: no });
}

/**
 * Issues a paper's newest draft: from now on it is never altered. In the caller's transaction, which queues what it gives back.
 * `quick`: as 快报, though nobody has checked or signed it.
 */
export async function sendOut(
  waiting: OfficialPaperRow,
  { at, by = null, quick = false }: { at: EpochMs; by?: Person | null; quick?: boolean },
  context: Context<Writer>,
): Promise<{ row: OfficialPaperRow; deliveries: SlotDelivery[] }> {
  const { store } = context;
  const given = await numbered(waiting, by, at, context);
  const row = await store.officialPapers.change(given.id, { state: "issued", issuedAt: at, quick });
  await store.officialPapers.note({
    ...{ paperId: row.id, version: row.version, act: "issue", at },
    personId: by?.id ?? null,
  });
  const old = row.corrects === null ? null : await store.officialPapers.byId(row.corrects);
  // One that was withdrawn in the meantime stays void.
  if (old?.state === "issued") {
    const corrected = await store.officialPapers.change(old.id, { state: "corrected" });
    const { id: paperId, version } = corrected;
    await store.officialPapers.note({ paperId, version, act: "correct", at });
    await tellRollCall(corrected, `corrected-${paperId}`, context);
    await redrawDelivered(corrected, `corrected-${paperId}`, context);
  }
  return { row, deliveries: await deliveriesOf(row, context) };
}

async function deliveriesOf(row: OfficialPaperRow, context: Context<Writer>): Promise<SlotDelivery[]> {
  const kind = kindOfPaper(row, context);
  const print = await context.store.officialPapers.version(row.id, row.version);
  if (print?.facts == null) return [];
  const deliveries: SlotDelivery[] = [];
  if (await expectAnswers(row, print, context)) await tellRollCall(row, `issued-${row.id}`, context);
  const files = deliveredFiles(row, print, context);
  const draw = drawingFor(row, print, context);
  const addressees = await kind.to(aboutOf(row), print.facts, context);
  // Whoever stands for the same is sent the very same card.
  const whole = new Map<Card, Card>();
  const withFiles = (card: Card): Card => {
    const one = whole.get(card) ?? { ...card, files };
    whole.set(card, one);
    return one;
  };
  for (const { to, class: how = "must-not-repeat", beside = [] } of addressees) {
    // Of a region that is no more nobody is told anything by that post.
    if (isUnplaced("person" in to ? to.person : to.chat, context.office, context.today)) continue;
    const card =
      "person" in to ? await deliveredCard(row, draw, to.person, context) : await draw(readerOfChat(to.chat));
    const sent = withFiles(card);
    deliveries.push({
      ...{ to, class: how },
      card: beside.length === 0 ? sent : { ...sent, blocks: [...sent.blocks, ...beside] },
    });
  }
  return deliveries;
}
