import { FILES_OF } from "../../answers/files-again.ts";
import type { Card, CardFile } from "../../chat/card.ts";
import type { Delivery, OutboxRow } from "../../store/outbox.ts";

/**
 * The files of a delivery on a chat platform, one delivery a message: what is sent and what isn't is then known of each,
 * whatever happens in between, and none goes twice by itself. `bundled` says which files go together.
 */
export function followingFiles(platform: string, bundled: (files: readonly CardFile[]) => CardFile[][]) {
  /** Deliveries that bring the files of another one have keys that begin so. */
  const prefix = `${platform}-files/`;
  /** Whether a delivery brings files that follow another. */
  const bringsFiles = ({ key }: OutboxRow): boolean => key.startsWith(prefix);
  return {
    bringsFiles,
    /** The deliveries that follow this one. A group gets none: a file is made for one person. */
    filesAfter(after: OutboxRow): Delivery[] {
      const { id, kind, personId, job, slot, causedBy } = after;
      if (kind !== "post" || personId === null || bringsFiles(after)) return [];
      // Hardly any has some, and reading a card costs as much as noting that it was sent.
      if (!after.card.includes('"files"')) return [];
      const { title, facts, files = [] } = JSON.parse(after.card) as Card;
      return bundled(files).map((together, i) => ({
        key: `${prefix}${id}/${i}`,
        to: { personId },
        class: "must-not-repeat",
        uncounted: "attachment",
        card: {
          title: `${FILES_OF}${title}`,
          blocks: [],
          files: together,
          ...(facts ? { facts } : {}),
        } satisfies Card,
        ...(job === null || slot === null ? {} : { job, slot }),
        ...(causedBy === null ? {} : { causedBy }),
      }));
    },
  };
}
