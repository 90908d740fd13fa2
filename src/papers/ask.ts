import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { figureChanges } from "../domain/papers/figures.ts";
import type { Role } from "../domain/roles.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { changesTable, drawPaper, readerOf } from "./draw.ts";
import { kindOfPaper } from "./kind-of.ts";
import { termsOf } from "./terms.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "demo">;

/** What a waiting paper waits for, and who may do it; null where it is all done. */
export function waitsFor(row: OfficialPaperRow, context: Around): { act: "check" | "sign"; by: Role } | null {
  const { signing, by } = termsOf(kindOfPaper(row, context), context.office.pack);
  if (row.state === "draft" && signing !== "none") return { act: "check", by: "office" };
  return row.state === "checked" && signing === "sign" ? { act: "sign", by } : null;
}

/** Asks everybody who may do what a paper waits for; the office where nobody holds the role that signs it. */
export async function askedOf(row: OfficialPaperRow, context: Around): Promise<SlotDelivery[]> {
  const waits = waitsFor(row, context);
  if (waits === null) return [];
  const { store } = context;
  const holders = await store.people.withRoles([waits.by]);
  const asked = holders.length > 0 ? holders : await store.people.withRoles(["office"]);
  const deliveries: SlotDelivery[] = [];
  for (const person of asked)
    deliveries.push({
      to: { person },
      card: await reviewCard(row, person, context),
      class: "must-arrive",
      uncounted: "signature",
    });
  return deliveries;
}

/** A waiting paper before whoever is to check or sign it: what it says, and what is other than in the draft before. */
export async function reviewCard(row: OfficialPaperRow, person: Person, context: Around): Promise<Card> {
  const { store } = context;
  const waits = waitsFor(row, context);
  const print = await store.officialPapers.version(row.id, row.version);
  if (print === null) throw new Error(`paper ${row.id} has no draft ${row.version}`);
  const before = row.version > 1 ? await store.officialPapers.version(row.id, row.version - 1) : null;
  const changes = figureChanges(before?.figures ?? [], before === null ? [] : (print.figures ?? []));
  const card = await drawPaper(row, print, readerOf(person), context);
  return {
    ...card,
    title: `${waits?.act === "sign" ? "待签发" : "待审核"}：${row.title}`,
    tone: "notice",
    subject: `paper-draft:${row.id}`,
    blocks: [
      ...(before === null
        ? []
        : [
            { kind: "text" as const, text: `第${row.version}稿，与上一稿相比有${changes.length}处变化：` },
            ...(changes.length > 0 ? [changesTable(changes)] : []),
          ]),
      ...card.blocks,
    ],
  };
}
