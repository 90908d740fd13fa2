import type { Made } from "../../chat/paper.ts";
import type { Opened } from "../kit/bundle.ts";
import type { Paced } from "../kit/pace.ts";
import { type Called, called } from "./calls.ts";
import { LANDS_WITHIN_MS, threadPlace } from "./posted.ts";
import { type ChatPlace, filesReadBack } from "./read-back.ts";
import { escaped, shortened } from "./text.ts";
import type { Workspace } from "./workspace.ts";

/** UTF-16 units of the text beside files. */
const COMMENT = 2000;

/**
 * Sends files as one message: each is announced and brought to Slack, then all appear at once. Until that last step nobody
 * sees anything, and what was brought is forgotten by Slack: an answer lost before it is certainly no delivery.
 * @returns the ids of Slack's files, with commas between; where nobody knows, those that would stand in the chat.
 */
export async function upload(
  ws: Workspace,
  channel: string,
  { files: made, missing }: Opened,
  { what = "answer", thread }: { what?: Paced; thread?: string | undefined } = {},
): Promise<Uploaded> {
  const files: { id: string; title: string }[] = [];
  for (const file of made) {
    const brought = await bring(ws, file);
    if (brought.kind === "unknown") return { kind: "unreachable", why: brought.why };
    if (brought.kind !== "done") return brought;
    files.push({ id: brought.value, title: file.name });
  }
  const [first, ...rest] = files;
  if (first === undefined) return { kind: "refused", error: "no_files" };
  await ws.pace.turn(channel, what);
  const shown = await called(
    ws.client.files.completeUploadExternal({
      channel_id: channel,
      ...threadPlace(thread),
      files: [first, ...rest],
      // Beside the files, so that what is missing is told exactly when the others arrive.
      ...(missing.length > 0 ? { initial_comment: shortened(escaped(missing.join("\n")), COMMENT) } : {}),
    }),
  );
  const ids = files.map(({ id }) => id).join(",");
  if (shown.kind === "unknown") return { ...shown, ids };
  return shown.kind === "done" ? { kind: "done", value: ids } : shown;
}

type Uploaded = Exclude<Called<string>, { kind: "unknown" }> | { kind: "unknown"; why: string; ids: string };

/**
 * The same for an answer, in its thread; where nobody knows whether its files arrived they are looked for in the chat at
 * once: whoever asked waits for them.
 */
export async function uploadAnswer(
  ws: Workspace,
  { channel, thread }: ChatPlace,
  opened: Opened,
): Promise<Called<string>> {
  const since = (await ws.bot.clock.now()).epochMilliseconds;
  const sent = await upload(ws, channel, opened, { thread });
  if (sent.kind !== "unknown") return sent;
  const { ids } = sent;
  await ws.timing.sleep(LANDS_WITHIN_MS);
  const found = await filesReadBack(ws, { ids, since }, { channel, thread }).catch(() => "unsure" as const);
  return found === "absent" || found === "unsure" ? sent : { kind: "done", value: ids };
}

/** @returns Slack's id of the file, which nobody sees yet. */
async function bring(ws: Workspace, { name, bytes }: Made): Promise<Called<string>> {
  const announced = await called(
    ws.client.files.getUploadURLExternal({ filename: name, length: bytes.length }),
  );
  if (announced.kind !== "done") return announced;
  const { upload_url: url, file_id: id } = announced.value;
  if (!url || !id) return { kind: "unknown", why: "Slack named no place for a file" };
  const posted = await ws.bring(url, bytes);
  return posted.kind === "done" ? { kind: "done", value: id } : posted;
}
