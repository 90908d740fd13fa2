import type { DrawnCard } from "../../chat/card.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import type { Lantian } from "../../chat/router.ts";
import { LARGEST_TABLE, takeTable, tooLarge } from "../../chat/sent-table.ts";
import type { Person } from "../../store/people.ts";
import { readCapped } from "../capped.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import { oneLine } from "./text.ts";

/** A file as Telegram announces it. */
export type SentFile = { file_id: string; file_name?: string; file_size?: number };

const TIMEOUT_MS = 60_000;

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
  const announced = { name: oneLine(file.file_name ?? ""), size: file.file_size };
  return takeTable(bot, person, announced, () => fetched(telegram, file.file_id));
}

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
  if ((found.file_size ?? 0) > LARGEST_TABLE) return tooLarge;
  const { token, options } = telegram.api;
  const root = options?.apiRoot ?? "https://api.telegram.org";
  try {
    const response = await fetch(`${root}/file/bot${token}/${found.file_path}`, {
      redirect: "error",
      signal: AbortSignal.any([telegram.cut, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      if (response.status === 404 || response.status === 400) return unreadable;
      throw new Error(`HTTP ${response.status}`);
    }
    return await readCapped(response);
  } catch (error) {
    throw new TelegramFault("file download", { kind: "unreachable", why: (error as Error).name });
  }
}
