import type { Context } from "../chat/command.ts";
import { queueDeliveries } from "../runs/queue-deliveries.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import { sendOut } from "./send-out.ts";
import { termsOf } from "./terms.ts";

/**
 * A draft that somebody of the office has asked for goes out with the asking where the pack wants nobody's check: nothing else
 * would send it, unless it has a day of its own. In the caller's transaction. @returns the paper as it stands then, unchanged
 * where it waits for somebody or for its day.
 */
export async function issuedIfReady(
  row: OfficialPaperRow,
  person: Person,
  context: Context<Writer>,
): Promise<OfficialPaperRow> {
  const kind = kindOfPaper(row, context);
  if (termsOf(kind, context.office.pack).signing !== "none") return row;
  const day = row.corrects === null ? kind.issuedOn?.(aboutOf(row)) : null;
  if (day != null && context.today.toString() < day) return row;
  const at = context.now.epochMilliseconds;
  const sent = await sendOut(row, { at, by: person }, context);
  const sending = { key: `paper/${row.id}`, job: row.kind, slot: row.slot ?? at };
  await queueDeliveries(sending, sent.deliveries, context, { at });
  return sent.row;
}
