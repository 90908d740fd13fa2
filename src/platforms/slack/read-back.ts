import { createHash, randomUUID } from "node:crypto";
import type { EpochMs } from "../../domain/ids.ts";
import type { OutboxRow } from "../../store/outbox.ts";
import { called, tokenErrors } from "./calls.ts";
import { type Workspace, whyOf } from "./workspace.ts";

/** Name under which our messages carry their outbox row, so that a delivery in doubt can be read back. */
const DELIVERY = "lantian_delivery";
/** Name under which an answer carries a key of its own. */
const ANSWER = "lantian_answer";
/** Pages of history, newest first, that are read back at most; what lies further back stays in doubt. */
const PAGES = 10;
const CLOCKS_DIFFER_S = 3600;

type Message = {
  ts?: string;
  bot_id?: string;
  metadata?: { event_type?: string; event_payload?: object };
  files?: { id?: string }[];
};
type Page = { messages?: Message[]; response_metadata?: { next_cursor?: string } };

/** Where messages stand one below the other: a conversation, or a thread in it, which the conversation itself doesn't show. */
export type ChatPlace = { channel: string; thread?: string | undefined };
/** A message found there, none, or nobody knows. */
type ReadBack = Promise<string | "absent" | "unsure">;

/** The mark of a delivery's message, which no reader sees. */
export function markOf(row: OutboxRow) {
  return { event_type: DELIVERY, event_payload: { outbox: row.id, key: fingerprint(row) } };
}

/** The mark of one answer. */
export const answerMark = () => ({ event_type: ANSWER, event_payload: { key: randomUUID() } });

/**
 * Looks in a chat's history whether a delivery stands there. @returns the message, `absent`, or `unsure` where the history
 * goes back further than is read, or Slack doesn't show it. @throws Error when Slack can't be asked now.
 */
export function readBack(ws: Workspace, row: OutboxRow, channel: string): ReadBack {
  const key = fingerprint(row);
  return lookBack(ws, { channel }, row.createdAt, ({ metadata }) => {
    const { outbox, key: marked } = (metadata?.event_payload ?? {}) as { outbox?: unknown; key?: unknown };
    return metadata?.event_type === DELIVERY && outbox === row.id && marked === key;
  });
}

/** The same for files, by Slack's ids of them: a message of files bears no mark of ours. */
export function filesReadBack(
  ws: Workspace,
  { ids, since }: { ids: string; since: EpochMs },
  place: ChatPlace,
): ReadBack {
  const those = new Set<string | undefined>(ids.split(","));
  return lookBack(ws, place, since, ({ files = [] }) => files.some(({ id }) => those.has(id)));
}

/** The same for an answer, by the mark that it was given when it was posted. */
export function answerReadBack(
  ws: Workspace,
  { mark, since }: { mark: ReturnType<typeof answerMark>; since: EpochMs },
  place: ChatPlace,
): ReadBack {
  const { key } = mark.event_payload;
  return lookBack(ws, place, since, ({ metadata }) => {
    const { key: marked } = (metadata?.event_payload ?? {}) as { key?: unknown };
    return metadata?.event_type === ANSWER && marked === key;
  });
}

async function lookBack(
  ws: Workspace,
  { channel, thread }: ChatPlace,
  since: EpochMs,
  isIt: (message: Message) => boolean,
): ReadBack {
  let cursor: string | undefined;
  // A demonstration's clock says nothing about when Slack received something, and a real one may differ from Slack's.
  const oldest = ws.bot.demo ? "0" : String(Math.max(0, since / 1000 - CLOCKS_DIFFER_S));
  for (let page = 0; page < PAGES; page++) {
    const asked = {
      ...{ channel, oldest, limit: 200, include_all_metadata: true },
      ...(cursor ? { cursor } : {}),
    };
    const { history, replies } = ws.client.conversations;
    const answer = await called<Page>(
      thread === undefined ? history(asked) : replies({ ...asked, ts: thread }),
    );
    // A channel that the bot may not look into, or that is gone, answers nothing later either.
    if (answer.kind === "refused" && !tokenErrors.has(answer.error)) return "unsure";
    // Thrown, so that the question is put again later instead of being answered.
    if (answer.kind !== "done") throw new Error(whyOf(answer));
    const found = answer.value.messages?.find((message) => message.bot_id === ws.botId && isIt(message));
    if (found?.ts) return found.ts;
    cursor = answer.value.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return "absent";
  }
  return "unsure";
}

/** Rows of another database may bear the same number: the fingerprint tells them apart and names nobody. */
function fingerprint(row: OutboxRow): string {
  return createHash("sha256").update(row.key).digest("hex").slice(0, 16);
}
