import { lostFilesCard } from "../answers/files-again.ts";
import type { Card } from "../chat/card.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Writer } from "../store/store.ts";
import { TROUBLE } from "./trouble.ts";

/** Tells whom files were sent to that they were lost, or `perhaps` were, in the transaction that gives them up or leaves them in doubt. */
export async function tellOfLostFiles(
  { outbox }: Writer,
  row: OutboxRow,
  { perhaps, at }: { perhaps: boolean; at: EpochMs },
): Promise<void> {
  const { id, claim, personId, accountId, uncounted } = row;
  if (uncounted !== "attachment" || personId === null) return;
  const { files = [], ...card } = JSON.parse(row.card) as Card;
  await outbox.queue(
    {
      key: `${TROUBLE}files-${id}/${claim}`,
      to: accountId === null ? { personId } : { personId, accountId },
      class: "must-arrive",
      uncounted: "alarm",
      card: lostFilesCard({ ...card, files }, perhaps),
    },
    at,
  );
}
