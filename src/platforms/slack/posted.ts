import { randomUUID } from "node:crypto";
import type { SlackMessage } from "./blocks.ts";
import { type Called, called } from "./calls.ts";
import { retrying } from "./retry.ts";
import type { Workspace } from "./workspace.ts";

/** Name under which an answer carries a key of its own, so that it can be looked for when nobody knows whether it arrived. */
const ANSWER = "lantian_answer";
/** A request whose connection broke may still be under way. */
export const LANDS_WITHIN_MS = 3_000;
const quiet = { link_names: false, unfurl_links: false, unfurl_media: false } as const;

type Posted = { ts?: string | undefined };
type Standing = Posted & { bot_id?: string; metadata?: { event_type?: string; event_payload?: object } };

/** Where a message belongs that is an answer in a thread. */
export const threadPlace = (thread: string | undefined) =>
  thread === undefined ? {} : { thread_ts: thread };

/**
 * Posts an answer in the direct messages. One whose outcome nobody knows is looked for in the chat and posted once
 * more where it isn't there: whoever asked waits for it, and would ask again what has been done already.
 */
export async function posted(
  ws: Workspace,
  channel: string,
  message: SlackMessage,
  thread?: string,
): Promise<Called<Posted>> {
  const key = randomUUID();
  const metadata = { event_type: ANSWER, event_payload: { key } };
  const post = async () => {
    await ws.pace.turn(channel);
    return retrying(ws, () =>
      called<Posted>(
        ws.client.chat.postMessage({ channel, ...message, ...quiet, ...threadPlace(thread), metadata }),
      ),
    );
  };
  const first = await post();
  if (first.kind !== "unknown") return first;
  await ws.timing.sleep(LANDS_WITHIN_MS);
  const asked = { channel, limit: 100, include_all_metadata: true };
  const history = await called<{ messages?: Standing[] }>(
    thread === undefined
      ? ws.client.conversations.history(asked)
      : ws.client.conversations.replies({ ...asked, ts: thread }),
  );
  if (history.kind !== "done") return first;
  const found = history.value.messages?.find(
    ({ bot_id, metadata: mark }) =>
      bot_id === ws.botId &&
      mark?.event_type === ANSWER &&
      (mark.event_payload as { key?: unknown } | undefined)?.key === key,
  );
  return found === undefined ? post() : { kind: "done", value: { ts: found.ts } };
}
