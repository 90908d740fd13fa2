import { only } from "../../chat/access.ts";
import { bringIn } from "../../chat/bring-in.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { undrawn } from "../../chat/draw.ts";
import { importCard } from "../../chat/import-card.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { deny } from "../../chat/transact.ts";
import type { Person } from "../../store/people.ts";
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

/** Bytes of a file that is taken in. */
const LARGEST = 15 * 1024 * 1024;
const who = only("导入数据", "office");

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
  const { bot } = ws;
  const now = await bot.clock.now();
  const at = now.epochMilliseconds;
  const allowed = who.check({ person, args: {}, office: bot.office, today: bot.office.today(now) });
  if (allowed !== null) {
    await deny(bot.store, { act: "import", at, person }, allowed.message);
    return allowed;
  }
  const name = inert(file.name ?? "")
    .replaceAll("\n", " ")
    .slice(0, 200);
  if (!/\.(xlsx|csv)$/i.test(name))
    return refuse("import-rejected", "只能导入 .xlsx 或 .csv 表格，请另存为这两种格式后再发。");
  if ((file.size ?? 0) > LARGEST) return tooLarge;
  const url = file.url_private_download ?? file.url_private;
  if (url === undefined || !isSlacks(url, settings.apiUrl))
    return refuse("import-rejected", "这个文件不在Slack上，无法读取，请直接上传文件。");
  const bytes = await download(url, settings);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const result = await bringIn(bot, { bytes, name }, { person, partial: false });
  return undrawn(importCard(name, result), { demo: bot.demo, at });
}

const tooLarge = refuse("import-rejected", "文件超过15 MB，请拆成几个文件分别发送。");

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
  if (Number(response.headers.get("content-length") ?? 0) > LARGEST) {
    await response.body?.cancel();
    return tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST) return tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
