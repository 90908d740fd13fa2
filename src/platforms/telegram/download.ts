import { type Refusal, refuse } from "../../chat/refusal.ts";
import { readCapped } from "../kit/read-limited.ts";
import { type Telegram, TelegramFault } from "./api.ts";

const TIMEOUT_MS = 60_000;

const unreadable = refuse("import-rejected", "读不到这个文件，可能已过期，请重新发送。");
/** Telegram hands a bot no file above 20 MB, whatever it is. */
const beyondTelegram = refuse(
  "import-rejected",
  "文件超过20 MB，Telegram不交给机器人；本系统只收15 MB以内的，请压缩或拆分后再发。",
);

/**
 * Fetches a file that somebody has sent. Its address holds the token and is neither kept nor logged.
 * @throws TelegramFault when Telegram could not be reached: the message is then handled once more.
 */
export async function download(telegram: Telegram, id: string): Promise<Uint8Array | Refusal> {
  const found = await telegram
    .call("getFile", (api, signal) => api.getFile(id, signal))
    .catch((error: TelegramFault) => {
      if (error.trouble.kind !== "refused") throw error;
      return /too big/i.test(error.trouble.why) ? beyondTelegram : unreadable;
    });
  if ("kind" in found) return found;
  if (found.file_path === undefined || found.file_path.split("/").includes("..")) return unreadable;
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
