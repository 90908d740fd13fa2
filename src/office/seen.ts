import type { Looked } from "../store/activity.ts";
import type { PlatformName } from "../store/inbox.ts";
import type { SentNotice } from "../store/outbox.ts";
import type { Reader } from "../store/store.ts";

/** How a message stands with its reader. */
export type Seen = "seen" | "unseen" | "waiting" | "undelivered";

/**
 * Whether somebody has had a message before them: since it arrived they have pressed, written or looked where it stands.
 * What nobody knows to have arrived isn't seen.
 */
export async function seenBy(notice: SentNotice, store: Reader): Promise<Seen> {
  const first = await seenWhere(notice, store);
  if (first === "seen" || notice.again === null) return first;
  return (await seenWhere(notice.again, store)) === "seen" ? "seen" : first;
}

type Where = Pick<SentNotice, "row" | "platform">;

async function seenWhere({ row, platform }: Where, { activity }: Reader): Promise<Seen> {
  if (row.settledAs === "phoned") return "seen";
  if (row.state === "waiting" || row.state === "pending") return "waiting";
  if (row.state === "settled") return row.settledAs === "dropped" ? "undelivered" : "seen";
  if (row.state !== "sent" || row.personId === null || platform === null) return "undelivered";
  return isSeen(row, platform, await activity.looked(row.personId)) ? "seen" : "unseen";
}

function isSeen(
  { id, sentAt }: Where["row"],
  platform: PlatformName,
  looked: ReadonlyMap<PlatformName, Looked>,
): boolean {
  const last = looked.get(platform);
  return last !== undefined && last.newest >= id && last.at >= (sentAt ?? Number.POSITIVE_INFINITY);
}
