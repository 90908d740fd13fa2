import type { DrawnCard } from "../../chat/card.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { LARGEST_TABLE, takeTable, tooLarge } from "../../chat/sent-table.ts";
import type { Person } from "../../store/people.ts";
import { readCapped } from "../capped.ts";
import { inert } from "./inert.ts";
import { isSlacks } from "./respond.ts";
import type { Workspace } from "./workspace.ts";

/** A file as Slack announces it. */
export type Shared = {
  id?: string;
  name?: string | null;
  size?: number;
  mode?: string;
  url_private?: string;
  url_private_download?: string;
};

/**
 * Brings in a table that the office has sent. It is fetched from Slack's own host only, the size is checked before and
 * while it comes, and what it is, the import decides by its content.
 * @throws Error when Slack could not be reached: the message is then handled once more.
 */
export async function takeFile(
  ws: Workspace,
  person: Person,
  file: Shared,
  settings: { token: string; apiUrl: string | null; timeoutMs: number },
): Promise<DrawnCard | Refusal> {
  const name = inert(file.name ?? "").replaceAll("\n", " ");
  return takeTable(ws.bot, person, { name, size: file.size }, async () => {
    const url = file.url_private_download ?? file.url_private;
    if (url === undefined || !isSlacks(url, settings.apiUrl))
      return refuse("import-rejected", "这个文件不在Slack上，无法读取，请直接上传文件。");
    return download(url, settings);
  });
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
    return tooLarge;
  }
  return readCapped(response);
}
