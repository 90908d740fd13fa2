import type { Card } from "../../chat/card.ts";
import type { Delivery, OutboxRow } from "../../store/outbox.ts";
import { bundled } from "./attach.ts";

/** Deliveries that bring the files of another one have keys that begin so. */
const PREFIX = "slack-files/";

/**
 * The files of a delivery, one delivery a message: what is sent and what isn't is then known of each, whatever happens in
 * between, and none goes twice by itself. A channel gets none: a file is made for one person.
 */
export function filesAfter({ id, key, kind, personId, job, slot, ...row }: OutboxRow): Delivery[] {
  const card = JSON.parse(row.card) as Card;
  if (kind !== "post" || personId === null || key.startsWith(PREFIX)) return [];
  const { title, facts } = card;
  return bundled(card.files ?? []).map((files, i) => ({
    key: `${PREFIX}${id}/${i}`,
    to: { personId },
    class: "must-not-repeat",
    card: { title: `附件：${title}`, blocks: [], files, ...(facts ? { facts } : {}) } satisfies Card,
    ...(job === null || slot === null ? {} : { job, slot }),
  }));
}

/** Whether a delivery brings files that follow another. */
export function bringsFiles({ key }: OutboxRow): boolean {
  return key.startsWith(PREFIX);
}
