import type { SlackMessage } from "./blocks.ts";
import { type Called, called } from "./calls.ts";
import { answerMark, answerReadBack } from "./read-back.ts";
import { retrying } from "./retry.ts";
import type { Workspace } from "./workspace.ts";

/** A request whose connection broke may still be under way. */
export const LANDS_WITHIN_MS = 3_000;
const quiet = { link_names: false, unfurl_links: false, unfurl_media: false } as const;

type Posted = { ts?: string | undefined };

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
  const metadata = answerMark();
  const since = (await ws.bot.clock.now()).epochMilliseconds;
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
  const found = await answerReadBack(ws, { mark: metadata, since }, { channel, thread }).catch(
    () => "unsure",
  );
  if (found === "absent") return post();
  return found === "unsure" ? first : { kind: "done", value: { ts: found } };
}
