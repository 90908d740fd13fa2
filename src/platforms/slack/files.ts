import type { Speaker } from "../../bot/lantian.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { refuseSender } from "../../incoming/file-sender.ts";
import { receiveFile } from "../../incoming/received-file.ts";
import { LARGEST_TABLE, tableTooLarge } from "../../incoming/received-table.ts";
import { visible } from "../kit/plain-text.ts";
import { readCapped } from "../kit/read-limited.ts";
import { called } from "./calls.ts";
import { isSlacks } from "./respond.ts";
import { type Workspace, whyOf } from "./workspace.ts";

/** A file as Slack announces it. */
export type Shared = {
  id?: string;
  name?: string | null;
  size?: number;
  /** `check_file_info`: the announcement says no more than the id. */
  file_access?: string;
  url_private?: string;
  url_private_download?: string;
};

/** What a message says beside its files. Files of one message belong together, under the message's own id. */
export type Sending = { caption: string; album: string | undefined };

/**
 * Takes a file that somebody has sent. It is fetched from Slack's own host only, the size is checked before and while it
 * comes, and what it is, is told by its content.
 * @throws Error when Slack could not be reached: the message is then handled once more.
 */
export async function receiveShared(
  ws: Workspace,
  speaker: Speaker,
  shared: Shared,
  { caption, album }: Sending,
  settings: { token: string; apiUrl: string | null; timeoutMs: number },
): Promise<DrawnCard | Refusal> {
  const refused = await refuseSender(ws.bot, speaker);
  if (refused !== null) return refused;
  const file = await announced(ws, shared);
  const name = visible(file.name ?? "").replaceAll("\n", " ");
  const fetched = async () => {
    const url = file.url_private_download ?? file.url_private;
    if (url === undefined || !isSlacks(url, settings.apiUrl))
      return refuse("import-rejected", "这个文件不在Slack上，无法读取，请直接上传文件。");
    return download(url, settings);
  };
  return receiveFile(ws.bot, speaker, { name, size: file.size }, fetched, { caption, album });
}

/** A file with all that Slack says of it; where it withholds that from an event it is asked. */
async function announced({ client }: Workspace, file: Shared): Promise<Shared> {
  if (file.file_access !== "check_file_info" || file.id === undefined) return file;
  const info = await called(client.files.info({ file: file.id }));
  if (info.kind === "done") return info.value.file ?? file;
  if (info.kind === "refused") return file;
  throw new Error(`files.info: ${whyOf(info)}`);
}

async function download(
  url: string,
  { token, timeoutMs }: { token: string; timeoutMs: number },
): Promise<Uint8Array | Refusal> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    // Without the right to read files Slack leads to its sign-in page; the token must not follow anywhere.
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs * 3),
  }).catch((error: Error) => {
    throw new Error(`the file can't be fetched from Slack (${error.name})`);
  });
  if (response.status >= 500 || response.status === 429)
    throw new Error(`the file can't be fetched from Slack (HTTP ${response.status})`);
  if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) {
    await response.body?.cancel();
    return refuse("import-rejected", "读不到这个文件，可能已被删除，或应用没有读取文件的权限。请重新上传。");
  }
  if (Number(response.headers.get("content-length") ?? 0) > LARGEST_TABLE) {
    await response.body?.cancel();
    return tableTooLarge;
  }
  return readCapped(response);
}
