import type { Context } from "../chat/command.ts";
import { queueDeliveries } from "../runs/queue-deliveries.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { askedOf } from "./ask.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import { sendOut } from "./send-out.ts";
import { termsOf } from "./terms.ts";

/**
 * What becomes of a draft that somebody of the office has asked for, in the caller's transaction: whoever it waits for is asked,
 * and where the pack wants nobody's check it goes out at once, since nothing else would send it; one with a day of its own waits
 * for that. `isShown`: the answer shows `by` the draft, who needn't be asked as well. @returns the paper as it stands then.
 */
export async function askOrIssue(
  row: OfficialPaperRow,
  { by, isShown }: { by: Person | null; isShown: boolean },
  context: Context<Writer>,
): Promise<OfficialPaperRow> {
  const at = context.now.epochMilliseconds;
  const sending = { job: row.kind, slot: row.slot ?? at };
  const asked = (await askedOf(row, context)).filter(
    ({ to }) => !(isShown && "person" in to && to.person.id === by?.id),
  );
  await queueDeliveries({ key: `paper-draft/${row.id}/${row.version}`, ...sending }, asked, context, { at });
  if (!isReadyAtOnce(row, context)) return row;
  const sent = await sendOut(row, { at, by }, context);
  await queueDeliveries({ key: `paper/${row.id}`, ...sending }, sent.deliveries, context, { at });
  return sent.row;
}

function isReadyAtOnce(row: OfficialPaperRow, context: Context<Writer>): boolean {
  const kind = kindOfPaper(row, context);
  if (termsOf(kind, context.office.pack).signing !== "none") return false;
  const day = row.corrects === null ? kind.issuedOn?.(aboutOf(row)) : null;
  return day == null || day <= context.today.toString();
}
