import { only } from "../../chat/access.ts";
import { bringIn } from "../../chat/bring-in.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { undrawn } from "../../chat/draw.ts";
import { importCard } from "../../chat/import-card.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import type { Lantian } from "../../chat/router.ts";
import { deny } from "../../chat/transact.ts";
import type { Person } from "../../store/people.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import { oneLine } from "./text.ts";

/** A file as Telegram announces it. */
export type SentFile = { file_id: string; file_name?: string; file_size?: number };

/** Bytes of a file that is taken in; Telegram itself hands bots no more than 20 MB. */
const LARGEST = 15 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const who = only("导入数据", "office");

/**
 * Brings in a table that the office has sent. Its size is checked before and while it comes; what it is, the import
 * decides by its content. The file's address holds the token and is neither kept nor logged.
 * @throws TelegramFault when Telegram could not be reached: the message is then handled once more.
 */
export async function takeFile(
  bot: Lantian,
  telegram: Telegram,
  person: Person,
  file: SentFile,
): Promise<DrawnCard | Refusal> {
  const now = await bot.clock.now();
  const at = now.epochMilliseconds;
  const allowed = who.check({ person, args: {}, office: bot.office, today: bot.office.today(now) });
  if (allowed !== null) {
    await deny(bot.store, { act: "import", at, person }, allowed.message);
    return allowed;
  }
  const name = oneLine(file.file_name ?? "").slice(0, 200);
  if (!/\.(xlsx|csv)$/i.test(name))
    return refuse("import-rejected", "只能导入 .xlsx 或 .csv 表格，请另存为这两种格式后再发。");
  if ((file.file_size ?? 0) > LARGEST) return tooLarge;
  const bytes = await fetched(telegram, file.file_id);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const result = await bringIn(bot, { bytes, name }, { person, partial: false });
  return undrawn(importCard(name, result), { demo: bot.demo, at });
}

const tooLarge = refuse("import-rejected", "文件超过15 MB，请拆成几个文件分别发送。");
const unreadable = refuse("import-rejected", "读不到这个文件，可能已过期，请重新发送。");

async function fetched(telegram: Telegram, id: string): Promise<Uint8Array | Refusal> {
  const found = await telegram
    .call("getFile", (api, signal) => api.getFile(id, signal))
    .catch((error: TelegramFault) => {
      if (error.trouble.kind !== "refused") throw error;
      return /too big/i.test(error.trouble.why) ? tooLarge : unreadable;
    });
  if ("kind" in found) return found;
  if (found.file_path === undefined || found.file_path.split("/").includes("..")) return unreadable;
  if ((found.file_size ?? 0) > LARGEST) return tooLarge;
  const { token, options } = telegram.api;
  const root = options?.apiRoot ?? "https://api.telegram.org";
  try {
    const response = await fetch(`${root}/file/bot${token}/${found.file_path}`, {
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      if (response.status === 404 || response.status === 400) return unreadable;
      throw new Error(`HTTP ${response.status}`);
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
  } catch (error) {
    throw new TelegramFault("file download", { kind: "unreachable", why: (error as Error).name });
  }
}
